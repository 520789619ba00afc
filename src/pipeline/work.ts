import { VelolacError } from '../errors.ts';
import type { PipelineEvent, Work } from './protocol.ts';

/** How long work tells how far it is, and hears that it should stop. */
export interface Progress {
  readonly signal: AbortSignal;
  /** `share` is 0–1 over all of the work. */
  readonly tell: (subject: string, share: number) => void;
}

/** Runs long work one piece after the other: imports, rebuilds, compaction. None of them runs beside another. */
export class WorkQueue {
  #last: Promise<unknown> = Promise.resolve();
  #running: AbortController | null = null;
  #ends = new AbortController();

  constructor(private readonly tell: (event: PipelineEvent) => void) {}

  /** Work that the page sees and can stop. Rejects with `engine.aborted` when it was stopped. */
  run<T>(task: Work['task'], work: (progress: Progress) => Promise<T>): Promise<T> {
    return this.quietly(async (ends) => {
      const running = new AbortController();
      this.#running = running;
      const signal = AbortSignal.any([ends, running.signal]);
      try {
        return await work({
          signal,
          tell: (subject, share) => this.tell({ kind: 'work', work: { task, subject, share } }),
        });
      } finally {
        this.#running = null;
        this.tell({ kind: 'work', work: null });
      }
    });
  }

  /** Work that nobody waits for. The signal is aborted when all work ends. */
  quietly<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const { signal } = this.#ends;
    const result = this.#last.then(() => {
      signal.throwIfAborted();
      return work(signal);
    });
    this.#last = Promise.allSettled([result]);
    return result;
  }

  /** Stops what `run` runs; false where there is nothing to stop. */
  stop(): boolean {
    this.#running?.abort(new VelolacError('engine.aborted', 'stopped by the user'));
    return this.#running !== null;
  }

  /** Ends all work, under way or waiting, with a reason that it rejects with. Resolves when none is left. */
  async end(reason: VelolacError): Promise<void> {
    this.#ends.abort(reason);
    this.#ends = new AbortController();
    await this.idle();
  }

  /** Resolves when no work is left. */
  async idle(): Promise<void> {
    await this.#last;
  }
}
