import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { networkTotals, recordByHand, recordUntil } from './visit.ts';

/** What Lighthouse calls good is below 0.1; so much is a line of text that comes late. */
const most = 0.02;

/** Layout shifts that no press or key brought, from the load on: how much, and what moved. */
async function watchShifts(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const shifts: { value: number; moved: string[] }[] = [];
    Object.assign(globalThis, { shifts });
    type Shift = PerformanceEntry & {
      value: number;
      hadRecentInput: boolean;
      sources: readonly { node: Node | null }[];
    };
    new PerformanceObserver((list) => {
      for (const { value, hadRecentInput, sources } of list.getEntries() as Shift[])
        if (!hadRecentInput)
          shifts.push({
            value,
            moved: sources.map(({ node }) => node?.textContent?.trim().slice(0, 40) ?? ''),
          });
    }).observe({ type: 'layout-shift', buffered: true });
  });
}

for (const width of [360, 768, 1440]) {
  test(`nothing moves by itself while a view is opened, ${width} px wide`, async ({ page, open }) => {
    await page.setViewportSize({ width, height: 900 });
    await recordByHand(page);
    await open();
    await recordUntil(page, 3);
    await networkTotals(page);
    const address = page.url().split('#')[0]!;
    await watchShifts(page);
    for (const view of ['#/', '#/stations', '#/history', '#/lake', '#/health']) {
      await page.goto('about:blank');
      await page.goto(`${address}${view}`);
      await expect(page.locator('main h1')).toBeAttached();
      await expect(page.locator('main [aria-busy="true"]')).toHaveCount(0);
      await expect(page.locator('main .skeleton')).toHaveCount(0);
      const shifts = await page.evaluate(
        () => (globalThis as unknown as { shifts: { value: number; moved: string[] }[] }).shifts,
      );
      const sum = shifts.reduce((all, { value }) => all + value, 0);
      expect(sum, `${view} ${JSON.stringify(shifts)}`).toBeLessThan(most);
    }
  });
}
