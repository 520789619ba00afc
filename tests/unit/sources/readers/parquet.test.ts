import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { literal } from '../../../../src/engine/sql.ts';
import { VelolacError } from '../../../../src/errors.ts';
import { openTables } from '../../../../src/sources/readers/open.ts';
import { duckdbParquet, type ParquetReader } from '../../../../src/sources/readers/parquet.ts';
import { engine } from './duckdb.ts';
import { readOne, refusal } from './read.ts';

const folder = mkdtempSync(join(tmpdir(), 'velolac-'));
let reader: ParquetReader;
const registered = new Set<string>();

beforeAll(async () => {
  const running = await engine();
  reader = duckdbParquet({
    ...running,
    register: (name, bytes) => (registered.add(name), running.register(name, bytes)),
    unregister: (name) => (registered.delete(name), running.unregister(name)),
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function parquet(select: string): Promise<Uint8Array<ArrayBuffer>> {
  const path = join(folder, 'a.parquet');
  const connection = await (await DuckDBInstance.create(':memory:')).connect();
  await connection.run(
    `SET TimeZone = 'UTC'; COPY (${select}) TO ${literal(path)} (FORMAT parquet, COMPRESSION zstd)`,
  );
  connection.closeSync();
  return new Uint8Array(readFileSync(path));
}

describe('Parquet', () => {
  test('gives its values as text, times with the zone they have', async () => {
    const bytes =
      await parquet(`SELECT '16107' AS "a""; DROP TABLE x; --", 3 AS n, 5.5::DOUBLE AS d, TRUE AS flag,
      TIMESTAMPTZ '2024-01-01 10:00:00.5+02' AS zoned, TIMESTAMP '2024-01-01 10:00:00' AS naive, NULL AS nothing,
      {'lon': 2.3, 'lat': 48.8} AS position, [1, 2] AS list, DATE '2024-01-01' AS day, encode('xé') AS bytes`);
    const { envelope, header, rows, feed_time } = await readOne(bytes, 'a.csv', reader);
    expect([envelope, feed_time]).toEqual(['parquet', null]);
    expect(header).toEqual([
      'a"; DROP TABLE x; --',
      'n',
      'd',
      'flag',
      'zoned',
      'naive',
      'nothing',
      'position',
      'list',
      'day',
      'bytes',
    ]);
    expect(rows).toEqual([
      ['16107', '3', '5.5', 'true', '2024-01-01T08:00:00.5Z', '2024-01-01T10:00:00', null].concat([
        "{'lon': 2.3, 'lat': 48.8}",
        '[1, 2]',
        '2024-01-01',
        'xé',
      ]),
    ]);
  });

  test('comes in slices in the file’s order, twice, and is forgotten afterwards', async () => {
    const bytes = await parquet('SELECT range * 7 AS n, 100000 - range AS m FROM range(100001)');
    const { value } = await openTables(new Blob([bytes]), 'a', { parquet: reader }).next();
    if (!value || 'error' in value) throw new Error('no table');
    for (let pass = 0; pass < 2; pass++) {
      const slices = [];
      for await (const slice of value.slices()) slices.push(slice);
      expect(slices.map(({ rows }) => rows.length)).toEqual([50_000, 50_000, 1]);
      expect(slices.map(({ rows }) => rows[0])).toEqual([
        ['0', '100000'],
        ['350000', '50000'],
        ['700000', '0'],
      ]);
    }
    expect(registered.size).toBe(0);
  });

  test('that is no whole Parquet file is damaged', async () => {
    const bytes = await parquet('SELECT range AS n FROM range(1000)');
    const files = [bytes.slice(0, 500), bytes.slice(0, 4), bytes.with(-6, 255)];
    for (const file of files) expect(await refusal(new Uint8Array(file), reader)).toBe('import.damaged');
    expect(registered.size).toBe(0);
  });

  test.each([
    ['engine.timeout', 'import.damaged'],
    ['engine.query', 'import.damaged'],
    ['engine.died', 'engine.died'],
    ['engine.aborted', 'engine.aborted'],
  ] as const)('at which the engine fails with %s ends in %s', async (code, end) => {
    const files = new Set<string>();
    const failing = duckdbParquet({
      register: async (name) => void files.add(name),
      unregister: async (name) => void files.delete(name),
      query: () => Promise.reject(new VelolacError(code, 'the engine failed')),
    });
    expect(await refusal('PAR1PAR1', failing)).toBe(end);
    expect(files.size).toBe(0);
  });

  test('without rows, or with too many columns, is refused', async () => {
    expect(await refusal(await parquet('SELECT 1 AS a, 2 AS b WHERE FALSE'), reader)).toBe('import.no_rows');
    const columns = Array.from({ length: 1001 }, (_, i) => `${i} AS c${i}`).join(', ');
    expect(await refusal(await parquet(`SELECT ${columns}`), reader)).toBe('import.too_wide');
  });
});
