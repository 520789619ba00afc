import type { Page } from '@playwright/test';
import { events } from './bronze.ts';
import { expect, test } from './world.ts';

const MINUTE = 60_000;
/** How much faster than the device's clock the nights go by. */
const RATE = 30;

for (const [night, start] of [
  ['spring', '2026-03-29T00:50:10Z'],
  ['autumn', '2026-10-25T00:50:10Z'],
] as const) {
  test.describe(`the night in ${night}`, () => {
    test.use({ pace: { start, rate: RATE } });

    test('in which Paris changes its clocks has a snapshot in each of its minutes', async ({
      visit,
      ledger,
      observer,
      reckon,
    }) => {
      test.setTimeout(120_000);
      const tab = await visit();
      ledger.faults += 1;
      // The first comes with the opening, at no time of the grid.
      const minutes = async () => (await minutesOf(observer)).slice(1);
      await expect.poll(async () => (await minutes()).length, { timeout: 90_000 }).toBeGreaterThanOrEqual(20);
      await tab.close();
      const all = await minutes();
      const busy = await busyMinutes(observer);
      for (const [index, minute] of all.slice(1).entries()) {
        const before = all[index]!;
        expect(minute).toBeGreaterThan(before);
        for (let missed = before + 1; missed < minute; missed += 1) expect(busy).toContain(missed);
      }
      await reckon({ unacknowledged: 1 });
    });
  });
}

/** Minutes since the epoch in which a snapshot was asked for, in the order of the journal. */
async function minutesOf(observer: Page): Promise<number[]> {
  return (await events(observer)).flatMap((event) => {
    if (event.kind !== 'attempt') return [];
    const { fetched_at, duration_ms } = event.snapshot;
    return [Math.floor((fetched_at - duration_ms! * RATE) / MINUTE)];
  });
}

/** Minutes in which the recorder had no time, and said so: a machine may be too slow for the accelerated clock. */
async function busyMinutes(observer: Page): Promise<number[]> {
  return (await events(observer)).flatMap((event) => {
    if (event.kind !== 'gap' || event.reason !== 'busy') return [];
    const [from, to] = [Math.floor(event.from / MINUTE), Math.floor(event.to / MINUTE)];
    return Array.from({ length: to - from + 1 }, (_, index) => from + index);
  });
}
