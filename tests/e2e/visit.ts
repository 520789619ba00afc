import { readFile } from 'node:fs/promises';
import AxeBuilder from '@axe-core/playwright';
import type { Locator, Page } from '@playwright/test';
import Papa from 'papaparse';
import { en, type Messages } from '../../src/ui/messages/en.ts';
import { fr } from '../../src/ui/messages/fr.ts';
import type { SnapshotRow } from '../../src/lake/journal.ts';
import { expect } from './fixtures.ts';
import { attempts, entries, untilKept } from './opfs.ts';
import { native } from './oracle.ts';

/** The switch *Record every minute* is off from the start: snapshots come when the test asks for them. */
export async function recordByHand(page: Page): Promise<void> {
  await page.addInitScript(() => {
    localStorage.setItem('velolac.settings', JSON.stringify({ recording: false }));
  });
}

/** A text of the page, in whichever of its languages. */
function either(text: (messages: Messages) => string): RegExp {
  return new RegExp(`^(${text(en)}|${text(fr)})$`);
}

export const recordNow = (page: Page) =>
  page.getByRole('button', { name: either(({ header }) => header.record) });

/** Takes one snapshot by hand, good or bad, and gives the attempt. */
export async function recordOnce(page: Page): Promise<SnapshotRow> {
  const before = (await attempts(page)).length;
  await recordNow(page).click();
  // A full minute may bring one of its own meanwhile.
  await expect.poll(async () => (await attempts(page)).length).toBeGreaterThan(before);
  return (await attempts(page)).at(-1)!;
}

/** Takes snapshots by hand until there are so many, each kept before the next. */
export async function recordUntil(page: Page, count: number): Promise<void> {
  await untilKept(page);
  for (let taken = (await attempts(page)).length; taken < count; taken += 1) {
    await recordOnce(page);
    await untilKept(page);
  }
}

/** The network's totals, once they are figures. */
export async function networkTotals(page: Page): Promise<string> {
  const region = page.getByRole('region', { name: either(({ totals }) => totals.title) });
  await expect(region).toContainText(/\d/);
  return region.innerText();
}

const questions = ['Most e-bikes by area', 'Full, empty, in between', 'System health'];

/** A way to save an answer, its menu open. */
export async function saveAs(page: Page, title: string, way: 'PNG' | 'SVG' | 'CSV' | 'Parquet') {
  await page.getByRole('button', { name: `Save “${title}”`, exact: true }).click();
  return page.getByRole('button', { name: new RegExp(`“${title}” as ${way}`) });
}

/** A table as it is saved, an object a row. */
export async function savedTable(page: Page, title: string): Promise<readonly Record<string, string>[]> {
  const { bytes } = await saved(page, await saveAs(page, title, 'CSV'));
  const text = Buffer.from(bytes).toString();
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** The rows of the three answers as they download. */
export async function answers(page: Page): Promise<unknown[]> {
  const rows: unknown[] = [];
  for (const title of questions) {
    const { bytes } = await saved(page, await saveAs(page, title, 'Parquet'));
    rows.push(await native('SELECT * FROM read_parquet({a.parquet}) ORDER BY ALL', { 'a.parquet': bytes }));
  }
  return rows;
}

/** Nothing on the page is what axe takes for a fault by WCAG 2.2 AA. */
export async function expectAccessible(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** A notice of the page by its text. */
export const notice = (page: Page, text: string | RegExp) => page.getByRole('status').getByText(text);

export async function goTo(page: Page, view: 'Now' | 'Lake' | 'Health'): Promise<void> {
  await page.getByRole('link', { name: view, exact: true }).first().click();
}

/** Opens all days and layers of the Lake view. */
export async function openFolds(page: Page): Promise<void> {
  await expect(page.locator('main details').first()).toBeVisible();
  for (let closed = page.locator('main details:not([open]) > summary'); (await closed.count()) > 0;) {
    await closed.first().click();
  }
}

/** Opens a part of the Lake view that is folded at first. */
export async function unfold(page: Page, title: string): Promise<Locator> {
  const section = page.getByRole('region', { name: title, exact: true });
  const fold = section.locator('details').first();
  if ((await fold.getAttribute('open')) === null) await fold.locator('summary').first().click();
  return section;
}

/** The row of the Lake view whose path matches. */
export const fileItem = (page: Page, path: string | RegExp) =>
  page.locator('main li').filter({ has: page.locator('.path', { hasText: path }) });

/** Deletes the lake, by the button of the Lake view. */
export async function deleteEverything(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Delete everything' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('Deleted.', { exact: true }).first()).toBeVisible();
  expect(await entries(page)).toEqual([]);
}

/** Presses a button and gives the file that it downloads. */
export async function saved(page: Page, button: Locator) {
  const coming = page.waitForEvent('download');
  await button.click();
  const download = await coming;
  return { name: download.suggestedFilename(), bytes: new Uint8Array(await readFile(await download.path())) };
}
