import { toCsv } from '../bronze/csv.ts';
import { bind, literal } from '../engine/sql.ts';
import frameEnds from './frame_ends.sql?raw';
import intervalEnds from './interval_ends.sql?raw';
import midnightInterval from './midnight_interval.sql?raw';
import { framesSql, MAX_GAP_S, STALE_AFTER_H, type Step } from './questions.ts';
import readings from './readings.sql?raw';
import stationEdge from './station_edge.sql?raw';
import stationFrame from './station_frame.sql?raw';
import stationHour from './station_hour.sql?raw';
import stationInterval from './station_interval.sql?raw';
import { loadSnapshots, tableSql, view, type GoldEngine } from './tables.ts';

/** What can be read of the past; columns are told in the `.sql` files of these names. */
export type HistoryTable = 'station_interval' | 'station_hour' | 'station_frame';

/** What is made of one UTC day at a time: rollups hold such rows. */
export const historySteps = {
  station_interval: { table: 'station_interval', sql: stationInterval, reads: ['frames', 'readings'] },
  station_edge: { table: 'station_edge', sql: stationEdge, reads: ['frames', 'station_interval'] },
  station_hour: { table: 'station_hour', sql: stationHour, reads: ['frames', 'station_interval'] },
  station_frame: { table: 'station_frame', sql: stationFrame, reads: ['frames', 'readings'] },
} as const satisfies Readonly<Record<string, Step>>;

export type HistoryRollup = keyof typeof historySteps;

/** What tells of the days together that which one day cannot tell. */
export const historyEnds = {
  interval_ends: { sql: intervalEnds, reads: ['day_ends', 'day_interval'] },
  midnight_interval: { sql: midnightInterval, reads: ['day_edge', 'day_ends'] },
  frame_ends: { sql: frameEnds, reads: ['day_ends', 'day_frame'] },
} as const;

/** What every step reads. */
export const readingsStep: Step = { table: 'readings', sql: readings, reads: ['frames', 'station_status'] };

/** A UTC day's first and last good snapshot, and when the last one stood no longer. Milliseconds since the epoch. */
export interface DayEnds {
  readonly first: number;
  readonly last: number;
  readonly until: number;
}

/** What a span of the past is read from: files that are registered in the engine. */
export interface HistoryInputs {
  /** Silver of whole days that no rollup stands for, and the instants of their good snapshots. */
  readonly station_status: readonly string[];
  readonly instants: readonly number[];
  readonly station_information: readonly string[];
  /** Rollups of the other days. */
  readonly rollups: Readonly<Record<HistoryRollup, readonly string[]>>;
  /** The ends of all these days. */
  readonly days: readonly DayEnds[];
  /** Both included. */
  readonly from: number;
  readonly to: number;
  /** All that is read is of this station; null for all stations. */
  readonly station: string | null;
}

/**
 * Makes a table of the past readable under its name, and `station_information` beside it. Rejects with `engine.*`
 * errors. Must run in `engine.exclusive`.
 */
export async function loadHistory(
  engine: GoldEngine,
  table: HistoryTable,
  inputs: HistoryInputs,
): Promise<void> {
  const { instants, rollups, station, from, to } = inputs;
  const only = station === null ? '' : ` WHERE station_code = ${literal(station)}`;
  await view(engine, 'station_information', inputs.station_information);
  await loadSnapshots(engine, instants);
  await loadDayEnds(engine, inputs.days);
  const make = async (name: string, select: string, kind: 'TABLE' | 'VIEW' = 'VIEW') => {
    await engine.query(`CREATE OR REPLACE TEMP ${kind} ${name} AS ${select}`);
  };
  /** A step's rows of all days: those that are made now, and those of rollups. */
  const days = async (name: string, rollup: HistoryRollup) => {
    const made = `made_${rollup}`;
    await make(made, stepSql(rollup), 'TABLE');
    await make(
      name,
      `SELECT * FROM ${made} UNION ALL SELECT * FROM (${tableSql(rollup, rollups[rollup])})${only}`,
    );
  };
  await make('station_status', `SELECT * FROM (${tableSql('station_status', inputs.station_status)})${only}`);
  await engine.query(framesSql({ from: new Date(instants[0] ?? 0), to: new Date(instants.at(-1) ?? 0) }));
  await make('readings', readingsSql());
  if (table === 'station_frame') {
    await days('day_frame', 'station_frame');
    const span = `frame_at >= ${literal(new Date(from))} AND frame_at <= ${literal(new Date(to))}`;
    return make(table, `SELECT * FROM (${frameEnds}) WHERE ${span}`);
  }
  await days('day_interval', 'station_interval');
  if (table === 'station_interval') {
    const span = `from_at <= ${literal(new Date(to))} AND to_at > ${literal(new Date(from))}`;
    return make(table, `SELECT * FROM (${intervalEnds}) WHERE ${span}`);
  }
  await make('station_interval', 'SELECT * FROM made_station_interval');
  await days('day_edge', 'station_edge');
  await days('day_hour', 'station_hour');
  await engine.query(`CREATE OR REPLACE TABLE frames AS SELECT first_at AS fetched_at FROM day_ends
    UNION SELECT last_at AS fetched_at FROM day_ends`);
  await make('station_interval', midnightInterval);
  await make('midnight_hour', stepSql('station_hour'), 'TABLE');
  const span = `hour_at > ${literal(new Date(from - HOUR))} AND hour_at <= ${literal(new Date(to))}`;
  await make(
    table,
    `SELECT * FROM (SELECT * FROM day_hour UNION ALL SELECT * FROM midnight_hour) WHERE ${span}`,
  );
}

const HOUR = 3_600_000;

/** The SELECT of `readings` over `frames`. */
export function readingsSql(): string {
  return bind(readings, { stale_h: STALE_AFTER_H });
}

/** The SELECT of a step. */
export function stepSql(step: HistoryRollup): string {
  return bind(historySteps[step].sql, { max_gap_s: MAX_GAP_S });
}

/** Makes `day_ends`, which tells how long a day's last frame stood. */
function loadDayEnds(engine: GoldEngine, days: readonly DayEnds[]): Promise<void> {
  const stamp = (at: number) => new Date(at).toISOString();
  const rows = days.map(({ first, last, until }) => [
    stamp(first).slice(0, 10),
    stamp(first),
    stamp(last),
    stamp(until),
  ]);
  const columns = { utc_day: 'DATE', first_at: 'TIMESTAMP', last_at: 'TIMESTAMP', until_at: 'TIMESTAMP' };
  return engine.load('day_ends', columns, toCsv({ header: null, rows }));
}
