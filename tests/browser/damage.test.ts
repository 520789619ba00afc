import { gunzipSync, gzipSync } from 'fflate';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import type { FileEntry } from '../../src/lake/journal.ts';
import { dayOf } from '../../src/lake/names.ts';
import { sourceState } from '../../src/lake/state.ts';
import { damages, placesOr } from '../damage.ts';
import { hasShared, openHouse, sharedFile, today, type TestHouse } from './houses.ts';

let one: TestHouse;
beforeEach(async () => {
  one = await openHouse();
});
afterEach(() => one.house.engine.terminate());

const text = (content: string, name = 'velib.csv') => new File([content], name, { lastModified: today });

/** What the lake vouches for: the tests' lakes share one journal. */
function files(): FileEntry[] {
  const { lake, source } = one.house;
  return Object.values(lake.state.files).filter((file) => file.source === source);
}

/** Whatever came of a file, the lake is whole: every file it vouches for is there, no other is, and no row is unaccounted for. */
async function bringDamaged(file: File): Promise<string> {
  const { house } = one;
  const before = structuredClone(sourceState(house.lake.state, house.source));
  const held = files();
  const [report] = await one.bring(file);
  for (const { path, bytes } of files()) expect(await house.lake.storage.size(path), path).toBe(bytes);
  for (const folder of await folders()) {
    const paths = (await house.lake.storage.list(folder)).map((name) => `${folder}/${name}`);
    expect(paths.filter((path) => !(path in house.lake.state.files))).toEqual([]);
  }
  for (const { rows, accepted, quarantined, rejected } of report!.tables) {
    const counted = Object.values(rejected).reduce((sum, count) => sum + count, 0);
    expect(accepted + quarantined + counted).toBe(rows);
  }
  if (report!.error) {
    const { imports } = sourceState(house.lake.state, house.source);
    expect(files()).toEqual(held);
    expect({ ...sourceState(house.lake.state, house.source), imports: [] }).toEqual({
      ...before,
      imports: [],
    });
    expect(imports).toEqual([...before.imports, expect.objectContaining({ report })]);
  }
  expect(await house.engine.query('SELECT 1 AS one')).toEqual([{ one: 1 }]);
  return report!.error?.code ?? 'read';
}

/** Where imports put files: the originals' folder, and each day's of each table. */
async function folders(): Promise<string[]> {
  const { lake, source } = one.house;
  const days = await Promise.all(
    ['station_status', 'rejects'].map(async (table) => {
      const folder = `silver/${table}/source=${source}`;
      return (await lake.storage.list(folder)).map((day) => `${folder}/${day}`);
    }),
  );
  return [`bronze/imports/${dayOf(today)}`, `silver/station_attributes/source=${source}`, ...days.flat()];
}

describe('a file that cannot be read leaves its attempt and nothing else', () => {
  const png = Uint8Array.from([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52,
  ]);
  test.each<[string, File, string]>([
    ['an empty file', text(''), 'import.empty'],
    ['a picture named .csv', new File([png], 'velib.csv'), 'import.not_a_table'],
    [
      '5 000 columns',
      text(`${Array.from({ length: 5000 }, (_, i) => `c${i}`).join(';')}\n`),
      'import.too_wide',
    ],
    ['a line of 10 MB', text(`a;b\n${'x'.repeat(1e7)};1\n`), 'import.long_line'],
    ['JSON nested 10 000 deep', text('['.repeat(10_000) + ']'.repeat(10_000), 'a.json'), 'import.too_deep'],
    ['JSON that ends in the middle', text('[{"stationcode":"1', 'a.json'), 'import.cut'],
  ])('%s', async (_, file, code) => {
    expect(await bringDamaged(file)).toBe(code);
    expect(files()).toEqual([]);
    expect(one.house.lake.state.sources[one.house.source]!.imports).toHaveLength(1);
  });
});

test('a bomb is refused before it fills memory', async () => {
  const zeros = new Blob([new Uint8Array(50_000_000)]);
  const packed = await new Response(zeros.stream().pipeThrough(new CompressionStream('gzip'))).blob();
  expect(await bringDamaged(new File([packed], 'bomb.csv.gz'))).toBe('import.bomb');
});

/** Bytes of a larger CSV that are tried: what comes after reads like what came before. */
const MOST = 2 ** 18;

/** A real file, or the beginning of a CSV, packed as it was. */
async function beginning(path: string): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = new Uint8Array(await (await sharedFile(path))!.arrayBuffer());
  if (!path.endsWith('.csv.gz')) return bytes;
  return gzipSync(gunzipSync(bytes).subarray(0, MOST));
}

const paths = await commands.listShared(['velib', 'other-cities']);

describe.skipIf(!hasShared)('a real file, cut or with bits flipped', () => {
  test.each(paths)(
    '%s',
    async (path) => {
      const whole = await beginning(path);
      const name = path.slice(path.lastIndexOf('/') + 1);
      for (const { bytes, how } of damages(whole, placesOr(1))) {
        expect(await bringDamaged(new File([bytes], name, { lastModified: today })), how).toMatch(
          /^(read|import\.\w+)$/,
        );
      }
    },
    3_600_000,
  );
});
