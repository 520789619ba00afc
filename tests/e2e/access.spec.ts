import type { Page } from '@playwright/test';
import { en } from '../../src/ui/messages/en.ts';
import { fr } from '../../src/ui/messages/fr.ts';
import { plain } from '../../src/ui/stations/search.ts';
import type { Replica } from '../replica/replica.ts';
import { expect, test } from './fixtures.ts';
import { expectAccessible, networkTotals, openFolds, recordByHand } from './visit.ts';

const sizes = { phone: { width: 360, height: 780 }, desktop: { width: 1440, height: 900 } };
const looks = [
  { lang: 'en', theme: 'light' },
  { lang: 'fr', theme: 'light' },
  { lang: 'fr', theme: 'dark' },
  { lang: 'en', theme: 'dark' },
] as const;

/** A station of the snapshot on show whose name, word by word, finds no other. */
function named({ snapshots }: Replica): { code: string; name: string } {
  const { records } = snapshots[0]!;
  const texts = records.map(({ name }) => plain(name ?? ''));
  const finds = (name: string): number => {
    const words = plain(name).split(' ');
    return texts.filter((text) => words.every((word) => text.includes(word))).length;
  };
  const one = records.find(({ name, stationcode }) => name && stationcode && finds(name) === 1);
  return { code: one!.stationcode!, name: one!.name! };
}

/** The view, once all of it is there. */
async function untilShown(page: Page, lang: 'en' | 'fr'): Promise<void> {
  const main = page.locator('main');
  await expect(page.locator('html')).toHaveAttribute('lang', lang);
  await expect(main.locator('h1')).toBeAttached();
  await expect(main).not.toContainText({ en, fr }[lang].opening);
  await expect(main.locator('.skeleton')).toHaveCount(0);
  await expect(main.locator('[data-drawn]').or(main.locator('h1:not(.visually-hidden)'))).toBeVisible();
}

for (const [size, viewport] of Object.entries(sizes)) {
  test(`axe finds nothing in any view, language and theme, ${size}`, async ({ page, open, replica }) => {
    test.slow();
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await recordByHand(page);
    await open();
    await networkTotals(page);
    const links = await page.locator('nav').first().getByRole('link', { includeHidden: true }).all();
    const views = await Promise.all(links.map((link) => link.getAttribute('href')));
    for (const view of ['#/stations', `#/station/${named(replica).code}`, ...views]) {
      for (const { lang, theme } of looks) {
        await page.emulateMedia({ colorScheme: theme });
        await page.evaluate((hash) => (location.hash = hash), `${view}?lang=${lang}`);
        await untilShown(page, lang);
        if (view === '#/lake') await openFolds(page);
        await expectAccessible(page);
        const wide = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(wide, `${view} scrolls sideways in ${lang}`).toBe(0);
      }
    }
  });
}

test('a keyboard reaches the content, the switch and the views in order', async ({ page, open, replica }) => {
  await open();
  await replica.until(1);
  await page.keyboard.press('Tab');
  await expect(page.getByRole('link', { name: 'Skip to the content' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.locator('main')).toBeFocused();
  await page.getByRole('link', { name: 'Lake' }).first().focus();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/lake$/);
  await page.getByRole('switch', { name: 'Record every minute' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByRole('switch', { name: 'Record every minute' })).not.toBeChecked();
});

test('a keyboard finds a station, opens its panel, and is back at its row', async ({
  page,
  open,
  replica,
}) => {
  const errors: Error[] = [];
  page.on('pageerror', (error) => errors.push(error));
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await recordByHand(page);
  await open();
  await networkTotals(page);
  const { code, name } = named(replica);

  await page.getByRole('radio', { name: 'City' }).focus();
  await page.keyboard.press('ArrowRight');
  const search = page.getByRole('searchbox');
  const found = page.locator('search').getByRole('status');
  await expect(found).toHaveText(/^[\d,]+ stations$/);
  await page.keyboard.press('Tab');
  await expect(search).toBeFocused();
  const text = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toUpperCase();
  await page.keyboard.type(text);
  await expect(found).toHaveText(/^1 station of/);
  await page.keyboard.press('ArrowDown');
  const row = page.getByRole('listitem').getByRole('link', { name });
  await expect(row).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(new RegExp(`#/station/${code}`));
  await expect(page.getByRole('heading', { name })).toBeFocused();
  const back = page.getByRole('link', { name: 'Back to the stations' });
  await expect(async () => {
    await page.keyboard.press('Shift+Tab');
    await expect(back).toBeFocused({ timeout: 100 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(row).toBeFocused();
  await expect(search).toHaveValue(text);
  expect(errors).toEqual([]);
});

test('a keyboard opens the station in the middle of the map', async ({ page, open }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await recordByHand(page);
  await open();
  await networkTotals(page);
  const map = page.getByRole('application');
  await expect(map).toBeVisible();
  await page.getByRole('button', { name: /^Choose a moment/ }).focus();
  await page.keyboard.press('Tab');
  await expect(map).toBeFocused();
  // Paris has a station within a few steps of anywhere.
  await expect(async () => {
    await page.keyboard.press('ArrowUp');
    await expect(page.locator('main [aria-live="polite"]')).toContainText(/\d+ · /, { timeout: 1000 });
  }).toPass();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/station\/\d+/);
  await expect(page.locator('article h2')).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(map).toBeFocused();
});

test('a view begins at its top', async ({ page, open }) => {
  await page.setViewportSize(sizes.phone);
  await recordByHand(page);
  await open();
  await networkTotals(page);
  await page.mouse.move(180, 700);
  await expect(async () => {
    await page.mouse.wheel(0, 600);
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300);
  }).toPass();
  await page.getByRole('link', { name: 'Lake' }).last().click();
  await expect(page.getByRole('heading', { level: 1, name: 'Lake' })).toBeInViewport();
});
