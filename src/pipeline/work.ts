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

  constructor(private readonly tell: (event: PipelineEvent) => void) {}

  /** Work that the page sees and can stop. Rejects with `engine.aborted` when it was stopped. */
  run<T>(task: Work['task'], work: (progress: Progress) => Promise<T>): Promise<T> {
    return this.quietly(async () => {
      const running = new AbortController();
      this.#running = running;
      const { signal } = running;
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

  /** Work that nobody waits for. */
  quietly<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#last.then(work);
    this.#last = Promise.allSettled([result]);
    return result;
  }

  /** Stops what `run` runs; false where there is nothing to stop. */
  stop(): boolean {
    this.#running?.abort(new VelolacError('engine.aborted', 'stopped by the user'));
    return this.#running !== null;
  }
}
