import { existsSync } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type ConsoleMessage } from '@playwright/test';
import { expect, pageAddress, test } from './fixtures.ts';
import { networkTotals } from './visit.ts';

/** Bytes of the files of a folder; 0 where there is none. */
async function sizeOf(folder: string): Promise<number> {
  if (!existsSync(folder)) return 0;
  const names = await readdir(folder, { recursive: true });
  const sizes = await Promise.all(names.map((name) => stat(join(folder, name)).catch(() => null)));
  return sizes.reduce((sum, found) => sum + (found?.isFile() ? found.size : 0), 0);
}

test('Chromium keeps the compiled engine for the next visit, and nobody is warned of it', async ({
  launchOptions,
  site,
  replica,
}) => {
  const profile = await mkdtemp(join(tmpdir(), 'velolac-compiled-'));
  const context = await chromium.launchPersistentContext(profile, launchOptions);
  try {
    const page = context.pages()[0]!;
    const warnings: string[] = [];
    page.on('console', (message: ConsoleMessage) => {
      if (message.type() === 'warning') warnings.push(message.text());
    });
    await page.goto(pageAddress(site, replica, { world: 'sample' }));
    await networkTotals(page);
    await expect.poll(() => sizeOf(join(profile, 'Default', 'Code Cache', 'wasm'))).toBeGreaterThan(2 ** 20);
    expect(warnings.filter((text) => text.includes('instantiat'))).toEqual([]);
  } finally {
    await context.close();
    await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
});
