import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { attempts, journal, untilKept } from './opfs.ts';
import { goTo, networkTotals, notice, unfold } from './visit.ts';

const MINUTE = 60_000;
const RATE = 20;
/** A minute of the recorder takes three seconds. */
const at = (time: string) => `2026-11-24T${time}Z*${RATE}`;

/**
 * The gaps that the journal tells of, by their reasons. Where the machine is too slow for the accelerated clock, the
 * recorder says so, and truly: that is not what is asked here.
 */
async function gaps(page: Page) {
  const told = (await journal(page, 'live')).flatMap((event) => (event.kind === 'gap' ? [event] : []));
  return told.filter(({ reason }) => reason !== 'busy');
}

const settings = (page: Page) => page.getByRole('region', { name: 'Recorder' });
const every = (page: Page, label: string) => settings(page).getByText(label, { exact: true });

test('the interval is chosen in any tab, and kept on the clock', async ({ page, context, open }) => {
  await open({ clock: at('10:00:30') });
  await networkTotals(page);
  await expect.poll(async () => (await attempts(page)).length).toBeGreaterThan(3);

  const other = await context.newPage();
  await open({ clock: at('10:10:00') }, other);
  await expect(notice(other, /^Another tab records/)).toBeVisible();
  await goTo(other, 'Lake');
  await unfold(other, 'Recorder');
  await every(other, '2\u00a0min').click();
  await other.close();
  await expect(page.getByRole('switch', { name: 'Record every 2 minutes' })).toBeChecked();

  const before = (await attempts(page)).length;
  await expect.poll(async () => (await attempts(page)).length).toBe(before + 3);
  const began = (await attempts(page)).slice(-3).map(({ fetched_at, duration_ms }) => {
    return Math.floor((fetched_at - duration_ms! * RATE) / MINUTE);
  });
  expect(began.map((minute) => minute % 2)).toEqual([0, 0, 0]);

  await page.reload();
  await expect(page.getByRole('switch', { name: 'Record every 2 minutes' })).toBeChecked();
});

test('what was missed while the page was closed is told, once, by the first attempt after it', async ({
  page,
  open,
}) => {
  await open({ clock: at('10:00:00') });
  await expect.poll(async () => (await attempts(page)).length).toBeGreaterThan(1);
  await untilKept(page);
  await page.goto('about:blank');

  await open({ clock: at('13:00:00') });
  await networkTotals(page);
  await expect.poll(async () => (await gaps(page)).length).toBe(1);
  const [gap] = await gaps(page);
  const noon = Date.parse('2026-11-24T12:00:00Z');
  // A gap is told before the attempt that ends it has its outcome.
  await expect.poll(async () => (await attempts(page)).at(-1)!.fetched_at).toBeGreaterThan(noon);
  const instants = (await attempts(page)).map(({ fetched_at }) => fetched_at);
  // Told of until then: the last attempt, or a gap before one that the closing has cut.
  const told = (await journal(page, 'live')).flatMap((event) => (event.kind === 'gap' ? [event.to] : []));
  const until = Math.max(...[...instants, ...told].filter((instant) => instant < noon));
  expect(gap).toMatchObject({ reason: 'closed', from: until });
  expect(gap!.to).toBeLessThanOrEqual(instants.find((instant) => instant > noon)!);
  expect(new Set(instants).size).toBe(instants.length);
});

test('offline it asks nobody and says so; with the connection it goes on at once', async ({
  page,
  context,
  open,
  replica,
}) => {
  await open({ clock: at('10:00:30') });
  await networkTotals(page);
  await expect.poll(async () => (await attempts(page)).length).toBeGreaterThan(1);
  await untilKept(page);

  await context.setOffline(true);
  await expect(notice(page, /^You are offline/)).toBeVisible();
  await expect(page.getByRole('switch')).toContainText('offline');
  const asked = replica.served.length;
  const tried = (await attempts(page)).length;
  await expect(page.getByText(/^[5-9]\smin ago/)).toBeVisible();
  expect(replica.served.length).toBe(asked);
  expect((await attempts(page)).length - tried).toBeLessThanOrEqual(1);

  await context.setOffline(false);
  await replica.until(replica.snapshots.length + 1, 5000);
  await expect(notice(page, /^You are offline/)).toHaveCount(0);
  await expect.poll(async () => (await gaps(page)).map(({ reason }) => reason)).toEqual(['offline']);
});

test('a device’s clock that is 7 minutes slow is noticed, and noted with the attempts', async ({
  page,
  open,
}) => {
  const slow = new Date(Date.now() - 7 * MINUTE).toISOString();
  await open({ clock: slow });
  await networkTotals(page);
  await expect(notice(page, /^This device’s clock is about [67]\smin slow/)).toBeVisible();
  await page.getByRole('button', { name: 'Record now' }).click();
  await expect
    .poll(async () => (await attempts(page)).at(-1)?.clock_skew_ms ?? 0)
    .toBeGreaterThan(6.5 * MINUTE);
  expect((await attempts(page)).at(-1)!.clock_skew_ms!).toBeLessThan(7.5 * MINUTE);
});

test.describe('a quota that would not last', () => {
  test.use({ portal: { quota: 300, resetAt: Date.now() + 10 * 60 * MINUTE } });

  test('slows the recorder down, and says until when', async ({ page, open, replica }) => {
    await open();
    await networkTotals(page);
    await expect(notice(page, /recording every 5 minutes until/)).toBeVisible();
    const header = page.getByRole('switch');
    await expect(header).toHaveAccessibleName('Record every 5 minutes for the portal’s quota to last');
    await goTo(page, 'Lake');
    await unfold(page, 'Recorder');
    await expect(settings(page)).toContainText(/Now every 5 minutes, until/);
    await expect(settings(page)).toContainText(/kB a snapshot, \d+(\.\d+)? MB a day at this pace/);
    await expect(every(page, '1\u00a0min')).toBeChecked();

    await test.step('used up all the same, it waits, and says so in both places', async () => {
      replica.next({ fault: 'quota' });
      await page.getByRole('button', { name: 'Record now' }).click();
      await expect(notice(page, /quota is used up until/)).toBeVisible();
      await expect(settings(page)).toContainText(/quota is used up\. The next attempt is at/);
      await page.getByRole('button', { name: 'Record now' }).click();
      await expect(settings(page)).toContainText(/Now every 5 minutes, until/);
    });
    await every(page, '10\u00a0min').click();
    await expect(settings(page)).toContainText('Snapshots are taken every 10 minutes, on the clock.');
    await expect(notice(page, /recording every/)).toHaveCount(0);
    await expect(header).toHaveAccessibleName('Record every 10 minutes');
  });
});
