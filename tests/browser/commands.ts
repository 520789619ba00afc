import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { BrowserCommand } from 'vitest/node';

declare module 'vitest/browser' {
  interface BrowserCommands {
    readShared(path: string): Promise<string | null>;
  }
}

/** A file of the shared data in base64; null where that folder is absent. */
export const readShared: BrowserCommand<[path: string]> = async (_, path) => {
  const file = new URL(`../../../shared/data/${path}`, import.meta.url);
  return existsSync(file) ? (await readFile(file)).toString('base64') : null;
};
