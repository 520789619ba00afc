import { afterEach, expect, test, vi } from 'vitest';
import { estimateFree } from '../../../src/lake/estimate.ts';
import { openDownload } from '../../../src/lake/outgoing.ts';

const WRAP = 2 ** 32;

/** A browser that tells this, and grants no files: what gets to them ends with `lake.unavailable`. */
function browser(estimate: StorageEstimate): void {
  const getDirectory = () => Promise.reject(new DOMException('no files', 'SecurityError'));
  vi.stubGlobal('navigator', { storage: { estimate: async () => estimate, getDirectory } });
}

afterEach(() => vi.unstubAllGlobals());

test.each([
  ['plain', { usage: 1e9, quota: 5e9 }, 1e9, 4e9],
  ['wrapped below none', { usage: WRAP - 3000, quota: 4e9 }, 1e6, 4e9 - 1e6],
  ['wrapped, and grown since', { usage: WRAP + 5e6, quota: 4e9 }, 1e6, 4e9 - 5e6],
  ['as large as the lake may be', { usage: WRAP - 3000, quota: 5e9 }, 4e9, 5e9 - WRAP + 3000],
  ['more than the quota', { usage: 5e9, quota: 4e9 }, 5e9, 0],
  ['told by nobody', {}, 1e6, Infinity],
])('what is free: usage %s', async (_, estimate, kept, free) => {
  browser(estimate);
  expect(await estimateFree(kept)).toBe(free);
});

test('a download is not refused for a usage that wrapped, and is for one that leaves no room', async () => {
  browser({ usage: WRAP - 3000, quota: 4e9 });
  await expect(openDownload('lake.zip', 1e6)).rejects.toMatchObject({ code: 'lake.unavailable' });
  browser({ usage: 3.9995e9, quota: 4e9 });
  await expect(openDownload('lake.zip', 1e6)).rejects.toMatchObject({ code: 'backup.no_room' });
});
