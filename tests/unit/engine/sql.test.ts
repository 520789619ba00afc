import fc from 'fast-check';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { bind, identifier, literal } from '../../../src/engine/sql.ts';

test('whatever a text holds, DuckDB reads it back from a literal and an identifier', async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const nasty = fc.oneof(fc.string(), fc.constantFrom(`a"; DROP TABLE x; --`, `');--`, `''`, `""`, ':name'));
  await fc.assert(
    fc.asyncProperty(
      nasty.filter((text) => text !== '' && !text.includes('\0')),
      async (text) => {
        const sql = bind(`SELECT :value AS ${identifier(text)}`, { value: text });
        const reader = await connection.runAndReadAll(sql);
        expect(reader.getRows()).toEqual([[text]]);
        expect(reader.columnNames()).toEqual([text]);
      },
    ),
    { numRuns: 200 },
  );
});

test('names in texts, quoted names, comments and casts are no parameters', () => {
  const sql = `SELECT ':a', ":a", 1::INT, :a -- :a`;
  expect(bind(sql, { a: 7 })).toBe(`SELECT ':a', ":a", 1::INT, 7 -- :a`);
});

test('a name without a value is refused, and so is a number without a literal', () => {
  expect(() => bind('SELECT :missing', {})).toThrow(RangeError);
  expect(() => literal(Number.NaN)).toThrow(RangeError);
  expect(() => literal(new Date(Number.NaN))).toThrow(RangeError);
});

test('a date is a UTC timestamp with milliseconds', () => {
  expect(literal(new Date(Date.UTC(2026, 10, 23, 16, 24, 0, 123)))).toBe(
    `TIMESTAMP '2026-11-23 16:24:00.123'`,
  );
});
