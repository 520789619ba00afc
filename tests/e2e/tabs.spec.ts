import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { hangRecorder } from './hang.ts';
import { attempts, journal, untilKept } from './opfs.ts';
import { networkTotals, notice, recordByHand, recordNow } from './visit.ts';

const elsewhere = (page: Page) => notice(page, /^Another tab (records|keeps)/);
const everyMinute = (page: Page) => page.getByRole('switch', { name: 'Record every minute' });

test('of two tabs one writes and the other follows; the last one left takes over', async ({
  page,
  context,
  open,
  replica,
}) => {
  test.setTimeout(90_000);
  await recordByHand(page);
  await open();
  const first = await networkTotals(page);
  await untilKept(page);

  const other = await context.newPage();
  await open({}, other);
  await expect(elsewhere(other)).toBeVisible({ timeout: 20_000 });
  await expect(everyMinute(other)).toBeDisabled();
  await expect(elsewhere(page)).toHaveCount(0);
  expect(await networkTotals(other)).toBe(first);

  await recordNow(page).click();
  await expect.poll(() => networkTotals(page)).not.toBe(first);
  const second = await networkTotals(page);
  await expect.poll(() => networkTotals(other)).toBe(second);

  await recordNow(other).click();
  await expect.poll(() => networkTotals(page)).not.toBe(second);
  const third = await networkTotals(page);
  await expect.poll(() => networkTotals(other)).toBe(third);
  await untilKept(other);
  expect(replica.snapshots).toHaveLength(3);
  expect(await terms(other)).toEqual([1]);

  await page.close();
  await expect(elsewhere(other)).toHaveCount(0);
  await expect(everyMinute(other)).toBeEnabled();
  await recordNow(other).click();
  await expect.poll(() => networkTotals(other)).not.toBe(third);
  expect(await terms(other)).toEqual([1, 2]);
  expect((await attempts(other)).map(({ outcome }) => outcome)).toEqual(Array(4).fill('ok'));
});

test('HANG a tab', async ({ page, context, open, replica }) => {
  test.setTimeout(120_000);
  await open();
  await networkTotals(page);
  await untilKept(page);
  const other = await context.newPage();
  await open({}, other);
  await expect(other.getByRole('status').getByText(/^Another tab/)).toBeVisible({ timeout: 20_000 });
  const resume = await hangRecorder(page);
  const started = Date.now();
  await expect(other.getByRole('status').getByText(/^Another tab/)).toHaveCount(0, { timeout: 20_000 });
  console.log('taken over after', Date.now() - started);
  await expect.poll(() => terms(other)).toEqual([1, 2]);
  console.log('term after', Date.now() - started);
  await resume();
  await expect(page.getByRole('status').getByText(/^Another tab/)).toBeVisible({ timeout: 20_000 });
  console.log('reader after', Date.now() - started);
  console.log(replica.snapshots.length, await terms(other));
});

async function terms(page: Page): Promise<number[]> {
  return [...new Set((await journal(page, 'live')).map(({ term }) => term))];
}
