import type { Lake } from '../../lake/lake.ts';
import type { BackupSize } from '../reports.ts';
import { listPicture, type Listed, type Picture } from './picture.ts';
import { formatSums, guides, SUMS } from './texts.ts';
import { zipLength } from './zipWriter.ts';

/** How large the backup of a picture is, whatever its check sums turn out to be. */
export function sizeOf({ journal, aside, files }: Picture<Listed>): BackupSize {
  const members = [...guides(), ...journal, ...aside, ...files];
  const sums = new Map(members.map(({ path }) => [path, '0'.repeat(64)]));
  const all = [...members, { path: SUMS, bytes: new TextEncoder().encode(formatSums(sums)).length }];
  return { files: all.length, bytes: zipLength(all) };
}

/** How large a lake's backup would be; null where it has no file. Rejects with `lake.*`. */
export async function backupSize(lake: Lake): Promise<BackupSize | null> {
  const picture = await listPicture(lake);
  return picture.files.length === 0 ? null : sizeOf(picture);
}
