import type { Engine } from '../../../src/engine/engine.ts';
import { literals, type SqlValue } from '../../../src/engine/sql.ts';
import {
  askAnalyses,
  loadAreas,
  loadLatest,
  loadStations,
  type AnalysisMemory,
} from '../../../src/gold/analyses.ts';
import type { AnalysisFilters } from '../../../src/gold/analysisRows.ts';
import { historySteps, stationAreasStep } from '../../../src/gold/history.ts';
import { Lake, type Version } from './lake.ts';
import { intervalTable } from './stationLake.ts';

const MINUTE = 60_000;

/** What one station did in an hour, times in minutes, stocks as means; what is left out is as in a healthy station. */
export interface HourRow {
  readonly station: string;
  /** Its beginning, UTC: `2026-02-08T08`. */
  readonly hour: string;
  readonly stale?: number;
  readonly closed?: number;
  readonly empty?: number;
  readonly few_bikes?: number;
  readonly few_docks?: number;
  readonly full?: number;
  readonly unknown?: number;
  /** Minutes with 3 bikes and docks at least; the whole hour where nothing else is said. */
  readonly balanced?: number;
  /** Minutes with 2 bikes and docks at least; those of `balanced` where nothing else is said. */
  readonly service?: number;
  readonly mechanical?: number | null;
  readonly ebikes?: number | null;
  readonly docks?: number;
  /** Mean docks out of order in service; null where the capacity was not told. */
  readonly broken?: number | null;
  readonly departures?: number;
  readonly arrivals?: number;
  readonly brought?: number;
  readonly taken?: number;
}

const figures = [
  ...['observed_ms', 'stale_ms', 'closed_ms', 'empty_ms', 'few_bikes_ms', 'balanced_ms', 'few_docks_ms'],
  ...['full_ms', 'unknown_ms', 'service_ms', 'mechanical', 'ebikes', 'bikes', 'docks', 'capacity'],
  ...[
    'out_of_order',
    'service_capacity_ms',
    'mechanical_ms',
    'ebikes_ms',
    'bikes_ms',
    'docks_ms',
    'capacity_ms',
  ],
  ...['departures', 'arrivals', 'brought', 'taken'],
];

/** The empty table `station_hour`. */
const hourTable = `CREATE TABLE station_hour (station_code VARCHAR, hour_at TIMESTAMP,
  ${figures.map((name) => `${name} DOUBLE`).join(', ')})`;

function valuesOf(row: HourRow): SqlValue[] {
  const { stale = 0, closed = 0, empty = 0, few_bikes = 0, few_docks = 0, full = 0, unknown = 0 } = row;
  const others = stale + closed + empty + few_bikes + few_docks + full + unknown;
  const { balanced = others > 0 ? 0 : 60 } = row;
  const { service = balanced, mechanical = 4, ebikes = 3, docks = 13, broken = 0 } = row;
  const ms = (others + balanced) * MINUTE;
  const serving = (empty + few_bikes + balanced + few_docks + full) * MINUTE;
  const times = [others + balanced, stale, closed, empty, few_bikes, balanced, few_docks, full, unknown];
  const bikes = mechanical === null || ebikes === null ? null : mechanical + ebikes;
  const stocks = [mechanical, ebikes, bikes, docks, 20];
  return [
    ...[row.station, new Date(`${row.hour}:00:00Z`)],
    ...[...times, service].map((minutes) => minutes * MINUTE),
    ...stocks.map((mean) => (mean === null ? null : mean * ms)),
    ...(broken === null ? [0, 0] : [broken * serving, serving]),
    ...stocks.map((mean) => (mean === null ? 0 : ms)),
    ...[row.departures ?? 0, row.arrivals ?? 0, row.brought ?? 0, row.taken ?? 0],
  ];
}

/** What a station holds when the window ends. */
interface Latest {
  readonly station: string;
  readonly bikes: number;
  readonly docks: number;
  readonly state: number | null;
}

export interface AnalysisContents {
  readonly window: readonly [from: string, to: string];
  readonly hours: readonly HourRow[];
  /** Hours of which a station may have several rows, and the minutes that lie between sections. */
  readonly parted?: readonly (readonly [hour: string, minutes: number])[];
  /** Minutes of an hour that lie between snapshots; all that was observed where nothing else is said. */
  readonly paired?: readonly (readonly [hour: string, minutes: number])[];
  readonly versions?: readonly (Version & { readonly lat?: number; readonly lon?: number })[];
  readonly latest?: readonly Latest[];
}

export const everything: AnalysisFilters = {
  ...{ level: 'district', from: null, to: null, dayTypes: null, hours: null, areas: null },
};

const insert = (table: string, rows: readonly SqlValue[][]): string =>
  `INSERT INTO ${table} VALUES ${rows.map((row) => `(${literals(row)})`).join(', ')}`;

/** As much of the page's engine as questions need, over a native DuckDB. */
export function engineOf(lake: Lake): Pick<Engine, 'query' | 'load'> {
  return {
    query: <T extends object>(sql: string) => lake.rows<T>(sql),
    async load(table: string, columns: Readonly<Record<string, string>>, csv: string) {
      const types = Object.entries(columns).map(([name, type]) => `${name} ${type}`);
      await lake.run(`CREATE OR REPLACE TEMP TABLE ${table} (${types.join(', ')})`);
      const rows = csv
        .trim()
        .split(/\r?\n/)
        .map((row) => row.split(','));
      await lake.run(insert(table, rows));
    },
  };
}

/** A native DuckDB with a window's tables. */
export async function openAnalyses(contents: AnalysisContents) {
  const { window, hours, parted = [], paired = [], versions = [], latest = [] } = contents;
  const lake = await Lake.open({ snapshots: [], readings: [], versions });
  for (const { station, lat = 48.85, lon = 2.35 } of versions) {
    await lake.run(
      `UPDATE station_information SET lat = ${lat}, lon = ${lon} WHERE station_code = '${station}'`,
    );
  }
  await lake.run(hourTable);
  await lake.run('CREATE TABLE seam_hours (last_at TIMESTAMP, hour_at TIMESTAMP, ms DOUBLE)');
  for (const [hour, minutes] of parted)
    await lake.run(`INSERT INTO seam_hours VALUES (NULL, '${hour}:00:00', ${minutes * MINUTE})`);
  if (hours.length > 0) await lake.run(insert('station_hour', hours.map(valuesOf)));
  await lake.run(
    'CREATE TABLE paired_hours AS SELECT hour_at, max(observed_ms) AS ms FROM station_hour GROUP BY hour_at',
  );
  for (const [hour, minutes] of paired)
    await lake.run(`UPDATE paired_hours SET ms = ${minutes * MINUTE} WHERE hour_at = '${hour}:00:00'`);
  await lake.run('CREATE VIEW area_parts AS SELECT * FROM station_hour');
  for (const { table, sql } of [stationAreasStep, historySteps.area_hour])
    await lake.run(`CREATE TABLE ${table} AS ${sql}`);
  await lake.run('CREATE VIEW section_area AS SELECT * FROM area_hour');
  await lake.run('CREATE VIEW section_edge AS SELECT DISTINCT station_code FROM station_hour');
  const [from, to] = [Date.parse(window[0]), Date.parse(window[1])];
  await lake.run(intervalTable);
  const runs = latest.map(({ station, bikes, docks, state }): SqlValue[] => {
    return [station, new Date(to - MINUTE), new Date(to), state, bikes, 0, bikes, docks, bikes + docks];
  });
  if (runs.length > 0) await lake.run(insert('station_interval', runs));
  const engine = engineOf(lake);
  await loadAreas(engine, { from, to }, to);
  await loadStations(engine, { from, to });
  await loadLatest(engine, to);
  const memory: AnalysisMemory = new Map();
  return {
    ask: (filters: Partial<AnalysisFilters> = {}) =>
      askAnalyses(engine, { from, to }, to, { ...everything, ...filters }, memory),
    lake,
  };
}
