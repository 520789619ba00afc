import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { en } from '../../../src/ui/messages/en.ts';
import { Site } from '../../serve/static.ts';
import { events } from './bronze.ts';
import { expect, test as base } from './world.ts';

const UPDATES = 3;

const test = base.extend<{ folder: string }>({
  serviceWorkers: 'allow',
  folder: async ({ dist }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'velolac-site-'));
    await cp(dist, folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true });
  },
  site: async ({ folder }, use) => {
    const site = await Site.start({ folder, base: '/some/sub/path/' });
    await use(site);
    await site.stop();
  },
});

test.use({ pace: { start: '2026-11-23T10:00:10Z', rate: 60 } });

test('the service worker goes from one build to the next while the page records', async ({
  folder,
  visit,
  ledger,
  observer,
  reckon,
}) => {
  test.setTimeout(400_000);
  const { page } = await visit();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await ledger.more(2);
  for (let build = 1; build <= UPDATES; build += 1) {
    await test.step(`build ${build}`, async () => {
      await publish(folder, build);
      await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
      const reload = page.getByRole('button', { name: en.notices.reload, exact: true });
      await expect(reload).toBeVisible({ timeout: 30_000 });
      await ledger.more(1);
      await ledger.observe(observer);
      await reload.click();
      ledger.faults += 1;
      await expect(page.locator('meta[name="build"]')).toHaveAttribute('content', String(build), {
        timeout: 30_000,
      });
      await ledger.more(2);
    });
  }
  expect(await terms(observer)).toBe(UPDATES + 1);
  await page.close();
  await reckon({ unacknowledged: 1 });
});

/** Puts a new build into the site's folder: another `index.html`, which the service worker's list tells by its revision. */
async function publish(folder: string, build: number): Promise<void> {
  const [index, worker] = [join(folder, 'index.html'), join(folder, 'sw.js')];
  const html = (await readFile(index, 'utf8')).replace(/<meta name="build"[^>]*>/, '');
  await writeFile(index, html.replace('</head>', `<meta name="build" content="${build}"></head>`));
  const script = await readFile(worker, 'utf8');
  const revised = script.replace(/(url:"index\.html",revision:")[^"]*/, `$1build-${build}`);
  if (revised === script) throw new Error('the service worker does not list index.html');
  await writeFile(worker, revised);
}

/** How many terms the lake has seen: one for each opening. */
async function terms(observer: Page): Promise<number> {
  return new Set((await events(observer)).map(({ term }) => term)).size;
}
