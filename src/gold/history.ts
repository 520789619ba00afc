import { toCsv } from '../bronze/csv.ts';
import { bind, literal } from '../engine/sql.ts';
import areaHour from './area_hour.sql?raw';
import frameEnds from './frame_ends.sql?raw';
import hourFigures from './hour_figures.sql?raw';
import { HOUR, hourStart } from './hours.ts';
import intervalEnds from './interval_ends.sql?raw';
import intervalParts from './interval_parts.sql?raw';
import { framesSql, MAX_GAP_S, readingsSql, type Step } from './questions.ts';
import seamParts from './seam_parts.sql?raw';
import stationAreas from './station_areas.sql?raw';
import stationEdge from './station_edge.sql?raw';
import stationFrame from './station_frame.sql?raw';
import stationHour from './station_hour.sql?raw';
import stationInterval from './station_interval.sql?raw';
import { loadSnapshots, tableSql, typed, view, type GoldEngine } from './tables.ts';

/** What can be read of the past; columns are told in the `.sql` files of these names. */
export type HistoryTable = 'station_interval' | 'station_hour' | 'station_frame';

/** What is made of one section at a time: rollups hold such rows. */
export const historySteps = {
  station_interval: { table: 'station_interval', sql: stationInterval, reads: ['frames', 'readings'] },
  station_edge: { table: 'station_edge', sql: stationEdge, reads: ['station_interval'] },
  station_hour: { table: 'station_hour', sql: stationHour, reads: ['hour_figures'] },
  area_hour: { table: 'area_hour', sql: areaHour, reads: ['area_parts', 'station_areas'] },
  station_frame: { table: 'station_frame', sql: stationFrame, reads: ['frames', 'readings'] },
} as const satisfies Readonly<Record<string, Step>>;

export type HistoryRollup = keyof typeof historySteps;

/** What tells of the sections together that which one alone cannot tell. */
export const historyEnds = {
  interval_ends: { sql: intervalEnds, reads: ['section_ends', 'section_interval'] },
  seam_parts: { sql: seamParts, reads: ['section_edge', 'section_ends', 'seam_hours'] },
  frame_ends: { sql: frameEnds, reads: ['section_ends', 'section_frame'] },
} as const;

/** What `station_hour` sums, of a section. */
export const partsStep: Step = {
  table: 'hour_parts',
  sql: intervalParts,
  reads: ['frames', 'station_interval'],
};

/** What parts of hours come to. */
export const figuresStep: Step = { table: 'hour_figures', sql: hourFigures, reads: ['hour_parts'] };

/** Where stations stood. */
export const stationAreasStep: Step = {
  table: 'station_areas',
  sql: stationAreas,
  reads: ['station_information'],
};

/**
 * The first and the last good snapshot of a section (a UTC day, or a part of one in which no other's snapshot lies),
 * and when the last one stood no longer. Milliseconds since the epoch.
 */
export interface SectionEnds {
  readonly first: number;
  readonly last: number;
  readonly until: number;
}

/** What a span of the past is read from: files that are registered in the engine. */
export interface HistoryInputs {
  /** Silver of sections that no rollup stands for, at most one a UTC day, and the instants of their good snapshots. */
  readonly station_status: readonly string[];
  readonly instants: readonly number[];
  readonly station_information: readonly string[];
  /** Rollups of the other sections. */
  readonly rollups: Readonly<Record<HistoryRollup, readonly string[]>>;
  /** Those of `station_hour` whose section has none of `area_hour`. */
  readonly unsummed: readonly string[];
  /** The ends of all these sections, and their good snapshots, oldest first. */
  readonly sections: readonly SectionEnds[];
  readonly snapshots: readonly number[];
  /** Both included. */
  readonly from: number;
  readonly to: number;
  /** All that is read is of this station; null for all stations. */
  readonly station: string | null;
}

/**
 * Makes a table of the past readable under its name, and `station_information` beside it; beside `station_hour`, whose
 * rows are parts of an hour in some, `seam_hours`, which tells in which, and, of all stations, `area_hour`, in parts
 * likewise, `section_area`, its rows without those of what lies between sections, `paired_hours` and `station_areas`.
 * `hours` resolves when the files of `station_hour` and `area_hour` are registered: they are read last.
 * Rejects with `engine.*` errors. Must run in `engine.exclusive`.
 */
export async function loadHistory(
  engine: GoldEngine,
  table: HistoryTable,
  inputs: HistoryInputs,
  hours: Promise<void> = Promise.resolve(),
): Promise<void> {
  const { instants, rollups, station, from, to } = inputs;
  const only = station === null ? '' : ` WHERE station_code = ${literal(station)}`;
  await view(engine, 'station_information', inputs.station_information);
  await loadSnapshots(engine, instants);
  await loadSectionEnds(engine, inputs.sections);
  const make = async (name: string, select: string, kind: 'TABLE' | 'VIEW' = 'VIEW') => {
    await engine.query(`CREATE OR REPLACE TEMP ${kind} ${name} AS ${select}`);
  };
  /** A step's rows of all sections: those that are made now, and those of rollups. */
  const sections = async (name: string, rollup: HistoryRollup, kind: 'TABLE' | 'VIEW' = 'VIEW') => {
    const made = `made_${rollup}`;
    await make(made, stepSql(rollup), 'TABLE');
    await make(
      name,
      `SELECT * FROM ${made} UNION ALL SELECT * FROM (${tableSql(rollup, rollups[rollup])})${only}`,
      kind,
    );
  };
  await make('station_status', `SELECT * FROM (${tableSql('station_status', inputs.station_status)})${only}`);
  await engine.query(framesSql({ from: new Date(instants[0] ?? 0), to: new Date(instants.at(-1) ?? 0) }));
  await engine.query(readingsSql());
  if (table === 'station_frame') {
    await sections('section_frame', 'station_frame');
    const span = `frame_at >= ${literal(new Date(from))} AND frame_at <= ${literal(new Date(to))}`;
    return make(table, `SELECT * FROM (${frameEnds}) WHERE ${span}`);
  }
  await sections('section_interval', 'station_interval');
  if (table === 'station_interval') {
    const span = `from_at <= ${literal(new Date(to))} AND to_at > ${literal(new Date(from))}`;
    return make(table, `SELECT * FROM (${intervalEnds}) WHERE ${span}`);
  }
  await make('station_interval', 'SELECT * FROM made_station_interval');
  // Few rows, which are read again and again.
  await sections('section_edge', 'station_edge', 'TABLE');
  await loadSeamHours(engine, inputs.sections);
  await make('hour_parts', bind(seamParts, { max_gap_s: MAX_GAP_S }));
  await make('hour_figures', hourFigures);
  // They are summed with the rest by whoever reads: to sum them alone takes longer than to make them.
  const seams = make('seam_hour', `SELECT ${typed(table)} FROM hour_figures`, 'TABLE');
  // Snapshots are counted while the engine is at work.
  await Promise.all([seams, station === null && loadPairedHours(engine, inputs.snapshots)]);
  await make('hour_parts', partsSql());
  await hours;
  await sections('section_hour', 'station_hour');
  const span = `hour_at > ${literal(new Date(from - HOUR))} AND hour_at <= ${literal(new Date(to))}`;
  await make(
    table,
    `SELECT * FROM (SELECT * FROM section_hour UNION ALL SELECT * FROM seam_hour) WHERE ${span}`,
  );
  if (station !== null) return;
  await make('station_areas', stationAreas, 'TABLE');
  const unsummed = tableSql('station_hour', inputs.unsummed);
  await make('area_parts', `SELECT * FROM made_station_hour UNION ALL ${unsummed}`);
  await sections('section_area', 'area_hour');
  await make('area_parts', 'SELECT * FROM seam_hour');
  await make('seam_area', areaHour, 'TABLE');
  await make('area_hour', 'SELECT * FROM section_area UNION ALL SELECT * FROM seam_area');
}

/** The SELECT of `hour_parts` of sections. */
export function partsSql(): string {
  return bind(intervalParts, { max_gap_s: MAX_GAP_S });
}

/** The SELECT of a step. */
export function stepSql(step: HistoryRollup): string {
  return bind(historySteps[step].sql, { max_gap_s: MAX_GAP_S });
}

/** Makes `section_ends`, which tells how long a section's last frame stood. */
function loadSectionEnds(engine: GoldEngine, sections: readonly SectionEnds[]): Promise<void> {
  const rows = sections.map(({ first, last, until }) => [
    stamp(first).slice(0, 10),
    stamp(first),
    stamp(last),
    stamp(until),
  ]);
  const columns = { utc_day: 'DATE', first_at: 'TIMESTAMP', last_at: 'TIMESTAMP', until_at: 'TIMESTAMP' };
  return engine.load('section_ends', columns, toCsv({ header: null, rows }));
}

/** Makes `seam_hours`, an hour a row in which a section's last frame stood or the one after it began. */
function loadSeamHours(engine: GoldEngine, sections: readonly SectionEnds[]): Promise<void> {
  const rows = sections.flatMap(({ last, until }) => {
    const hours = [...new Set([hourStart(last), hourStart(until)])];
    return hours.map((hour) => {
      const ms = Math.min(until, hour + HOUR) - Math.max(last, hour);
      return [stamp(last), stamp(hour), String(ms)];
    });
  });
  const columns = { last_at: 'TIMESTAMP', hour_at: 'TIMESTAMP', ms: 'DOUBLE' };
  return engine.load('seam_hours', columns, toCsv({ header: null, rows }));
}

/**
 * Makes `paired_hours`: for how long a snapshot stood until the next one, between which moves are seen, by the hour of the
 * later one, in which they count.
 */
function loadPairedHours(engine: GoldEngine, snapshots: readonly number[]): Promise<void> {
  const hours = new Map<number, number>();
  for (const [index, at] of snapshots.entries()) {
    const ms = at - (snapshots[index - 1] ?? -Infinity);
    if (ms <= MAX_GAP_S * 1000) hours.set(hourStart(at), (hours.get(hourStart(at)) ?? 0) + ms);
  }
  const rows = Array.from(hours, ([hour, ms]) => [stamp(hour), String(ms)]);
  return engine.load('paired_hours', { hour_at: 'TIMESTAMP', ms: 'DOUBLE' }, toCsv({ header: null, rows }));
}

function stamp(at: number): string {
  return new Date(at).toISOString();
}
