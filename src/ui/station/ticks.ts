import type { Format } from '../format.ts';
import { fromWallTime, toCityDay } from '../time.ts';

/** An instant of a time axis, and what is written there. */
export interface Tick {
  readonly at: number;
  readonly label: string;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const MONDAY = 1;

/** Some ticks inside a span, at round times of the city: minutes, hours, midnights or Mondays. */
export function ticksOf(from: number, to: number, f: Format): Tick[] {
  const span = to - from;
  if (span <= 4 * HOUR) {
    const step = span <= 2 * HOUR ? HOUR / 4 : HOUR / 2;
    return multiples(from, to, step).map((at) => ({ at, label: f.shortTime(at) }));
  }
  const days = multiples(from - DAY, to + DAY, DAY).map((at) => toCityDay(at + DAY / 2));
  const inside = (at: number | null): at is number => at !== null && at > from && at < to;
  if (span <= 2 * DAY) {
    const times = days.flatMap((day) => ['00', '06', '12', '18'].map((hour) => `${day}T${hour}:00`));
    return times
      .map(fromWallTime)
      .filter(inside)
      .map((at) => ({ at, label: f.shortTime(at) }));
  }
  const weekly = span > 8 * DAY;
  return days
    .filter((day) => !weekly || new Date(day).getUTCDay() === MONDAY)
    .map((day) => fromWallTime(`${day}T00:00`))
    .filter(inside)
    .map((at) => ({ at, label: weekly ? f.shortDate(at) : f.weekdayName(at, 'short') }));
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.floor(from / step) + 1;
  return Array.from({ length: Math.max(0, Math.ceil(to / step) - first) }, (_, index) => {
    return (first + index) * step;
  });
}
