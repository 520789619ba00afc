import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile as readDisk, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import { expect, test } from './fixtures.ts';
import { attempts, entries, listFiles, readFile } from './opfs.ts';
import { silverRows } from './oracle.ts';
import {
  answers,
  deleteEverything,
  goTo,
  networkTotals,
  recordByHand,
  recordUntil,
  saved,
  unfold,
} from './visit.ts';

const section = (page: Page) => page.getByRole('region', { name: 'Backup', exact: true });
const result = (page: Page, term: string) =>
  section(page).locator('dl > div').filter({ hasText: term }).locator('dd');

/** The ZIP goes to the browser's downloads, as where a page cannot write to disk. */
async function withoutPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showSaveFilePicker');
  });
}

test('a lake is downloaded, deleted and restored: the same answers', async ({ page, open, replica }) => {
  await recordByHand(page);
  await withoutPicker(page);
  await open({ clock: '2026-11-23T16:50:00Z' });
  await networkTotals(page);
  await recordUntil(page, 3);
  replica.always({ fault: 'reset' });
  const before = await answers(page);
  const rows = await silverRows(page);
  const lake = await entries(page);

  await goTo(page, 'Lake');
  await unfold(page, 'Backup');
  const zip = await saved(page, section(page).getByRole('button', { name: 'Download the whole lake' }));
  expect(zip.name).toBe('velolac-2026-11-23.zip');
  await expect(section(page)).toContainText(`${zip.name} is written`);

  await test.step('other readers take it: its sums, unzip, DuckDB as the guide says', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'velolac-backup-'));
    try {
      const path = join(folder, zip.name);
      await writeFile(path, zip.bytes);
      const members = unzipSync(zip.bytes);
      await expect(section(page)).toContainText(`is written: ${Object.keys(members).length} files`);
      for (const { path: inside } of lake.filter(({ layer }) => layer !== 'gold')) {
        expect(Buffer.from(members[inside]!).equals(await readFile(page, 'live', inside))).toBe(true);
      }
      const sums = new TextDecoder().decode(members['SHA256SUMS']).trimEnd().split('\n');
      expect(sums).toHaveLength(Object.keys(members).length - 1);
      for (const [, sum, inside] of sums.map((line) => /^(\w+) {2}(.+)$/.exec(line)!)) {
        expect(createHash('sha256').update(members[inside!]!).digest('hex')).toBe(sum);
      }
      if (spawnSync('unzip', ['-v']).status === 0) {
        execFileSync('unzip', ['-tq', path], { stdio: 'pipe' });
        execFileSync('unzip', ['-q', path], { cwd: folder, stdio: 'pipe' });
        const guide = await readDisk(join(folder, 'README.md'), 'utf8');
        const sql = /```sql\n([^`]+)```/.exec(guide)![1]!.replaceAll(`'silver/`, `'${folder}/silver/`);
        const connection = await (await DuckDBInstance.create()).connect();
        const areas = (await connection.runAndReadAll(sql)).getRowObjectsJson();
        expect(areas.length).toBeGreaterThan(50);
      }
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  await test.step('the copy in the browser is removed on wish', async () => {
    const outgoing = () =>
      page.evaluate(async () => {
        const root = await (await navigator.storage.getDirectory()).getDirectoryHandle('velolac');
        return Array.fromAsync(root.keys());
      });
    expect(await outgoing()).toContain('outgoing');
    await section(page).getByRole('button', { name: 'Remove the copy now' }).click();
    await expect.poll(outgoing).not.toContain('outgoing');
  });

  await deleteEverything(page);
  const dialog = page.waitForEvent('filechooser');
  await section(page).getByRole('button', { name: 'Restore from a backup' }).click();
  await (
    await dialog
  ).setFiles({ name: zip.name, mimeType: 'application/zip', buffer: Buffer.from(zip.bytes) });
  await expect(result(page, 'Snapshots restored')).toHaveText('3');
  await expect(section(page)).toContainText('Every file in it is as it was written.');
  expect(await silverRows(page)).toEqual(rows);
  await goTo(page, 'Now');
  await networkTotals(page);
  expect(await answers(page)).toEqual(before);

  await test.step('dropped onto the import, it is known as a backup, and adds nothing a second time', async () => {
    await goTo(page, 'Lake');
    const files = (await listFiles(page, 'live')).filter((path) => path.startsWith('bronze/'));
    await drop(page, zip);
    const panel = page.getByRole('region', { name: 'Import', exact: true });
    await expect(panel).toContainText('A backup of a lake');
    await panel.getByRole('button', { name: 'Import 1 file' }).click();
    await expect(result(page, 'Already here')).toHaveText('3');
    await expect(result(page, 'Snapshots restored')).toHaveText('0');
    expect((await listFiles(page, 'live')).filter((path) => path.startsWith('bronze/'))).toEqual(files);
  });
});

test('into a chosen file, and a file that is no backup', async ({ page, open, replica }) => {
  await recordByHand(page);
  // The dialog cannot be worked from here: a file of the browser's own stands for the chosen one.
  await page.addInitScript(() => {
    Reflect.set(window, 'showSaveFilePicker', async () => {
      const root = await navigator.storage.getDirectory();
      return root.getFileHandle('chosen.zip', { create: true });
    });
  });
  await open({ clock: '2026-11-23T16:50:00Z' });
  await networkTotals(page);
  await recordUntil(page, 1);
  replica.always({ fault: 'reset' });
  await goTo(page, 'Lake');
  await unfold(page, 'Backup');
  await section(page).getByRole('button', { name: 'Download the whole lake' }).click();
  await expect(section(page)).toContainText('is written');
  const bytes = await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    const file = await (await root.getFileHandle('chosen.zip')).getFile();
    return [...new Uint8Array(await file.arrayBuffer())];
  });
  const members = unzipSync(Uint8Array.from(bytes));
  expect(Object.keys(members)).toEqual(expect.arrayContaining(['README.md', 'LICENCE.txt', 'SHA256SUMS']));

  const taken = (await attempts(page)).length;
  const dialog = page.waitForEvent('filechooser');
  await section(page).getByRole('button', { name: 'Restore from a backup' }).click();
  await (
    await dialog
  ).setFiles({ name: 'other.zip', mimeType: 'application/zip', buffer: Buffer.from('PK?') });
  await expect(page.getByText('This ZIP is no backup of a Vélolac lake.').first()).toBeVisible();
  expect(await attempts(page)).toHaveLength(taken);
});

/** Drops a file onto the page. */
async function drop(page: Page, { name, bytes }: { readonly name: string; readonly bytes: Uint8Array }) {
  const transfer = await page.evaluateHandle(
    ([file, text]) => {
      const data = new DataTransfer();
      const content = Uint8Array.from(atob(text!), (char) => char.charCodeAt(0));
      data.items.add(new File([content], file!, { type: 'application/zip' }));
      return data;
    },
    [name, Buffer.from(bytes).toString('base64')],
  );
  for (const type of ['dragover', 'drop']) await page.dispatchEvent('body', type, { dataTransfer: transfer });
}
