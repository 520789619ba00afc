import { nextMinute, type Clock } from './clock.ts';

/** A piece of work at each whole minute. One that takes longer than a minute leaves out the ones it overlaps. */
export class Schedule {
  #stop = new AbortController();

  constructor(private readonly onNext: (at: number | null) => void) {
    this.#stop.abort();
  }

  /**
   * Starts anew. `work` tells whether to go on; `notBefore` may put the next time off (ms since the epoch).
   * Resolves when the work ends it or `stop` does; rejects when the work does.
   */
  async start(
    clock: Clock,
    work: (signal: AbortSignal) => Promise<boolean>,
    notBefore: () => number,
  ): Promise<void> {
    this.stop();
    const { signal } = (this.#stop = new AbortController());
    for (let goesOn = true; goesOn;) {
      const now = clock.now();
      const next = nextMinute(Math.max(now, notBefore()));
      this.onNext(next);
      goesOn = (await clock.wait(next - now, signal)) && (await work(signal));
    }
    if (!signal.aborted) this.onNext(null);
  }

  stop(): void {
    this.#stop.abort();
  }
}
