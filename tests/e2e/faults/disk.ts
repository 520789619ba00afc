import type { Page } from '@playwright/test';
import { listFiles, readFile } from '../opfs.ts';

/** The files of the live lake and their bytes: a disk to put back. */
export type Disk = ReadonlyMap<string, Uint8Array>;

export async function readDisk(page: Page): Promise<Disk> {
  const disk = new Map<string, Uint8Array>();
  for (const path of await listFiles(page, 'live')) disk.set(path, await readFile(page, 'live', path));
  return disk;
}

/** Makes the live lake's files these, and no others. */
export async function restoreDisk(page: Page, disk: Disk): Promise<void> {
  await page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    for await (const name of root.keys()) await root.removeEntry(name, { recursive: true });
  });
  for (const [path, bytes] of disk) await writeFile(page, path, bytes);
}

/** Writes a file of the live lake beside the page's own code. */
export async function writeFile(page: Page, path: string, bytes: Uint8Array): Promise<void> {
  await page.evaluate(
    async ([name, text]) => {
      const names = `velolac/live/${name}`.split('/');
      const last = names.pop()!;
      let folder = await navigator.storage.getDirectory();
      for (const one of names) folder = await folder.getDirectoryHandle(one, { create: true });
      const file = await (await folder.getFileHandle(last, { create: true })).createWritable();
      await file.write(Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0)));
      await file.close();
    },
    [path, Buffer.from(bytes).toString('base64')] as const,
  );
}

/** Removes a file of the live lake. */
export async function removeFile(page: Page, path: string): Promise<void> {
  await page.evaluate(async (name) => {
    const names = `velolac/live/${name}`.split('/');
    const last = names.pop()!;
    let folder = await navigator.storage.getDirectory();
    for (const one of names) folder = await folder.getDirectoryHandle(one);
    await folder.removeEntry(last);
  }, path);
}
