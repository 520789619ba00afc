import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import { readAll } from './read.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the real files are not in ${folder}`);

const PLACES = 200;
/** Of a larger CSV, the beginning: all of it, some thousand times over, takes minutes. */
const MOST = 60_000;

/** The generator of Numerical Recipes, so that a failure comes again. */
function* places(seed: number): Generator<number, never> {
  for (let state = seed; ;) yield (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

const all = (present ? ['velib', 'other-cities'] : [])
  .flatMap((name) => readdirSync(folder + name, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.length));
/** Files of one kind in one folder are alike: one stands for all. */
const files = new Map(
  all.map((path) => [path.replace(/[^/.]*(?=\.)/, path.includes('a_zip') ? 'zip' : ''), path]),
);

/** A file, or the beginning of a CSV, packed as it was; JSON is whole, or it would always end in the middle. */
function beginning(path: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(readFileSync(folder + path));
  if (path.includes('json') || path.includes('a_zip')) return bytes;
  if (!path.endsWith('.gz')) return bytes.slice(0, MOST);
  const content = gunzipSync(bytes);
  return content.length <= MOST ? bytes : new Uint8Array(gzipSync(content.subarray(0, MOST)));
}

describe.skipIf(!present)('a broken file ends in rows or in a typed error', () => {
  test.each([...files.values()])('%s', { timeout: 60_000 }, async (path) => {
    const whole = beginning(path);
    const random = places(whole.length);
    const place = () => Math.floor(random.next().value * whole.length);
    const ends = new Set<string>();
    for (let i = 0; i < PLACES; i++) {
      const broken = i % 2 ? whole.slice(0, place()) : whole.slice();
      if (i % 2 === 0)
        for (let n = 0; n <= i % 3; n++) broken[place()]! ^= 1 << Math.floor(random.next().value * 8);
      try {
        for (const table of await readAll(broken)) ends.add(typeof table === 'string' ? table : 'rows');
      } catch (thrown) {
        if (!(thrown instanceof VelolacError)) throw thrown;
        ends.add(thrown.code);
      }
    }
    for (const end of ends) expect(end).toMatch(/^(rows|import\.\w+)$/);
  });
});
