import { toVelolacError } from '../../errors.ts';
import { DAMAGED, type Lake } from '../../lake/lake.ts';

/** A file of the lake as it was when the picture was taken. */
export interface PictureFile {
  readonly path: string;
  readonly bytes: number;
  /** As the journal committed it; null for a file of the journal, and for what was set aside. */
  readonly sha256: string | null;
  readonly snapshots: number;
  /** Its bytes. Rejects with `lake.missing_file` when it was dropped since. */
  readonly open: () => Promise<Blob>;
}

/** A lake at one instant. */
export interface Picture {
  readonly journal: readonly PictureFile[];
  /** Bronze that was set aside as damaged. */
  readonly aside: readonly PictureFile[];
  /** What the journal commits, sorted by path. */
  readonly files: readonly PictureFile[];
}

/**
 * Takes a lake's picture. Nothing may be written meanwhile; afterwards ticks may go on, and nothing else. What a
 * tick adds to or takes the place of is small and is held in memory: the newest journal file and the newest answers.
 */
export async function takePicture(lake: Lake): Promise<Picture> {
  const { storage } = lake;
  const days = (await lake.journalFiles()).filter(({ bytes }) => bytes > 0);
  const newest = days.filter(({ path }) => path.endsWith('.jsonl')).at(-1)?.path;
  const aside: PictureFile[] = [];
  for await (const path of storage.walk(DAMAGED)) {
    const bytes = await storage.size(path);
    aside.push({ path, bytes, sha256: null, snapshots: 0, open: () => storage.blob(path) });
  }
  const files = Object.values(lake.state.files).sort((a, b) => (a.path < b.path ? -1 : 1));
  const picture = async (file: Omit<PictureFile, 'open'>, isHeld: boolean): Promise<PictureFile> => {
    const held = isHeld ? await heldBlob(lake, file.path) : null;
    return { ...file, open: async () => held ?? storage.blob(file.path) };
  };
  return {
    journal: await Promise.all(
      days.map((file) => picture({ ...file, sha256: null, snapshots: 0 }, file.path === newest)),
    ),
    aside,
    files: await Promise.all(
      files.map(({ path, bytes, sha256, snapshots, layer, made_of }) =>
        picture({ path, bytes, sha256, snapshots }, layer === 'gold' && made_of === undefined),
      ),
    ),
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
