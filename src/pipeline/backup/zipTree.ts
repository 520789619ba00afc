import { toVelolacError, VelolacError } from '../../errors.ts';
import type { Storage } from '../../lake/storage.ts';
import { bytesOf, whole } from '../../sources/readers/content.ts';
import { entries, member, packedBytes, type Entry } from '../../sources/readers/zip.ts';
import { README, TITLE } from './texts.ts';
import { salvage } from './salvage.ts';

/** The most bytes of a deflated member: it is unpacked into memory. A backup's own are stored. */
const MAX_DEFLATED = 1e9;
const MAX_START = 4096;
/** What only a lake has; before it stands the folder that a backup was packed in again, if it was. */
const mark = /^(.*\/)?(SHA256SUMS|journal\/\d{4}-\d\d-\d\d\.jsonl)$/;

/**
 * The tree of files in a backup, to be read like a lake. Where the ZIP's directory is gone or does not know a file, the
 * headers before the members tell. What is read is not verified here.
 */
export class ZipTree implements Storage {
  readonly persistent = false;
  #salvaged: Promise<ReadonlyMap<string, Entry>> | null = null;

  private constructor(
    private readonly zip: Blob,
    private readonly members: ReadonlyMap<string, Entry>,
  ) {}

  /** Opens a backup, whole or damaged; null for what is none. Rejects with `import.bomb` and `import.unreadable`. */
  static async open(zip: Blob): Promise<ZipTree | null> {
    try {
      const found = await entries(zip, Infinity);
      const roots = found.flatMap(({ path }) => (mark.test(path) ? [mark.exec(path)![1] ?? ''] : []));
      const [root] = roots.sort((a, b) => a.length - b.length);
      if (root === undefined) return null;
      const below = found.filter(({ path }) => path.startsWith(root));
      return new ZipTree(zip, new Map(below.map((entry) => [entry.path.slice(root.length), entry])));
    } catch (thrown) {
      if (toVelolacError(thrown).code !== 'import.damaged') throw thrown;
      return (await beginsAsOurs(zip)) ? new ZipTree(zip, new Map()) : null;
    }
  }

  async read(path: string, from = 0): Promise<Uint8Array<ArrayBuffer>> {
    return bytesOf((await this.blob(path)).slice(from));
  }

  async blob(path: string): Promise<Blob> {
    const entry = this.members.get(path);
    if (entry) {
      try {
        return await this.#bytes(entry);
      } catch (thrown) {
        if (toVelolacError(thrown).code !== 'import.damaged') throw thrown;
      }
    }
    const left = (await this.#left()).get(path);
    if (!left) throw new VelolacError('lake.missing_file', `no file ${path} in the backup`, { path });
    return this.#bytes(left);
  }

  async size(path: string): Promise<number> {
    return (await this.blob(path)).size;
  }

  /** The paths of all files that the ZIP's directory knows, or that are left where it is gone. */
  async paths(): Promise<string[]> {
    const known = this.members.size > 0 ? this.members : await this.#left();
    return [...known.keys()].sort();
  }

  async list(folder: string): Promise<string[]> {
    const inside = (await this.paths()).filter((path) => path.startsWith(`${folder}/`));
    return [...new Set(inside.map((path) => path.slice(folder.length + 1).split('/')[0]!))];
  }

  async *walk(folder: string): AsyncGenerator<string> {
    for (const path of await this.paths()) if (path.startsWith(`${folder}/`)) yield path;
  }

  write(path: string): Promise<void> {
    return refuse(path);
  }

  append(path: string): Promise<void> {
    return refuse(path);
  }

  remove(path: string): Promise<void> {
    return refuse(path);
  }

  #left(): Promise<ReadonlyMap<string, Entry>> {
    return (this.#salvaged ??= salvage(this.zip).then(
      (found) => new Map(found.map((entry) => [entry.path, entry])),
    ));
  }

  #bytes(entry: Entry): Promise<Blob> {
    const isStored = entry.method === 0 && !entry.encrypted;
    return isStored ? packedBytes(this.zip, entry) : whole(member(this.zip, entry), MAX_DEFLATED);
  }
}

/** Whether a file begins as a backup does: with its guide. */
async function beginsAsOurs(zip: Blob): Promise<boolean> {
  const start = new TextDecoder().decode(await bytesOf(zip.slice(0, MAX_START)));
  return start.startsWith('PK\x03\x04') && start.includes(`${README}${TITLE}`);
}

function refuse(path: string): Promise<never> {
  return Promise.reject(new VelolacError('lake.not_writer', 'a backup is only read', { path }));
}
