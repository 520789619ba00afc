import { en } from '../../src/ui/messages/en.ts';
import { expect, test } from './fixtures.ts';

test('the page opens under a sub-path', async ({ open, page }) => {
  const answer = await open();
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveTitle('Vélolac');
});

test('a link that is followed while the page opens is not lost, nor followed for ever', async ({
  open,
  page,
}) => {
  let navigations = 0;
  page.on('framenavigated', () => (navigations += 1));
  // The page reads the languages between its address and the first drawing.
  await page.addInitScript(() => {
    Object.defineProperty(navigator, 'languages', {
      get: () => {
        if (location.hash === '') location.hash = '#/lake';
        return ['en'];
      },
    });
  });
  await open();
  await expect(page.getByRole('heading', { name: en.files.title, level: 1 })).toBeVisible();
  expect(navigations).toBeLessThan(10);
});
