import { readFileSync } from 'node:fs';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import { readSample, type SamplePoll } from '../../src/sources/sample.ts';
import { expect, test } from './fixtures.ts';
import { attempts, untilKept } from './opfs.ts';
import { health, native, type OracleRow } from './oracle.ts';
import { savedTable } from './visit.ts';

const bundled = readFileSync('public/sample/velib-2024-11-09.bin');

/** The bundled day's last poll at or before an instant. */
async function pollAt(at: string): Promise<SamplePoll> {
  const sample = await readSample(`data:application/octet-stream;base64,${bundled.toString('base64')}`);
  return [...sample.polls()].findLast(({ fetched_at }) => fetched_at <= Date.parse(at))!;
}

/** The network's totals at an instant, from the portal's JSON by native DuckDB. */
async function networkAt(at: string): Promise<OracleRow> {
  const { fetched_at, body } = await pollAt(at);
  const received = new Date(fetched_at).toISOString().slice(0, 19);
  const [row] = await native(health(received), { 'body.json': new TextEncoder().encode(body) });
  return row!;
}

/** What communes, as the source names them, gained between two instants: the most first. */
async function gainsBetween(before: string, after: string): Promise<OracleRow[]> {
  const files = { 'before.json': await pollAt(before), 'after.json': await pollAt(after) };
  const bikes = (name: string) =>
    `(SELECT nom_arrondissement_communes AS area, sum(mechanical + ebike) AS bikes
      FROM read_json_auto({${name}}, format = 'array') GROUP BY 1)`;
  return native(
    `SELECT a.area, CAST(a.bikes - b.bikes AS INTEGER) AS change, CAST(b.bikes AS INTEGER) AS was,
      CAST(a.bikes AS INTEGER) AS now
      FROM ${bikes('after.json')} AS a JOIN ${bikes('before.json')} AS b USING (area)
      ORDER BY change DESC, area`,
    Object.fromEntries(
      Object.entries(files).map(([name, { body }]) => [name, new TextEncoder().encode(body)]),
    ),
  );
}

/** Opens the bundled day, once all of it is in the lake. */
async function wholeDay(
  page: Page,
  open: (query: Record<string, string>) => Promise<unknown>,
): Promise<void> {
  await open({ world: 'sample' });
  await expect.poll(async () => (await attempts(page, 'sample')).length, { timeout: 180_000 }).toBe(102);
  await untilKept(page, 'sample');
}

const slider = (page: Page): Locator => page.getByRole('slider', { name: /^Moment/ });
const totals = (page: Page): Locator => page.getByRole('region', { name: 'The network' });

async function expectMoment(page: Page, text: string | RegExp): Promise<void> {
  await expect(slider(page)).toHaveAttribute('aria-valuetext', text);
}

/** Figures as the page writes them in English. */
const count = (value: unknown): string => Number(value).toLocaleString('en-GB');

async function expectTotals(page: Page, row: OracleRow): Promise<void> {
  for (const figure of ['mechanical', 'ebikes', 'docks']) {
    await expect(totals(page)).toContainText(count(row[figure]));
  }
}

async function expectAccessible(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
  }
}

test('by the keyboard the slider moves through the day, over its gaps, and plays up to its end', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await wholeDay(page, open);
  await expectMoment(page, 'Newest, 9 November 2024, 21:30');

  await test.step('to the first quarter-hour, one on, and an hour on, which leads over a gap', async () => {
    await slider(page).focus();
    await page.keyboard.press('Home');
    await expectMoment(page, '9 November 2024, 09:15');
    await page.keyboard.press('ArrowRight');
    await expectMoment(page, '9 November 2024, 09:30');
    await page.keyboard.press('PageUp');
    await expectMoment(page, '9 November 2024, 11:15');
    const passed = 'passed over 45 min without a snapshot';
    await expect(page.getByText(passed).first()).toBeVisible();
    await expect(page.getByRole('region', { name: 'Time' }).getByRole('status')).toHaveText(passed);
    await page.keyboard.press('ArrowLeft');
    await expectMoment(page, '9 November 2024, 10:15');
  });

  await test.step('the totals, the answers and the address are of that moment', async () => {
    const row = await networkAt('2024-11-09T09:15:00Z');
    await expectTotals(page, row);
    await expect(page).toHaveURL(/[?&]at=2024-11-09T09:15:00Z/);
    await expect(page.getByRole('button', { name: /^Choose a moment/ })).toContainText('10:00:01');
    const answer = page.getByRole('region', { name: 'System health' });
    await answer.getByRole('button', { name: 'Table' }).click();
    await expect(answer.getByRole('row', { name: /^Bikes/ })).toContainText(count(row['bikes']));
    await expectTotals(page, row);
    await expectAccessible(page);
  });

  await test.step('by the pointer, to the snapshot that is nearest, and to the one under it', async () => {
    const line = (await slider(page).boundingBox())!;
    // The line is a day long; the first snapshot is 49 quarter-hours before the newest.
    const quarter = line.width / 96;
    await page.mouse.click(line.x + 2, line.y + 20);
    await expectMoment(page, '9 November 2024, 09:15');
    await page.mouse.click(line.x + line.width - 46.5 * quarter, line.y + 20);
    await expectMoment(page, '9 November 2024, 10:00');
    await page.mouse.down();
    await page.mouse.move(line.x + line.width - 49.5 * quarter, line.y + 20, { steps: 4 });
    await page.mouse.up();
    await expectMoment(page, '9 November 2024, 09:15');
  });

  await test.step('it plays, and ends at the newest snapshot', async () => {
    await page.getByRole('combobox', { name: 'Speed of play' }).selectOption('12 h/s');
    const play = page.getByRole('button', { name: 'Play', exact: true });
    await play.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('button', { name: 'Pause' })).toBeFocused();
    await expectMoment(page, 'Newest, 9 November 2024, 21:30');
    await expect(play).toBeVisible();
    await expectTotals(page, await networkAt('2024-11-09T21:00:00Z'));
    await expect(page).not.toHaveURL(/[?&]at=/);
  });
});

test('a link opens its moment, and one that was not recorded is told of', async ({ page, open }) => {
  await wholeDay(page, open);
  const address = page.url().replace(/#.*|$/, '');
  await page.goto(`${address}#/?at=2024-11-09T13:00:00Z`);
  await page.reload();
  await expectMoment(page, '9 November 2024, 14:00');
  await expectTotals(page, await networkAt('2024-11-09T13:00:00Z'));
  await expect(page.getByRole('button', { name: /^Choose a moment/ })).toContainText('13:55');
  await page.goto(`${address}#/?at=2024-11-09T18:30:00Z`);
  await expect(page.getByText('nothing recorded of 9 Nov 2024, 19:30')).toBeVisible();
  await page.goto(`${address}#/history?at=2030-01-01T12:00:00Z`);
  await expect(page.getByText('Nothing recorded of 1 Jan 2030, 13:00.')).toBeVisible();
  await expect(page.getByText('Showing 9 Nov 2024, 21:25')).toBeVisible();
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await expect(page).not.toHaveURL(/[?&]at=/);
});

test('two moments are compared: totals, areas, and the way back', async ({ page, open }) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await wholeDay(page, open);
  const [before, after] = ['2024-11-09T08:15:00Z', '2024-11-09T21:00:00Z'];
  const compare = page.getByRole('button', { name: 'Compare' });
  await compare.focus();
  await page.keyboard.press('Enter');
  const gains = page.getByRole('region', { name: 'Gains and losses' });
  await expect(page.getByRole('slider', { name: 'Moment before' })).toBeVisible();
  await page.getByRole('slider', { name: 'Moment before' }).focus();
  await page.keyboard.press('Home');
  await expect(page).toHaveURL(/[?&]before=2024-11-09T08:15:00Z/);

  await test.step('the totals tell the differences', async () => {
    const [was, now] = [await networkAt(before), await networkAt(after)];
    await expectTotals(page, now);
    for (const figure of ['mechanical', 'ebikes', 'docks']) {
      const change = Number(now[figure]) - Number(was[figure]);
      await expect(totals(page)).toContainText(`${change < 0 ? '−' : '+'}${count(Math.abs(change))}`);
    }
  });

  await test.step('areas are ranked by what they gained and lost', async () => {
    await gains.getByText('Commune', { exact: true }).click();
    await gains.getByRole('button', { name: 'Table' }).click();
    const rows = await gainsBetween(before, after);
    const signed = (change: unknown): string =>
      Number(change) > 0 ? `+${String(change)}` : String(change).replace('-', '−');
    const written = rows.map(({ area, change, was, now }) =>
      [area, signed(change), count(was), count(now)].join(),
    );
    await expect
      .poll(async () =>
        (await gains.locator('tbody tr').allInnerTexts()).map((row) =>
          row
            .split(/\s*\t\s*/)
            .slice(0, 4)
            .join(),
        ),
      )
      .toEqual(written);
    await gains.getByRole('button', { name: 'Table' }).click();
    await expectAccessible(page);
  });

  await test.step('they are saved, all of them with both moments, and are on the one page of paper', async () => {
    const table = await savedTable(page, 'Gains and losses');
    expect(table.map(({ before, after, change }) => [before, after, change])).toEqual(
      (await gainsBetween(before, after)).map(({ was, now, change }) => [was, now, change].map(String)),
    );
    const [first] = table;
    expect(first).toMatchObject({ measure: 'bikes', before_at: expect.stringMatching(/^2024-11-09T08:1\d/) });
    expect(first?.['after_at']).toBe(first?.['as_of']);
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  });

  await test.step('they change places, and the comparison is left', async () => {
    await gains.getByRole('button', { name: 'Swap' }).click();
    await expectTotals(page, await networkAt(before));
    await expect(page).toHaveURL(/[?&]at=2024-11-09T08:15:00Z/);
    await gains.getByRole('button', { name: 'Leave the comparison' }).click();
    await expect(gains).toBeHidden();
    await expect(page).not.toHaveURL(/[?&]before=/);
    await expectMoment(page, '9 November 2024, 09:15');
  });
});
