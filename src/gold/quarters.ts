import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { cityHour, dayTypeOf, weekdayOf, type DayType } from './calendar.ts';

const HOUR = 3_600_000;
export const QUARTER = 900_000;

/** A quarter-hour in the city's calendar. */
export interface Quarter {
  /** Milliseconds since the span's beginning; the end exclusive. */
  readonly from_ms: number;
  readonly to_ms: number;
  /** YYYY-MM-DD */
  readonly city_day: string;
  readonly day_type: DayType;
  /** 1 (Monday) to 7. */
  readonly weekday: number;
  /** Of the day, 0–95. */
  readonly quarter: number;
}

/** The quarter-hours of a span, the one of its end included. `from` lies on a quarter-hour. */
export function quartersOf(from: number, to: number): readonly Quarter[] {
  const quarters: Quarter[] = [];
  let hour = { begins: NaN, ...cityHour(from) };
  for (let at = from; at <= to; at += QUARTER) {
    const begins = Math.floor(at / HOUR) * HOUR;
    if (begins !== hour.begins) hour = { begins, ...cityHour(begins) };
    quarters.push({
      from_ms: at - from,
      to_ms: at - from + QUARTER,
      city_day: hour.day,
      day_type: dayTypeOf(hour.day),
      weekday: weekdayOf(hour.day),
      quarter: hour.hour * 4 + (at - begins) / QUARTER,
    });
  }
  return quarters;
}

/** Types of the table `quarters`: figures as DOUBLE, so that every quotient is one. */
export const quarterColumns = {
  from_ms: 'DOUBLE',
  to_ms: 'DOUBLE',
  city_day: 'VARCHAR',
  day_type: 'VARCHAR',
  weekday: 'DOUBLE',
  quarter: 'DOUBLE',
} as const satisfies Readonly<Record<keyof Quarter, string>>;

/** Makes `quarters`, the input of `station_quarters.sql`. */
export function loadQuarters(engine: Engine, from: number, to: number): Promise<void> {
  const rows = quartersOf(from, to).map((quarter) => [
    ...[String(quarter.from_ms), String(quarter.to_ms), quarter.city_day, quarter.day_type],
    ...[String(quarter.weekday), String(quarter.quarter)],
  ]);
  return engine.load('quarters', quarterColumns, toCsv({ header: null, rows }));
}
