import type { Page } from '@playwright/test';
import { en } from '../../src/ui/messages/en.ts';
import { space } from '../../src/ui/messages/en.space.ts';
import { writeFile } from './faults/disk.ts';
import { silverCounts, unsound } from './faults/settled.ts';
import { Time } from './faults/time.ts';
import { verify } from './faults/verify.ts';
import { recording } from './faults/world.ts';
import { expect, pageAddress, test } from './fixtures.ts';
import { entries, readFile } from './opfs.ts';
import { answers, goTo, networkTotals, unfold } from './visit.ts';

/** The last one is young; a day that is over is one file of Silver once the next visit has compacted it. */
const days = ['2026-11-12', '2026-11-13', '2026-11-22'];

/** The UTC days of which the lake has Bronze. */
async function bronzeDays(page: Page): Promise<string[]> {
  const bronze = (await entries(page)).filter(({ table }) => table === 'hour');
  return [...new Set(bronze.map(({ path }) => path.split('/')[2]!))].sort();
}

/** Another order of rows moves the last digit of a sum of fractions. */
function near(figures: unknown[]): unknown[] {
  const close = (_: string, value: unknown): unknown =>
    typeof value === 'number' ? expect.closeTo(value, 9) : value;
  return JSON.parse(JSON.stringify(figures), close) as unknown[];
}

/** Averages over all that was recorded. */
async function averages(page: Page): Promise<unknown[]> {
  await goTo(page, 'Now');
  if (!(await page.getByRole('group', { name: en.when.title }).isVisible()))
    await page.getByRole('button', { name: 'Choose a moment or a period' }).click();
  await page.getByRole('radio', { name: en.when.newest }).check({ force: true });
  const newest = await networkTotals(page);
  await page.getByRole('radio', { name: en.when.average }).check({ force: true });
  await page.getByRole('button', { name: en.when.presets.all }).click();
  // A shorter period was asked for first.
  await expect.poll(() => networkTotals(page)).not.toBe(newest);
  await expect(page.locator('main section[aria-busy="true"]')).toHaveCount(0);
  const rows = await answers(page);
  return [await networkTotals(page), rows];
}

test('old Bronze goes where its Silver vouches for it, and where Verify has mended it; answers stay', async ({
  context,
  site,
  replica,
}) => {
  const time = new Time(`${days[0]}T10:00:10Z`, 60);
  const visit = async (): Promise<Page> => {
    const page = await context.newPage();
    await page.goto(pageAddress(site, replica, { clock: time.query }));
    return page;
  };
  for (const day of days) {
    time.set(Date.parse(`${day}T10:00:10Z`), 60);
    const before = replica.snapshots.length;
    const page = await visit();
    await expect.poll(() => replica.snapshots.length).toBeGreaterThanOrEqual(before + 3);
    if (day === days.at(-1)) await recording(page, false);
    await page.close();
  }
  time.set(Date.parse('2026-11-23T12:00:00Z'), 1);
  const page = await visit();
  await expect.poll(() => bronzeDays(page)).toEqual(days);
  const status = async () => (await entries(page)).filter(({ table }) => table === 'station_status');
  await expect
    .poll(async () => (await status()).filter(({ path }) => path.includes('/day_')).length)
    .toBe(days.length);
  const before = await averages(page);
  const counts = await silverCounts(page);

  const damaged = (await status()).find(({ path }) => path.includes(`date=${days[1]}`))!;
  const bytes = await readFile(page, 'live', damaged.path);
  bytes[Math.floor(bytes.length / 2)]! ^= 1;
  await writeFile(page, damaged.path, bytes);

  await goTo(page, 'Lake');
  const section = page.getByRole('region', { name: space.title });
  await section.getByLabel(space.retention.choose).selectOption(space.retention.after('7'));
  await page.getByRole('dialog').getByRole('button', { name: space.retention.drop }).click();
  await expect(section.getByText(space.retention.without(1, '1'))).toBeVisible();
  await expect(section.getByText(space.retention.unverified(1, '1'))).toBeVisible();
  expect(await bronzeDays(page)).toEqual(days.slice(1));

  const { problems } = await verify(page);
  expect(problems).toEqual([[damaged.path, 'another content', 'made again']]);
  await expect(section.getByText(space.retention.without(2, '2'))).toBeVisible();
  await expect(section.getByText(space.retention.unverified(1, '1'))).toHaveCount(0);
  expect(await bronzeDays(page)).toEqual(days.slice(2));

  await (await unfold(page, en.rebuild.title)).getByRole('button', { name: en.rebuild.all }).click();
  await expect(page.getByText(`${en.rebuild.done} ${space.retention.without(2, '2')}`).first()).toBeVisible();
  expect(await averages(page)).toEqual(near(before));
  await expect.poll(() => silverCounts(page)).toEqual(counts);
  expect(await unsound(page)).toEqual([]);
});
