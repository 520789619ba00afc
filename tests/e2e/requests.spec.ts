import type { SeenRequest } from '../serve/requests.ts';
import { expect, test } from './fixtures.ts';

function origins(requests: readonly SeenRequest[]): string[] {
  const remote = requests.filter(({ url }) => /^(https?|wss?):/.test(url));
  return [...new Set(remote.map(({ url }) => new URL(url).origin))].sort();
}

test('page, workers and service worker ask nobody but the page’s own host and the portal', async ({
  open,
  outside,
  page,
  replica,
  requests,
  site,
}) => {
  const before = outside.hosts.length;
  await open();
  await replica.until(1);

  await expect.poll(() => origins(requests)).toEqual([replica.address, site.origin].sort());
  await page.waitForLoadState('networkidle');
  expect(origins(requests)).toEqual([replica.address, site.origin].sort());
  expect(outside.hosts.slice(before)).toEqual([]);
});
