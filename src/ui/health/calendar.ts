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
  /** The first and the last of the days that are left out between it and the newer row, or the end of the record. */
  readonly skipped: readonly [string, string] | null;
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * The record as the calendar shows it: the city's days, the newest first, without those that nothing was wanted of: between
 * two recordings that were imported there may be years.
 */
export function rowsOf({ hours, gaps }: Pick<Calendar, 'hours' | 'gaps'>): Row[] {
  const wanted = new Set(hours.flatMap(({ at, wanted }) => (wanted > 0 ? Math.floor(at / DAY) : [])));
  // A day of the city lies in two of UTC. What is far from all that was wanted needs no place in the city's time.
  const near = hours.filter(({ at }) => [-1, 0, 1].some((by) => wanted.has(Math.floor(at / DAY) + by)));
  const walls = new Map(near.map((hour) => [hour, toWallTime(hour.at)]));
  const days = groupBy(near, (hour) => walls.get(hour)!.slice(0, 10));
  const told = [...days].filter(([, inDay]) => inDay.some((hour) => hour.wanted > 0));
  const end = toCityDay(hours.at(-1)?.at ?? 0);
  return told
    .toSorted(([a], [b]) => b.localeCompare(a))
    .map(([day, inDay], index, sorted): Row => {
      const byHour = groupBy(inDay, (hour) => Number(walls.get(hour)!.slice(11, 13)));
      const newer = sorted[index - 1]?.[0];
      const [from, to] = [dayAfter(day, 1), newer === undefined ? end : dayAfter(newer, -1)];
      return {
        day,
        cells: Array.from({ length: 24 }, (_, hour) => cellOf(byHour.get(hour) ?? [], gaps)),
        skipped: from > to ? null : [from, to],
      };
    });
}

function dayAfter(day: string, by: number): string {
  return new Date(Date.parse(day) + by * DAY).toISOString().slice(0, 10);
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
 * How many snapshots were taken of those wanted since this record began, and in how many days of the city: what was
 * imported from before that was wanted by someone else. Null where all was imported.
 */
export function coverageOf({
  hours,
  since,
}: Pick<Calendar, 'hours' | 'since'>): { taken: number; wanted: number; days: number } | null {
  if (since === null) return null;
  const own = hours.filter(({ at }) => at + HOUR > since);
  const wanted = own.reduce((sum, hour) => sum + hour.wanted, 0);
  const taken = own.reduce((sum, hour) => sum + Math.min(hour.snapshots, hour.wanted), 0);
  return { taken, wanted, days: new Set(own.map(({ at }) => toCityDay(at))).size };
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
