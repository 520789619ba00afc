/** The recorder's only source of time. Milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number;
  /** Resolves with true after so many of this clock's milliseconds, with false at once when the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<boolean>;
}

/** The device's clock, read anew each time: it may be set right while the page is open. */
export const systemClock: Clock = { now: () => Date.now(), wait: waiting(1) };

/**
 * A clock with a start and a rate, written `2026-11-23T23:50:00Z*60`: with it a test runs an hour in a minute
 * in the real build. Null, and what cannot be read, give the device's clock.
 */
export function parseClock(text: string | null): Clock {
  const [start = '', factor = '1'] = text?.split('*') ?? [];
  const [base, rate] = [Date.parse(start), Number(factor)];
  if (Number.isNaN(base) || !(rate > 0)) return systemClock;
  const origin = performance.now();
  return { now: () => Math.round(base + (performance.now() - origin) * rate), wait: waiting(rate) };
}

/** The next whole minute after an instant. */
export function nextMinute(now: number): number {
  return (Math.floor(now / 60_000) + 1) * 60_000;
}

function waiting(rate: number): Clock['wait'] {
  return (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) {
        resolve(false);
        return;
      }
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve(!signal.aborted);
      };
      const timer = setTimeout(end, ms / rate);
      signal.addEventListener('abort', end);
    });
}
