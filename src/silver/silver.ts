import { bind, literals } from '../engine/sql.ts';
import type { SilverReport } from '../lake/journal.ts';
import type { AttributeSet } from './attributes.ts';
import { discardedSql } from './cast.ts';
import observedSql from './observed.sql?raw';
import type { Part, SilverEngine } from './part.ts';
import rejectsSql from './rejects.sql?raw';
import reportSql from './report.sql?raw';
import runsSql from './runs.sql?raw';
import { dropSlice, loadSnapshots, type Mapped } from './slice.ts';
import statusSql from './station_status.sql?raw';
import type { Run } from './versions.ts';

export type { Part, SilverEngine } from './part.ts';

/** Snapshots of one source, one header and one mapping, oldest first. */
export interface Batch extends Mapped {
  readonly source: string;
  /** How their times are known (`fetched_at_basis`). */
  readonly basis: string;
  readonly snapshots: readonly { readonly fetched_at: number; readonly csv: string }[];
}

export interface Cast {
  readonly status: Part | null;
  readonly rejects: Part | null;
  readonly reports: readonly SilverReport[];
  /** What the stations said of themselves, for `StationVersions`. */
  readonly runs: readonly Run[];
  /** The distinct sets among them, for `station_attributes`. */
  readonly attributes: readonly AttributeSet[];
}

/** Casts a batch to Silver: one pass over its joined CSV, one file a table. Rejects with `engine.*` errors. */
export function castBatch(engine: SilverEngine, batch: Batch): Promise<Cast> {
  return engine.exclusive(async () => {
    await loadSnapshots(engine, batch.snapshots, batch);
    const cast = await castObserved(engine, batch, await observe(engine));
    await dropSlice(engine);
    return cast;
  });
}

/** Decides what becomes of the rows in `cast_rows`: makes the table `observed`, and tells of each snapshot. */
export async function observe(engine: SilverEngine): Promise<SilverReport[]> {
  await engine.query(`CREATE OR REPLACE TEMP TABLE observed AS ${observedSql}`);
  return readReports(engine);
}

/** Takes snapshots out of `observed`. */
export async function forget(engine: SilverEngine, instants: readonly number[]): Promise<void> {
  await engine.query(
    `DELETE FROM observed WHERE fetched_at IN (${literals(instants.map((at) => new Date(at)))})`,
  );
}

/** What is in `observed` as files, `bronze_texts` beside it; `reports` are those of its snapshots. Drops it. */
export async function castObserved(
  engine: SilverEngine,
  { source, basis }: Pick<Batch, 'source' | 'basis'>,
  reports: readonly SilverReport[],
): Promise<Cast> {
  const rejected = sum(reports.flatMap(({ rejected }) => Object.values(rejected)));
  const accepted = sum(reports.map(({ accepted }) => accepted));
  const status = await part(engine, bind(statusSql, { source, basis }), accepted);
  const rejects = await part(engine, bind(rejectsSql, { source }), rejected);
  const runs = await engine.query<Run & AttributeSet>(runsSql);
  await engine.query('DROP TABLE observed');
  return { status, rejects, reports, runs: runs.map(runOf), attributes: distinctSets(runs) };
}

/** A run without its id. */
export function runOf({ station_code, since, times, name, lat, lon, capacity, commune }: Run): Run {
  return { station_code, since, times, name, lat, lon, capacity, commune };
}

/** The distinct sets of attributes in runs. */
export function distinctSets(runs: readonly AttributeSet[]): AttributeSet[] {
  const sets = runs.map(({ attributes_id, name, lat, lon, capacity, commune }) => {
    return { attributes_id, name, lat, lon, capacity, commune };
  });
  return [...new Map(sets.map((set) => [set.attributes_id, set])).values()];
}

interface ReportRow {
  readonly fetched_at: number;
  readonly accepted: number;
  readonly no_poll_time: number;
  readonly no_station_code: number;
  readonly unknown_station_id: number;
  readonly unknown_station_name: number;
  readonly ambiguous_station_name: number;
  readonly misplaced_station: number;
  readonly duplicate_station: number;
  readonly future: number;
  readonly bikes: number | null;
}

async function readReports(engine: SilverEngine): Promise<SilverReport[]> {
  const rows = await engine.query<ReportRow>(reportSql);
  const discarded = await engine.query<Record<string, number>>(discardedSql());
  return rows.map(({ fetched_at, accepted, future, bikes, ...rejected }, index) => ({
    ...{
      fetched_at,
      accepted,
      rejected: nonZero(rejected),
      discarded: nonZero(discarded[index]!),
      future,
      bikes,
    },
  }));
}

async function part(engine: SilverEngine, select: string, rows: number): Promise<Part | null> {
  return rows === 0 ? null : { bytes: await engine.parquet(select), rows };
}

function nonZero(counts: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0));
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
