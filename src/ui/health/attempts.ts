import type { Attempt, ReportAge } from '../../pipeline/protocol.ts';
import type { Point } from '../charts/curve.ts';

/** A figure of the good snapshots of a day. */
export interface Series {
  readonly points: readonly Point[];
  readonly median: number | null;
  readonly most: number | null;
}

/** A distance of so many usual ones is a gap, and breaks the line. */
const APART = 3;

/** A figure over the attempts; null values break the line, and so does a gap. */
export function series(points: readonly Point[]): Series {
  const known = points.flatMap(({ value }) => value ?? []).sort((a, b) => a - b);
  const distances = points.slice(1).map(({ at }, index) => at - points[index]!.at);
  const usual = distances.sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? Infinity;
  return {
    points: points.flatMap((point, index) => {
      const before = points[index - 1];
      const apart = before !== undefined && point.at - before.at > APART * usual;
      return apart ? [{ at: before.at + 1, value: null }, point] : [point];
    }),
    median: known[Math.floor(known.length / 2)] ?? null,
    most: known.at(-1) ?? null,
  };
}

const HOUR = 3_600_000;

/** From when until when (ms since the epoch) every answer was the same, byte for byte, for an hour or longer. */
export function standstills(attempts: readonly Attempt[]): (readonly [from: number, to: number])[] {
  const same: { hash: string; from: number; to: number }[] = [];
  for (const { fetched_at, content_hash: hash } of attempts) {
    if (hash === null) continue;
    const last = same.at(-1);
    if (last?.hash === hash) last.to = fetched_at;
    else same.push({ hash, from: fetched_at, to: fetched_at });
  }
  return same.flatMap(({ from, to }) => (to - from >= HOUR ? [[from, to] as const] : []));
}

/** The three curves of a day: how long fetches took (ms), how large snapshots were (bytes), how old reports (ms). */
export function curvesOf(attempts: readonly Attempt[], ages: readonly ReportAge[]) {
  const good = attempts.filter(({ outcome }) => outcome !== 'failed');
  return {
    duration: series(good.map(({ fetched_at, duration_ms }) => ({ at: fetched_at, value: duration_ms }))),
    size: series(good.map(({ fetched_at, bytes }) => ({ at: fetched_at, value: bytes }))),
    age: series(ages.map(({ fetched_at, median_s }) => ({ at: fetched_at, value: median_s * 1000 }))),
  };
}
