import type { Page } from '@playwright/test';
import { events } from './bronze.ts';
import { expect, test } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const YEAR = 365 * 24 * HOUR;

const jumps = [
  { what: 'back an hour', by: -HOUR },
  { what: 'a year ahead', by: YEAR },
  { what: 'a year back, where it was', by: -YEAR },
  { what: 'back over midnight', by: -11 * HOUR },
];

test('the device’s clock is set: back an hour, a year off, and right again', async ({
  visit,
  ledger,
  observer,
  time,
  reckon,
}) => {
  test.setTimeout(400_000);
  let tab = await visit();
  await ledger.more(4);
  for (const { what, by } of jumps) {
    await test.step(what, async () => {
      await tab.close();
      await ledger.observe(observer);
      time.set(time.now() + by);
      ledger.faults += 1;
      tab = await visit();
      await ledger.more(4);
      await expect
        .poll(() => lastRecorded(observer), { message: 'recorded at the clock’s new time' })
        .toBeGreaterThan(time.now() - 10 * MINUTE);
      expect(await lastRecorded(observer)).toBeLessThanOrEqual(time.now());
    });
  }
  await tab.close();
  await reckon({ unacknowledged: jumps.length + 1 });
});

async function lastRecorded(observer: Page): Promise<number> {
  const attempt = (await events(observer)).findLast(({ kind }) => kind === 'attempt');
  return attempt?.kind === 'attempt' ? attempt.snapshot.fetched_at : 0;
}
