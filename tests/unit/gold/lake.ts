import { type DuckDBConnection, DuckDBInstance, type JS } from '@duckdb/node-api';
import { literal, literals, type SqlValue } from '../../../src/engine/sql.ts';
import type { AreaRow, BalanceRow, HealthRow, StationRow } from '../../../src/gold/answers.ts';
import { answerSql, type Ranking, type Span, summarySql } from '../../../src/gold/questions.ts';
import { tableSql } from '../../../src/gold/tables.ts';

/** A moment of the tests' one morning: `at('08:05:30')`. */
export function at(time: string): Date {
  return new Date(`2026-02-08T${time}Z`);
}

/** What one station said in one snapshot; what is left out is as in a healthy station of 20 docks. */
export interface Reading {
  readonly station: string;
  readonly at: Date;
  readonly mechanical?: number | null;
  readonly ebikes?: number | null;
  readonly bikes?: number | null;
  readonly docks?: number | null;
  readonly capacity?: number | null;
  readonly installed?: boolean | null;
  readonly renting?: boolean | null;
  readonly returning?: boolean | null;
  readonly reported?: Date | null;
}

/** One version of a station. */
export interface Version {
  readonly station: string;
  readonly from: Date;
  readonly name?: string;
  readonly capacity?: number | null;
  readonly commune?: string | null;
  readonly insee?: string | null;
  readonly arrondissement?: number | null;
  readonly area?: string | null;
}

/** The tables that every lake has, typed as the Silver contract says, and no rollup. */
export const emptyTables = [
  `CREATE TABLE station_day AS ${tableSql('station_day', [])}`,
  `CREATE TABLE snapshots (fetched_at TIMESTAMP, outcome VARCHAR)`,
  `CREATE TABLE station_status (station_code VARCHAR, fetched_at TIMESTAMP, last_reported TIMESTAMP,
    num_bikes_available SMALLINT, num_mechanical_available SMALLINT, num_ebikes_available SMALLINT,
    num_docks_available SMALLINT, capacity SMALLINT,
    is_installed BOOLEAN, is_renting BOOLEAN, is_returning BOOLEAN)`,
  `CREATE TABLE station_information (station_code VARCHAR, name VARCHAR, lat DOUBLE, lon DOUBLE,
    capacity SMALLINT, commune VARCHAR, commune_insee VARCHAR, arrondissement TINYINT, quartier VARCHAR,
    area_id VARCHAR, area_name VARCHAR, valid_from TIMESTAMP)`,
];

/** Everything a lake of a test holds. */
export interface Contents {
  readonly snapshots: readonly Date[];
  readonly bad?: readonly Date[];
  readonly readings: readonly Reading[];
  readonly versions?: readonly Version[];
}

/** The statements that put rows into the empty tables. */
export function fill({ snapshots, bad = [], readings, versions = [] }: Contents): string[] {
  return [
    insert('snapshots', [
      ...snapshots.map((time) => [time, 'ok']),
      ...bad.flatMap((time) => ['partial', 'quarantined', 'failed'].map((outcome) => [time, outcome])),
    ]),
    insert('station_status', readings.map(statusRow)),
    insert('station_information', versions.map(versionRow)),
  ].filter((statement) => statement !== '');
}

/** A native DuckDB with the tables and the Gold questions over them. */
export class Lake {
  private constructor(private readonly connection: DuckDBConnection) {}

  static async open(contents?: Contents): Promise<Lake> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
    const lake = new Lake(await instance.connect());
    await lake.run(`SET TimeZone = 'UTC'`);
    for (const statement of emptyTables) await lake.run(statement);
    for (const statement of contents ? fill(contents) : []) await lake.run(statement);
    return lake;
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  async rows<Row = Record<string, JS>>(sql: string): Promise<Row[]> {
    return (await this.connection.runAndReadAll(sql)).getRowObjectsJS() as Row[];
  }

  /** Builds `frames` and `station_summary` for a span. */
  async select(span: Span, maxGapS?: number): Promise<void> {
    for (const statement of summarySql(span, maxGapS)) await this.run(statement);
  }

  areas(ranking: Ranking): Promise<AreaRow[]> {
    return this.rows<AreaRow>(answerSql('top_areas', ranking));
  }

  async balance(): Promise<BalanceRow | undefined> {
    return (await this.rows<BalanceRow>(answerSql('station_balance')))[0];
  }

  async health(): Promise<HealthRow | undefined> {
    return (await this.rows<HealthRow>(answerSql('system_health')))[0];
  }

  stations(): Promise<StationRow[]> {
    return this.rows<StationRow>(answerSql('stations'));
  }

  async summary(station: string): Promise<Record<string, JS> | undefined> {
    return (await this.rows(`FROM station_summary WHERE station_code = ${literal(station)}`))[0];
  }

  close(): void {
    this.connection.closeSync();
  }
}

function insert(table: string, rows: readonly (readonly SqlValue[])[]): string {
  if (rows.length === 0) return '';
  return `INSERT INTO ${table} VALUES ${rows.map((row) => `(${literals(row)})`).join(', ')}`;
}

function statusRow(reading: Reading): SqlValue[] {
  const { mechanical = 6, ebikes = 4, docks = 10, capacity = 20, reported = reading.at } = reading;
  const {
    bikes = (mechanical ?? 0) + (ebikes ?? 0),
    installed = true,
    renting = true,
    returning = true,
  } = reading;
  return [
    ...[reading.station, reading.at, reported, bikes, mechanical, ebikes, docks, capacity],
    ...[installed, renting, returning],
  ];
}

function versionRow(version: Version): SqlValue[] {
  const { name = `Station ${version.station}`, capacity = 20, commune = 'Paris', insee = '75056' } = version;
  const { arrondissement = null, area = null } = version;
  return [
    ...[version.station, name, 48.85, 2.35, capacity, commune, insee, arrondissement],
    ...[area, area, area && `Area ${area}`, version.from],
  ];
}
