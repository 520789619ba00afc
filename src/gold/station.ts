import type { Engine } from '../engine/engine.ts';
import { bind } from '../engine/sql.ts';
import { cityHour, dayTypeOf, type DayType } from './calendar.ts';
import type { Question, Step } from './questions.ts';
import { loadQuarters, QUARTER } from './quarters.ts';
import stationCurve from './station_curve.sql?raw';
import stationMovements from './station_movements.sql?raw';
import stationQuarters from './station_quarters.sql?raw';
import stationRuns from './station_runs.sql?raw';
import stationService from './station_service.sql?raw';
import stationStays from './station_stays.sql?raw';
import stationUsual from './station_usual.sql?raw';
import stationWeek from './station_week.sql?raw';

/** `station_runs.sql`, `station_curve.sql`: what a station held; times are milliseconds since the span's beginning. */
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

/** `station_service.sql`: one row. */
export interface ServiceRow {
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
  readonly observed_ms: number;
}

/** What is known of one station in a span. */
export interface StationHistory {
  /** Milliseconds since the epoch; `from` lies on a quarter-hour. */
  readonly from: number;
  readonly to: number;
  /** Runs of like readings where they are few, else means of `curve_ms`. */
  readonly curve: readonly StockRun[];
  readonly movements: readonly MovementRow[];
  /** Milliseconds of a step of the movements. */
  readonly movements_ms: number;
  readonly service: ServiceRow;
  /** The quarter-hour of the day that `to` lies in, 0–95, and the type of that day. */
  readonly quarter: number;
  readonly day_type: DayType;
  readonly usual: readonly UsualRow[];
  readonly week: readonly WeekRow[];
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
  station_movements: { sql: stationMovements, reads: ['station_quarters'] },
  station_service: { sql: stationService, reads: ['station_stays'] },
  station_usual: { sql: stationUsual, reads: ['station_quarters'] },
  station_week: { sql: stationWeek, reads: ['station_quarters'] },
} as const satisfies Readonly<Record<string, Question>>;

/** The statements that (re)build what the questions read; `from` lies on a quarter-hour. */
export function stationSql(code: string, from: number, to: number): string[] {
  const values = { station_code: code, from_at: new Date(from), to_at: new Date(to) };
  return Object.values(stationSteps).map(
    ({ table, sql }) => `CREATE OR REPLACE TEMP TABLE ${table} AS\n${bind(sql, values)}`,
  );
}

/** Where a span begins that ends at `to` and is at least so long: on a quarter-hour. */
export function spanStart(to: number, ms: number): number {
  return Math.floor((to - ms) / QUARTER) * QUARTER;
}

/**
 * Asks everything about a station in a span (milliseconds since the epoch) of `station_interval`, which must be
 * readable; `from` is moved back to a quarter-hour. Rejects with `engine.*` errors. Must run in `engine.exclusive`.
 */
export async function askStation(
  engine: Engine,
  code: string,
  span: { readonly from: number; readonly to: number },
): Promise<StationHistory> {
  const [from, to] = [spanStart(span.from, 0), span.to];
  const grain = grains.find((one) => to - from <= one.span)!;
  await loadQuarters(engine, from, to);
  for (const statement of stationSql(code, from, to)) await engine.query(statement);
  const { day, hour } = cityHour(to);
  const day_type = dayTypeOf(day);
  const query = <T extends object>(
    question: keyof typeof stationQuestions,
    values: Parameters<typeof bind>[1] = {},
  ) => engine.query<T>(bind(stationQuestions[question].sql, values));
  const curve =
    grain.curve === null
      ? await query<StockRun>('station_runs')
      : await query<StockRun>('station_curve', { step_ms: grain.curve });
  const [service] = await query<ServiceRow>('station_service');
  return {
    ...{ from, to, curve },
    movements: await query<MovementRow>('station_movements', { step_ms: grain.movements }),
    movements_ms: grain.movements,
    service: service!,
    quarter: hour * 4 + Math.floor((to % HOUR) / QUARTER),
    day_type,
    usual: await query<UsualRow>('station_usual', { city_day: day, day_type }),
    week: await query<WeekRow>('station_week'),
  };
}
