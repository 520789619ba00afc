import AxeBuilder from '@axe-core/playwright';
import { en } from '../../src/ui/messages/en.ts';
import { fr } from '../../src/ui/messages/fr.ts';
import { expect, test } from './fixtures.ts';
import { openFolds } from './visit.ts';

const sizes = { phone: { width: 360, height: 780 }, desktop: { width: 1440, height: 900 } };
const cases = [
  { lang: 'en', theme: 'light', size: 'desktop' },
  { lang: 'fr', theme: 'dark', size: 'phone' },
  { lang: 'en', theme: 'dark', size: 'desktop' },
  { lang: 'fr', theme: 'light', size: 'phone' },
] as const;

for (const { lang, theme, size } of cases) {
  test(`axe finds nothing in ${lang}, ${theme}, ${size}`, async ({ page, open, replica }) => {
    await page.setViewportSize(sizes[size]);
    await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await open({ lang });
    await replica.until(1);
    await expect(page.locator('h2').first()).toBeVisible();
    await expect(page.locator('main figure, main svg[role=img], main [role=img]').first()).toBeVisible({
      timeout: 30_000,
    });
    const m = { en, fr }[lang];
    const views = [
      ['#/', m.system.title],
      ['#/lake', m.files.title],
      ['#/health', m.health],
    ] as const;
    for (const [view, title] of views) {
      await page.goto(page.url().replace(/#.*|$/, view));
      await expect(page.locator('main').getByRole('heading', { name: title, exact: true })).toBeVisible();
      await expect(page.locator('main .skeleton')).toHaveCount(0);
      if (view === '#/lake') await openFolds(page);
      const { violations } = await new AxeBuilder({ page })
        .withTags(['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa'])
        .analyze();
      expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
      const wide = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(wide, 'no scrolling sideways').toBe(0);
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
