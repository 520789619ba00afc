import type { StationRow } from '../../src/gold/answers.ts';
import { cityHour, dayTypeOf } from '../../src/gold/calendar.ts';
import { quartersOf } from '../../src/gold/quarters.ts';
import {
  HABIT_MS,
  spanStart,
  type ServiceRow,
  type StationHabits,
  type StationHistory,
  type StockRun,
} from '../../src/gold/station.ts';
import { gapsOf } from './record.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Numbers that look like chance and are the same at each visit. */
function chance(seed: number): number {
  const x = Math.sin(seed * 78.233) * 43_758.5453;
  return x - Math.floor(x);
}

/** Bikes of a station at an instant: people leave in the morning and come home in the evening, less so at weekends. */
function bikesAt(at: number, size: number): number {
  const { day, hour } = cityHour(at);
  const time = hour + (at % HOUR) / HOUR;
  const swing = dayTypeOf(day) === 'working' ? 0.48 : 0.2;
  const level = 0.42 + swing * Math.cos(((time - 3) / 24) * 2 * Math.PI);
  const noise = 0.16 * (chance(Math.floor(at / (20 * MINUTE))) - 0.5) + 0.2 * (chance(at - (at % DAY)) - 0.5);
  return Math.max(0, Math.min(size, Math.round(size * (level + noise))));
}

function stockAt(at: number, size: number): Pick<StockRun, 'mechanical' | 'ebikes' | 'docks'> {
  const bikes = bikesAt(at, size);
  const ebikes = Math.round(bikes * (0.3 + 0.2 * chance(Math.floor(at / HOUR))));
  return { mechanical: bikes - ebikes, ebikes, docks: size - bikes };
}

/** A station that was in service all the time, or, where it is closed now, never. */
function serviceOf(row: StationRow | undefined, observed_ms: number, runs: number): ServiceRow {
  return {
    ...{ runs, observed_ms, known_ms: observed_ms, closed_ms: row?.state === 'closed' ? observed_ms : 0 },
    ...{ empty_ms: 0, empty_times: 0, empty_longest_ms: null },
    ...{ full_ms: 0, full_times: 0, full_longest_ms: null },
  };
}

/** A history as it could be: for looking at the panel, not for trusting. */
export function historyOf(row: StationRow | undefined, from: number, to: number): StationHistory {
  const start = spanStart(from, 0);
  const size = Math.max(8, (row?.capacity ?? 30) - 1);
  const span = to - start;
  const step = span > 8 * DAY ? HOUR : span > 2 * DAY ? 15 * MINUTE : 3 * MINUTE;
  const movements_ms = span > 8 * DAY ? DAY : span > 2 * DAY ? 6 * HOUR : span > 4 * HOUR ? HOUR : HOUR / 4;
  const gaps = gapsOf(to);
  const isGap = (at: number): boolean => gaps.some(([begin, end]) => at >= begin && at < end);
  const times = Array.from({ length: Math.ceil(span / step) }, (_, index) => start + index * step);
  const curve = times
    .filter((at) => !isGap(at))
    .map((at) => ({
      from_ms: at - start,
      to_ms: Math.min(at + step, to) - start,
      ...stockAt(at, size),
    }));
  const movements = Array.from({ length: Math.ceil(span / movements_ms) }, (_, index) => {
    const busy = (movements_ms / HOUR) * 9;
    return {
      from_ms: index * movements_ms,
      departures: Math.round(busy * chance(start + index)),
      arrivals: Math.round(busy * chance(start + index + 0.5)),
      observed_ms: movements_ms,
    };
  }).filter(({ from_ms }) => !isGap(start + from_ms));
  const observed_ms = curve.reduce((sum, run) => sum + run.to_ms - run.from_ms, 0);
  const lasting = (docks: number): number => curve.filter((run) => run.docks === docks).length * step;
  const isOpen = row?.state !== 'closed';
  const [full_ms, empty_ms] = isOpen ? [lasting(0), lasting(size)] : [0, 0];
  const service = {
    ...serviceOf(row, observed_ms, curve.length),
    ...{ empty_ms, full_ms },
    empty_times: Math.ceil(empty_ms / HOUR),
    empty_longest_ms: empty_ms === 0 ? null : Math.min(empty_ms, 100 * MINUTE),
    full_times: Math.ceil(full_ms / HOUR),
    full_longest_ms: full_ms === 0 ? null : Math.min(full_ms, 40 * MINUTE),
  };
  const bikes = curve.map((run) => ({ at: run.from_ms, bikes: (run.mechanical ?? 0) + (run.ebikes ?? 0) }));
  const sorted = bikes.toSorted((a, b) => a.bikes - b.bikes || a.at - b.at);
  const [least, most] = [sorted[0], sorted.at(-1)];
  const range =
    least === undefined || most === undefined || !isOpen
      ? null
      : { least: least.bikes, least_ms: least.at, most: most.bikes, most_ms: most.at };
  return { from, to, origin: start, curve, range, movements, movements_ms, service };
}

/** Habits as they could be, of a page that has been open for four weeks, or for one day. */
export function habitsOf(row: StationRow | undefined, to: number, young: boolean): StationHabits {
  const from = spanStart(to, young ? DAY : HABIT_MS);
  const size = Math.max(8, (row?.capacity ?? 30) - 1);
  const today = cityHour(to);
  const day_type = dayTypeOf(today.day);
  const quarters = quartersOf(from, to).map((quarter) => ({
    ...quarter,
    bikes: bikesAt(from + quarter.from_ms, size),
  }));
  const usual = Array.from({ length: 96 }, (_, quarter) => {
    const inQuarter = quarters.filter((one) => one.quarter === quarter);
    const earlier = inQuarter.filter((one) => one.city_day < today.day && one.day_type === day_type);
    const sorted = earlier.map(({ bikes }) => bikes).sort((a, b) => a - b);
    const at = (share: number): number | null => sorted[Math.round(share * (sorted.length - 1))] ?? null;
    const now = inQuarter.find((one) => one.city_day === today.day)?.bikes ?? null;
    return { quarter, days: sorted.length, low: at(0.1), median: at(0.5), high: at(0.9), bikes: now };
  });
  const week = [1, 2, 3, 4, 5, 6, 7].flatMap((weekday) =>
    Array.from({ length: 24 }, (_, hour) => {
      const inHour = quarters.filter((one) => one.weekday === weekday && one.quarter >> 2 === hour);
      const bikes = inHour.reduce((sum, one) => sum + one.bikes, 0) / inHour.length;
      return { weekday, hour, bikes, docks: size - bikes, observed_ms: inHour.length * 15 * MINUTE };
    }).filter(({ observed_ms }) => observed_ms > 0),
  );
  const quarter = today.hour * 4 + Math.floor((to % HOUR) / (15 * MINUTE));
  return { from, to, quarter, day_type, usual, week, service: serviceOf(row, to - from, 1) };
}
