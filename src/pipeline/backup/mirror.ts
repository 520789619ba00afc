import { toVelolacError, type ErrorRecord } from '../../errors.ts';
import type { DiskFolder } from '../../lake/diskFolder.ts';
import { DAMAGED, type Lake } from '../../lake/lake.ts';
import { sha256, sha256Of } from '../../lake/names.ts';
import type { MirrorState } from '../protocol.ts';
import { formatSums, guides, parseSums, SUMS } from './texts.ts';

/** What is mirrored, and where to. */
export interface MirrorWork {
  readonly lake: Lake;
  readonly folder: Pick<DiskFolder, 'paths' | 'text' | 'write' | 'remove'>;
  readonly now: () => number;
  /** Runs work with no tick beside it. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  readonly tell: (state: MirrorState) => void;
}

/** A file that the folder is to have. */
interface Wanted {
  readonly path: string;
  readonly bytes: number;
  /** Null where it is written once and for all: a checkpoint, a day from before there were check sums, what was set aside. */
  readonly sha256: string | null;
  readonly open: () => Promise<Blob>;
}

/** Up to so many bytes a file is read once, and held; a larger one is read again to be written. */
const HELD = 8 * 2 ** 20;
/** After so many files the list of them is written: where the page is closed in the middle, they are not copied again. */
const LISTED = 200;
/** After so many files it is told how far it is. */
const TOLD = 10;

/**
 * Keeps a folder on disk in step with a lake, by rounds: files first, then the journal that tells of them, then what the
 * journal has dropped goes, then the check sums. They are the list of what was mirrored, too: nothing else in the folder
 * is removed, nor what the lake lost by damage, of which it may be the last whole copy.
 */
export class Mirror {
  readonly #ends = new AbortController();
  /** SHA-256 of what was mirrored, by path; null until the folder was read. */
  #there: Map<string, string> | null = null;
  #isDue = false;
  #running: Promise<void> | null = null;
  #state: MirrorState = { files: 0, bytes: 0, lost: 0, at: null, running: false, error: null };

  constructor(private readonly work: MirrorWork) {}

  /** Begins a round: another one where one is under way. Resolves when none is; what ended the last is in the state. */
  wake(): Promise<void> {
    this.#isDue = true;
    return (this.#running ??= this.#run());
  }

  /** Ends after the file under way. */
  async stop(): Promise<void> {
    this.#ends.abort();
    await this.#running;
  }

  async #run(): Promise<void> {
    try {
      while (this.#isDue && !this.#ends.signal.aborted) {
        this.#isDue = false;
        await this.#round();
      }
    } catch (thrown) {
      const error: ErrorRecord = toVelolacError(thrown).toRecord();
      // That this tab writes no more, the status tells.
      this.#tell({ running: false, ...(error.code !== 'lake.not_writer' && { error }) });
    } finally {
      this.#running = null;
    }
  }

  async #round(): Promise<void> {
    const { lake, folder, now, inTurn } = this.work;
    const there = (this.#there ??= await this.#read());
    const wanted = [...guides(), ...(await inTurn(() => wantedOf(lake)))];
    const behind = wanted.filter(({ path, sha256: sum }) =>
      sum === null ? !there.has(path) : there.get(path) !== sum,
    );
    const kept = new Set([...wanted, ...lake.state.damages].map(({ path }) => path));
    const gone = [...there.keys()].filter((path) => !kept.has(path));
    const bytes = behind.reduce((sum, one) => sum + one.bytes, 0);
    this.#tell({ files: behind.length, bytes, lost: 0, running: behind.length > 0 });
    for (const file of behind) {
      await this.#take(file, there);
      if (this.#ends.signal.aborted) return this.#list(there);
      const { files } = this.#state;
      if (files > 0 && files % LISTED === 0) await this.#list(there);
      if (files % TOLD === 0) this.#tell({});
    }
    for (const path of gone) {
      await lake.fence();
      await folder.remove(path);
      there.delete(path);
    }
    if (behind.length + gone.length > 0) await this.#list(there);
    this.#tell({ at: now(), running: false, error: null });
  }

  /** What of the folder an earlier visit has mirrored, and is there still. */
  async #read(): Promise<Map<string, string>> {
    const { folder } = this.work;
    const paths = await folder.paths();
    const listed = parseSums((await folder.text(SUMS)) ?? '');
    return new Map([...listed].filter(([path]) => paths.has(path)));
  }

  async #take(file: Wanted, there: Map<string, string>): Promise<void> {
    const isWhole = await this.#copy(file, there);
    const { files, bytes, lost } = this.#state;
    this.#state = {
      ...this.#state,
      ...{ files: files - 1, bytes: bytes - file.bytes, lost: lost + (isWhole ? 0 : 1) },
    };
  }

  /** Copies a file; false where the lake has it no more, or not as it was written: then what lies there stays. */
  async #copy({ path, sha256: expected, open }: Wanted, there: Map<string, string>): Promise<boolean> {
    const { lake, folder } = this.work;
    let lies: Blob;
    try {
      lies = await open();
    } catch (thrown) {
      if (toVelolacError(thrown).code !== 'lake.missing_file') throw thrown;
      return !(path in lake.state.files);
    }
    const content = lies.size <= HELD ? new Blob([await lies.arrayBuffer()]) : lies;
    const sum = await sha256Of(content);
    if (expected !== null && sum !== expected) return false;
    await lake.fence();
    await folder.write(path, content);
    there.set(path, sum);
    return true;
  }

  async #list(there: ReadonlyMap<string, string>): Promise<void> {
    const sums = new Map([...there].sort(([a], [b]) => (a < b ? -1 : 1)));
    await this.work.lake.fence();
    await this.work.folder.write(SUMS, new Blob([formatSums(sums)]));
  }

  #tell(change: Partial<MirrorState>): void {
    this.#state = { ...this.#state, ...change };
    if (!this.#ends.signal.aborted) this.work.tell(this.#state);
  }
}

/** What a lake has, and what it set aside as damaged; its journal last. */
async function wantedOf({ storage, state, sealed, through }: Lake): Promise<Wanted[]> {
  const files = Object.values(state.files).map(({ path, bytes, sha256: sum }): Wanted => {
    return { path, bytes, sha256: sum, open: () => storage.blob(path) };
  });
  for await (const path of storage.walk(DAMAGED)) {
    files.push({ path, bytes: await storage.size(path), sha256: null, open: () => storage.blob(path) });
  }
  const journal: Wanted[] = [];
  for (const name of await storage.list('journal')) {
    const path = `journal/${name}`;
    const day = name.endsWith('.jsonl') ? name.slice(0, 10) : '';
    if (day === '' || day < through) {
      const { bytes = 0, sha256: sum = null } = sealed[day] ?? {};
      journal.push({ path, bytes, sha256: sum, open: () => storage.blob(path) });
    } else {
      const held = await storage.read(path);
      const open = async () => new Blob([held]);
      journal.push({ path, bytes: held.length, sha256: sha256(held), open });
    }
  }
  return [...files, ...journal];
}
