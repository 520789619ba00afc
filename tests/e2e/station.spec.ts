import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import type { PortalRecord } from '../replica/recording.ts';
import { expect, test } from './fixtures.ts';
import { networkTotals, recordByHand, recordUntil } from './visit.ts';

const history = (page: Page): Locator => page.getByRole('region', { name: 'History', exact: true });
const chart = (page: Page, name: RegExp): Locator => page.getByRole('img', { name });

/** What a snapshot told of a station, as the panel's table does. */
function stockOf(records: readonly PortalRecord[], code: string): readonly string[] {
  const { mechanical, ebike, numdocksavailable } = records.find((one) => one.stationcode === code)!;
  return [mechanical, ebike, numdocksavailable].map(String);
}

/** The station that most bikes left and came to in the first snapshots. */
function busiest(polls: readonly { readonly records: readonly PortalRecord[] }[]): string {
  const moves = new Map<string, number>();
  const before = new Map<string, number>();
  for (const { stationcode: code, numbikesavailable: bikes } of polls.flatMap(({ records }) => records)) {
    if (!code || bikes === null) continue;
    moves.set(code, (moves.get(code) ?? 0) + Math.abs(bikes - (before.get(code) ?? bikes)));
    before.set(code, bikes);
  }
  return [...moves].sort(([, a], [, b]) => b - a)[0]![0];
}

/** The curve's figures, first by the keys and last by the pointer; it is not drawn anew, and nothing moves. */
async function expectReadout(page: Page, runs: readonly (readonly string[])[]): Promise<void> {
  const words = ([mechanical, ebikes, docks]: readonly string[]): string[] => {
    return [`free docks ${docks}`, `electric ${ebikes}`, `mechanical ${mechanical}`];
  };
  const readout = history(page).locator('.readout').first();
  const drawn = readout.locator('svg');
  await expect(drawn).toBeVisible();
  await drawn.evaluate((svg) => svg.setAttribute('data-first', ''));
  const hand = history(page).getByRole('slider', { name: 'Figures: Bikes and free docks' });
  await hand.focus();
  await page.keyboard.press('Home');
  await expect(hand).toHaveAttribute(
    'aria-valuetext',
    new RegExp(`^\\d\\d:\\d\\d: ${words(runs[0]!).join(', ')}$`),
  );
  await hand.blur();

  await page.evaluate(() => {
    const seen = Object.assign(globalThis, { shifted: 0 });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        seen.shifted += (entry as PerformanceEntry & { value: number }).value;
    }).observe({ type: 'layout-shift' });
  });
  const { x, y, width, height } = (await readout.boundingBox())!;
  await page.mouse.move(x + 40, y + height / 2);
  await page.mouse.move(x + width - 4, y + height / 2, { steps: 20 });
  for (const text of words(runs.at(-1)!)) await expect(readout.locator('.box')).toContainText(text);
  await expect(hand).toHaveAttribute('aria-valuetext', new RegExp(words(runs[0]!).join(', ')));
  await page.mouse.move(x + 40, y - 30);
  await expect(readout.locator('.box')).toHaveCount(0);
  // The figures themselves change places by a pixel; a chart or a line of text that did would count a hundred times that.
  const shifted = await page.evaluate(() => (globalThis as unknown as { shifted: number }).shifted);
  expect(shifted).toBeLessThan(1e-4);
  await expect(readout.locator('svg[data-first]')).toHaveCount(1);
}

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a station is found by the keyboard, and its panel tells its past', async ({ page, open, replica }) => {
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  const code = busiest(replica.polls.slice(0, 8));
  await recordByHand(page);
  await open({ clock: '2026-11-23T16:24:10Z' });
  await networkTotals(page);

  await test.step('searched for, reached and opened', async () => {
    await page.evaluate(() => (location.hash = '#/stations'));
    await page.getByRole('searchbox').focus();
    await page.keyboard.type(code);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`#/station/${code}`));
    await expect(page.locator('article h2')).toBeFocused();
  });

  await test.step('its curve, once there are some snapshots, is what the portal told', async () => {
    await expect(history(page)).toContainText('One snapshot in the last hour: a curve needs two.');
    await recordUntil(page, 6);
    await expect(chart(page, /^Bikes and free docks: /)).toBeVisible();

    const told = replica.snapshots.map(({ records }) => stockOf(records, code));
    // The newest has no length yet, and is a row all the same.
    const runs = told.filter((stock, index) => stock.join() !== told[index - 1]?.join());
    await history(page).getByRole('button', { name: 'Table: Bikes and free docks' }).press('Enter');
    const rows = history(page).getByRole('group', { name: 'Bikes and free docks' }).locator('tbody tr');
    await expect(rows).toHaveCount(runs.length);
    const cells = await rows.evaluateAll((all) =>
      all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent)),
    );
    expect(cells.reverse()).toEqual(runs);
    await history(page).getByRole('button', { name: 'Table: Bikes and free docks' }).press('Enter');
    await expectReadout(page, runs);

    const bikes = told.map(([mechanical, ebikes]) => Number(mechanical) + Number(ebikes));
    const changes = bikes.slice(1).map((now, index) => now - bikes[index]!);
    const sum = (sign: 1 | -1): number => changes.reduce((all, one) => all + Math.max(0, sign * one), 0);
    const words = (n: number, name: string): string => (n === 1 ? `1 ${name}` : `${n} ${name}s`);
    const moved = `At least ${words(sum(-1), 'departure')} and ${words(sum(1), 'arrival')}.`;
    await expect(history(page)).toContainText(moved);
  });

  await test.step('another span is chosen, and says what was not recorded of it', async () => {
    await page.getByRole('radio', { name: '1\u00a0h' }).focus();
    await page.keyboard.press('ArrowRight');
    await expect(history(page)).toContainText(/of the last 3 hours: the record begins on 23 Nov/);
    await expect(page.getByText(/usual at this hour is told after three working days/)).toBeVisible();
  });

  await test.step('nothing stands in the way of those who do not see it', async () => {
    await expect(page.locator('main .skeleton')).toHaveCount(0);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expectAccessible(page);
  });

  await test.step('the way back leads to its row', async () => {
    await page.getByRole('link', { name: /^Back to/ }).focus();
    await page.keyboard.press('Enter');
    const list = page.getByRole('region', { name: 'List of stations' });
    await expect(list.locator('a:focus')).toContainText(code);
  });
});

test('on a phone a link to a station begins at its stock', async ({ page, open, replica }) => {
  await page.setViewportSize({ width: 360, height: 800 });
  await recordByHand(page);
  await open();
  await networkTotals(page);
  const { stationcode } = replica.served.at(-1)!.records[0]!;
  await page.goto(page.url().replace(/#.*|$/, `#/station/${stationcode}`));
  await page.reload();
  await expect(page.getByRole('region', { name: /^Stock as of/ })).toBeInViewport({ ratio: 1 });
});
