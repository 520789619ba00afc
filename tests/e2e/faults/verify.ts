import { expect, type Page } from '@playwright/test';
import { verify as words } from '../../../src/ui/messages/en.verify.ts';
import { goTo, unfold } from '../visit.ts';

/** What *Verify the lake* says. */
export interface Verified {
  readonly summary: string;
  /** Damaged files: path, what was found, what was done. */
  readonly problems: readonly (readonly [path: string, problem: string, done: string])[];
}

/** Presses *Verify the lake*, for the first time on this page, and waits for what it says. */
export async function verify(page: Page): Promise<Verified> {
  await goTo(page, 'Lake');
  const section = await unfold(page, words.title);
  const start = section.getByRole('button', { name: words.start });
  // Hidden while it is empty.
  const summary = section.locator('[role="status"]');
  await start.click({ timeout: 30_000 });
  await expect(summary).toHaveText(/^Verified /, { timeout: 60_000 });
  const rows = await section.getByRole('table').getByRole('row').all();
  const problems = await Promise.all(
    rows.slice(1).map(async (row) => {
      const [path = '', problem = '', done = ''] = await row.locator('th, td').allTextContents();
      return [path, problem, done] as const;
    }),
  );
  return { summary: (await summary.textContent()) ?? '', problems };
}

/** Whether all was as it was written. */
export const isSound = ({ summary }: Verified) => summary.includes('all as they were written');

/** All that it said, for whoever reads why a test failed. */
export const tell = ({ summary, problems }: Verified) =>
  [summary, ...problems.map((one) => one.join(' | '))].join('\n');
