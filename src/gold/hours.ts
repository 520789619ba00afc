import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { cityHour, dayTypeOf, type DayType } from './calendar.ts';

/** Milliseconds. */
export const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** An hour of a window in the city's calendar. */
export interface Hour {
  /** When it begins: ISO 8601, UTC, and in milliseconds since the epoch. */
  readonly hour_at: string;
  readonly hour_ms: number;
  /** From 0, the window's first. */
  readonly hour_number: number;
  /** Days since 1970-01-01 of the city's day. */
  readonly day_number: number;
  readonly day_type: DayType;
  /** 0–23; an hour that the clocks repeat comes twice, one that they skip not at all. */
  readonly city_hour: number;
  /** Milliseconds of it that lie in the window. */
  readonly span_ms: number;
}

/** The beginning of the hour that an instant lies in: Paris is whole hours from UTC. */
export function hourStart(at: number): number {
  return Math.floor(at / HOUR) * HOUR;
}

/** The hours of a window (milliseconds since the epoch), the one of its end included where it has begun. */
export function hoursOf(from: number, to: number): readonly Hour[] {
  const first = hourStart(from);
  const count = Math.max(1, Math.ceil((to - first) / HOUR));
  return Array.from({ length: count }, (_, number): Hour => {
    const begins = first + number * HOUR;
    const { day, hour } = cityHour(begins);
    return {
      hour_at: new Date(begins).toISOString(),
      hour_ms: begins,
      hour_number: number,
      day_number: Date.parse(day) / DAY,
      day_type: dayTypeOf(day),
      city_hour: hour,
      span_ms: Math.max(0, Math.min(to, begins + HOUR) - Math.max(from, begins)),
    };
  });
}

/** Types of the table `city_hours`: numbers that are joined by are INTEGER, figures DOUBLE, so that every quotient is one. */
const hourColumns = {
  hour_at: 'TIMESTAMP',
  hour_ms: 'DOUBLE',
  hour_number: 'INTEGER',
  day_number: 'INTEGER',
  day_type: 'VARCHAR',
  city_hour: 'DOUBLE',
  span_ms: 'DOUBLE',
} as const satisfies Readonly<Record<keyof Hour, string>>;

/** An hour that is to come, and how much of it: 0–1. */
interface ComingHour {
  readonly day_type: DayType;
  readonly city_hour: number;
  readonly weight: number;
}

/** The rest of the hour under way, and the two after it. */
export function comingHours(now: number): readonly ComingHour[] {
  const begins = hourStart(now);
  return [0, 1, 2].map((number) => {
    const { day, hour } = cityHour(begins + number * HOUR);
    const weight = number === 0 ? (begins + HOUR - now) / HOUR : 1;
    return { day_type: dayTypeOf(day), city_hour: hour, weight };
  });
}

/** Types of the table `coming_hours`. */
const comingColumns = {
  day_type: 'VARCHAR',
  city_hour: 'DOUBLE',
  weight: 'DOUBLE',
} as const satisfies Readonly<Record<keyof ComingHour, string>>;

/** Makes `city_hours` of a window and `coming_hours` after its newest snapshot. */
export async function loadHours(
  engine: Pick<Engine, 'load'>,
  from: number,
  to: number,
  newest: number,
): Promise<void> {
  await engine.load('city_hours', hourColumns, csvOf(hoursOf(from, to), hourColumns));
  await engine.load('coming_hours', comingColumns, csvOf(comingHours(newest), comingColumns));
}

function csvOf<Row extends object>(rows: readonly Row[], columns: Readonly<Record<keyof Row, string>>) {
  const names = Object.keys(columns) as (keyof Row)[];
  return toCsv({ header: null, rows: rows.map((row) => names.map((name) => String(row[name]))) });
}
