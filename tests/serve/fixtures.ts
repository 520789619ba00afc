import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { test as base } from '@playwright/test';
import { Replica, type ReplicaOptions } from '../replica/replica.ts';
import { Outside } from './outside.ts';
import { Site } from './static.ts';

interface WorldFixtures {
  /** Options of the replica: `test.use({ portal: { quota: 3 } })`. */
  portal: ReplicaOptions;
  /** The built page, served under a sub-path. */
  site: Site;
  /** A portal of this test's own. */
  replica: Replica;
}

interface WorldWorkerFixtures {
  /** The built page's folder. */
  dist: string;
  /** What the browser asked of any other machine. */
  outside: Outside;
}

/** What a walk through the built page needs in any browser: the page, the portal, and nothing else. */
export const test = base.extend<WorldFixtures, WorldWorkerFixtures>({
  dist: [
    async ({}, use) => {
      const folder = process.env['VELOLAC_DIST'] ?? fileURLToPath(new URL('../../dist', import.meta.url));
      if (!existsSync(folder)) throw new Error('there is no dist folder: run `npm run build` first');
      await use(folder);
    },
    { scope: 'worker' },
  ],
  outside: [
    async ({}, use) => {
      const outside = await Outside.start();
      await use(outside);
      await outside.close();
    },
    { scope: 'worker' },
  ],
  portal: [{}, { option: true }],
  site: async ({ dist }, use) => {
    const site = await Site.start({ folder: dist, base: '/some/sub/path/' });
    await use(site);
    await site.stop();
  },
  replica: async ({ portal }, use) => {
    const replica = await Replica.start(portal);
    await use(replica);
    await replica.close();
  },
});

/** Address of the page with the replica as its portal, in English unless told. */
export function pageAddress(site: Site, replica: Replica, query: Record<string, string> = {}): string {
  const address = new URL(site.address);
  address.search = new URLSearchParams({ portal: replica.address, lang: 'en', ...query }).toString();
  return address.href;
}
