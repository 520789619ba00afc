import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from './fixtures.ts';

/** The Content-Security-Policy that docs and design promise. */
const policy =
  "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; " +
  "connect-src 'self' https: http://localhost:* http://127.0.0.1:*; img-src 'self' data: blob:; " +
  "worker-src 'self' blob:; object-src 'none'; base-uri 'none'";

test('the service worker keeps every file of the built page but the pictures of it', async ({ dist }) => {
  const worker = await readFile(join(dist, 'sw.js'), 'utf8');
  const kept = [...worker.matchAll(/url:\s*["']([^"']+)["']/g)].map(([, url]) => url);
  const files = (await readdir(dist, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name).slice(dist.length).replaceAll('\\', '/').replace(/^\//, ''),
    )
    .filter((name) => !/^(sw|workbox-[\w-]+)\.js$|^screenshots\//.test(name));
  expect([...new Set(kept)].sort()).toEqual(files.sort());
  for (const what of [
    /\.wasm$/,
    /duckdb.*worker.*\.js$/,
    /recorder\.worker.*\.js$/,
    /charts.*\.js$/,
    /^boundaries\.json$/,
    /^station-ids\.json$/,
    /^station-names\.json$/,
    /^sample\/.+\.bin$/,
    /\.woff2$/,
    /^index\.html$/,
  ])
    expect(
      kept.filter((url) => what.test(url!)),
      String(what),
    ).not.toEqual([]);
});

test('the page has exactly the promised Content-Security-Policy', async ({ open, page }) => {
  const violations: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) violations.push(message.text());
  });
  await open();
  const metas = page.locator('meta[http-equiv="Content-Security-Policy"]');
  expect(await metas.evaluateAll((all) => all.map((meta) => meta.getAttribute('content')))).toEqual([policy]);
  await expect(page.getByRole('region', { name: 'The network' })).toContainText(/\d/);
  expect(violations).toEqual([]);
});
