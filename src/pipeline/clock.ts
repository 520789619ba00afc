/** The recorder's only source of time. Milliseconds since the epoch. */
export interface Clock {
  now(): number;
  /** Resolves after so many of this clock's milliseconds, or at once when the signal is aborted. */
  wait(ms: number, signal: AbortSignal): Promise<void>;
}

/** A clock that starts at an instant and runs at a rate; the device's own has rate 1 and starts now. */
export function clock(start: number = Date.now(), rate = 1): Clock {
  const origin = performance.now();
  const base = start;
  return {
    now: () => Math.round(base + (performance.now() - origin) * rate),
    wait: (ms, signal) =>
      new Promise((resolve) => {
        if (signal.aborted) return resolve();
        const timer = setTimeout(resolve, ms / rate);
        signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
      }),
  };
}

/** The device's clock, read anew each time: it may be set right while the page is open. */
export const systemClock: Clock = { now: () => Date.now(), wait: clock().wait };

/** `2026-11-23T23:50:00Z*60` as a clock; null and what cannot be read give the device's. */
export function parseClock(text: string | null): Clock {
  const [start = '', rate = '1'] = text?.split('*') ?? [];
  const time = Date.parse(start);
  return Number.isNaN(time) || !(Number(rate) > 0) ? systemClock : clock(time, Number(rate));
}

/** The next whole minute after an instant. */
export function nextMinute(now: number): number {
  return (Math.floor(now / 60_000) + 1) * 60_000;
}
