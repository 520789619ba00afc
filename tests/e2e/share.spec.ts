import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { pageAddress, expect, test } from './fixtures.ts';
import { networkTotals, recordByHand, recordNow, saveAs, saved } from './visit.ts';

const licence = '© Ville de Paris / Smovengo / Agemob — ODbL';
const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString();

async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('a copied link opens the same view for someone else, and leaves what they keep alone', async ({
  page,
  open,
  context,
}) => {
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await open();
  await networkTotals(page);
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.goto(page.url().replace(/#.*|$/, '#/stations'));
  await page.getByRole('searchbox').fill('mairie');
  await page.getByRole('button', { name: 'Free docks', exact: true }).click();
  await page.getByRole('combobox', { name: 'Sort by' }).selectOption('Fullest');
  const found = await page.locator('search').getByRole('status').innerText();
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toMatch(/#\/stations\?q=mairie&show=docks&sort=fill&lang=en&theme=dark$/);

  await page.evaluate(() => localStorage.setItem('velolac.settings', '{"lang":"fr","theme":"light"}'));
  const other = await context.newPage();
  await other.goto(link);
  await expect(other.getByRole('searchbox')).toHaveValue('mairie');
  await expect(other.getByRole('combobox', { name: 'Sort by' })).toHaveValue('fill');
  await expect(other.locator('search').getByRole('status')).toHaveText(found);
  await expect(other.locator('html')).toHaveAttribute('data-theme', 'dark');
  expect(await other.evaluate(() => localStorage.getItem('velolac.settings'))).toContain('"lang":"fr"');
  await other.getByRole('button', { name: 'Français' }).first().click();
  await expect(other).not.toHaveURL(/lang=/);
  await expect(other.getByRole('searchbox')).toHaveValue('mairie');
});

test('an answer is saved as a drawing, a picture and a table', async ({ page, open }) => {
  // All three of one snapshot: a full minute between them would bring another.
  await recordByHand(page);
  await open();
  await networkTotals(page);
  await expect(page.getByRole('img', { name: /^Bar chart/ }).locator('svg')).toBeVisible();
  const title = 'Most e-bikes by area';

  const svg = await saved(page, await saveAs(page, title, 'SVG'));
  const drawing = await page.evaluate((source) => {
    const parsed = new DOMParser().parseFromString(source, 'image/svg+xml');
    const root = parsed.documentElement;
    return {
      root: root.localName,
      title: root.querySelector('title')?.textContent,
      words: [...root.querySelectorAll('text')].map((one) => one.textContent),
      bars: root.querySelectorAll('path').length,
    };
  }, text(svg.bytes));
  expect(drawing).toMatchObject({ root: 'svg', title, bars: 5 });
  expect(drawing.words).toEqual(expect.arrayContaining([title, `Data ${licence}`]));
  expect(text(svg.bytes)).not.toMatch(/var\(|class=|https?:\/\/(?!www\.w3\.org)/);

  const png = await saved(page, await saveAs(page, title, 'PNG'));
  const size = (source: string): number => Number(/<svg[^>]* width="(\d+)"/.exec(source)?.[1]);
  expect([...png.bytes.slice(1, 4)]).toEqual([...Buffer.from('PNG')]);
  expect(Buffer.from(png.bytes).readUInt32BE(16)).toBe(2 * size(text(svg.bytes)));

  const csv = await saved(page, await saveAs(page, title, 'CSV'));
  const [header = '', ...lines] = text(csv.bytes).trimEnd().split('\n');
  expect(header.split(',').slice(-2)).toEqual(['as_of', 'licence']);
  expect(lines).toHaveLength(5);
  for (const line of lines) expect(line).toContain(licence);
  const first = Object.fromEntries(header.split(',').map((name, at) => [name, lines[0]!.split(',')[at]]));
  expect(drawing.words).toEqual(expect.arrayContaining([first['area_name'], first['ebikes']]));
});

test('Now is one page of paper, light from a dark page', async ({ page, open }) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await open();
  await networkTotals(page);
  await expect(page.getByRole('img', { name: /mechanical bikes/ }).locator('svg')).toBeVisible();
  // A printer does not wait for a chart that is yet to be drawn.
  const drawn = await page.evaluate(() => {
    const charts = [...document.querySelectorAll('.chart')];
    for (const chart of charts) chart.replaceChildren();
    dispatchEvent(new Event('beforeprint'));
    const marks = charts.map((chart) => chart.childElementCount);
    dispatchEvent(new Event('afterprint'));
    return marks;
  });
  expect(drawn.length).toBeGreaterThan(0);
  expect(new Set(drawn)).toEqual(new Set([1]));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.emulateMedia({ media: 'print', colorScheme: 'dark' });
  expect(await page.evaluate(() => getComputedStyle(document.body).backgroundColor)).toBe(
    'rgb(255, 255, 255)',
  );
  await expect(page.getByRole('button', { name: 'Record now' })).toBeHidden();
  await expect(page.getByText('Portal: ').first()).toBeVisible();
});

test('a list of stations on paper has what was found, beyond what was in sight', async ({ page, open }) => {
  await open();
  await networkTotals(page);
  await page.goto(page.url().replace(/#.*|$/, '#/stations?q=mairie'));
  const told = await page.locator('search').getByRole('status').innerText();
  const found = Number(/^\d+/.exec(told)?.[0]);
  const inSight = await page.getByRole('region', { name: 'List of stations' }).getByRole('link').count();
  expect(found).toBeGreaterThan(inSight);
  /** What a printer would get: the browser says that it prints before it does. */
  const onPaper = async (): Promise<void> => {
    await page.emulateMedia({ media: 'print' });
    await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
  };
  const rows = page.locator('.print-only tbody tr');
  await onPaper();
  await expect(page.getByRole('heading', { name: `mairie · ${told}` })).toBeVisible();
  await expect(rows).toHaveCount(found);
  await expect(rows.last()).toBeVisible();
  await expect(page.getByRole('searchbox')).toBeHidden();
  await page.emulateMedia({ media: 'screen' });
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(rows).toHaveCount(0);

  await page.getByRole('searchbox').fill('');
  await expect(page.locator('search').getByRole('status')).toHaveText(/^1,\d+ stations$/);
  await onPaper();
  await expect(rows).toHaveCount(100);
  await expect(page.getByText(/^and 1,\d+ more$/)).toBeVisible();
  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  const pdf = await page.pdf({ preferCSSPageSize: true });
  expect(pdf.toString('latin1').match(/\/Type\s*\/Page\b/g)).toHaveLength(2);
});

test('an alert is told once, when it becomes true', async ({ page, open, context, replica }) => {
  await context.grantPermissions(['notifications']);
  await page.addInitScript(() => {
    const told: string[] = [];
    const Fake = class extends EventTarget {
      static permission = 'granted';
      static requestPermission = () => Promise.resolve('granted');
      constructor(title: string, { body }: NotificationOptions) {
        super();
        told.push(`${title}: ${body}`);
      }
    };
    Object.assign(globalThis, { Notification: Fake, told });
  });
  const told = () => page.evaluate(() => (globalThis as unknown as { told: string[] }).told);
  // A station that the next snapshot takes e-bikes from.
  const [before, after] = replica.polls
    .slice(0, 2)
    .map(({ records }) => new Map(records.map((record) => [record.stationcode, record])));
  const limits = [1, 2, 3, 4, 5, 8, 10, 15];
  const drop = [...before!].flatMap(([code, was]) => {
    const is = after?.get(code);
    const [had, has] = [was.ebike ?? 0, is?.ebike ?? 0];
    const limit = limits.find((one) => had >= one && has < one);
    return code && was.is_installed === 'OUI' && limit !== undefined && is
      ? [{ code, name: was.name, limit }]
      : [];
  })[0]!;

  await recordByHand(page);
  await open();
  await networkTotals(page);
  await page.goto(page.url().replace(/#.*|$/, `#/station/${drop.code}`));
  await page.getByRole('combobox', { name: 'How many' }).selectOption(String(drop.limit));
  await page.getByRole('combobox', { name: 'Of what' }).selectOption('e-bikes');
  await page.getByRole('button', { name: 'Alert me' }).click();
  await expect(page.getByRole('list', { name: 'Alerts of this station' }).getByRole('listitem')).toHaveCount(
    1,
  );
  await expectAccessible(page);
  expect(await told()).toEqual([]);
  await recordNow(page).click();
  await expect.poll(told).toHaveLength(1);
  expect((await told())[0]).toContain(drop.name);
});

test('a wall screen has all of it in sight and nothing to press', async ({ page, site, replica }) => {
  await page.goto(pageAddress(site, replica, { kiosk: '' }));
  await networkTotals(page);
  for (const [width, height, part] of [
    [1920, 1080, 0.69],
    [1080, 1920, 0.51],
    [768, 1024, 0.36],
  ] as const) {
    await page.setViewportSize({ width, height });
    await expect(page.getByRole('heading', { name: 'System health' })).toBeInViewport();
    await expect(page.getByRole('button')).toHaveCount(0);
    const spilt = await page.evaluate(() =>
      [...document.querySelectorAll('html, .page, main, .wall, .side, .side section')]
        .filter((one) => one.scrollHeight > one.clientHeight || one.scrollWidth > one.clientWidth)
        .map((one) => one.className),
    );
    expect(spilt).toEqual([]);
    const map = (await page.getByRole('region', { name: 'Stations', exact: true }).boundingBox())!;
    expect((map.width * map.height) / (width * height)).toBeGreaterThan(part);
    await expectAccessible(page);
  }
});

test('the page can be installed', async ({ page, open, context }) => {
  await open();
  await networkTotals(page);
  const session = await context.newCDPSession(page);
  const { errors, data } = await session.send('Page.getAppManifest');
  expect(errors).toEqual([]);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A visitor of a test has no profile to install into.
  expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual(
    [],
  );
  const manifest = JSON.parse(data ?? '{}') as { screenshots: { src: string; sizes: string }[] };
  for (const { src, sizes } of manifest.screenshots) {
    const [width, height] = await page.evaluate(async (path) => {
      const { width, height } = await createImageBitmap(await (await fetch(path)).blob());
      return [width, height];
    }, src);
    expect(`${width}x${height}`).toBe(sizes);
  }
});
