import { afterAll, expect, test } from 'vitest';
import { bind } from '../../../src/engine/sql.ts';
import knownSql from '../../../src/silver/known.sql?raw';
import { viewSilver } from '../../../src/silver/rows.ts';
import { NodeEngine } from './engine.ts';

const engine = await NodeEngine.start();
afterAll(() => engine.close());

const at = new Date('2026-11-24T00:00:00Z');
const counts = ['num_bikes_available', 'num_mechanical_available', 'num_ebikes_available'];
const others = ['num_docks_available', 'capacity', 'is_installed', 'is_renting', 'is_returning'];
const row = (code: string, more = '') => `SELECT '${code}' AS station_code,
  TIMESTAMP '2026-11-24 00:00:00' AS fetched_at, TIMESTAMP '2026-11-23 23:59:00' AS last_reported,
  ${[...counts, ...others].map((name) => `5 AS ${name}`).join(', ')}${more}`;

/** What is known of stations: code, bikes and name. */
async function known(station_status: string[], station_attributes: string[]) {
  await viewSilver(engine, { station_status, station_attributes });
  const rows = await engine.query(bind(knownSql, { at }));
  return rows.map((one) => [one['station_code'], one['num_bikes_available'], one['name']]);
}

test('files of an earlier build answer, alone and beside newer ones: what they lack is NULL', async () => {
  await engine.register('old.parquet', await engine.parquet(row('1001')));
  await engine.register('new.parquet', await engine.parquet(row('1002', ", 'a1' AS attributes_id")));
  const set =
    "SELECT 'a1' AS attributes_id, 'Quai' AS name, 48.8 AS lat, 2.3 AS lon, 5 AS capacity, 'Paris' AS commune";
  await engine.register('sets.parquet', await engine.parquet(set));
  expect(await known(['old.parquet'], [])).toEqual([['1001', 5, null]]);
  expect(await known(['old.parquet', 'new.parquet'], ['sets.parquet'])).toEqual([
    ['1001', 5, null],
    ['1002', 5, 'Quai'],
  ]);
});
