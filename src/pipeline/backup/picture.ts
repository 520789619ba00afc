import { toVelolacError } from '../../errors.ts';
import { DAMAGED, type Lake } from '../../lake/lake.ts';

/** A file of the lake as it was when the picture was taken. */
export interface PictureFile extends Listed {
  /** Its bytes. Rejects with `lake.missing_file` when it was dropped since. */
  readonly open: () => Promise<Blob>;
}

/** A file that goes along with its lake. */
export interface Listed {
  readonly path: string;
  readonly bytes: number;
  /** As the journal committed it; null for a file of the journal, and for what was set aside. */
  readonly sha256: string | null;
  readonly snapshots: number;
}

/** A lake at one instant: what its files are, or those files. */
export interface Picture<T = PictureFile> {
  readonly journal: readonly T[];
  /** Bronze that was set aside as damaged. */
  readonly aside: readonly T[];
  /** What the journal commits, sorted by path. */
  readonly files: readonly T[];
}

/**
 * Takes a lake's picture. Nothing may be written meanwhile; afterwards ticks may go on, and nothing else. What a
 * tick adds to or takes the place of is small and is held in memory: the newest journal file and the newest answers.
 */
export async function takePicture(lake: Lake): Promise<Picture> {
  const { journal, aside, files } = await listPicture(lake);
  const newest = journal.findLast(({ path }) => path.endsWith('.jsonl'))?.path;
  const isHeld = (path: string) => {
    const { layer, made_of } = lake.state.files[path] ?? {};
    return path === newest || (layer === 'gold' && made_of === undefined);
  };
  const picture = async (file: Listed): Promise<PictureFile> => {
    const held = isHeld(file.path) ? await heldBlob(lake, file.path) : null;
    return { ...file, open: async () => held ?? lake.storage.blob(file.path) };
  };
  const all = (listed: readonly Listed[]) => Promise.all(listed.map(picture));
  return { journal: await all(journal), aside: await all(aside), files: await all(files) };
}

/** What a lake's picture is of, without a look into its files. */
export async function listPicture(lake: Lake): Promise<Picture<Listed>> {
  const unsummed = { sha256: null, snapshots: 0 };
  const journal = (await lake.journalFiles()).filter(({ bytes }) => bytes > 0);
  const aside: Listed[] = [];
  for await (const path of lake.storage.walk(DAMAGED)) {
    aside.push({ path, bytes: await lake.storage.size(path), ...unsummed });
  }
  const files = Object.values(lake.state.files).sort((a, b) => (a.path < b.path ? -1 : 1));
  return {
    journal: journal.map((file) => ({ ...file, ...unsummed })),
    aside,
    files: files.map(({ path, bytes, sha256, snapshots }) => ({ path, bytes, sha256, snapshots })),
  };
}

/** A copy in memory; null where the file is gone already. */
async function heldBlob(lake: Lake, path: string): Promise<Blob | null> {
  try {
    return new Blob([await lake.storage.read(path)]);
  } catch (thrown) {
    if (toVelolacError(thrown).code !== 'lake.missing_file') throw thrown;
    return null;
  }
}
