import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';
import { SparkSQL } from 'dt-sql-parser';
import { expect, test } from 'vitest';

/** A lake with 9 snapshots in Silver, and 5 of a packed hour or two in Bronze. */
const cwd = fileURLToPath(new URL('../../../fixtures/lakes/format-1', import.meta.url));
const guide = readFileSync(new URL('../../../../src/pipeline/backup/readme.md', import.meta.url), 'utf8');

/** The statements that a chapter of the guide gives. */
function code(chapter: string): string {
  return new RegExp(`## ${chapter}\\n[^#]*?\`\`\`\\w+\\n([^\`]+)\`\`\``).exec(guide)![1]!;
}

test('DuckDB runs what the guide says', async () => {
  const connection = await (await DuckDBInstance.create()).connect();
  const sql = code('DuckDB').replaceAll(`'silver/`, `'${cwd}/silver/`);
  const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson();
  expect(rows).toContainEqual({ area_name: 'Archives', day: '2026-11-23', bikes: 15 });
});

test('Spark’s grammar reads what the guide says', () => {
  const sql = code('Spark');
  expect(new SparkSQL().validate(sql).map(({ message }) => message)).toEqual([]);
  expect(sql.match(/;\n/g)).toHaveLength(3);
});

const hasPandas = spawnSync('python3', ['-c', 'import pandas, pyarrow']).status === 0;

test.skipIf(!hasPandas)('pandas runs what the guide says (skipped without pandas and pyarrow)', () => {
  const printed = execFileSync('python3', ['-c', code('pandas')], { cwd, encoding: 'utf8' });
  expect(printed.match(/^2026-11-\d\d \d\d:\d\d:\d\d +\d+$/gm)).toHaveLength(9);
});

const hasUnzip = spawnSync('unzip', ['-v']).status === 0;

test.skipIf(!hasUnzip)('the CSVs come as the guide says (skipped without unzip)', () => {
  const printed = execFileSync('sh', ['-c', code('CSV as it came')], { cwd, encoding: 'utf8' });
  expect(printed.match(/^stationcode,name,/gm)).toHaveLength(5);
});
