import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { BrowserCommand } from 'vitest/node';

declare module 'vitest/browser' {
  interface BrowserCommands {
    readShared(path: string): Promise<string | null>;
    listShared(folders: readonly string[]): Promise<string[]>;
  }
}

/** A file of the shared data in base64; null where that folder is absent. */
export const readShared: BrowserCommand<[path: string]> = async (_, path) => {
  const file = new URL(`../../../shared/data/${path}`, import.meta.url);
  return existsSync(file) ? (await readFile(file)).toString('base64') : null;
};

/** The paths of all files below folders of the shared data; none where it is absent. */
export const listShared: BrowserCommand<[folders: readonly string[]]> = async (_, folders) => {
  const root = fileURLToPath(new URL('../../../shared/data/', import.meta.url));
  if (!existsSync(root)) return [];
  const found = await Promise.all(
    folders.map((folder) => readdir(root + folder, { recursive: true, withFileTypes: true })),
  );
  return found
    .flat()
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => `${parentPath}/${name}`.slice(root.length))
    .sort();
};
