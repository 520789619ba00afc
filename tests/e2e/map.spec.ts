import type { Locator, Page } from '@playwright/test';
import { distance } from '../../src/ui/stations/distance.ts';
import type { Replica } from '../replica/replica.ts';
import { expect, test as base } from './fixtures.ts';
import { expectAccessible, networkTotals, recordByHand } from './visit.ts';

function launchedWith(...more: string[]): typeof base {
  return base.extend({
    launchOptions: [
      async ({ launchOptions }, use) => {
        await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...more] });
      },
      { scope: 'worker' },
    ],
  });
}

/** Chromium that draws WebGL on the processor: a machine that tests has no graphics. */
const test = launchedWith('--use-angle=swiftshader', '--enable-unsafe-swiftshader');
const withoutWebGL = launchedWith('--disable-3d-apis');

const mapOf = (page: Page): Locator => page.getByRole('region', { name: 'Stations', exact: true });

/** The canvas, once the map rests and shows stations; `data-drawn` counts those that it has drawn. */
async function untilDrawn(page: Page, drawn = /^[1-9]/): Promise<Locator> {
  await expect(mapOf(page).locator('[data-drawn]')).toHaveAttribute('data-drawn', drawn);
  return mapOf(page).getByRole('application');
}

interface Place {
  readonly code: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
}

/** A station of the snapshot on show that has no other within 150 m. */
function lonely({ snapshots }: Replica): Place {
  const places = snapshots[0]!.records.flatMap(({ stationcode: code, name, coordonnees_geo: at }) =>
    code && name && at && at.lat > 48.84 && at.lat < 48.88 ? { code, name, ...at } : [],
  );
  return places.find((one) => places.every((other) => other === one || (distance(one, other) ?? 0) > 150))!;
}

/** Mean lightness of what the page shows of an element, 0 black to 255 white. */
async function lightness(page: Page, element: Locator): Promise<number> {
  const png = (await element.screenshot()).toString('base64');
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    let sum = 0;
    for (let at = 0; at < data.length; at += 4) sum += data[at]! + data[at + 1]! + data[at + 2]!;
    return sum / (0.75 * data.length);
  }, png);
}

async function middleOf(canvas: Locator): Promise<{ x: number; y: number }> {
  const { x, y, width, height } = (await canvas.boundingBox())!;
  return { x: x + width / 2, y: y + height / 2 };
}

test.beforeEach(({ page }) => recordByHand(page));

test('the map shows stations near me, opens one, follows the keys and the theme, and works offline', async ({
  page,
  context,
  open,
  replica,
  site,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await open();
  const canvas = await untilDrawn(page);
  const station = lonely(replica);

  await test.step('a position that is refused is told of, and one that is given is gone to', async () => {
    const near = mapOf(page).getByRole('button', { name: 'Near me' });
    await near.click();
    await expect(mapOf(page).getByRole('status')).toContainText('does not tell where you are');
    await context.grantPermissions(['geolocation']);
    await context.setGeolocation({ latitude: station.lat, longitude: station.lon });
    await near.click();
    await expect(mapOf(page).getByRole('status')).toContainText(station.name);
  });

  const middle = await middleOf(canvas);
  await test.step('what is under the pointer is told', async () => {
    await expect(async () => {
      await page.mouse.move(middle.x, middle.y + 40);
      await page.mouse.move(middle.x, middle.y);
      await expect(mapOf(page).getByText(station.name).last()).toBeVisible({ timeout: 500 });
      await expect(mapOf(page).getByText(new RegExp(`^${station.code} · `))).toBeVisible({ timeout: 500 });
    }).toPass();
  });

  await test.step('an arrow moves the map by 100 pixels, and a press on a station opens its panel', async () => {
    await canvas.focus();
    await page.keyboard.press('ArrowRight');
    await expect(async () => {
      await page.mouse.click(middle.x - 100, middle.y);
      expect(page.url()).toContain(`#/station/${station.code}`);
    }).toPass();
    await expect(page.locator('main').getByRole('heading', { name: station.name })).toBeVisible();
  });

  await test.step('a station that is chosen elsewhere is gone to, one that was pressed stays where it is', async () => {
    const zoomOut = mapOf(page).getByRole('button', { name: 'Zoom out' });
    const drawn = mapOf(page).locator('[data-drawn]');
    const near = Number(await drawn.getAttribute('data-drawn'));
    for (let step = 0; step < 3; step += 1) await zoomOut.click();
    await expect.poll(async () => Number(await drawn.getAttribute('data-drawn'))).toBeGreaterThan(3 * near);
    await page.getByRole('heading', { name: 'Nearby' }).locator('..').getByRole('link').first().click();
    await expect.poll(async () => Number(await drawn.getAttribute('data-drawn'))).toBeLessThan(2 * near);
  });

  await test.step('the whole network has areas in colours', async () => {
    await mapOf(page).getByRole('button', { name: 'Whole network' }).click();
    await untilDrawn(page, /areas/);
    await expect(mapOf(page).getByText('bikes ÷ (bikes + free docks)')).toBeVisible();
    await page.mouse.move(middle.x, middle.y + 10);
    await page.mouse.move(middle.x, middle.y);
    await expect(mapOf(page).getByText(/% of places have a bike$/)).toBeVisible();
    await mapOf(page).getByRole('button', { name: 'Zoom in' }).click();
    await untilDrawn(page);
  });

  await test.step('it turns dark with the page', async () => {
    expect(await lightness(page, canvas)).toBeGreaterThan(180);
    await expectAccessible(page);
    await page.emulateMedia({ colorScheme: 'dark' });
    await expect.poll(() => lightness(page, canvas)).toBeLessThan(80);
  });

  await test.step('it keeps its colours where the system chooses the others', async () => {
    await page.emulateMedia({ colorScheme: 'light', forcedColors: 'active' });
    await expect.poll(() => lightness(page, canvas)).toBeGreaterThan(180);
    await page.emulateMedia({ colorScheme: 'dark', forcedColors: 'none' });
    await expect.poll(() => lightness(page, canvas)).toBeLessThan(80);
  });

  await test.step('graphics that are interrupted come back, in the colours that the page has then', async () => {
    const context = await canvas.evaluateHandle((element: HTMLCanvasElement) => {
      return element.getContext('webgl2')!.getExtension('WEBGL_lose_context')!;
    });
    await context.evaluate((lost) => lost.loseContext());
    await expect(mapOf(page).getByRole('status')).toContainText('interrupted');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.evaluate(
      () => new Promise((told) => requestAnimationFrame(() => requestAnimationFrame(told))),
    );
    await context.evaluate((lost) => lost.restoreContext());
    await expect(mapOf(page).getByRole('status')).toBeHidden();
    await untilDrawn(page);
    await expect.poll(() => lightness(page, canvas)).toBeGreaterThan(180);
  });

  await test.step('offline, it is drawn all the same', async () => {
    await page.waitForFunction(
      async () => (await navigator.serviceWorker.ready).active?.state === 'activated',
    );
    await site.stop();
    await replica.close();
    await page.reload();
    await untilDrawn(page);
  });
});

test('areas that gained are told from those that lost by a sign, whatever the colours', async ({
  page,
  open,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await open({ world: 'sample' });
  const canvas = await untilDrawn(page);
  await mapOf(page).getByRole('button', { name: 'Whole network' }).click();
  await untilDrawn(page, /areas/);
  // In areas' own colours, which are mixed, there is none of the signs'.
  expect(await signsOn(page, canvas)).toEqual({ gains: 0, losses: 0 });
  const moments = '#/?at=2024-11-09T12:00:00Z&before=2024-11-09T09:00:00Z';
  await page.goto(page.url().replace(/#.*|$/, moments));
  await expect(mapOf(page).getByText('change ÷ (bikes + free docks)')).toBeVisible({ timeout: 180_000 });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await expect(async () => {
      const { gains, losses } = await signsOn(page, canvas);
      expect(Math.min(gains, losses)).toBeGreaterThan(100);
    }).toPass();
  }
});

test('a search moves the map to the few that it left, and back, but not one that was moved since', async ({
  page,
  open,
  replica,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
  await open();
  await untilDrawn(page);
  const map = mapOf(page).locator('[data-drawn]');
  const all = (await map.getAttribute('data-drawn'))!;
  await page.evaluate(() => (location.hash = '#/stations'));
  const search = page.getByRole('searchbox');
  const { code } = lonely(replica);

  await search.fill(code);
  await expect(map).not.toHaveAttribute('data-drawn', all);
  const found = (await map.getAttribute('data-drawn'))!;
  expect(Number(found)).toBeLessThan(100);
  // Beside the answers about the city nothing tells of a search, and nothing of it is on the map.
  await page.evaluate(() => (location.hash = '#/'));
  await expect(map).toHaveAttribute('data-drawn', all);
  await page.evaluate(() => (location.hash = '#/stations'));
  await expect(map).toHaveAttribute('data-drawn', found);
  await search.fill('');
  await expect(map).toHaveAttribute('data-drawn', all);

  // Zoomed by hand, it stays there; what a later search leaves, it leaves for that place.
  await search.fill(code);
  await expect(map).toHaveAttribute('data-drawn', found);
  await mapOf(page).getByRole('button', { name: 'Zoom in' }).click();
  await expect(map).not.toHaveAttribute('data-drawn', found);
  const chosen = (await map.getAttribute('data-drawn'))!;
  await search.fill('');
  await search.fill('gare de lyon');
  await expect(map).not.toHaveAttribute('data-drawn', chosen);
  await search.fill('');
  await expect(map).toHaveAttribute('data-drawn', chosen);
});

/** Pixels in the midst of the map that have the colour of the sign for a gain, or for a loss, and no other. */
async function signsOn(page: Page, canvas: Locator): Promise<{ gains: number; losses: number }> {
  const { x, y, width, height } = (await canvas.boundingBox())!;
  const clip = { x: x + width / 4, y: y + height / 4, width: width / 2, height: height / 2 };
  const png = (await page.screenshot({ clip })).toString('base64');
  return page.evaluate(async (encoded) => {
    const bytes = Uint8Array.from(atob(encoded), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes]));
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height).getContext('2d')!;
    const count = (token: string): number => {
      const probe = document.createElement('i');
      probe.style.color = `var(${token})`;
      document.body.append(probe);
      const wanted = getComputedStyle(probe).color.match(/\d+/g)!.map(Number);
      probe.remove();
      let found = 0;
      for (let at = 0; at < data.length; at += 4) {
        if (wanted.every((part, channel) => Math.abs(part - data[at + channel]!) <= 1)) found += 1;
      }
      return found;
    };
    canvas.drawImage(bitmap, 0, 0);
    const { data } = canvas.getImageData(0, 0, bitmap.width, bitmap.height);
    return { gains: count('--full'), losses: count('--warn') };
  }, png);
}

test.describe('on a phone', () => {
  test.use({ hasTouch: true, viewport: { width: 360, height: 780 } });

  test('one finger scrolls the page, and moves the map where it fills the screen', async ({
    page,
    context,
    open,
  }) => {
    await page.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await open({ lang: 'fr' });
    const canvas = await untilDrawn(page);
    const touch = await context.newCDPSession(page);
    const scrolled = (): Promise<number> => page.evaluate(() => scrollY);
    /** One finger, 150 pixels upwards from the middle of the map. */
    const swipe = async (): Promise<void> => {
      const { x, y } = await middleOf(canvas);
      await touch.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [{ x, y }] });
      for (let up = 10; up <= 150; up += 10) {
        await touch.send('Input.dispatchTouchEvent', {
          type: 'touchMove',
          touchPoints: [{ x, y: y - up }],
        });
      }
      await touch.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
    };
    // It is said for some seconds only: listen before the finger is down.
    const told = expect(mapOf(page).getByRole('status')).toContainText('Deux doigts');
    await Promise.all([told, swipe()]);
    await expect.poll(scrolled).toBeGreaterThan(100);
    await expectAccessible(page);
    await mapOf(page).getByRole('button', { name: 'Agrandir la carte à tout l’écran' }).click();
    await expect.poll(async () => (await canvas.boundingBox())!.height).toBeGreaterThan(600);
    const before = await scrolled();
    const stations = page.locator('[data-drawn]');
    const drawn = await stations.getAttribute('data-drawn');
    await swipe();
    await expect(stations).not.toHaveAttribute('data-drawn', drawn!);
    expect(await scrolled()).toBe(before);
    await page.keyboard.press('Escape');
    await expect.poll(async () => (await canvas.boundingBox())!.height).toBeLessThan(600);
  });
});

test.describe('on a phone, the first screen', () => {
  test.use({ viewport: { width: 360, height: 800 } });

  test('has the totals, and the stations where the address names their list', async ({ page, open }) => {
    await open();
    await untilDrawn(page);
    await networkTotals(page);
    await expect(page.getByRole('region', { name: 'The network' })).toBeInViewport({ ratio: 1 });
    await page.getByRole('button', { name: 'Fill the screen with the map' }).click();
    await expect.poll(() => page.evaluate(() => scrollY)).toBeGreaterThan(0);
    await page.goto(page.url().replace(/#.*|$/, '#/stations?q=bastille'));
    await page.reload();
    const list = page.getByRole('region', { name: 'List of stations' });
    await expect(list.getByRole('link', { name: /bastille/i }).first()).toBeInViewport({ ratio: 1 });
  });
});

test.describe('on a tablet held upright', () => {
  test.use({ viewport: { width: 768, height: 1024 } });

  test('the map has half of the height, and the answers stand in two columns below it', async ({
    page,
    open,
  }) => {
    await open({ lang: 'fr' });
    const canvas = await untilDrawn(page);
    await networkTotals(page);
    expect((await canvas.boundingBox())!.height).toBeCloseTo(512, 0);
    const top = async (name: string): Promise<number> =>
      (await page.getByRole('heading', { name }).boundingBox())!.y;
    const areas = await top('Les vélos électriques par zone');
    expect(areas).toBeLessThan(1024);
    await expect.poll(() => top('Santé du réseau')).toBe(areas);
    expect(await top('Pleines, vides, entre les deux')).toBeGreaterThan(areas);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(768);
    await expectAccessible(page);
  });
});

test.describe('on a phone on its side', () => {
  test.use({ viewport: { width: 915, height: 412 }, hasTouch: true });

  test('layers and time take a line each, and leave the map more than half of the height', async ({
    page,
    open,
  }) => {
    await open({ world: 'sample' });
    const canvas = await untilDrawn(page);
    await networkTotals(page);
    await page.getByRole('button', { name: 'Compare' }).click();
    await expect(page.getByText('After', { exact: true })).toBeInViewport({ ratio: 1 });
    await expect(page.getByRole('slider', { name: /^Moment/ })).toBeInViewport();
    expect((await canvas.boundingBox())!.height).toBeGreaterThan(206);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(915);
    await expectAccessible(page);
  });
});

withoutWebGL(
  'without WebGL the list takes the map’s place, and says why',
  async ({ page, open, requests }) => {
    await recordByHand(page);
    await open();
    await networkTotals(page);
    await expect(mapOf(page).getByText(/for want of WebGL/)).toBeVisible();
    await expect(mapOf(page).getByRole('region', { name: 'List of stations' })).toContainText(/\d/);
    const search = mapOf(page).getByRole('searchbox');
    await search.click();
    await expect(search).toBeFocused();
    expect(requests.filter(({ url, by }) => by === 'page' && url.includes('maplibre'))).toEqual([]);
  },
);
