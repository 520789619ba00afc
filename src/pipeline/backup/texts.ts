import { sha256 } from '../../lake/names.ts';
import licence from './licence.txt?raw';
import type { PictureFile } from './picture.ts';
import readme from './readme.md?raw';

/** Name of the check sums beside a lake that left the browser: `sha256sum -c` reads them. */
export const SUMS = 'SHA256SUMS';
/** Name and beginning of the guide, a backup's first member: by them it is known. */
export const README = 'README.md';
export const TITLE = readme.slice(0, readme.indexOf('\n'));

/** What goes along with a lake: how to read it, and whose data it is. */
export function guides(): PictureFile[] {
  return [textFile(README, readme), textFile('LICENCE.txt', licence)];
}

export function textFile(path: string, text: string): PictureFile {
  const bytes = new TextEncoder().encode(text);
  const open = async () => new Blob([bytes]);
  return { path, bytes: bytes.length, sha256: sha256(bytes), snapshots: 0, open };
}

/** The form that `sha256sum` writes: hash, two spaces, path. */
export function formatSums(sums: ReadonlyMap<string, string>): string {
  return Array.from(sums, ([path, sum]) => `${sum}  ${path}\n`).join('');
}

/** SHA-256 by path. Lines that are none are left out. */
export function parseSums(text: string): Map<string, string> {
  return new Map(Array.from(text.matchAll(/^([0-9a-f]{64}) {2}(.+)$/gm), ([, sum, path]) => [path!, sum!]));
}
