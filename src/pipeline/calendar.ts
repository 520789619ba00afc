import type { Gap, SnapshotBrief } from '../lake/journal.ts';
import { DAY, dayOf, HOUR } from '../lake/names.ts';
import type { SourceState } from '../lake/state.ts';

/** A UTC hour of the record. */
export interface HourRecord {
  /** When it begins, milliseconds since the epoch. */
  readonly at: number;
  readonly snapshots: number;
  /** How many there would be without a gap. */
  readonly wanted: number;
}

/** The record of a span by the hour. */
export interface Calendar {
  /** `fetched_at` of the lake's first snapshot; null where it has none. */
  readonly first: number | null;
  /** From the first snapshot on, oldest first. */
  readonly hours: readonly HourRecord[];
  readonly gaps: readonly Gap[];
}

const MINUTE = 60_000;
/** Distances between snapshots that a recorder or a collector keeps, in milliseconds. */
const steps = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE);
/** From so many snapshots on an hour tells its own step; with fewer, its day does. */
const TELLING = 4;

/** The hours and the gaps of a span. `interval` (ms): see `hoursOf`. */
export function calendarOf(
  state: Pick<SourceState, 'days' | 'gaps'>,
  span: { readonly from: number; readonly to: number; readonly interval: number },
): Calendar {
  const gaps = state.gaps.filter(([from, to]) => to > span.from && from < span.to);
  return { first: firstSnapshot(state.days), hours: hoursOf(state, span), gaps };
}

/**
 * The hours from the first snapshot on that lie in a span, oldest first. The interval in force is told by the snapshots
 * themselves, as the usual distance between two of them: an import has one of its own, and the setting may change at any
 * minute. `interval` (ms) stands where there are too few to tell.
 */
export function hoursOf(
  { days }: Pick<SourceState, 'days'>,
  span: { readonly from: number; readonly to: number; readonly interval: number },
): HourRecord[] {
  const first = firstSnapshot(days);
  if (first === null) return [];
  const start = Math.floor(Math.max(span.from, first) / HOUR) * HOUR;
  const hours: HourRecord[] = [];
  for (let day = Date.parse(dayOf(start)); day <= span.to; day += DAY) {
    const instants = (days[dayOf(day)] ?? []).map(([at]) => at);
    const usual = instants.length < TELLING ? span.interval : stepOf(instants);
    for (let at = Math.max(day, start); at < day + DAY && at <= span.to; at += HOUR) {
      const inside = instants.filter((instant) => instant >= at && instant < at + HOUR);
      const step = inside.length < TELLING ? usual : stepOf(inside);
      const end = Math.min(at + HOUR, span.to + 1);
      const wanted = Math.max(1, Math.round((end - Math.max(at, first)) / step));
      hours.push({ at, snapshots: inside.length, wanted });
    }
  }
  return hours;
}

/** `fetched_at` of the first snapshot, or null where there is none. */
export function firstSnapshot(days: Readonly<Record<string, readonly SnapshotBrief[]>>): number | null {
  const filled = Object.keys(days).filter((day) => days[day]!.length > 0);
  const day = filled.sort()[0];
  return day === undefined ? null : days[day]![0]![0];
}

/** The step nearest to the median distance between neighbours. */
function stepOf(instants: readonly number[]): number {
  const distances = instants.slice(1).map((at, index) => at - instants[index]!);
  const median = distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)]!;
  const far = (step: number) => Math.abs(Math.log(step / median));
  return steps.reduce((best, step) => (far(step) < far(best) ? step : best));
}
