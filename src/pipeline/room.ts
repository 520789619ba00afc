import { VelolacError } from '../errors.ts';
import type { Storage } from '../lake/storage.ts';

export { askToPersist } from '../lake/estimate.ts';

/** Less than this free, by the browser's own estimate, is looked at more closely. Bytes. */
const LOW = 10_000_000;
/** What a snapshot takes until it is compacted, several times over: 155 kB of CSV, Silver, Gold, the journal's lines. */
const NEEDED = 1_000_000;
const PROBE = '.probe';

/** Whether an error means that there is no room. */
export function isFull({ code }: VelolacError): boolean {
  return code === 'lake.quota' || code === 'lake.short_write';
}

/**
 * Whether there is room for another snapshot. The estimate alone does not tell: it goes on telling a quota that writes
 * no longer get. So where it is low, or the last write failed for want of room, a probe is written and removed.
 */
export class Room {
  #isFull = false;

  constructor(
    private readonly storage: Pick<Storage, 'persistent' | 'write' | 'remove'>,
    /** What is free by the browser's own estimate, bytes. */
    private readonly free: () => Promise<number>,
  ) {}

  /** Takes note of what failed. */
  note(error: VelolacError): void {
    if (isFull(error)) this.#isFull = true;
  }

  /** Rejects with `lake.quota` where there is none; with what else fails when a probe is written. */
  async look(): Promise<void> {
    if (!this.storage.persistent) return;
    if ((await this.free()) >= LOW && !this.#isFull) return;
    this.#isFull = true;
    try {
      await this.storage.write(PROBE, new Uint8Array(NEEDED));
    } catch (cause) {
      if (!(cause instanceof VelolacError && isFull(cause))) throw cause;
      throw new VelolacError('lake.quota', 'no room for another snapshot', {}, { cause });
    } finally {
      await this.storage.remove(PROBE);
    }
    this.#isFull = false;
  }
}
