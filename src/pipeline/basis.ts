import { parisToUtc } from '../silver/parisTime.ts';

/**
 * How the time of a snapshot can be known, the most trusted first (`fetched_at_basis` of the Silver contract).
 * `user` is a time that the user corrected on import.
 */
export const bases = [
  'clock',
  'user',
  'poll_column',
  'record_timestamp',
  'feed_root',
  'file_name',
  'last_reported',
  'file_date',
] as const;

export type Basis = (typeof bases)[number];

/** A station's clock may run ahead by this much before its report counts as lying in the future (ms). */
const AHEAD = 120_000;

/** What is known of the time of a table that holds one snapshot. Milliseconds since the epoch. */
export interface TimeClues {
  readonly corrected: number | null;
  readonly feed_time: number | null;
  /** Names that may tell it: the member's of an archive, then the file's. */
  readonly names: readonly string[];
  /** The clock that the file's author names files by, as far as its schema tells. */
  readonly clock: 'utc' | 'paris';
  /** The newest `last_reported` that is not after `file_date`. */
  readonly last_reported: number | null;
  readonly file_date: number;
}

/** When a snapshot was taken, from the most trusted clue that its reports do not refute. */
export function timeOf(clues: TimeClues): { fetched_at: number; basis: Basis } {
  const { corrected, feed_time, names, clock, last_reported, file_date } = clues;
  if (corrected !== null) return { fetched_at: corrected, basis: 'user' };
  if (feed_time !== null) return { fetched_at: feed_time, basis: 'feed_root' };
  const named = names
    .flatMap((name) => timeInName(name, clock))
    .find((at) => last_reported === null || at >= last_reported - AHEAD);
  if (named !== undefined) return { fetched_at: named, basis: 'file_name' };
  if (last_reported !== null) return { fetched_at: last_reported, basis: 'last_reported' };
  return { fetched_at: file_date, basis: 'file_date' };
}

/**
 * The instants that a file's name may mean (`velib_20241105_085501.json`, `…2022-06-01T145009Z…`, seconds since
 * the epoch): by its author's clock first, then by the other one. A day without a time of day is no instant.
 */
export function timeInName(name: string, clock: 'utc' | 'paris'): number[] {
  const epoch = /(?<!\d)(1\d{9})(\d{3})?(?!\d)/.exec(name);
  if (epoch) return [Number(epoch[1]) * 1000 + Number(epoch[2] ?? 0)];
  const stamp =
    /(?<!\d)(20\d\d)[-_.]?([01]\d)[-_.]?([0-3]\d)[T_ -]?([0-2]\d)[-_:.h]?([0-5]\d)(?:[-_:.m]?([0-5]\d)(?:\.(\d{3})\d*)?)?(Z)?(?!\d)/i.exec(
      name,
    );
  if (!stamp) return [];
  const [year, month, day, hour, minute, second = 0, ms = 0] = stamp
    .slice(1, 8)
    .map((text: string | undefined) => Number(text ?? 0));
  const utc = Date.UTC(year!, month! - 1, day, hour, minute, second, ms);
  if (stamp[8]) return [utc];
  const local = parisToUtc(utc);
  const both = clock === 'utc' ? [utc, local] : [local, utc];
  return both.filter((at) => at !== null);
}
