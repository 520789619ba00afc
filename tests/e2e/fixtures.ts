import type { Page, Response } from '@playwright/test';
import { watchRequests, type SeenRequest } from '../serve/requests.ts';
import { pageAddress, test as world } from '../serve/fixtures.ts';

interface PageFixtures {
  /** Every request of the page, its workers and its service worker, from the first one on. */
  requests: SeenRequest[];
  /** Opens the page (or another page of the same visitor) with the replica as its portal. */
  open: (query?: Record<string, string>, page?: Page) => Promise<Response | null>;
}

/**
 * Each test has a visitor of its own (an empty OPFS, no service worker), the built page on a static server, and
 * its own replica of the portal. `page` is blank until `open()`.
 */
export const test = world.extend<PageFixtures>({
  launchOptions: [
    async ({ launchOptions, outside }, use) => {
      await use({
        ...launchOptions,
        proxy: { server: `http://127.0.0.1:${outside.port}`, bypass: 'localhost,127.0.0.1' },
      });
    },
    { scope: 'worker' },
  ],
  requests: [
    async ({ context }, use) => {
      await use(watchRequests(context));
    },
    { auto: true },
  ],
  open: async ({ page, site, replica }, use) => {
    await use((query = {}, other = page) => other.goto(pageAddress(site, replica, query)));
  },
});

export { expect } from '@playwright/test';
export { pageAddress };
