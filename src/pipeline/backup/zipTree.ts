import { toVelolacError, VelolacError } from '../../errors.ts';
import type { Storage } from '../../lake/storage.ts';
import { blobContent, bytesOf, whole } from '../../sources/readers/content.ts';
import { Crc32 } from '../../sources/readers/crc32.ts';
import { entries, member, type Entry } from '../../sources/readers/zip.ts';
import { lossBy } from './loss.ts';
import { localHeader, salvage, type Found } from './salvage.ts';
import { README, TITLE } from './texts.ts';

/** The most bytes of a deflated member: it is unpacked into memory. A backup's own are stored. */
const MAX_DEFLATED = 1e9;
const MAX_START = 4096;
/** What only a lake has; before it stands the folder that a backup was packed in again, if it was. */
const mark = /^(.*\/)?(SHA256SUMS|journal\/\d{4}-\d\d-\d\d\.jsonl)$/;

/**
 * The tree of files in a backup, to be read like a lake. A ZIP tells of a member twice, in its directory and in the
 * header before it: where one is gone or the two contradict each other, the check sums decide. What is read is not
 * verified here.
 */
export class ZipTree implements Storage {
  readonly persistent = false;
  #salvaged: Promise<ReadonlyMap<string, Found>> | null = null;

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
      const { code } = toVelolacError(thrown);
      if (code !== 'import.damaged' && code !== 'import.bomb') throw thrown;
      if (await beginsAsOurs(zip)) return new ZipTree(zip, new Map());
      if (code === 'import.bomb') throw thrown;
      return null;
    }
  }

  /** A file's bytes. A journal that cannot be unpacked tells nothing: what is in it is verified line by line. */
  async read(path: string, from = 0): Promise<Uint8Array<ArrayBuffer>> {
    const blob = await this.blob(path).catch((thrown: unknown) => {
      if (!path.startsWith('journal/') || lossBy(thrown) === 'missing') throw thrown;
      return new Blob();
    });
    return bytesOf(blob.slice(from));
  }

  async blob(path: string): Promise<Blob> {
    const entry = this.members.get(path);
    if (entry && isStored(entry)) return this.#stored(path, entry);
    const unpacked = entry && (await this.#unpacked(entry).catch(toVelolacError));
    if (unpacked instanceof Blob) return unpacked;
    if (unpacked && unpacked.code !== 'import.damaged') throw unpacked;
    const left = (await this.#left()).get(path);
    if (left) return isStored(left) ? this.#between(left.data, left.end) : this.#unpacked(left);
    throw unpacked ?? new VelolacError('lake.missing_file', `no file ${path} in the backup`, { path });
  }

  async size(path: string): Promise<number> {
    return (await this.blob(path)).size;
  }

  /** The paths of all files that the ZIP's directory knows, or that are left where it is gone. */
  async paths(): Promise<string[]> {
    const known = this.members.size > 0 ? this.members.keys() : (await this.#left()).keys();
    return [...known].sort();
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

  #left(): Promise<ReadonlyMap<string, Found>> {
    return (this.#salvaged ??= salvage(this.zip).then(
      (found) => new Map(found.map((one) => [one.path, one])),
    ));
  }

  /** The bytes that directory and header agree on; else those that have their check sum; else what there is. */
  async #stored(path: string, { path: name, at, end, packed, crc }: Entry): Promise<Blob> {
    const header = await localHeader(this.zip, at);
    const told = header?.path === name ? this.#between(header.data, header.data + packed) : null;
    if (told && (header!.data + packed === end || (await sumOf(told)) === crc)) return told;
    const left = (await this.#left()).get(path);
    const ofHeader = left && isStored(left) ? this.#between(left.data, left.end) : null;
    if (ofHeader && (await sumOf(ofHeader)) === left!.crc) return ofHeader;
    const last = this.#between(Math.max(end - packed, at), end);
    return told && (await sumOf(last)) !== crc ? told : last;
  }

  #between(from: number, to: number): Blob {
    return this.zip.slice(from, to);
  }

  #unpacked(entry: Entry): Promise<Blob> {
    return whole(member(this.zip, entry), MAX_DEFLATED);
  }
}

function isStored({ method, encrypted }: Entry): boolean {
  return method === 0 && !encrypted;
}

async function sumOf(blob: Blob): Promise<number> {
  const sum = new Crc32();
  for await (const chunk of blobContent('', blob).read()) sum.add(chunk);
  return sum.value;
}

/** Whether a file begins as a backup does: with its guide. */
async function beginsAsOurs(zip: Blob): Promise<boolean> {
  const start = new TextDecoder().decode(await bytesOf(zip.slice(0, MAX_START)));
  return start.startsWith('PK\x03\x04') && start.includes(`${README}${TITLE}`);
}

function refuse(path: string): Promise<never> {
  return Promise.reject(new VelolacError('lake.not_writer', 'a backup is only read', { path }));
}
