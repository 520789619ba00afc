import fc from 'fast-check';
import { DuckDBInstance } from '@duckdb/node-api';
import { stringify } from 'lossless-json';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join as joinPath } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { join, readHeader, toCsv } from '../../../src/bronze/csv.ts';
import { flatten } from '../../../src/sources/flatten.ts';
import { parseRecords } from '../../../src/sources/records.ts';

let folder: string;
let duckdb: DuckDBInstance;
beforeAll(async () => {
  folder = await mkdtemp(joinPath(tmpdir(), 'velolac-csv-'));
  duckdb = await DuckDBInstance.create();
});
afterAll(() => rm(folder, { recursive: true }));

/** What a CSV reader that we did not write makes of it: the header as a row, then the rows. */
async function readCsv(csv: string, columns: number): Promise<(string | null)[][]> {
  const file = joinPath(folder, 'x.csv');
  await writeFile(file, csv);
  const names = Array.from({ length: columns }, (_, index) => `'c${index}': 'VARCHAR'`).join(', ');
  const connection = await duckdb.connect();
  const reader = await connection.runAndReadAll(
    `SELECT * FROM read_csv('${file}', header = false, auto_detect = false, delim = ',', quote = '"',
      escape = '"', new_line = '\\n', allow_quoted_nulls = false, columns = {${names}})`,
  );
  return reader.getRows() as (string | null)[][];
}

describe('flatten', () => {
  test('keeps the names in the order of their first appearance and the text of every value', () => {
    const text =
      '[{"b":1.10,"a":null,"geo":{"lon":2.30,"lat":48.8660000},"tags":[1.0,"x"]},{"a":"","c":true,"b":1e3}]';
    expect(flatten(parseRecords(text))).toEqual({
      header: ['b', 'a', 'geo.lon', 'geo.lat', 'tags', 'c'],
      rows: [
        ['1.10', null, '2.30', '48.8660000', '[1.0,"x"]', null],
        ['1e3', '', null, null, null, 'true'],
      ],
    });
  });

  test('a nested object that is null in some records does not become a column of its own', () => {
    const table = flatten(parseRecords('[{"geo":null},{"geo":{"lon":2,"lat":48}}]'));
    expect(table).toEqual({
      header: ['geo.lon', 'geo.lat'],
      rows: [
        [null, null],
        ['2', '48'],
      ],
    });
  });

  test('a dot inside a name cannot be taken for nesting', () => {
    const table = flatten(parseRecords('[{"a.b":1,"a":{"b":2}}]'));
    expect(table).toEqual({ header: [String.raw`a\.b`, 'a.b'], rows: [['1', '2']] });
  });

  test('a number beyond what a double holds keeps its digits', () => {
    expect(flatten(parseRecords('[{"id":12345678901234567890.10}]')).rows).toEqual([
      ['12345678901234567890.10'],
    ]);
  });
});

describe('CSV', () => {
  const text = fc.oneof(
    fc.string({ maxLength: 8 }),
    fc.constantFrom('', ' ', ',', '"', 'a\nb', '""', "');--", 'é', '=1+1'),
  );
  const column = fc
    .string({ minLength: 1, maxLength: 6 })
    .filter((name) => !/[\r\0]/.test(name) && name !== '__proto__');
  const value = fc.oneof(
    text.filter((one) => !/[\r\0]/.test(one)),
    fc.constant(null),
  );

  test('a foreign reader gets the same names, the same texts, and null apart from empty text', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(column, { minLength: 2, maxLength: 5 }),
        fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { minLength: 1, maxLength: 6 }),
        async (names, cells) => {
          const records = cells.map((row) =>
            Object.fromEntries(names.map((name, at) => [name, row[at] ?? null])),
          );
          const { header, rows } = flatten(parseRecords(stringify(records)!));
          const csv = toCsv({ header, rows });
          expect(await readCsv(csv, header.length)).toEqual([[...header], ...rows]);
          expect(readHeader(csv)).toEqual(header);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('joined snapshots carry their prefix on every row, and only there', async () => {
    const first = toCsv({
      header: ['a', 'b\nc'],
      rows: [
        ['1', 'x\ny'],
        [null, ''],
      ],
    });
    const second = toCsv({ header: ['a', 'b\nc'], rows: [['2', '"q"\n']] });
    const joined = join([
      { prefix: 'P1', csv: first },
      { prefix: 'P2', csv: second },
    ]);
    expect(await readCsv(joined, 3)).toEqual([
      ['P1', '1', 'x\ny'],
      ['P1', null, ''],
      ['P2', '2', '"q"\n'],
    ]);
  });
});
