import { join } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { bind } from '../engine/sql.ts';
import type { SilverReport } from '../lake/journal.ts';
import { bronzeColumn, castList, discardedSql, lostList, rowText } from './cast.ts';
import type { Mapping } from './mapping.ts';
import observedSql from './observed.sql?raw';
import rejectsSql from './rejects.sql?raw';
import reportSql from './report.sql?raw';
import runsSql from './runs.sql?raw';
import statusSql from './station_status.sql?raw';
import type { Run } from './versions.ts';

/** Snapshots of one source and one header, oldest first. */
export interface Batch {
  readonly source: string;
  /** How their times are known (`fetched_at_basis`). */
  readonly basis: string;
  readonly header: readonly string[];
  readonly mapping: Mapping;
  readonly snapshots: readonly { readonly fetched_at: number; readonly csv: string }[];
}

/** A Parquet file before it is in the lake; null where it would have no row. */
export interface Part {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

export interface Cast {
  readonly status: Part | null;
  readonly rejects: Part | null;
  readonly reports: readonly SilverReport[];
  /** What the stations said of themselves, for `StationVersions`. */
  readonly runs: readonly Run[];
}

/** Casts a batch to Silver: one pass over its joined CSV, one file a table. Rejects with `engine.*` errors. */
export function castBatch(engine: Engine, batch: Batch): Promise<Cast> {
  return engine.exclusive(async () => {
    await loadBronze(engine, batch);
    await engine.query(`CREATE OR REPLACE TEMP TABLE observed AS ${observedSql}`);
    const reports = await readReports(engine);
    const rejected = sum(reports.flatMap(({ rejected }) => Object.values(rejected)));
    const names = { source: batch.source, basis: batch.basis };
    const status = await part(engine, bind(statusSql, names), sum(reports.map(({ accepted }) => accepted)));
    const rejects = await part(engine, bind(rejectsSql, names), rejected);
    const runs = await engine.query<Run>(runsSql);
    await engine.query(
      'DROP VIEW cast_rows; DROP VIEW bronze_texts; DROP TABLE observed; DROP TABLE bronze_lines',
    );
    return { status, rejects, reports, runs };
  });
}

async function loadBronze(engine: Engine, { header, mapping, snapshots }: Batch): Promise<void> {
  const columns = Object.fromEntries(header.map((_, index) => [bronzeColumn(index), 'VARCHAR']));
  const parts = snapshots.map(({ fetched_at, csv }) => ({ prefix: new Date(fetched_at).toISOString(), csv }));
  await engine.load('bronze_lines', { fetched_at: 'TIMESTAMP', ...columns }, join(parts));
  await engine.query(`CREATE OR REPLACE TEMP VIEW bronze_texts AS
    SELECT rowid AS bronze_row, ${rowText(header)} AS row_text FROM bronze_lines`);
  await engine.query(`CREATE OR REPLACE TEMP VIEW cast_rows AS
    SELECT fetched_at, rowid AS bronze_row,\n  ${castList(mapping)},\n  ${lostList(mapping)}\nFROM bronze_lines`);
}

interface ReportRow {
  readonly fetched_at: number;
  readonly accepted: number;
  readonly no_station_code: number;
  readonly duplicate_station: number;
  readonly future: number;
  readonly bikes: number | null;
}

async function readReports(engine: Engine): Promise<SilverReport[]> {
  const rows = await engine.query<ReportRow>(reportSql);
  const discarded = await engine.query<Record<string, number>>(discardedSql());
  return rows.map(({ fetched_at, accepted, no_station_code, duplicate_station, future, bikes }, index) => ({
    fetched_at,
    accepted,
    rejected: nonZero({ no_station_code, duplicate_station }),
    discarded: nonZero(discarded[index]!),
    future,
    bikes,
  }));
}

async function part(engine: Engine, select: string, rows: number): Promise<Part | null> {
  return rows === 0 ? null : { bytes: await engine.parquet(select), rows };
}

function nonZero(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
