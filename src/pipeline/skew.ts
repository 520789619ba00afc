import type { Clock } from './clock.ts';
import { MINUTE } from './schedule.ts';

const HOUR = 60 * MINUTE;
/** A clock that is off by less is as good as right: snapshots are a minute apart. */
const TOLERANCE = 1.5 * MINUTE;
/** A feed whose newest report is older than this stands still, or the device's clock is fast. */
const STALE = 15 * MINUTE;
/** So many stations must agree on a time: one may have a clock of its own. */
const AGREED = 5;
/** A time that says how far it is from UTC. */
const ZONED = /T.*(?:Z|[+-]\d\d:?\d\d)$/;
/** What is waited for the page's own host. */
const PATIENCE = 5000;

/** What speaks against the device's clock: true time less the device's, in milliseconds. */
export interface Witnesses {
  /** Of the newest report of a station, which cannot come from the future; null where none tells a time. */
  readonly report: number | null;
  /** Of the instant at which the portal gives its quota back, which lies ahead; null where it is not told. */
  readonly reset: number | null;
  /** Of the `Date` of the page's own host; null where it did not answer. */
  readonly host: number | null;
}

/**
 * How far the device's clock is behind true time (below zero: ahead), in milliseconds; null when it is right, or when
 * nobody can tell. A host whose own clock contradicts the stations is not believed; a feed that stands still says
 * nothing unless somebody else finds the clock fast, too.
 */
export function clockSkew({ report, reset, host }: Witnesses): number | null {
  const slow = report !== null && report > TOLERANCE;
  const isPlausible = host !== null && (report === null || host >= report - TOLERANCE);
  if (isPlausible) return Math.abs(host) > TOLERANCE ? host : null;
  if (slow) return report;
  const fast = reset !== null && reset < -TOLERANCE;
  return fast && report !== null && report < -STALE ? report : null;
}

/** The newest time that several stations have reached, of those that are told with an offset; null for too few. */
export function newestReport(texts: readonly unknown[]): number | null {
  const times = texts.flatMap((text) => {
    return typeof text === 'string' && ZONED.test(text) ? Date.parse(text) : [];
  });
  return times.filter((time) => !Number.isNaN(time)).sort((a, b) => b - a)[AGREED - 1] ?? null;
}

/** The clock of the page's own host: true time less the device's, in milliseconds, as it was last asked. */
export class HostClock {
  /** Null where it has not answered, or the clock is a test's that runs at a pace of its own. */
  offset: number | null = null;
  #asked = -Infinity;

  constructor(
    private readonly base: string,
    private readonly clock: Clock,
    private readonly onAnswer: () => void,
  ) {}

  /** Asks, unless it was asked within the hour; at once where the clock was found to be wrong. */
  async refresh(isWrong: boolean): Promise<void> {
    const { base, clock } = this;
    const now = clock.now();
    if (clock.rate !== 1 || (!isWrong && Math.abs(now - this.#asked) < HOUR)) return;
    this.#asked = now;
    this.offset = await askHost(base, clock.now);
    this.onAnswer();
  }
}

/** Half a second exact at best. A HEAD passes the service worker by, whose cache holds the page. */
async function askHost(base: string, now: () => number): Promise<number | null> {
  const sent = now();
  try {
    const { headers } = await fetch(base, {
      method: 'HEAD',
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE),
    });
    const date = Date.parse(headers.get('Date') ?? '');
    // What a shared cache answers is as old as it says (RFC 9111, Age); `Date` is cut to the second.
    const age = Number(headers.get('Age') ?? 0) * 1000;
    return Number.isNaN(date + age) ? null : date + age + 500 - (sent + now()) / 2;
  } catch {
    // Offline, or a host that allows no HEAD: no witness, no error.
    return null;
  }
}
