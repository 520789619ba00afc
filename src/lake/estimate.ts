/** What `navigator.storage.estimate()` tells; null where a browser does not. Bytes, of all that the origin keeps. */
export interface Estimate {
  readonly usage: number | null;
  readonly quota: number | null;
}

/** How much the browser keeps for this origin, and would. */
export async function estimateStorage(): Promise<Estimate> {
  if (!('storage' in navigator)) return { usage: null, quota: null };
  const { usage = null, quota = null } = await navigator.storage.estimate();
  return { usage, quota };
}

/** Whether the browser has promised to keep what this origin stores; null where it cannot be asked. */
export async function isPersisted(): Promise<boolean | null> {
  return 'storage' in navigator ? navigator.storage.persisted() : null;
}

/** Asks the browser to keep what this origin stores, and gives its answer. On the page only, and in a gesture. */
export function askToPersist(): Promise<boolean> {
  return navigator.storage.persist();
}
