import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { SparkSQL } from 'dt-sql-parser';
import { expect, test } from 'vitest';
import { unpackHour } from '../../../../src/bronze/archive.ts';

/** A lake with 9 snapshots in Silver, and 5 of a packed hour or two in Bronze. */
const cwd = fileURLToPath(new URL('../../../fixtures/lakes/format-1', import.meta.url));
const guide = readFileSync(new URL('../../../../src/pipeline/backup/readme.md', import.meta.url), 'utf8');

/** The statements that a chapter of the guide gives. */
function code(chapter: string): string {
  return new RegExp(`## ${chapter}\\n[^#]*?\`\`\`\\w+\\n([^\`]+)\`\`\``).exec(guide)![1]!;
}

async function rowsOf(sql: string) {
  const connection = await (await DuckDBInstance.create()).connect();
  return (await connection.runAndReadAll(sql)).getRowObjectsJson();
}

test('DuckDB runs what the guide says', async () => {
  const rows = await rowsOf(code('DuckDB').replaceAll(`'silver/`, `'${cwd}/silver/`));
  expect(rows).toContainEqual({ area_name: 'Archives', day: '2026-11-23', bikes: 15 });
});

test('Spark’s grammar reads what the guide says', () => {
  const sql = code('Spark');
  expect(new SparkSQL().validate(sql).map(({ message }) => message)).toEqual([]);
  expect(sql.match(/;\n/g)).toHaveLength(3);
});

test('pandas finds the files and the columns that the guide says', async () => {
  const python = code('pandas');
  const [, paths] = /glob\.glob\('(.+?)'\)/.exec(python)!;
  const [, key, column] = /groupby\('(\w+)'\)\.(\w+)\.sum\(\)/.exec(python)!;
  const files = `read_parquet('${join(cwd, paths!)}', hive_partitioning = false, union_by_name = true)`;
  const rows = await rowsOf(`SELECT ${key}, sum(${column}) AS bikes FROM ${files} GROUP BY ALL`);
  expect(rows).toHaveLength(9);
  expect(rows).toContainEqual({ fetched_at: '2026-11-23 10:00:00', bikes: '150' });
});

test('the ZIPs that the guide finds hold the CSVs as they came', () => {
  const [, folder, ending] = /^find (\w+) -name '\*(\.\w+)' -exec unzip -p/.exec(code('CSV as it came'))!;
  const inside = readdirSync(join(cwd, folder!), { recursive: true, encoding: 'utf8' });
  const zips = inside.filter((path) => path.endsWith(ending!));
  const texts = zips
    .flatMap((zip) => unpackHour(readFileSync(join(cwd, folder!, zip))))
    .map(({ bytes }) => {
      return new TextDecoder().decode(bytes);
    });
  expect(texts.filter((text) => text.startsWith('stationcode,name,'))).toHaveLength(5);
});
