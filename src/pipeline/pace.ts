import type { VelolacError } from '../errors.ts';
import type { Quota } from '../sources/quota.ts';
import { intervals, MINUTE, nextOn, type Interval } from './schedule.ts';

/** What the user chose. */
export interface PaceSetting {
  /** Minutes. */
  readonly interval: Interval;
  /** True: the same pace where data is metered, or the device asks to save it. */
  readonly ignoreMetered: boolean;
}

/** The pace that is kept, and why it is not the chosen one. */
export interface PaceStatus {
  /** Minutes. */
  readonly interval: Interval;
  /** `quota` and `back_off` with `until`: slower, or silent, until then. `offline`: no call is made. */
  readonly reason: 'setting' | 'quota' | 'save_data' | 'back_off' | 'offline';
  readonly until: number | null;
}

/** Why an attempt brought no snapshot into the lake. */
export type Failure = 'quota' | 'busy' | 'failed' | 'space';

const SLOWEST = 15 satisfies Interval;
const SECOND = 1000;
const DAY = 86_400_000;
/** Share of the portal's limit that the schedule leaves alone: for other tabs and machines behind one address. */
const RESERVE = 0.05;
/** First and last upper bound of the random wait after a failure; twice as long each time. */
const RETRY = { first: 10 * SECOND, last: 5 * MINUTE, least: SECOND };
/** The same where the portal asks for fewer calls and does not say until when. */
const BUSY = { first: 2 * MINUTE, last: 15 * MINUTE, least: MINUTE };

/** Whether an error means that no snapshot is in the lake, and the next attempt should wait; null for any other. */
export function failureOf(error: VelolacError | null): Failure | null {
  switch (error?.code) {
    case undefined:
    case 'portal.aborted':
    case 'lake.not_writer':
      return null;
    case 'portal.quota':
      return 'quota';
    case 'portal.busy':
      return 'busy';
    case 'lake.quota':
    case 'lake.short_write':
      return 'space';
    default:
      return /^(portal|lake|unexpected)\b/.test(error!.code) ? 'failed' : null;
  }
}

/**
 * When the next attempt is due: on the grid of the interval, or, after failures, after a random wait that grows (full
 * jitter: M. Brooker, "Exponential Backoff And Jitter", AWS Architecture Blog, 2015), or when the quota is given back.
 * A function of what happened and of the clock, whichever way that was set meanwhile.
 */
export class Pace {
  setting: PaceSetting;
  /** Whether data is metered, or the device asks to save it. */
  metered = false;
  /** True time less the device's clock: the portal's times are moved by it. */
  skew = 0;
  #online = true;
  #last: number | null = null;
  #failures = 0;
  #hold: { readonly from: number; readonly until: number; readonly failure: Failure } | null = null;
  #quota: { readonly budget: number; readonly reset: number } | null = null;
  /** The slowest interval that the quota has asked for in its current period. */
  #slowed: Interval | null = null;

  constructor(
    setting: PaceSetting,
    private readonly random: () => number = Math.random,
  ) {
    this.setting = setting;
  }

  /** What the browser says of its connection. A failure from before it came back says nothing of now. */
  set online(online: boolean) {
    if (online && !this.#online && this.#hold?.failure === 'failed') this.#hold = null;
    this.#online = online;
  }

  /** Takes the choice of the user; what the quota asked of the old one is asked anew. */
  choose(setting: PaceSetting, now: number): void {
    this.setting = setting;
    this.#slowed = null;
    this.#slowDown(now);
  }

  /** An attempt begins, or a snapshot of that instant is in the lake already. */
  began(at: number): void {
    this.#last = at;
  }

  /** An attempt has ended. */
  ended(at: number, error: VelolacError | null, quota: Quota | null): void {
    if (quota?.reset_at != null) {
      const reset = quota.reset_at - this.skew;
      if (reset !== this.#quota?.reset) this.#slowed = null;
      this.#quota = { budget: quota.remaining - RESERVE * quota.limit, reset };
    }
    this.#slowDown(at);
    const failure = failureOf(error);
    this.#failures = failure === null ? 0 : this.#failures + 1;
    this.#hold = failure === null ? null : { from: at, until: at + this.#wait(at, failure, error!), failure };
  }

  /** When the next attempt is due: now or earlier for at once, infinite for not before something happens. */
  due(now: number): number {
    if (!this.#online) return Infinity;
    if (this.#hold) return this.#hold.from > now + MINUTE ? now : this.#hold.until;
    if (this.#last === null) return now;
    const interval = this.interval(now);
    // The clock was set back: what it said before is no measure any more.
    return this.#last - now > interval * MINUTE ? now : nextOn(interval, this.#last);
  }

  /** Minutes between two snapshots as things stand. */
  interval(now: number): Interval {
    const { interval } = this.setting;
    const quota = this.#quotaInterval(now);
    if (this.#saves) return SLOWEST;
    return quota !== null && quota > interval ? quota : interval;
  }

  status(now: number): PaceStatus {
    const interval = this.interval(now);
    if (!this.#online) return { interval, reason: 'offline', until: null };
    if (this.#hold) {
      const { failure, until } = this.#hold;
      return { interval, reason: failure === 'quota' ? 'quota' : 'back_off', until };
    }
    if (interval === this.setting.interval) return { interval, reason: 'setting', until: null };
    if (this.#saves) return { interval, reason: 'save_data', until: null };
    return { interval, reason: 'quota', until: this.#quota!.reset };
  }

  get #saves(): boolean {
    return this.metered && !this.setting.ignoreMetered;
  }

  #quotaInterval(now: number): Interval | null {
    return this.#quota && now < this.#quota.reset ? this.#slowed : null;
  }

  /** The smallest interval that what is left of the quota lasts for; within a period it only grows. */
  #slowDown(now: number): void {
    if (!this.#quota || this.#quota.reset <= now) return;
    const { budget, reset } = this.#quota;
    const lasts = (interval: Interval) => (reset - now) / (interval * MINUTE) <= budget;
    const needed = intervals.find((one) => one >= this.setting.interval && lasts(one)) ?? SLOWEST;
    if (needed > (this.#slowed ?? this.setting.interval)) this.#slowed = needed;
  }

  /** Milliseconds to wait after a failure. */
  #wait(at: number, failure: Failure, { details }: VelolacError): number {
    const until = Date.parse(String(details['until'])) - this.skew - at;
    // A device's clock that is years off would wait as long: it asks once a day at least.
    if (until > 0) return Math.min(until, DAY);
    const { first, last, least } = failure === 'busy' || failure === 'quota' ? BUSY : RETRY;
    const bound = Math.min(last, first * 2 ** (this.#failures - 1));
    return least + this.random() * (bound - least);
  }
}
