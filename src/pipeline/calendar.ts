import type { FileEntry, Gap, SnapshotBrief } from '../lake/journal.ts';
import { DAY, dayOf, HOUR } from '../lake/names.ts';
import type { LakeState, SourceState } from '../lake/state.ts';

/** A UTC hour of the record. */
export interface HourRecord {
  /** When it begins, milliseconds since the epoch. */
  readonly at: number;
  readonly snapshots: number;
  /** How many there would be without a gap; none in an empty hour from before anything was recorded here. */
  readonly wanted: number;
}

/** The record of a span by the hour. */
export interface Calendar {
  /** `fetched_at` of the lake's first snapshot; null where it has none. */
  readonly first: number | null;
  /** `recordedSince`: what is older was imported. */
  readonly since: number | null;
  /** From the first snapshot on, oldest first. */
  readonly hours: readonly HourRecord[];
  readonly gaps: readonly Gap[];
}

const MINUTE = 60_000;
/** Distances between snapshots that a recorder or a collector keeps, in milliseconds. */
const steps = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE);
/** From so many snapshots on an hour tells its own step; with fewer, its day does. */
const TELLING = 4;

/** What is asked of a record. Milliseconds, since the epoch. */
interface CalendarSpan {
  readonly from: number;
  readonly to: number;
  /** Between two snapshots, where there are too few to tell. */
  readonly interval: number;
  /** `recordedSince` */
  readonly since: number | null;
}

/** The hours and the gaps of a span. */
export function calendarOf(state: Pick<SourceState, 'days' | 'gaps'>, span: CalendarSpan): Calendar {
  const gaps = state.gaps.filter(([from, to]) => to > span.from && from < span.to);
  return { first: firstSnapshot(state.days), since: span.since, hours: hoursOf(state, span), gaps };
}

/**
 * When the record of a source begins: `fetched_at` of the first snapshot that was recorded, here or where a backup comes
 * from, as far as Bronze is there, or known to have been dropped. From then on every hour is wanted. Null where all was
 * imported.
 */
export function recordedSince({ files, sources }: LakeState, source: string): number | null {
  const { days = {}, without_bronze = [] } = sources[source] ?? {};
  const isRecorded = (file: FileEntry) => ['hour', 'snapshot'].includes(file.table) && file.source === source;
  const kept = Object.values(files).flatMap((file) => (isRecorded(file) ? (file.from ?? []) : []));
  const dropped = without_bronze.map((day) => days[day]?.[0]?.[0] ?? Date.parse(day));
  const first = [...kept, ...dropped].reduce((a, b) => Math.min(a, b), Infinity);
  return first === Infinity ? null : first;
}

/**
 * The hours from the first snapshot on that lie in a span, oldest first. The interval in force is told by the snapshots
 * themselves, as the usual distance between two of them: an import has one of its own, and the setting may change at any
 * minute.
 */
export function hoursOf({ days }: Pick<SourceState, 'days'>, span: CalendarSpan): HourRecord[] {
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
      const begin = inside[0] === span.since ? inside[0] : Math.max(at, first);
      const end = Math.min(at + HOUR, span.to + 1);
      const isWanted = inside.length > 0 || (span.since !== null && at >= span.since);
      const wanted = isWanted ? Math.max(1, Math.round((end - begin) / step)) : 0;
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
