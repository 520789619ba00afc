import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { listFiles, readFile, untilKept } from './opfs.ts';
import {
  deleteEverything,
  goTo,
  networkTotals,
  recordByHand,
  recordOnce,
  recordUntil,
  unfold,
} from './visit.ts';

const mirrored = { folder: 'disk/velolac' };

const section = (page: Page) => page.getByRole('region', { name: 'Backup', exact: true });
const button = (page: Page, name: string) => section(page).getByRole('button', { name, exact: true });

/** The dialog cannot be worked from here: a folder of the browser's own, beside the page's, stands for one on disk. */
async function withPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.set(window, 'showDirectoryPicker', async () => {
      const root = await navigator.storage.getDirectory();
      return root.getDirectoryHandle('disk', { create: true });
    });
  });
}

/** Resolves once the folder holds the lake, byte by byte, and the check sums of all but themselves. */
async function untilMirrored(page: Page): Promise<void> {
  const own = ['LICENCE.txt', 'README.md', 'SHA256SUMS'];
  await expect(async () => {
    const lake = await listFiles(page, 'live');
    expect(await listFiles(page, mirrored)).toEqual([...own, ...lake].sort());
    for (const path of lake) {
      const [copy, original] = [await readFile(page, mirrored, path), await readFile(page, 'live', path)];
      expect(Buffer.compare(copy, original), path).toBe(0);
    }
    const sums = Buffer.from(await readFile(page, mirrored, 'SHA256SUMS')).toString();
    expect(sums.trimEnd().split('\n')).toHaveLength(lake.length + own.length - 1);
  }).toPass({ timeout: 60_000 });
}

test('a folder on disk is kept in step with the lake: now, after snapshots and in the next visit', async ({
  page,
  open,
}) => {
  await recordByHand(page);
  await withPicker(page);
  await open({ clock: '2026-11-23T16:50:00Z' });
  await networkTotals(page);
  await recordUntil(page, 1);
  await goTo(page, 'Lake');
  await unfold(page, 'Backup');
  await button(page, 'Mirror to a folder').click();
  await expect(section(page)).toContainText('“disk/velolac” had all of the lake on');
  await untilMirrored(page);
  await recordUntil(page, 2);
  await untilMirrored(page);
  await page.reload();
  await recordUntil(page, 3);
  await untilMirrored(page);

  await test.step('stopped, it falls behind; chosen again, it catches up', async () => {
    await unfold(page, 'Backup');
    await button(page, 'Stop mirroring').click();
    await expect(button(page, 'Mirror to a folder')).toBeEnabled();
    const before = await listFiles(page, mirrored);
    await recordUntil(page, 4);
    expect(await listFiles(page, mirrored)).toEqual(before);
    await button(page, 'Mirror to a folder').click();
    await untilMirrored(page);
  });

  await test.step('deleting everything leaves it as it is, and nobody writes into it any more', async () => {
    const copied = await listFiles(page, mirrored);
    await deleteEverything(page);
    await button(page, 'Mirror to a folder').click();
    await expect(
      page.getByText('“disk” has a folder “velolac” that this browser did not make.'),
    ).toBeVisible();
    await recordOnce(page);
    await untilKept(page);
    expect(await listFiles(page, mirrored)).toEqual(copied);
  });
});
