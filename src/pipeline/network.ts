/** What the browser says of its connection. */
export interface Network {
  readonly online: boolean;
  /** A cellular connection, or a device that asks to save data. */
  readonly metered: boolean;
}

/** `navigator.connection`: Chromium's only (Network Information API; Save Data API). */
interface Connection extends EventTarget {
  readonly type?: string;
  readonly saveData?: boolean;
}

function connection(): Connection | undefined {
  return (navigator as Navigator & { readonly connection?: Connection }).connection;
}

export function network(): Network {
  const { type, saveData } = connection() ?? {};
  return { online: navigator.onLine, metered: saveData === true || type === 'cellular' };
}

/** Calls back at every change, for as long as the worker lives. */
export function watchNetwork(onChange: (network: Network) => void): void {
  const tell = () => onChange(network());
  addEventListener('online', tell);
  addEventListener('offline', tell);
  connection()?.addEventListener('change', tell);
}
