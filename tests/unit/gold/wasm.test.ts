import { mkdtempSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type * as Blocking from '@duckdb/duckdb-wasm/blocking';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { areaLevels } from '../../../src/gold/answers.ts';
import { answerSql, questions, type Ranking, summarySql } from '../../../src/gold/questions.ts';
import { stationDayRows, stationDaySql } from '../../../src/gold/station_day.ts';
import { tableSql } from '../../../src/gold/tables.ts';
import { at, type Contents, emptyTables, fill, Lake } from './lake.ts';

/** The engine the page runs, in Node: DuckDB 0.9.1, years behind the native one of the other tests. */
const require = createRequire(import.meta.url);
const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
const wasm = require(path) as typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime };

const [first, second, third] = [at('08:00:00.5'), at('08:01:00'), at('08:03:00')];
const span = { from: first, to: at('08:04:00') };

const contents: Contents = {
  snapshots: [first, second, third],
  bad: [at('08:02:00')],
  versions: [
    { station: '16107', from: first, arrondissement: 16, area: '7511601' },
    { station: '16107', from: third, arrondissement: 16, area: '7511602', name: 'L’Étoile "d\'or"' },
    { station: '31001', from: at('09:00:00'), area: '93048', commune: 'Montreuil', insee: '93048' },
  ],
  readings: [
    { station: '16107', at: first, ebikes: 8, docks: 2 },
    { station: '16107', at: second, ebikes: null, mechanical: null, bikes: 0 },
    { station: '16107', at: third, renting: false, capacity: null },
    {
      station: '31001',
      at: second,
      mechanical: 1,
      ebikes: 0,
      docks: 0,
      capacity: 0,
      reported: at('08:00:00'),
    },
    { station: '31001', at: third, mechanical: 1, ebikes: 1, docks: 5, reported: new Date(0) },
    { station: '99999', at: third, installed: null, renting: null, returning: null, reported: null },
    { station: '99999', at: first, bikes: 32767, docks: 32767, capacity: -32768 },
  ],
};

describe('in the engine of the page', () => {
  let native: Lake;
  let connection: Blocking.DuckDBConnection;

  beforeAll(async () => {
    native = await Lake.open(contents);
    await native.select(span);
    const bundle = { mainModule: join(dirname(path), 'duckdb-eh.wasm'), mainWorker: '' };
    const bundles = { mvp: bundle, eh: bundle };
    const database = await wasm.createDuckDB(bundles, new wasm.VoidLogger(), wasm.NODE_RUNTIME);
    await database.instantiate(() => undefined);
    database.open({ path: ':memory:' });
    connection = database.connect();
    for (const statement of [...emptyTables, ...fill(contents)]) connection.query(statement);
    for (const statement of summarySql(span)) connection.query(statement);
  });

  afterAll(() => {
    connection.close();
    native.close();
  });

  it('runs DuckDB 0.9.1', () => {
    expect(ask('SELECT version() AS version')).toEqual([{ version: 'v0.9.1' }]);
  });

  it.each([
    'CAST(epoch_ms(fetched_at) AS DOUBLE) AS ms, weight_s FROM frames ORDER BY ms',
    '* FROM station_summary ORDER BY station_code',
  ])('builds the same: %s', async (of) => {
    expect(ask(`SELECT ${of}`)).toEqual(await native.rows(`SELECT ${of}`));
  });

  const asked: [keyof typeof questions, Ranking][] = [
    ...areaLevels.map((level): [keyof typeof questions, Ranking] => ['top_areas', { level, top: 5 }]),
    ['station_balance', { level: 'quartier', top: 5 }],
    ['system_health', { level: 'quartier', top: 5 }],
    ['stations', { level: 'quartier', top: 5 }],
  ];

  it.each(asked)('answers %s as the native one does: %o', async (question, ranking) => {
    const answer = ask(answerSql(question, ranking));
    expect(answer).toEqual((await native.rows(answerSql(question, ranking))).map(inMilliseconds));
    expect(answer.length).toBeGreaterThan(0);
  });

  it('rolls a day up as the native one does', async () => {
    const statements = stationDaySql([first, second, third].map((time) => time.getTime()));
    for (const statement of statements) {
      connection.query(statement);
      await native.run(statement);
    }
    const rows = `SELECT * REPLACE (CAST(epoch_ms(open_at) AS DOUBLE) AS open_at) FROM (${stationDayRows})`;
    expect(ask(rows)).toEqual(await native.rows(rows));
    expect(ask(rows)).toHaveLength(contents.readings.length);
  });

  it('reads files of an older contract beside newer ones', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'velolac-'));
    const [old, grown] = [join(folder, 'old.parquet'), join(folder, 'new.parquet')];
    await native.run(`COPY (SELECT 'velib' AS source, * FROM station_status) TO '${old}'`);
    await native.run(`COPY (SELECT *, 'a' AS attributes_id FROM station_status) TO '${grown}'`);
    for (const paths of [
      [old, grown],
      [grown, old],
    ]) {
      const rows = ask(tableSql('station_status', paths));
      expect(rows).toHaveLength(2 * contents.readings.length);
      expect(Object.keys(rows[0]!)).not.toContain('attributes_id');
    }
    rmSync(folder, { recursive: true });
  });

  function ask(sql: string): Record<string, unknown>[] {
    return connection
      .query(sql)
      .toArray()
      .map((row: { toJSON(): Record<string, unknown> }) => row.toJSON());
  }
});

/** A row with its instants as Arrow tells them: milliseconds since the epoch. */
function inMilliseconds(row: Record<string, unknown>): Record<string, unknown> {
  const told = (value: unknown) => (value instanceof Date ? value.getTime() : value);
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, told(value)]));
}
