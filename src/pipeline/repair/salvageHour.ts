import { Unzip, UnzipInflate } from 'fflate';
import type { Member } from '../../bronze/archive.ts';
import { bytesOf, joined, whole } from '../../sources/readers/content.ts';
import { entries, member } from '../../sources/readers/zip.ts';
import { isNamed } from './finds.ts';

/** The most bytes of one snapshot's CSV: a hundred times the city's. */
const MAX_CSV = 20e6;

/**
 * The snapshots of a damaged hour that are as their names say: by the ZIP's directory, and where that is gone or leads
 * nowhere, by the headers in front of the members. `isKnown` tells which names can be right: a name may be damaged, too.
 */
export async function salvageHour(
  zip: Uint8Array<ArrayBuffer>,
  isKnown: (name: string) => boolean,
): Promise<Member[]> {
  const sound = new Map<string, Member>();
  const add = (one: Member) => isKnown(one.name) && isNamed(one) && sound.set(one.name, one);
  const blob = new Blob([zip]);
  for (const entry of await orNone(entries(blob), [])) {
    const bytes = await orNone(whole(member(blob, entry), MAX_CSV).then(bytesOf), null);
    if (bytes) add({ name: entry.path, bytes });
  }
  for (const one of streamed(zip)) add(one);
  return [...sound.values()].sort((a, b) => a.name.localeCompare(b.name));
}

function streamed(zip: Uint8Array): Member[] {
  const found: Member[] = [];
  const unzip = new Unzip((file) => {
    const chunks: Uint8Array[] = [];
    file.ondata = (error, chunk, isLast) => {
      if (error) return;
      chunks.push(chunk);
      if (isLast) found.push({ name: file.name, bytes: joined(chunks) });
    };
    file.start();
  });
  unzip.register(UnzipInflate);
  try {
    unzip.push(zip, true);
  } catch {
    return found;
  }
  return found;
}

/** What damage costs is what it hits: any failure here is the damage that was found before. */
function orNone<T>(work: Promise<T>, none: T): Promise<T> {
  return work.catch(() => none);
}
