import type { Engine } from '../engine/engine.ts';
import { bind } from '../engine/sql.ts';
import { cityHour, dayTypeOf, type DayType } from './calendar.ts';
import type { Question, Step } from './questions.ts';
import { loadQuarters, QUARTER } from './quarters.ts';
import stationCurve from './station_curve.sql?raw';
import stationMovements from './station_movements.sql?raw';
import stationQuarters from './station_quarters.sql?raw';
import stationRange from './station_range.sql?raw';
import stationRuns from './station_runs.sql?raw';
import stationService from './station_service.sql?raw';
import stationStays from './station_stays.sql?raw';
import stationUsual from './station_usual.sql?raw';
import stationWeek from './station_week.sql?raw';

/** `station_runs.sql`, `station_curve.sql`: what a station held; times are milliseconds since the span's origin. */
export interface StockRun {
  readonly from_ms: number;
  readonly to_ms: number;
  readonly mechanical: number | null;
  readonly ebikes: number | null;
  readonly docks: number | null;
}

/** `station_movements.sql`: lower bounds. */
export interface MovementRow {
  readonly from_ms: number;
  readonly departures: number;
  readonly arrivals: number;
  readonly observed_ms: number;
}

/** `station_range.sql`: bikes, and milliseconds since the span's origin. */
export interface RangeRow {
  readonly least: number;
  readonly least_ms: number;
  readonly most: number;
  readonly most_ms: number;
}

/** `station_service.sql`: one row. */
export interface ServiceRow {
  readonly runs: number;
  readonly observed_ms: number;
  readonly known_ms: number;
  readonly closed_ms: number;
  readonly empty_ms: number;
  readonly empty_times: number;
  readonly empty_longest_ms: number | null;
  readonly full_ms: number;
  readonly full_times: number;
  readonly full_longest_ms: number | null;
}

/** `station_usual.sql`: a quarter-hour of the day, 0–95. */
export interface UsualRow {
  readonly quarter: number;
  readonly days: number;
  readonly low: number | null;
  readonly median: number | null;
  readonly high: number | null;
  readonly bikes: number | null;
}

/** `station_week.sql`: weekday 1 (Monday) to 7, hour 0–23. */
export interface WeekRow {
  readonly weekday: number;
  readonly hour: number;
  readonly bikes: number;
  readonly docks: number | null;
  readonly observed_ms: number;
}

/** Milliseconds since the epoch. */
export interface StationSpan {
  readonly from: number;
  readonly to: number;
}

/** What one station did in a span. */
export interface StationHistory extends StationSpan {
  /** The quarter-hour that the span begins in, from which times are told; milliseconds since the epoch. */
  readonly origin: number;
  /** Runs of like readings where they are few, else means of `curve_ms`. */
  readonly curve: readonly StockRun[];
  readonly movements: readonly MovementRow[];
  /** Milliseconds of a step of the movements. */
  readonly movements_ms: number;
  /** Null where the bikes were never known while it was open. */
  readonly range: RangeRow | null;
  readonly service: ServiceRow;
}

/** What is usual at one station, as the four weeks up to `to` tell. */
export interface StationHabits extends StationSpan {
  /** The quarter-hour of the day that `to` lies in, 0–95, and the type of that day. */
  readonly quarter: number;
  readonly day_type: DayType;
  readonly usual: readonly UsualRow[];
  readonly week: readonly WeekRow[];
  readonly service: ServiceRow;
}

const HOUR = 4 * QUARTER;
const DAY = 24 * HOUR;

/** How finely a span is told: some dozens of steps of movements, some hundreds of the curve. Milliseconds. */
const grains = [
  { span: 4 * HOUR, movements: QUARTER, curve: null },
  { span: 2 * DAY, movements: HOUR, curve: null },
  { span: 8 * DAY, movements: 6 * HOUR, curve: QUARTER },
  { span: Infinity, movements: DAY, curve: HOUR },
] as const;

export const stationSteps = {
  station_stays: { table: 'station_stays', sql: stationStays, reads: ['station_interval'] },
  station_quarters: { table: 'station_quarters', sql: stationQuarters, reads: ['quarters', 'station_stays'] },
} as const satisfies Readonly<Record<string, Step>>;

export const stationQuestions = {
  station_runs: { sql: stationRuns, reads: ['station_stays'] },
  station_curve: { sql: stationCurve, reads: ['station_quarters'] },
  station_range: { sql: stationRange, reads: ['station_stays'] },
  station_movements: { sql: stationMovements, reads: ['station_quarters'] },
  station_service: { sql: stationService, reads: ['station_stays'] },
  station_usual: { sql: stationUsual, reads: ['station_quarters'] },
  station_week: { sql: stationWeek, reads: ['station_quarters'] },
} as const satisfies Readonly<Record<string, Question>>;

/** The statements that (re)build what the questions read. */
export function stationSql(code: string, from: number, to: number): string[] {
  const origin_at = new Date(spanStart(from, 0));
  const values = { station_code: code, origin_at, from_at: new Date(from), to_at: new Date(to) };
  return Object.values(stationSteps).map(
    ({ table, sql }) => `CREATE OR REPLACE TEMP TABLE ${table} AS\n${bind(sql, values)}`,
  );
}

/** Where a span begins that ends at `to` and is at least so long: on a quarter-hour. */
export function spanStart(to: number, ms: number): number {
  return Math.floor((to - ms) / QUARTER) * QUARTER;
}

/** How far back habits are looked for: as many of each weekday, and recent enough to be habits still. */
export const HABIT_MS = 28 * DAY;

/**
 * Asks what a station did in a span of `station_interval`, which must be readable. Rejects with `engine.*` errors. Must
 * run in `engine.exclusive`.
 */
export async function askHistory(engine: Engine, code: string, span: StationSpan): Promise<StationHistory> {
  const { from, to } = span;
  const origin = spanStart(from, 0);
  const grain = grains.find((one) => to - from <= one.span)!;
  await loadStation(engine, code, span);
  const curve =
    grain.curve === null
      ? await query<StockRun>(engine, 'station_runs')
      : await query<StockRun>(engine, 'station_curve', { step_ms: grain.curve });
  const [range] = await query<RangeRow>(engine, 'station_range');
  const [service] = await query<ServiceRow>(engine, 'station_service');
  const step_ms = grain.movements;
  const movements = await query<MovementRow>(engine, 'station_movements', { step_ms });
  return {
    from,
    to,
    origin,
    curve,
    range: range ?? null,
    movements,
    movements_ms: step_ms,
    service: service!,
  };
}

/** Asks what is usual at a station, seen from an instant; otherwise like `askHistory`. */
export async function askHabits(engine: Engine, code: string, to: number): Promise<StationHabits> {
  const from = spanStart(to, HABIT_MS);
  await loadStation(engine, code, { from, to });
  const { day, hour } = cityHour(to);
  const day_type = dayTypeOf(day);
  const quarter = hour * 4 + Math.floor((to % HOUR) / QUARTER);
  const usual = await query<UsualRow>(engine, 'station_usual', { city_day: day, day_type });
  const week = await query<WeekRow>(engine, 'station_week');
  const [service] = await query<ServiceRow>(engine, 'station_service');
  return { from, to, quarter, day_type, usual, week, service: service! };
}

async function loadStation(engine: Engine, code: string, { from, to }: StationSpan): Promise<void> {
  await loadQuarters(engine, spanStart(from, 0), to);
  for (const statement of stationSql(code, from, to)) await engine.query(statement);
}

function query<T extends object>(
  engine: Engine,
  question: keyof typeof stationQuestions,
  values: Parameters<typeof bind>[1] = {},
): Promise<T[]> {
  return engine.query<T>(bind(stationQuestions[question].sql, values));
}
