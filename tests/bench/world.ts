import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { Site } from '../serve/static.ts';
import type { BenchPage } from './page.ts';

/** Where the bench finds what it measures, and keeps what it makes: `page/` and `bench/` are built into `folder`. */
export interface World {
  readonly chromium: string;
  readonly folder: string;
}

/** A visitor of its own: an empty browser, and a static host with the product under `page/`. */
export interface Visit {
  readonly context: BrowserContext;
  readonly site: Site;
  readonly page: Page;
}

/** Opens a browser with nothing kept, on disk as a visitor's is, and ends it after the work. */
export async function visit<T>(
  { chromium: path, folder }: World,
  work: (visit: Visit) => Promise<T>,
): Promise<T> {
  const profile = await mkdtemp(join(tmpdir(), 'velolac-profile-'));
  const site = await Site.start({ folder });
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: path,
    viewport: { width: 1280, height: 800 },
    args: ['--no-sandbox', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
  });
  try {
    context.setDefaultTimeout(600_000);
    return await work({ context, site, page: context.pages()[0] ?? (await context.newPage()) });
  } finally {
    await context.close();
    await site.stop();
    if (existsSync(profile)) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Opens the bench page; its methods are called in the browser with `run`. */
export async function openBench({ site, page }: Visit): Promise<void> {
  page.on('pageerror', (error) => console.error(`bench page: ${error.message}`));
  await page.goto(`${site.address}bench/index.html`);
  await page.waitForFunction(() => 'bench' in globalThis);
}

type Bench = BenchPage['bench'];

/** Calls one of the bench worker's methods. */
export async function run<
  Name extends
    'series' | 'ask' | 'askAll' | 'scan' | 'silver' | 'instants' | 'prepare' | 'prepareMonth' | 'bring',
>(page: Page, name: Name, ...args: Parameters<Bench[Name]>): Promise<Awaited<ReturnType<Bench[Name]>>> {
  const answer = await page.evaluate(
    ([method, values]) => {
      const { bench } = globalThis as unknown as {
        bench: Record<string, (...values: unknown[]) => Promise<unknown>>;
      };
      return bench[method]!(...values);
    },
    [name as string, args as unknown[]] as const,
  );
  return answer as Awaited<ReturnType<Bench[Name]>>;
}
