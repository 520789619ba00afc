import type { Calendar, Gap, HourRecord } from '../../pipeline/protocol.ts';
import { groupBy } from '../groupBy.ts';
import { toCityDay, toWallTime } from '../time.ts';

/** A part of an hour in which nothing was recorded, as shares of the hour, 0–1. */
export interface Hole {
  readonly left: number;
  readonly width: number;
  readonly gap: Gap;
}

/** An hour of the city's day: that of October which comes twice is one cell. */
export interface Cell {
  /** When it begins, milliseconds since the epoch. */
  readonly at: number;
  readonly snapshots: number;
  readonly wanted: number;
  readonly holes: readonly Hole[];
}

/** A day of the city. */
export interface Row {
  /** YYYY-MM-DD */
  readonly day: string;
  /** By the hour of the day, 24; null outside the record, and for the hour that March leaves out. */
  readonly cells: readonly (Cell | null)[];
}

const HOUR = 3_600_000;

/** The record as the calendar shows it: the city's days, the newest first. */
export function rowsOf({ hours, gaps }: Pick<Calendar, 'hours' | 'gaps'>): Row[] {
  const walls = new Map(hours.map((hour) => [hour, toWallTime(hour.at)]));
  const days = groupBy(hours, (hour) => walls.get(hour)!.slice(0, 10));
  const rows = [...days].map(([day, inDay]): Row => {
    const byHour = groupBy(inDay, (hour) => Number(walls.get(hour)!.slice(11, 13)));
    return {
      day,
      cells: Array.from({ length: 24 }, (_, hour) => cellOf(byHour.get(hour) ?? [], gaps)),
    };
  });
  return rows.sort((a, b) => b.day.localeCompare(a.day));
}

/** The share of its snapshots that an hour has, 0–1; one that was asked for by hand does not make it more than whole. */
export function shareOf({ snapshots, wanted }: Pick<Cell, 'snapshots' | 'wanted'>): number {
  return Math.min(1, snapshots / wanted);
}

/** The colour of an hour with a share of its snapshots, 0–1. */
export function shadeOf(share: number): string {
  return `color-mix(in oklab, var(--bronze) ${Math.round(14 + 76 * share)}%, var(--card))`;
}

/**
 * How much was taken, 0–1, of what was wanted since this record began, and in how many days of the city: what was
 * imported from before that was wanted by someone else. Null where all was imported.
 */
export function coverageOf({
  hours,
  since,
}: Pick<Calendar, 'hours' | 'since'>): { share: number; days: number } | null {
  if (since === null) return null;
  const own = hours.filter(({ at }) => at + HOUR > since);
  const wanted = own.reduce((sum, hour) => sum + hour.wanted, 0);
  const taken = own.reduce((sum, hour) => sum + Math.min(hour.snapshots, hour.wanted), 0);
  return { share: wanted === 0 ? 0 : taken / wanted, days: new Set(own.map(({ at }) => toCityDay(at))).size };
}

function cellOf(hours: readonly HourRecord[], gaps: readonly Gap[]): Cell | null {
  const [first, last] = [hours[0], hours.at(-1)];
  if (!first || !last) return null;
  const span = last.at + HOUR - first.at;
  return {
    at: first.at,
    snapshots: hours.reduce((sum, { snapshots }) => sum + snapshots, 0),
    wanted: hours.reduce((sum, { wanted }) => sum + wanted, 0),
    holes: gaps.flatMap((gap): Hole[] => {
      const from = Math.max(gap[0], first.at);
      const to = Math.min(gap[1], first.at + span);
      return to > from ? [{ left: (from - first.at) / span, width: (to - from) / span, gap }] : [];
    }),
  };
}
