import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { unzipSync, zipSync } from 'fflate';
import { beforeAll, describe, expect, test } from 'vitest';
import { VelolacError } from '../../../../src/errors.ts';
import { tryMapTable } from '../../../../src/silver/mapping.ts';
import { duckdbParquet, type ParquetReader } from '../../../../src/sources/readers/parquet.ts';
import { damages, placesOr } from '../../../damage.ts';
import { NodeEngine } from '../../silver/engine.ts';
import { engine } from './duckdb.ts';
import { readAll } from './read.ts';

const folder = fileURLToPath(new URL('../../../../../shared/data/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the real files are not in ${folder}`);

const PLACES = placesOr(200);
/** Bytes and records of a file that are tried: what comes after reads like what came before. */
const MOST = { bytes: 6000, records: 12 } as const;

const files = (present ? ['velib', 'other-cities'] : [])
  .flatMap((name) => readdirSync(folder + name, { recursive: true, withFileTypes: true }))
  .filter((entry) => entry.isFile())
  .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(folder.length));

type Format = 'csv' | 'json' | 'gzip' | 'zip';

function formatOf(path: string, [first, second]: Uint8Array): Format {
  if (first === 0x1f && second === 0x8b) return 'gzip';
  if (first === 0x50 && second === 0x4b) return 'zip';
  return path.endsWith('csv') ? 'csv' : 'json';
}

/** The beginning of a file, in the form and the archive that it has. */
function beginning(path: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(readFileSync(folder + path));
  switch (formatOf(path, bytes)) {
    case 'gzip':
      return new Uint8Array(gzipSync(beginningOf(gunzipSync(bytes))));
    case 'zip': {
      const members = Object.entries(unzipSync(bytes));
      return new Uint8Array(
        zipSync(Object.fromEntries(members.map(([name, text]) => [name, beginningOf(text)]))),
      );
    }
    default:
      return beginningOf(bytes);
  }
}

/** The first lines of a CSV, the first records of JSON: cut short, it would always end in the middle. */
function beginningOf(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const few = bytes.slice(0, MOST.bytes);
  if (!/^\s*[[{]/.test(new TextDecoder().decode(few))) return few.slice(0, few.lastIndexOf(10) + 1);
  try {
    const json: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return new TextEncoder().encode(JSON.stringify(fewRecords(json)));
  } catch {
    return few;
  }
}

/** A list of records cut short, wherever in the JSON it stands; an object of records, too. */
function fewRecords(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, MOST.records).map(fewRecords);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([name, inside]) => [name, fewRecords(inside)] as const);
  return Object.fromEntries(entries.length > 100 ? entries.slice(0, MOST.records) : entries);
}

/** What comes out of a file, mapped, as a text; or the code with which it is refused. */
async function outcome(bytes: Uint8Array<ArrayBuffer>, parquet?: ParquetReader): Promise<string> {
  try {
    const tables = await readAll(bytes, 'file', parquet);
    const [first] = tables;
    if (tables.length === 1 && typeof first === 'string') return first;
    return JSON.stringify(
      tables.map((table) =>
        typeof table === 'string' ? table : [table.rows, tryMapTable(table.header, table.rows)],
      ),
    );
  } catch (thrown) {
    if (thrown instanceof VelolacError) return thrown.code;
    throw thrown;
  }
}

const refused = /^(import|silver)\.\w+$/;

describe.skipIf(!present)('a broken file ends in rows or in a typed error', () => {
  test.each(files)('%s', { timeout: 600_000 }, async (path) => {
    const whole = beginning(path);
    const format = formatOf(path, whole);
    const sound = await outcome(whole);
    for (const { bytes, how, isCut } of damages(whole, PLACES)) {
      const end = await outcome(bytes);
      if (refused.test(end)) continue;
      expect(end, how).toMatch(/^\[/);
      // An archive has check sums: what a damage does not touch (a time, a comment) changes nothing.
      if (format === 'gzip' || format === 'zip') expect(isCut || end !== sound, how).toBe(false);
      if (format === 'json' && isCut)
        expect(new TextDecoder().decode(whole.slice(bytes.length)).trim(), how).toBe('');
    }
  });
});

describe('a Parquet file that is cut', () => {
  let reader: ParquetReader;
  beforeAll(async () => {
    reader = duckdbParquet(await engine());
  });

  test('is refused wherever that is', async () => {
    const node = await NodeEngine.start();
    const whole = await node.parquet(`SELECT range AS n, 'station ' || range % 97 AS name FROM range(9000)`);
    node.close();
    expect(await outcome(whole, reader)).toMatch(/^\[/);
    for (const { bytes, how, isCut } of damages(whole, 50)) {
      if (isCut) expect(await outcome(bytes, reader), how).toMatch(refused);
    }
  });
});
