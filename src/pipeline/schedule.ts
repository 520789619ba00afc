import { PIECE, type Clock } from './clock.ts';

/** Minutes between snapshots that can be chosen. All divide the hour. */
export const intervals = [1, 2, 5, 10, 15] as const;
export type Interval = (typeof intervals)[number];

export const MINUTE = 60_000;

/** A wait that took this much longer than asked for, in the clock's milliseconds, was a sleep. */
const ASLEEP = MINUTE;

/** The next time of an interval's grid after an instant. The grid is UTC's: no change of the clocks moves it. */
export function nextOn(interval: Interval, after: number): number {
  const step = interval * MINUTE;
  return (Math.floor(after / step) + 1) * step;
}

/** What a schedule tells of itself. */
export interface ScheduleListener {
  /** When the next piece of work is due; infinite where nothing is, null when the schedule has ended. */
  readonly onNext: (at: number | null) => void;
  /** The clock went on without the schedule: the device slept, or the clock was set. */
  readonly onSleep?: (from: number, to: number) => void;
}

/**
 * Work at times that are asked for anew at least once a second: `due` may change its mind at any moment, and a clock
 * that was set, or a device that slept, needs no case of its own. Work that is late is done at once, and once.
 */
export class Schedule {
  #stop = new AbortController();
  #wake: () => void = () => undefined;

  constructor(
    private readonly clock: Clock,
    private readonly listener: ScheduleListener,
  ) {
    this.#stop.abort();
  }

  /**
   * Starts anew. `due` gives the next time, on which `work` is done; `work` tells whether to go on. Resolves when the
   * work ends it or `stop` does; rejects when the work does.
   */
  async start(due: (now: number) => number, work: (signal: AbortSignal) => Promise<boolean>): Promise<void> {
    this.stop();
    const { signal } = (this.#stop = new AbortController());
    do await this.#untilDue(due, signal);
    while (!signal.aborted && (await work(signal)));
    if (!signal.aborted) this.stop();
  }

  /** Asks for the next time at once: something happened that it may follow from. */
  wake(): void {
    this.#wake();
  }

  stop(): void {
    if (this.#stop.signal.aborted) return;
    this.#stop.abort();
    this.listener.onNext(null);
  }

  async #untilDue(due: (now: number) => number, signal: AbortSignal): Promise<void> {
    const { clock, listener } = this;
    let told: number | null = null;
    for (let now = clock.now(); ;) {
      const at = due(now);
      if (at !== told) listener.onNext((told = at));
      if (at <= now) return;
      const woken = new Promise<void>((resolve) => (this.#wake = resolve));
      await Promise.race([clock.pause(at - now, signal), woken]);
      const before = now;
      now = clock.now();
      if (signal.aborted) return;
      if (now - before > ASLEEP + PIECE * clock.rate) listener.onSleep?.(before, now);
    }
  }
}
