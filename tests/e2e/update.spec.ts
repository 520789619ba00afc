import { cp, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { SnapshotRow } from '../../src/lake/journal.ts';
import { en } from '../../src/ui/messages/en.ts';
import { expect, test } from './fixtures.ts';
import { attempts, journal, untilKept } from './opfs.ts';
import { goTo, networkTotals, recordNow, unfold } from './visit.ts';

/**
 * The next build of the same page: its code has other names, as after any change of it, and its document says which
 * build it is.
 */
async function nextBuild(dist: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'velolac-next-'));
  await cp(dist, folder, { recursive: true });
  const files = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((one) =>
    one.isFile(),
  );
  const renamed = files
    .map(({ name }) => name)
    .filter((name) => /-[\w-]{8}\.(js|css)$/.test(name) && !name.startsWith('workbox'))
    .map((name) => [name, name.replace(/-[\w-]{8}(\.\w+)$/, '-nextnext$1')] as const);
  for (const { parentPath, name } of files) {
    const path = join(parentPath, name);
    if (/\.(js|css|html|webmanifest)$/.test(name)) {
      let text = await readFile(path, 'utf8');
      for (const [old, fresh] of renamed) text = text.replaceAll(old, fresh);
      if (name === 'index.html') text = text.replace('<html', '<html data-build="next"');
      // The document's revision in the list of what is kept.
      if (name === 'sw.js')
        text = text
          .replace(/(index\.html",\s*revision:\s*")\w+/, '$1next')
          .replace(/(revision:\s*")\w+(",\s*url:\s*"index\.html")/, '$1next$2');
      await writeFile(path, text);
    }
    const fresh = renamed.find(([old]) => old === name)?.[1];
    if (fresh !== undefined) await rename(path, join(parentPath, fresh));
  }
  return folder;
}

const build = (page: Page) => page.locator('html[data-build=next]');
const reload = (page: Page) => page.getByRole('button', { name: en.notices.reload, exact: true });

test('a new build is taken while recording: in both tabs, nothing lost, nothing doubled', async ({
  page,
  context,
  open,
  site,
  dist,
  replica,
}) => {
  await open();
  await networkTotals(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  // From its second opening on a page is the service worker's.
  await open({ clock: '2026-11-23T16:24:20Z*10' });
  await networkTotals(page);
  const other = await context.newPage();
  await open({ clock: '2026-11-23T16:24:20Z*10' }, other);
  await networkTotals(other);

  const folder = await nextBuild(dist);
  let acknowledged: SnapshotRow[];
  try {
    site.serve(folder);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(reload(page)).toBeVisible();
    await expect(other.getByText(en.notices.updateElsewhere)).toBeVisible();
    await expect(reload(other)).toHaveCount(0);
    await expect(build(page)).toHaveCount(0);
    await replica.until(replica.snapshots.length + 1);
    acknowledged = await attempts(page);
    await reload(page).click();
    await expect(build(page)).toBeAttached();
    await expect(build(other)).toBeAttached();
    await networkTotals(page);
    await goTo(page, 'Health');
    await expect(page.getByRole('grid')).toBeVisible();
    const before = (await attempts(page)).length;
    await recordNow(page).click();
    await expect.poll(async () => (await attempts(page)).length).toBeGreaterThan(before);
  } finally {
    await rm(folder, { recursive: true });
  }
  await expect(reload(page)).toHaveCount(0);
  await untilKept(page);
  const taken = await attempts(page);
  expect(acknowledged.length).toBeGreaterThan(0);
  expect(taken.slice(0, acknowledged.length)).toEqual(acknowledged);
  expect(taken.map(({ outcome }) => outcome)).toEqual(taken.map(() => 'ok'));
  expect(new Set(taken.map(({ fetched_at }) => fetched_at)).size).toBe(taken.length);
});

test('the new build waits for the work under way', async ({ page, open, site, dist }) => {
  await open();
  await networkTotals(page);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await networkTotals(page);
  await untilKept(page);
  const folder = await nextBuild(dist);
  try {
    site.serve(folder);
    await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
    await expect(reload(page)).toBeVisible();
    await goTo(page, 'Lake');
    await unfold(page, en.rebuild.title);
    await page.getByRole('button', { name: en.rebuild.all }).click();
    await page.getByRole('button', { name: en.notices.reloadAfter }).click();
    await expect(build(page)).toBeAttached();
  } finally {
    await rm(folder, { recursive: true });
  }
  // The last that a rebuild does: it decides every version of every station anew.
  const events = await journal(page, 'live');
  expect(events.some((event) => event.kind === 'commit' && event.information === true)).toBe(true);
});
