/** What `navigator.storage.estimate()` tells; null where a browser does not. Bytes, of all that the origin keeps. */
export interface Estimate {
  readonly usage: number | null;
  readonly quota: number | null;
}

/** What a count of 32 bits wraps at. */
const WRAP = 2 ** 32;

/**
 * How much the browser keeps for this origin, and would. After a visit in which files went, Chromium 156 counts those of
 * the file system from just below 4 GiB, as if they were less than none; where the lake itself is known to have far less
 * (`kept`, bytes), that is taken back.
 */
export async function estimateStorage(kept: number): Promise<Estimate> {
  if (!('storage' in navigator)) return { usage: null, quota: null };
  const { usage = null, quota = null } = await navigator.storage.estimate();
  const isWrapped = usage !== null && kept < WRAP / 2 && usage > WRAP - WRAP / 64 && usage < WRAP + WRAP / 64;
  return { usage: isWrapped ? Math.max(kept, usage - WRAP) : usage, quota };
}

/** How much more the browser would keep, by its own word; infinite where it gives none. Bytes, `kept` as above. */
export async function estimateFree(kept: number): Promise<number> {
  const { usage, quota } = await estimateStorage(kept);
  return usage === null || quota === null ? Infinity : Math.max(0, quota - usage);
}

/** Whether the browser has promised to keep what this origin stores; null where it cannot be asked. */
export async function isPersisted(): Promise<boolean | null> {
  return 'storage' in navigator ? navigator.storage.persisted() : null;
}

/** Asks the browser to keep what this origin stores, and gives its answer. On the page only, and in a gesture. */
export function askToPersist(): Promise<boolean> {
  return navigator.storage.persist();
}
