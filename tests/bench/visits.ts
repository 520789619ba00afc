import { readFile } from 'node:fs/promises';
import { extname, join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { Replica } from '../replica/replica.ts';
import type { LoadedPart, VisitFigures } from './figures.ts';
import { median } from './stats.ts';
import { watchPage, type Mark } from './watch.ts';
import { visit, type World } from './world.ts';

/** A first visit, `runs` times in new browsers, with what it loads; then reloads with neither network nor host. */
export async function measureVisits(world: World, runs: number): Promise<VisitFigures> {
  const replica = await Replica.start();
  const query = new URLSearchParams({ portal: replica.address, lang: 'en' });
  const firsts: number[] = [];
  const offlineMs: number[] = [];
  let paths: string[] = [];
  for (let run = 0; run < runs; run += 1) {
    await visit(world, async ({ context, page, site }) => {
      await context.addInitScript(watchPage);
      const asked: { readonly url: string; readonly at: number }[] = [];
      context.on('request', (request) => {
        if (!request.serviceWorker()) asked.push({ url: request.url(), at: Date.now() });
      });
      const start = Date.now();
      await page.goto(`${site.address}page/index.html?${query.toString()}`);
      const ms = await painted(page);
      firsts.push(ms);
      // What is asked for once the answers are painted is no part of them: the map.
      paths = asked.flatMap(({ url, at }) =>
        url.startsWith(site.address) && at <= start + ms ? [new URL(url).pathname] : [],
      );
      if (run < runs - 1) return;
      await page.evaluate(() => navigator.serviceWorker.ready);
      await settled(page);
      await site.stop();
      await context.setOffline(true);
      for (let reload = 0; reload < runs; reload += 1) {
        await page.reload({ waitUntil: 'commit' });
        offlineMs.push(await painted(page));
        await settled(page);
      }
      await context.setOffline(false);
      await site.restart();
    });
  }
  await replica.close();
  return { parts: await partsOf(world.folder, paths), firstMs: median(firsts), offlineMs };
}

/** Milliseconds from the navigation until every chart shows the first answers. */
async function painted(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => {
    const { marks = [] } = globalThis as unknown as { marks?: Mark[] };
    const answered = marks.find((mark) => mark.kind === 'event' && mark.event.kind === 'answers');
    const paint = marks.find(
      (mark) => mark.kind === 'paint' && mark.whole && mark.at > (answered?.at ?? Infinity),
    );
    return paint?.kind === 'paint' ? paint.since : null;
  });
  return (await handle.jsonValue())!;
}

/** Resolves once the page has opened its lake, recorded if that was due, and only waits for the next time. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { marks = [] } = globalThis as unknown as { marks?: Mark[] };
    // Without a network there is no next time.
    return marks.some(
      (mark) =>
        mark.kind === 'event' &&
        mark.event.kind === 'status' &&
        (mark.event.status.next_at !== null || !navigator.onLine),
    );
  });
}

const names: Readonly<Record<string, string>> = {
  '.html': 'HTML',
  '.css': 'CSS',
  '.woff2': 'font',
  '.wasm': 'DuckDB, wasm',
  '.json': 'boundaries',
  '.svg': 'icons',
  '.png': 'icons',
  '.webmanifest': 'manifest',
};

function partName(path: string): string {
  const extension = extname(path);
  if (extension !== '.js') return names[extension] ?? extension;
  if (path.includes('duckdb')) return 'DuckDB, worker';
  if (path.includes('recorder')) return 'recorder, worker';
  return path.includes('charts') ? 'charts, JS' : 'page, JS';
}

async function partsOf(folder: string, paths: readonly string[]): Promise<LoadedPart[]> {
  const files = [...new Set(paths)].map(async (path) => {
    const bytes = await readFile(join(folder, decodeURIComponent(path)));
    const best = { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } };
    return {
      part: partName(path),
      raw: bytes.length,
      gzip: Math.min(bytes.length, gzipSync(bytes, { level: 9 }).length),
      brotli: Math.min(bytes.length, brotliCompressSync(bytes, best).length),
    };
  });
  const parts = new Map<string, LoadedPart>();
  for (const file of await Promise.all(files)) {
    const before = parts.get(file.part) ?? { part: file.part, raw: 0, gzip: 0, brotli: 0 };
    parts.set(file.part, {
      ...before,
      raw: before.raw + file.raw,
      gzip: before.gzip + file.gzip,
      brotli: before.brotli + file.brotli,
    });
  }
  return [...parts.values()].sort((a, b) => b.brotli - a.brotli);
}
