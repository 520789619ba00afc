/** The recorder's only source of time. Milliseconds since the epoch. */
export interface Clock {
  readonly now: () => number;
  /** This clock's milliseconds in one of the device's: 1, but for a test's clock. */
  readonly rate: number;
  /**
   * Resolves after so many of this clock's milliseconds, after a second of the device's time, or when the signal is
   * aborted, whichever comes first. Who waits longer asks `now` again: timers stand still while a device sleeps, and
   * its clock may be set meanwhile.
   */
  readonly pause: (ms: number, signal: AbortSignal) => Promise<void>;
}

/** The longest pause in the device's milliseconds: what a clock that jumped costs at most. */
export const PIECE = 1000;

/** The device's clock, read anew each time: it may be set right while the page is open. */
export const systemClock: Clock = { now: () => Date.now(), rate: 1, pause: pausing(1) };

/**
 * A clock with a start and a rate, written `2026-11-23T23:50:00Z*60`: with it a test runs an hour in a minute
 * in the real build. Null, and what cannot be read, give the device's clock.
 */
export function parseClock(text: string | null): Clock {
  const [start = '', factor = '1'] = text?.split('*') ?? [];
  const [base, rate] = [Date.parse(start), Number(factor)];
  if (Number.isNaN(base) || !(rate > 0)) return systemClock;
  const origin = performance.now();
  const now = () => Math.round(base + (performance.now() - origin) * rate);
  return { now, rate, pause: pausing(rate) };
}

function pausing(rate: number): Clock['pause'] {
  return (ms, signal) =>
    new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, signal.aborted ? 0 : Math.min(ms / rate, PIECE));
      signal.addEventListener('abort', end);
    });
}
