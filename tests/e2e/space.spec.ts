import type { Page } from '@playwright/test';
import { en } from '../../src/ui/messages/en.ts';
import { space } from '../../src/ui/messages/en.space.ts';
import { expect, test } from './fixtures.ts';
import { attempts, journal, untilKept } from './opfs.ts';
import { answers, goTo, networkTotals, notice, recordNow } from './visit.ts';

const full = en.errors['lake.quota']({ resumes: true });
/** What the browser estimates to be free, with and without a refusal beside it. */
const inLake = /in the lake, about .* free$/;
const refused = /^The browser estimates about .* free, and yet it refused to write\.$/;

/**
 * Leaves the page's origin no room, or so much beside what it has, until the answer is called: the override ends with its
 * session.
 */
async function takeRoom(page: Page, left: number | null = null): Promise<() => Promise<void>> {
  const { origin } = new URL(page.url());
  const cdp = await page.context().newCDPSession(page);
  const { usage } = await cdp.send('Storage.getUsageAndQuota', { origin });
  const quotaSize = left === null ? 1 : usage + left;
  await cdp.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
  return () => cdp.detach();
}

test('without room recording stops, says why and stays readable; with room it goes on, and the gap is told', async ({
  page,
  open,
  replica,
}) => {
  await open({ clock: '2026-11-23T16:24:20Z*20' });
  await replica.until(2);
  await untilKept(page);
  const totals = await networkTotals(page);

  const giveRoom = await takeRoom(page);
  await expect(notice(page, full)).toBeVisible();

  await test.step('the portal is not called for what cannot be kept', async () => {
    const asked = replica.served.length;
    await recordNow(page).click();
    await expect(recordNow(page)).toBeEnabled();
    await expect(notice(page, full)).toBeVisible();
    expect(replica.served).toHaveLength(asked);
  });

  await test.step('what is there answers, and downloads', async () => {
    expect(await networkTotals(page)).not.toBe('');
    expect((await answers(page)).length).toBe(3);
    await goTo(page, 'Lake');
    await expect(page.getByRole('heading', { name: space.title, exact: true })).toBeVisible();
    await expect(page.locator('main details').first()).toBeVisible();
    const section = page.getByRole('region', { name: space.title });
    await expect(section.getByText(refused)).toBeVisible();
    await expect(section.getByText(inLake)).toHaveCount(0);
    await goTo(page, 'Now');
  });

  await test.step('minutes are missed', async () => {
    await expect(page.getByText(/\b(?:[4-9]|\d\d+)\smin(utes)?\sago/).first()).toBeVisible({
      timeout: 60_000,
    });
  });
  const before = await attempts(page);
  await giveRoom();
  await expect(notice(page, full)).toHaveCount(0);
  await untilKept(page);
  await expect.poll(() => networkTotals(page)).not.toBe(totals);
  const after = (await attempts(page)).slice(before.length);
  expect(after[0]).toMatchObject({ outcome: 'ok' });

  const gaps = (await journal(page, 'live')).filter((event) => event.kind === 'gap');
  expect(gaps.map(({ reason }) => reason)).toContain('space');
  await goTo(page, 'Health');
  await page.getByText('Gaps', { exact: true }).click();
  await expect(page.getByRole('cell', { name: 'No room in the browser' }).first()).toBeVisible();

  await goTo(page, 'Lake');
  await expect(page.getByRole('region', { name: space.title }).getByText(inLake)).toBeVisible();
});

test('where there is no room left, a day can be deleted, and recording goes on', async ({
  page,
  open,
  replica,
}) => {
  await open({ clock: '2026-11-23T16:24:20Z*20' });
  // At 155 kB of Bronze each the day is larger than the megabyte that recording wants to go on.
  await replica.until(10);
  await untilKept(page);
  await takeRoom(page, 1000);
  await expect(notice(page, full)).toBeVisible();
  const kept = (await attempts(page)).length;

  await goTo(page, 'Lake');
  await page.getByRole('button', { name: /^Delete (?!everything)/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: en.files.delete, exact: true }).click();
  await expect.poll(async () => (await journal(page, 'live')).some(({ kind }) => kind === 'drop')).toBe(true);
  await expect.poll(async () => (await attempts(page)).slice(kept).at(-1)?.outcome).toBe('ok');
  await expect(notice(page, full)).toHaveCount(0);
});

test('the Lake tells what takes room, whether it will be kept, and asks before old Bronze goes', async ({
  page,
  open,
  replica,
}) => {
  await open();
  await replica.until(1);
  await untilKept(page);
  await goTo(page, 'Lake');
  const section = page.getByRole('region', { name: space.title });
  await expect(section.getByRole('img', { name: /Bronze \d/ })).toBeVisible();
  await expect(section.getByText(inLake)).toBeVisible();
  await expect(section.getByText(space.soon)).toBeVisible();

  await section.getByRole('button', { name: space.keep.ask }).click();
  await expect(section.getByText(space.keep.yes).or(section.getByText(space.keep.refused))).toBeVisible();

  const choice = section.getByLabel(space.retention.choose);
  await choice.selectOption(space.retention.after('30'));
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText(space.retention.confirm('30'));
  await expect(dialog).toContainText(space.retention.confirmLine);
  await dialog.getByRole('button', { name: en.files.cancel }).click();
  await expect(choice).toHaveValue('0');
  await choice.selectOption(space.retention.after('30'));
  await dialog.getByRole('button', { name: space.retention.drop }).click();
  await expect(choice).toHaveValue('30');
  await page.reload();
  await expect(choice).toHaveValue('30');
  await expect(section.getByText(space.retention.on('30'))).toBeVisible();
});
