import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { identifier, literals } from '../engine/sql.ts';
import knownStations from './known_stations.sql?raw';

const interval = {
  station_code: 'VARCHAR',
  from_at: 'TIMESTAMP',
  to_at: 'TIMESTAMP',
  state: 'TINYINT',
  mechanical: 'SMALLINT',
  ebikes: 'SMALLINT',
  bikes: 'SMALLINT',
  docks: 'SMALLINT',
  capacity: 'SMALLINT',
} as const;

/**
 * The columns that Gold reads, with their SQL types. Files may have others, and not the same: a contract that
 * grew leaves older files without its newest columns.
 */
export const tables = {
  station_status: {
    station_code: 'VARCHAR',
    fetched_at: 'TIMESTAMP',
    last_reported: 'TIMESTAMP',
    num_bikes_available: 'SMALLINT',
    num_mechanical_available: 'SMALLINT',
    num_ebikes_available: 'SMALLINT',
    num_docks_available: 'SMALLINT',
    capacity: 'SMALLINT',
    is_installed: 'BOOLEAN',
    is_renting: 'BOOLEAN',
    is_returning: 'BOOLEAN',
  },
  station_information: {
    station_code: 'VARCHAR',
    name: 'VARCHAR',
    lat: 'DOUBLE',
    lon: 'DOUBLE',
    capacity: 'SMALLINT',
    commune: 'VARCHAR',
    commune_insee: 'VARCHAR',
    arrondissement: 'SMALLINT',
    area_id: 'VARCHAR',
    area_name: 'VARCHAR',
    valid_from: 'TIMESTAMP',
  },
  /** The rollup of a day (`station_day.ts`): rows of `alike.sql`, and the frame they stand for where it is one. */
  station_day: {
    open_at: 'TIMESTAMP',
    station_code: 'VARCHAR',
    state: 'INTEGER',
    unknowns: 'INTEGER',
    stock: 'INTEGER',
    ms: 'DOUBLE',
    mechanical: 'DOUBLE',
    ebikes: 'DOUBLE',
    bikes: 'DOUBLE',
    docks: 'DOUBLE',
    capacity: 'DOUBLE',
    out_of_order: 'DOUBLE',
  },
  /** Rollups of a day for its history (`history.ts`), of the files of their names. */
  station_interval: interval,
  station_edge: interval,
  station_hour: {
    station_code: 'VARCHAR',
    hour_at: 'TIMESTAMP',
    observed_ms: 'INTEGER',
    stale_ms: 'INTEGER',
    closed_ms: 'INTEGER',
    empty_ms: 'INTEGER',
    few_bikes_ms: 'INTEGER',
    balanced_ms: 'INTEGER',
    few_docks_ms: 'INTEGER',
    full_ms: 'INTEGER',
    unknown_ms: 'INTEGER',
    service_ms: 'INTEGER',
    mechanical: 'DOUBLE',
    mechanical_ms: 'INTEGER',
    ebikes: 'DOUBLE',
    ebikes_ms: 'INTEGER',
    bikes: 'DOUBLE',
    bikes_ms: 'INTEGER',
    docks: 'DOUBLE',
    docks_ms: 'INTEGER',
    capacity: 'DOUBLE',
    capacity_ms: 'INTEGER',
    out_of_order: 'DOUBLE',
    service_capacity_ms: 'INTEGER',
    departures: 'INTEGER',
    arrivals: 'INTEGER',
    brought: 'INTEGER',
    taken: 'INTEGER',
  },
  area_hour: {
    quartier_id: 'VARCHAR',
    district_id: 'VARCHAR',
    hour_at: 'TIMESTAMP',
    observed_ms: 'DOUBLE',
    out_ms: 'DOUBLE',
    stale_ms: 'DOUBLE',
    serving_ms: 'DOUBLE',
    empty_ms: 'DOUBLE',
    full_ms: 'DOUBLE',
    service_ms: 'DOUBLE',
    mechanical: 'DOUBLE',
    ebikes: 'DOUBLE',
    docks: 'DOUBLE',
    out_of_order: 'DOUBLE',
    service_capacity_ms: 'DOUBLE',
    departures: 'DOUBLE',
    arrivals: 'DOUBLE',
    brought: 'DOUBLE',
    taken: 'DOUBLE',
  },
  station_frame: {
    frame_at: 'TIMESTAMP',
    fetched_at: 'TIMESTAMP',
    station_code: 'VARCHAR',
    state: 'TINYINT',
    mechanical: 'SMALLINT',
    ebikes: 'SMALLINT',
    docks: 'SMALLINT',
  },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

/** What Gold asks of the engine. */
export type GoldEngine = Pick<Engine, 'load' | 'query' | 'parquet' | 'exclusive'>;

export type GoldTable = keyof typeof tables;

/** What the questions about a selection read. */
export type QuestionTable = 'station_status' | 'station_information' | 'station_day';

/**
 * The SELECT of a table's rows in registered Parquet files; of no rows where there is no file. Columns are named
 * and not united over the files: to unite them, DuckDB opens every file before it reads the first.
 */
export function tableSql(table: GoldTable, paths: readonly string[]): string {
  const columns = Object.entries(tables[table]);
  if (paths.length === 0) {
    const nulls = columns.map(([name, type]) => `CAST(NULL AS ${type}) AS ${identifier(name)}`);
    return `SELECT ${nulls.join(', ')} WHERE FALSE`;
  }
  const names = columns.map(([name]) => identifier(name)).join(', ');
  return `SELECT ${names} FROM read_parquet([${literals(paths)}], hive_partitioning=false)`;
}

/** A table's columns, of a relation that has them in other types. */
export function typed(table: GoldTable): string {
  const columns = Object.entries(tables[table]);
  return columns
    .map(([name, type]) => `CAST(${identifier(name)} AS ${type}) AS ${identifier(name)}`)
    .join(', ');
}

/** What `station_information` is to Gold: the versions that Silver tells, none without a name that is known. */
export const knownStationsStep = { sql: knownStations, reads: ['station_versions'] } as const;

/** Makes a table of registered files readable under its name. */
export async function view(
  engine: Pick<Engine, 'query'>,
  table: GoldTable,
  paths: readonly string[],
): Promise<void> {
  const make = (name: string, select: string) =>
    engine.query(`CREATE OR REPLACE TEMP VIEW ${name} AS ${select}`);
  if (table !== 'station_information') await make(table, tableSql(table, paths));
  else {
    await make('station_versions', tableSql(table, paths));
    await make(table, knownStationsStep.sql);
  }
}

/** Makes `snapshots`, the input of `frames.sql`, of good snapshots' instants. */
export function loadSnapshots(engine: Pick<Engine, 'load'>, instants: readonly number[]): Promise<void> {
  const rows = instants.map((at) => [new Date(at).toISOString(), 'ok']);
  const columns = { fetched_at: 'TIMESTAMP', outcome: 'VARCHAR' };
  return engine.load('snapshots', columns, toCsv({ header: null, rows }));
}
