import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { attempts, journal, listFiles, untilKept, type World } from './opfs.ts';
import { fileItem, goTo, networkTotals, notice, openFolds, recordByHand, recordNow } from './visit.ts';

/** A minute takes three seconds, so that the page asks the live portal as often. */
const quick = { clock: `${new Date().toISOString()}*20` };

/** The sample's day is done when its last poll is answered. */
async function wholeDay(page: Page): Promise<void> {
  await expect(page.getByRole('region', { name: 'Pipeline' })).toContainText('quarter-hours before');
  await expect
    .poll(async () => (await attempts(page, 'sample')).length, { timeout: 180_000 })
    .toBeGreaterThan(100);
  await untilKept(page, 'sample');
}

/** Hashes of all files a world has had, but those that tell no time: two worlds may have the same stations. */
async function hashes(page: Page, world: World): Promise<string[]> {
  return (await journal(page, world)).flatMap((event) => {
    const files =
      event.kind === 'attempt'
        ? event.file
          ? [event.file]
          : []
        : event.kind === 'commit'
          ? event.files
          : [];
    return files.flatMap(({ table, sha256 }) => (table === 'station_attributes' ? [] : [sha256]));
  });
}

async function origins(page: Page, world: World): Promise<string[]> {
  return [...new Set((await attempts(page, world)).map(({ origin }) => origin))];
}

/** The three answers are painted: each as a chart, with figures behind it. */
async function expectAnswers(page: Page): Promise<void> {
  for (const title of ['Most e-bikes by area', 'Full, empty, in between', 'System health']) {
    const answer = page.getByRole('region', { name: title });
    await expect(answer.locator('svg [fill]').first()).toBeAttached();
    await answer.getByRole('button', { name: 'Table' }).click();
    await expect(answer.locator('tbody tr').first()).toContainText(/\d/);
  }
}

test('without a portal the bundled day answers; once it is back, live is offered and nothing has mixed', async ({
  page,
  open,
  replica,
}) => {
  replica.always({ fault: 'reset' });
  await recordByHand(page);
  await open(quick);
  await expect(page.getByRole('banner').getByText('Recorded 9 November 2024')).toBeVisible({
    timeout: 30_000,
  });
  await expect(notice(page, /^Recorded 9 November 2024: the live portal cannot be reached/)).toBeVisible();
  await expect(page.locator('footer').getByText('© Ville de Paris / Smovengo / Agemob — ODbL')).toBeVisible();
  await expect(recordNow(page)).toBeDisabled();
  await expectAnswers(page);
  await wholeDay(page);

  await test.step('its gaps are gaps in the coverage line', async () => {
    const strip = page.getByRole('region', { name: 'Pipeline' });
    const polls = (await attempts(page, 'sample')).map(({ fetched_at }) => Math.ceil(fetched_at / 900_000));
    const quarters = new Set(polls).size;
    expect(quarters).toBeLessThan(49);
    await expect(strip).toContainText(`recorded in ${quarters} of the 96`);
    const bars = await strip.locator('svg path.bars').getAttribute('d');
    expect(bars?.match(/M/g)).toHaveLength(quarters);
  });

  await test.step('the Lake shows its files, and lets nobody delete them', async () => {
    await goTo(page, 'Lake');
    await openFolds(page);
    await expect(fileItem(page, /silver\/station_status\/.*date=2024-11-09/).first()).toBeVisible();
    await expect(page.getByRole('button', { name: /^Delete/ })).toHaveCount(0);
    await goTo(page, 'Now');
  });

  await test.step('the portal answers again: live is offered, and records beside the sample', async () => {
    replica.always({ fault: 'none' });
    await page.getByRole('button', { name: 'Go live' }).click();
    await expect(page.getByRole('banner').getByText(/Recorded 9 November 2024/)).toHaveCount(0);
    await networkTotals(page);
    await untilKept(page, 'live');
    await recordNow(page).click();
    await expect
      .poll(async () => (await attempts(page)).filter(({ outcome }) => outcome === 'ok').length)
      .toBe(2);
    await untilKept(page, 'live');
  });

  expect(await origins(page, 'live')).toEqual(['live']);
  expect(await origins(page, 'sample')).toEqual(['sample']);
  const live = await listFiles(page, 'live');
  expect(live.filter((path) => path.includes('2024'))).toEqual([]);
  const sample = (await listFiles(page, 'sample')).filter((path) => !path.startsWith('journal/'));
  expect(sample.filter((path) => !/\/date=2024-11-09\/|\/2024-11-09\/|_20241109T/.test(path))).toEqual([]);
  const ofSample = new Set(await hashes(page, 'sample'));
  expect(ofSample.size).toBeGreaterThan(100);
  expect((await hashes(page, 'live')).filter((hash) => ofSample.has(hash))).toEqual([]);
});

test('on wish the bundled day is shown; live is one press away, even while the day is still being fed', async ({
  page,
  open,
  replica,
}) => {
  const dated = page.getByRole('banner').getByText('Recorded 9 November 2024');
  await recordByHand(page);
  await open({ world: 'sample' });
  await expect(dated).toBeVisible();
  await expect(
    notice(page, /^You are looking at 9 November 2024\. The live portal answers now/),
  ).toBeVisible();
  expect(await listFiles(page, 'live')).toEqual([]);
  const asked = replica.snapshots.length;
  await page.getByRole('button', { name: 'Go live' }).click();
  await replica.until(asked + 1);
  await expect(recordNow(page)).toBeEnabled();
  await expect(dated).toHaveCount(0);
  await untilKept(page, 'live');
  await expect(page.getByRole('button', { name: /^Choose a moment/ })).not.toContainText('2024');

  await open({ world: 'sample' });
  await wholeDay(page);
  const times = (await attempts(page, 'sample')).map(({ fetched_at }) => fetched_at);
  expect(new Set(times).size).toBe(times.length);
});
