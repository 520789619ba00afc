import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { attempts, untilKept } from './opfs.ts';
import { figuresOf, readPolls, type Figures } from '../sampleFigures.ts';
import { recordByHand, recordOnce } from './visit.ts';

const section = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

/** Opens the bundled day and waits until all of it is in the lake. */
async function openDay(
  page: Page,
  open: (query?: Record<string, string>) => Promise<unknown>,
  query: Record<string, string> = {},
): Promise<void> {
  await recordByHand(page);
  await open({ world: 'sample', ...query });
  await expect
    .poll(async () => (await attempts(page, 'sample')).length, { timeout: 180_000 })
    .toBeGreaterThan(101);
  await untilKept(page, 'sample');
  await page.goto(page.url().replace(/#.*|$/, '#/history'));
  await expect(page.locator('.findings > section')).toHaveCount(12);
}

const whole = new Intl.NumberFormat('en-GB', { maximumFractionDigits: 0 });
const tenth = new Intl.NumberFormat('en-GB', {
  ...{ style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 },
});

/** The sentences of three analyses say what was computed from the polls. */
async function expectFigures(page: Page, figures: Figures): Promise<void> {
  const { mechanical, ebikes, docks, notspot, observed } = figures;
  await expect(section(page, 'Bikes and docks through time')).toContainText(
    `On average ${whole.format(mechanical)} mechanical bikes, ${whole.format(ebikes)} electric ones and ` +
      `${whole.format(docks)} free docks.`,
  );
  await expect(section(page, 'NotSpot index')).toContainText(
    `${tenth.format(notspot)} of stations were empty or full`,
  );
  await expect(page.locator('.history > div').first()).toContainText(`Observed ${tenth.format(observed)} of`);
}

test('the bundled day: figures are those of its polls, whole and filtered by hour, area and brush', async ({
  page,
  open,
}) => {
  const polls = await readPolls();
  await openDay(page, open);
  const all = await figuresOf(polls);
  await expectFigures(page, all);
  await expect(section(page, 'Service level')).toContainText(`${tenth.format(all.service)} of the time`);
  const busiest = all.departures.indexOf(Math.max(...all.departures));

  await test.step('behind each chart there is a table', async () => {
    const moves = section(page, 'Departures by hour');
    await moves.getByRole('button', { name: 'Table' }).click();
    const rows = moves.locator('tbody tr');
    await expect(rows.first()).toContainText('Saturdays');
    // The city is an hour ahead of UTC.
    await expect(rows.filter({ hasText: `${busiest + 1}:00` })).toHaveCount(1);
    await moves.getByRole('button', { name: 'Table' }).click();
  });

  await test.step('a curve says its figures under the pointer, as the table does', async () => {
    const curve = section(page, 'Bikes and docks through time');
    await curve.getByRole('button', { name: 'Table' }).click();
    const cells = await curve.locator('tbody tr').first().locator('th, td').allInnerTexts();
    await curve.getByRole('button', { name: 'Table' }).click();
    const ground = curve.locator('.ground');
    await ground.scrollIntoViewIfNeeded();
    await ground.hover({ position: { x: 1, y: 30 } });
    const box = curve.locator('.readout .box');
    for (const cell of cells.slice(0, 4)) await expect(box).toContainText(cell);
    await page.mouse.move(0, 0);
    await expect(box).toHaveCount(0);
  });

  await test.step('an hour is chosen with the keyboard', async () => {
    await page.getByLabel('From hour').focus();
    await page.getByLabel('From hour').selectOption('9');
    await page.getByLabel('To hour').selectOption('10');
    await expect(page).toHaveURL(/hours=9-10/);
    await expectFigures(page, await figuresOf(polls, { hours: [8] }));
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectFigures(page, all);
  });

  await test.step('keys step through the closed list of areas, and take the one at Enter or when it is left', async () => {
    const list = page.getByRole('combobox', { name: 'Area', exact: true });
    const ids = await list
      .locator('option')
      .evaluateAll((all) => all.map((one) => one.getAttribute('value')!));
    await list.focus();
    for (const [leave, taken] of [
      ['Enter', ids[2]!],
      // The one that is taken is no longer in the list.
      ['Tab', ids[3]!],
    ] as const) {
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('ArrowDown');
      await expect(list).toHaveValue(taken);
      await expect(page).not.toHaveURL(new RegExp(`area=(.*,)?${ids[1]}|area=.*${taken}`));
      await page.keyboard.press(leave);
      await expect(page).toHaveURL(new RegExp(`area=.*${taken}`));
    }
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectFigures(page, all);
  });

  await test.step('an area is chosen from a chart, and taken out in the filters', async () => {
    const [services] = [section(page, 'Service level')];
    await services.getByRole('button', { name: /^Show all \d+$/ }).click();
    const first = services.getByRole('button', { name: 'Only Paris 1er' });
    await first.focus();
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/area=75101/);
    await expect(first).toHaveAttribute('aria-pressed', 'true');
    const there = await figuresOf(polls, { arrondissement: 1 });
    expect(there.mechanical).toBeLessThan(all.mechanical);
    await expectFigures(page, { ...there, observed: all.observed });
    await expect(services).toContainText(`${tenth.format(there.service)} of the time`);
    await page.getByRole('button', { name: 'Without Paris 1er' }).click();
    await expectFigures(page, all);
  });

  await test.step('a stretch of time is drawn across the curve', async () => {
    const curve = section(page, 'Bikes and docks through time');
    const ground = curve.locator('.ground');
    await ground.scrollIntoViewIfNeeded();
    const box = (await ground.boundingBox())!;
    await page.mouse.move(box.x + 2, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 20, box.y + 40, { steps: 4 });
    await page.mouse.up();
    // From the first poll's hour, which the stretch is taken to, to the end of the hour drawn to.
    await expect(page).toHaveURL(/from=2024-11-09T08:00Z&to=2024-11-09T09:00Z/);
    await expectFigures(page, await figuresOf(polls, { hours: [8] }));
    await ground.click({ position: { x: 200, y: 40 } });
    await expect(page).not.toHaveURL(/from=/);
    await expectFigures(page, all);
  });

  await test.step('stretches follow the pointer to their end, through hours that nobody observed too', async () => {
    const curve = section(page, 'Bikes and docks through time');
    const ground = curve.locator('.ground');
    await ground.scrollIntoViewIfNeeded();
    const box = (await ground.boundingBox())!;
    // The axis is of whole hours, 08:00 to 21:00 UTC.
    const moveTo = (hour: number) => page.mouse.move(box.x + (box.width * (hour - 8)) / 13, box.y + 40);
    const expectChosen = (from: string, to: string) =>
      expect(page).toHaveURL(new RegExp(`from=2024-11-09T${from}:00Z&to=2024-11-09T${to}:00Z`));
    const unobserved = 'Nothing was observed in this selection.';
    await moveTo(18.5);
    await page.mouse.down();
    await moveTo(19.5);
    await expectChosen('18', '20');
    await expect(section(page, 'Service level')).toContainText(unobserved);
    await expect(curve).toContainText(unobserved);
    await expect(curve.locator('.chart svg')).toBeVisible();
    await moveTo(16.5);
    await expectChosen('16', '19');
    await expect(section(page, 'Service level')).not.toContainText(unobserved);
    await page.mouse.up();

    // The second of them begins beside what the first has left.
    for (const [from, hours] of [
      [14.5, [15.5, 16.5, 17.5]],
      [11.5, [12.5, 14.5, 16.5]],
    ] as const) {
      await moveTo(from);
      await page.mouse.down();
      for (const hour of hours) {
        await moveTo(hour);
        await expectChosen(String(Math.floor(from)), String(Math.ceil(hour)));
      }
      await page.mouse.up();
    }
    await page.getByRole('button', { name: 'Clear filters' }).click();
    await expectFigures(page, all);
  });

  await test.step('the address brings the filters back', async () => {
    await page.goto(page.url().replace(/#.*|$/, '#/history?hours=9-10'));
    await page.reload();
    await expect(page.locator('.findings > section')).toHaveCount(12);
    await expectFigures(page, await figuresOf(polls, { hours: [8] }));
  });

  await test.step('an operator is told where to go, and why', async () => {
    const dispatch = section(page, 'Where to bring or take bikes now');
    const why = dispatch.locator('li .why');
    await expect(why.first()).toBeVisible();
    for (const reason of await why.allInnerTexts()) {
      expect(reason).toMatch(/^(No bike|No free dock|\d+ (bikes?|free docks?) left)( · |$)/);
    }
  });

  await test.step('on paper it is one page, with the filters in words and without their form', async () => {
    const pdf = await page.pdf({ preferCSSPageSize: true });
    expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
    await page.emulateMedia({ media: 'print' });
    await expect(page.locator('.print-only.said')).toContainText('Showing 9:00–10:00.');
    await expect(page.getByLabel('From hour')).toBeHidden();
    await page.emulateMedia({ media: 'screen' });
    await section(page, 'Where to bring or take bikes now')
      .getByRole('button', { name: /^Show all/ })
      .click();
    const round = await page.pdf({ preferCSSPageSize: true });
    expect(round.toString('latin1').match(/\/Type\s*\/Page\b/g)!.length, 'where to go, all').toBeGreaterThan(
      1,
    );
    const worst = section(page, 'Worst and best stations');
    await worst.getByRole('button', { name: /^Show all/ }).click();
    await page.emulateMedia({ media: 'print' });
    await expect(worst.locator('li').last()).toBeVisible();
    await page.emulateMedia({ media: 'screen' });
  });

  await test.step('an area of which nothing is recorded filters nothing, and it says so', async () => {
    await page.evaluate(() => void (location.hash = '#/history?area=99999'));
    await expect(
      page.locator('.filters .chosen').getByText('under the code 99999: all areas are shown.'),
    ).toBeVisible();
    await expectFigures(page, all);
  });
});

for (const [lang, colorScheme, width] of [
  ['en', 'light', 1440],
  ['fr', 'dark', 360],
] as const) {
  test(`axe finds nothing in History, ${lang}, ${colorScheme}, ${width} px`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 900 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openDay(page, open, { lang });
    await expect(page.locator('.findings .chart svg').first()).toBeVisible();
    const { violations } = await new AxeBuilder({ page })
      .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
      .analyze();
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
    const wide = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(wide, 'no scrolling sideways').toBe(0);
  });
}

test('with nothing recorded it says what to do, with one snapshot that it needs more', async ({
  page,
  open,
  replica,
}) => {
  replica.always({ fault: 'garbage' });
  await recordByHand(page);
  await open({ world: 'live' });
  await page.goto(page.url().replace(/#.*|$/, '#/history'));
  await expect(page.getByRole('heading', { name: 'Nothing recorded yet' })).toBeVisible();
  // The one that an empty lake takes as it opens.
  await expect.poll(async () => (await attempts(page)).length).toBe(1);
  replica.always({ fault: 'none' });
  await recordOnce(page);
  await expect(page.getByRole('heading', { name: 'One snapshot so far' })).toBeVisible();
});
