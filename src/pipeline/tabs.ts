import { toVelolacError, type ErrorRecord, VelolacError } from '../errors.ts';
import type { LakeStatus } from './protocol.ts';

/** What the tab that writes tells the others of itself, once a second. */
export interface Beat {
  readonly term: number;
  /** When it began to write, in milliseconds since the epoch; null while it is about to. */
  readonly since: number | null;
  readonly told: Pick<
    LakeStatus,
    'recording' | 'next_at' | 'failure' | 'quota' | 'pace' | 'traffic' | 'clock_skew'
  >;
}

/** What tabs of one browser tell each other about a world. */
export type TabMessage =
  | { readonly kind: 'beat'; readonly beat: Beat }
  | { readonly kind: 'ping' }
  | { readonly kind: 'changed' }
  | { readonly kind: 'record'; readonly id: number }
  | { readonly kind: 'recorded'; readonly id: number; readonly error: ErrorRecord | null };

interface Asked {
  readonly resolve: () => void;
  readonly reject: (error: VelolacError) => void;
}

/** Snapshots that a reading tab asks of the one that writes. Each is settled by its answer, whoever writes by then. */
export class Requests {
  #open = new Map<number, Asked>();

  constructor(private readonly post: (message: TabMessage) => void) {}

  /** Asks the writer for a snapshot. Rejects with what ended it there. */
  ask(): Promise<void> {
    const id = Math.random();
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      this.post({ kind: 'record', id });
    });
  }

  /** Asks again: another tab writes now, and may never have heard of it. */
  repeat(): void {
    for (const id of this.#open.keys()) this.post({ kind: 'record', id });
  }

  settle(id: number, error: ErrorRecord | null): void {
    const asked = this.#open.get(id);
    this.#open.delete(id);
    if (error) asked?.reject(VelolacError.fromRecord(error));
    else asked?.resolve();
  }

  /** Does here what was asked of another tab: this one writes now. */
  async take(record: () => Promise<void>): Promise<void> {
    if (this.#open.size === 0) return;
    const ids = [...this.#open.keys()];
    const error = await record().then(
      () => null,
      (thrown: unknown) => toVelolacError(thrown).toRecord(),
    );
    for (const id of ids) this.settle(id, error);
  }
}
