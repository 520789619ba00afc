import { VelolacError } from '../errors.ts';
import type { Storage } from '../lake/storage.ts';

/** Less than this free, by the browser's own estimate, is looked at more closely. Bytes. */
const LOW = 10_000_000;
/** What a snapshot takes until it is compacted, several times over: 155 kB of CSV, Silver, Gold, the journal's lines. */
const NEEDED = 1_000_000;
const PROBE = '.probe';

/** Errors that mean: no room. */
const codes: readonly string[] = ['lake.quota', 'lake.short_write'];

/** What `navigator.storage.estimate()` tells; null where a browser does not. Bytes, of all that the origin keeps. */
export interface Estimate {
  readonly usage: number | null;
  readonly quota: number | null;
}

/**
 * Whether there is room for another snapshot. The estimate alone does not tell: it goes on telling a quota that writes
 * no longer get. So where it is low, or the last write failed for want of room, a probe is written and removed.
 */
export class Room {
  #isFull = false;

  constructor(
    private readonly storage: Storage,
    private readonly estimate: () => Promise<Estimate> = estimateStorage,
  ) {}

  /** Takes note of what failed. */
  note(error: VelolacError): void {
    if (codes.includes(error.code)) this.#isFull = true;
  }

  /** Rejects with `lake.quota` where there is none; with what else fails when a probe is written. */
  async look(): Promise<void> {
    if (!this.storage.persistent) return;
    const { usage, quota } = await this.estimate();
    const free = usage === null || quota === null ? Infinity : quota - usage;
    if (!this.#isFull && free >= LOW) return;
    this.#isFull = true;
    try {
      await this.storage.write(PROBE, new Uint8Array(NEEDED));
    } catch (cause) {
      if (!(cause instanceof VelolacError && codes.includes(cause.code))) throw cause;
      throw new VelolacError('lake.quota', 'no room for another snapshot', {}, { cause });
    } finally {
      await this.storage.remove(PROBE);
    }
    this.#isFull = false;
  }
}

/** What the browser says of its storage. */
export async function estimateStorage(): Promise<Estimate> {
  if (!('storage' in navigator) || !('estimate' in navigator.storage)) return { usage: null, quota: null };
  const { usage = null, quota = null } = await navigator.storage.estimate();
  return { usage, quota };
}
