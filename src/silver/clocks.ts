import { eras, type Clock, type Era } from './eras.ts';
import { parisToUtc } from './parisTime.ts';
import { present, textAt, type Place, type TextRow } from './place.ts';
import type { Poll } from './poll.ts';
import { readTime, type Told } from './values.ts';

/** For each kind of time, the clock that it was read from where it does not say so. */
export interface Clocks {
  readonly last_reported: Clock;
  readonly poll: Clock;
  readonly file_name: Clock;
}

/** A time of a row that does not say its clock, and when the same row was polled, or its station reported. */
export interface ClockPair {
  /** Milliseconds since the epoch, as if the clock were UTC. */
  readonly naive: number;
  /** An instant that is known, in milliseconds since the epoch. */
  readonly instant: number;
}

/** A station's clock may run ahead of the recorder's by this much. */
const AHEAD = 5 * 60_000;

/** A report this much older than its poll is of a station that is off, and tells nothing about clocks. */
const FRESH = 6 * 3_600_000;

/** Share of reports in the future above which a reading is refuted. */
const FEW = 0.2;

/** An instant that a text tells under a clock; null where Paris's tells none. */
export function instantOf({ ms, zoned }: Told, clock: Clock): number | null {
  return zoned || clock === 'utc' ? ms : parisToUtc(ms);
}

/**
 * The clock that the naive times of `role` were read from. A reading that puts reports after their poll is refuted;
 * of two that stand, the one nearer to the known instants holds. Null where the pairs cannot decide.
 */
export function decideClock(pairs: readonly ClockPair[], role: 'report' | 'poll'): Clock | null {
  const readings = (['utc', 'paris'] as const).map((clock) => ({ clock, ...reading(pairs, clock, role) }));
  const seen = readings.filter(({ fresh }) => fresh > 0);
  const standing = seen.filter(({ future }) => future <= FEW);
  const [best] = (standing.length > 0 ? standing : seen).sort((a, b) => a.lag - b.lag);
  return best?.clock ?? null;
}

function reading(pairs: readonly ClockPair[], clock: Clock, role: 'report' | 'poll') {
  const lags = pairs.flatMap(({ naive, instant }) => {
    const at = instantOf({ ms: naive, zoned: false, day: false }, clock);
    if (at === null) return [];
    const lag = role === 'report' ? instant - at : at - instant;
    return Math.abs(lag) <= FRESH ? [lag] : [];
  });
  const distances = lags.map(Math.abs).sort((a, b) => a - b);
  return {
    fresh: lags.length,
    future: lags.filter((lag) => lag < -AHEAD).length / Math.max(1, lags.length),
    lag: distances[Math.floor(distances.length / 2)] ?? Infinity,
  };
}

/** The clocks of a table: from its values where they decide, else those of its era, else Paris's. */
export function clocksOf(
  rows: readonly TextRow[],
  reported: Place | null,
  poll: Poll | null,
  era: Era | null,
): Clocks {
  // What we export is UTC by our own contract: no value says otherwise.
  if (era === 'velolac') return { last_reported: 'utc', poll: 'utc', file_name: 'utc' };
  const facts = eras.find(({ id }) => id === era);
  const usual = facts?.clock ?? 'paris';
  const told = (text: string | null) => (text === null ? null : readTime(text));
  const report = reported && textAt(reported);
  const times = rows.map((row) => ({
    report: told(report?.(row) ?? null),
    poll: told(poll && present(row[poll.index])),
  }));
  const reports = times.flatMap(({ report, poll }) =>
    report && poll?.zoned && !report.zoned && !report.day ? [{ naive: report.ms, instant: poll.ms }] : [],
  );
  const last_reported = decideClock(reports, 'report') ?? usual;
  const polls = times.flatMap(({ report, poll }) => {
    const instant = report && !report.day && poll && !poll.zoned ? instantOf(report, last_reported) : null;
    return poll && instant !== null ? [{ naive: poll.ms, instant }] : [];
  });
  return {
    last_reported,
    poll: decideClock(polls, 'poll') ?? usual,
    file_name: facts?.file_clock ?? 'paris',
  };
}
