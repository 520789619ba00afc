import type { Page } from '@playwright/test';
import { en } from '../../../src/ui/messages/en.ts';
import { series2024 } from '../oldFiles.ts';
import { goTo, networkTotals, notice } from '../visit.ts';
import { Random } from './random.ts';
import { unsound } from './settled.ts';
import { expect, test } from './world.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
/** Bytes that a small snapshot takes in all layers: a choice below it ends the room within one of its writes. */
const SNAPSHOT = 60_000;
const TICKS = 8;

const full = en.errors['lake.quota']({ resumes: true });

test('room ends in each kind of write: recording stops, says why, stays readable, and goes on when there is room', async ({
  visit,
  ledger,
  observer,
  replica,
  time,
  reckon,
}) => {
  test.setTimeout(400_000);
  const random = new Random('space');
  let tab = await visit();
  await ledger.more(3);

  /** Checks what holds whenever there is no room, and gives it back. */
  const stands = async (giveRoom: () => Promise<void>) => {
    ledger.faults += 1;
    await expect(notice(tab.page, full)).toBeVisible({ timeout: 30_000 });
    expect(await unsound(observer)).toEqual([]);
    await goTo(tab.page, 'Now');
    expect(await networkTotals(tab.page)).not.toBe('');
    await ledger.observe(observer);
    await giveRoom();
    await ledger.more(2);
    await expect(notice(tab.page, full)).toHaveCount(0);
  };
  for (let tick = 0; tick < TICKS; tick += 1) {
    const bytes = (tick / TICKS) * SNAPSHOT + random.below(SNAPSHOT / TICKS);
    await test.step(`while a snapshot is written, after ${Math.round(bytes)} bytes`, async () => {
      replica.next({ fault: 'none', delay: 500 });
      await tab.page.waitForRequest((request) => request.url().startsWith(replica.address));
      await stands(await leaveRoom(observer, bytes));
    });
  }
  for (const [what, span] of [
    ['an hour is compacted', HOUR],
    ['a day is compacted, and a checkpoint written', DAY],
  ] as const) {
    await test.step(`while ${what}`, async () => {
      const end = Math.ceil(time.now() / span) * span;
      await tab.close();
      time.set(end - HOUR / 6);
      tab = await visit();
      await ledger.more(1);
      await expect.poll(() => time.now(), { timeout: 30_000 }).toBeGreaterThan(end);
      await tab.page.waitForRequest((request) => request.url().startsWith(replica.address));
      await stands(await leaveRoom(observer, random.below(SNAPSHOT)));
    });
  }
  await test.step('while a file is imported', async () => {
    await goTo(tab.page, 'Lake');
    const file = await series2024(20);
    const giveRoom = await leaveRoom(observer, random.below(file.buffer.length));
    const dialog = tab.page.waitForEvent('filechooser');
    await tab.page.getByRole('button', { name: 'Drop files here, or choose them' }).click();
    await (await dialog).setFiles([file]);
    await tab.page.getByRole('button', { name: 'Import 1 file' }).click({ timeout: 20_000 });
    await stands(giveRoom);
  });
  await tab.close();
  await reckon({ unacknowledged: ledger.faults + 1 });
});

test('a page that is opened without room shows the lake, and records when there is room', async ({
  visit,
  ledger,
  observer,
  reckon,
}) => {
  const first = await visit();
  await ledger.more(2);
  await first.close();
  const giveRoom = await leaveRoom(observer, 0);
  ledger.faults += 1;
  const { page } = await visit();
  await expect(notice(page, full)).toBeVisible({ timeout: 15_000 });
  expect(await networkTotals(page)).not.toBe('');
  await giveRoom();
  await ledger.more(2, 15_000);
  await expect(notice(page, full)).toHaveCount(0);
  await page.close();
  await reckon({ unacknowledged: 3 });
});

/** Leaves the page's origin so many bytes more, until the answer is called: the override ends with its session. */
async function leaveRoom(observer: Page, bytes: number): Promise<() => Promise<void>> {
  const { origin } = new URL(observer.url());
  const usage = await observer.evaluate(async () => (await navigator.storage.estimate()).usage ?? 0);
  const session = await observer.context().newCDPSession(observer);
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: Math.ceil(usage + bytes) });
  return () => session.detach();
}
