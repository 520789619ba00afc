import { expect, test } from './fixtures.ts';

test('the page opens under a sub-path', async ({ open, page }) => {
  const answer = await open();
  expect(answer?.status()).toBe(200);
  await expect(page).toHaveTitle('Vélolac');
});
