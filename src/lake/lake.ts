import { toVelolacError, VelolacError } from '../errors.ts';
import {
  checkpointNumbers,
  checkpointPath,
  formatCheckpoint,
  noCheckpoint,
  readCheckpoint,
  type Checkpoint,
  type Sealed,
} from './checkpoint.ts';
import { fold, replay } from './fold.ts';
import type { FileEntry, JournalEvent } from './journal.ts';
import { formatEvents } from './lines.ts';
import { dayOf, folderOf, journalDays, journalPath, sha256 } from './names.ts';
import { apply } from './apply.ts';
import { emptyState, FORMAT, type LakeState } from './state.ts';
import type { Storage } from './storage.ts';
import { readOn, type Tail } from './tail.ts';

/** An event as its author writes it: the lake adds time and term. */
type Draft<T> = T extends unknown ? Omit<T, 'at' | 'term'> : never;
export type EventDraft = Draft<JournalEvent>;

/** A file before it is written: the lake adds its size and its hash. */
export type FileDraft = Omit<FileEntry, 'bytes' | 'sha256'>;

/**
 * Files that the journal vouches for. A file belongs to the lake when a journal event commits it; what the lake
 * is, is the fold of the journal (`state.ts`). Start-up reads the newest checkpoint and the journal behind it.
 */
export class Lake {
  #appending: Promise<unknown> = Promise.resolve();
  /** The checkpoint that the state began with. */
  #base = noCheckpoint();
  #newest = 0;
  /** The last day that has a journal file: the journal never goes back, though the device's clock may. */
  #day = '';
  #torn = false;
  /** Where the journal was read to; null once this tab wrote, or where reading cannot go on from. */
  #tail: Tail | null = null;
  #damaged = 0;
  /** Whether a deletion of everything was cut short. */
  #isCleared = false;
  readonly #doubted = new Set<string>();
  /** Whether the state was written from here: then nothing on disk knows better. */
  #isWriter = false;
  /** Awaited before anything is written or removed; rejects with `lake.not_writer` where another tab writes by now. */
  fence: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly storage: Storage,
    private readonly now: () => number,
    public state: LakeState,
  ) {}

  /** Opens a lake, or an empty one. `now` gives milliseconds since the epoch. Rejects with `lake.newer`. */
  static async open(storage: Storage, now: () => number): Promise<Lake> {
    const lake = new Lake(storage, now, emptyState());
    await lake.refresh();
    return lake;
  }

  /** Lines of the journal that could not be read when it was last read, and that no checkpoint stands for. */
  get damaged(): number {
    return this.#damaged;
  }

  /** The UTC day up to which the journal is folded into a checkpoint; empty where there is none. */
  get through(): string {
    return this.#base.position.day;
  }

  /** Bytes of all files that the journal commits. */
  get bytes(): number {
    return Object.values(this.state.files).reduce((sum, { bytes }) => sum + bytes, 0);
  }

  /** What the journal's files were when the checkpoint was written, by UTC day. */
  get sealed(): Checkpoint['sealed'] {
    return this.#base.sealed;
  }

  /** Reads what another tab appended to the journal. The tab that writes knows what it wrote. */
  refresh(): Promise<void> {
    return this.#inOrder(async () => {
      if (this.#isWriter && (await this.#proves())) return;
      if (!(await this.#readOn())) await this.#read();
    });
  }

  /** Reads the journal to its end and takes the next term: from then on, events of former writers do not count. */
  async startTerm(): Promise<void> {
    const { term } = this.state;
    await this.#inOrder(() => this.#read());
    this.state.term = Math.max(term, this.state.term);
    if (this.#isCleared) return this.#wipe();
    this.state.term += 1;
    await this.append([{ kind: 'term', format: FORMAT, ...(this.#torn && { torn: true }) }]);
    this.#isWriter = true;
  }

  /** Writes events, in order, and applies them. Rejects like `Storage.write`; then nothing is applied. */
  append(drafts: readonly EventDraft[]): Promise<void> {
    return this.#inOrder(async () => {
      await this.fence();
      const at = this.now();
      const events = drafts.map((draft): JournalEvent => ({ at, term: this.state.term, ...draft }));
      const day = dayOf(at);
      if (day > this.#day) this.#day = day;
      const bytes = formatEvents(events, this.#torn);
      this.#tail = null;
      this.#torn = true;
      await this.storage.append(journalPath(this.#day), bytes);
      this.#torn = false;
      for (const event of events) apply(this.state, event);
    });
  }

  /**
   * Writes a checkpoint once a day, when the journal has days that are over; and where the newest one is damaged. Not
   * before it is known what damaged lines have told.
   */
  async seal(): Promise<void> {
    if (this.#damaged > 0) return;
    const { position, number } = this.#base;
    const today = dayOf(this.now());
    let isDue = number !== this.#newest;
    for (const day of journalDays(await this.storage.list('journal'))) {
      if (day < position.day || day >= today) continue;
      isDue ||= day > position.day || (await this.storage.size(journalPath(day))) > position.bytes;
    }
    if (isDue) await this.checkpoint();
  }

  /** Writes the lake as it stands as the next checkpoint, and drops all others but the newest one that can be read. */
  checkpoint(): Promise<void> {
    return this.#inOrder(async () => {
      await this.fence();
      const names = await this.storage.list('journal');
      const sealed: Record<string, Sealed> = { ...this.#base.sealed };
      for (const day of journalDays(names)) {
        if (day < this.#base.position.day) continue;
        const bytes = await this.storage.read(journalPath(day));
        sealed[day] = { bytes: bytes.length, sha256: sha256(bytes) };
      }
      const number = this.#newest + 1;
      const position = { day: this.#day, bytes: sealed[this.#day]?.bytes ?? 0 };
      const checkpoint: Checkpoint = { number, position, sealed, state: this.state };
      await this.storage.write(checkpointPath(number), formatCheckpoint(checkpoint));
      let isKept = false;
      for (const other of checkpointNumbers(names)) {
        if (!isKept && (await readCheckpoint(this.storage, other))) isKept = true;
        else await this.storage.remove(checkpointPath(other));
      }
      this.#base = checkpoint;
      this.#newest = number;
      this.#damaged = 0;
    });
  }

  /** The journal's own files: the days and the checkpoints. No event commits them. */
  async journalFiles(): Promise<{ readonly path: string; readonly bytes: number }[]> {
    const paths = (await this.storage.list('journal')).map((name) => `journal/${name}`);
    return Promise.all(paths.map(async (path) => ({ path, bytes: await this.storage.size(path) })));
  }

  /**
   * Writes a file and verifies it. It is not in the lake until an event commits the entry that comes back. A file that
   * is in the lake already is left as it is.
   */
  async put(draft: FileDraft, bytes: Uint8Array): Promise<FileEntry> {
    if (draft.path.endsWith('.parquet')) verifyParquet(draft.path, bytes);
    const entry: FileEntry = { ...draft, bytes: bytes.length, sha256: sha256(bytes) };
    if (this.#has(entry)) return entry;
    await this.#touch(draft.path);
    await this.fence();
    await this.storage.write(draft.path, bytes);
    this.#doubted.delete(draft.path);
    return entry;
  }

  /** Writes a file of any size, piece by piece, and verifies its length. `hash` is its SHA-256. */
  async putBlob(draft: FileDraft, blob: Blob, hash: string): Promise<FileEntry> {
    const entry: FileEntry = { ...draft, bytes: blob.size, sha256: hash };
    if (this.#has(entry)) return entry;
    await this.#touch(draft.path);
    await this.fence();
    await copyBlob(this.storage, draft.path, blob, this.fence);
    return entry;
  }

  /** Lets `put` write a file again that is in the lake and not as it was written. */
  doubt(path: string): void {
    this.#doubted.add(path);
  }

  isDoubted(path: string): boolean {
    return this.#doubted.has(path);
  }

  /** Rejects with `lake.missing_file`, and with `lake.damaged` where a file of the lake has not its length. */
  async read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.storage.read(path);
    const entry = this.state.files[path];
    if (entry && entry.bytes !== bytes.length) throw damaged(path);
    return bytes;
  }

  /** Reads a file that others will be made of: rejects with `lake.damaged` where it is not as it was committed. */
  async readSound(path: string): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = await this.read(path);
    const entry = this.state.files[path];
    if (entry && entry.sha256 !== sha256(bytes)) throw damaged(path);
    return bytes;
  }

  /** Removes files that an event has replaced or dropped; what the lake holds stays. */
  async sweep(paths: readonly string[]): Promise<void> {
    await this.fence();
    for (const path of paths) if (!(path in this.state.files)) await this.storage.remove(path);
  }

  /** Removes files that the lake still holds and is about to drop: they are missing until an event tells of it. */
  async vacate(paths: readonly string[]): Promise<void> {
    await this.fence();
    for (const path of paths) await this.storage.remove(path);
  }

  /** Removes everything, and begins a new journal in the next term. Where that is cut short, the next writer ends it. */
  async clear(): Promise<void> {
    if (!(await this.#tellClear())) {
      // What can be made again makes room for the event; without any still, everything goes untold.
      await this.sweep(['gold']);
      await this.#tellClear();
    }
    await this.#wipe();
  }

  /** Whether there was room to tell of it. */
  #tellClear(): Promise<boolean> {
    return this.append([{ kind: 'clear' }]).then(
      () => true,
      (thrown: unknown) => {
        const { code } = toVelolacError(thrown);
        if (code === 'lake.quota' || code === 'lake.short_write') return false;
        throw thrown;
      },
    );
  }

  /** Removes what is left of a lake that was cleared: what tells of that goes last. */
  async #wipe(): Promise<void> {
    const names = await this.storage.list('journal');
    const journal = [...checkpointNumbers(names).map(checkpointPath), ...journalDays(names).map(journalPath)];
    for (const path of ['gold', 'silver', 'bronze', DAMAGED, ...journal]) await this.sweep([path]);
    await this.startTerm();
  }

  /** Tells, once a folder, that it is about to be written in: what is left behind there is found by a later term. */
  async #touch(path: string): Promise<void> {
    const folder = folderOf(path);
    if (this.state.leftovers.folders.includes(folder)) return;
    await this.append([{ kind: 'touch', folders: [folder] }]);
  }

  /** Whether the lake has this very file. Throws where it has another one by its name: no file is written over. */
  #has({ path, sha256 }: FileEntry): boolean {
    const known = this.state.files[path];
    if (!known || this.#doubted.has(path)) return false;
    if (known.sha256 === sha256) return true;
    throw new VelolacError('lake.verify', `another file is in the lake as ${path}`, { path });
  }

  async #read(): Promise<void> {
    const { state, checkpoint, newest, day, torn, tail, damaged, isCleared } = await fold(this.storage);
    this.state = state;
    this.#base = checkpoint;
    this.#newest = newest;
    this.#day = day;
    this.#torn = torn;
    this.#tail = tail;
    this.#damaged = damaged;
    this.#isCleared = isCleared;
    this.#isWriter = false;
  }

  /** Goes on where the journal was read to; false where all of it has to be read. */
  async #readOn(): Promise<boolean> {
    const further = this.#tail && (await readOn(this.storage, this.#tail, this.#newest));
    if (!further) return false;
    this.#tail = null;
    replay(this.state, further.events);
    this.#tail = further.tail;
    this.#day = further.tail.day;
    return true;
  }

  #proves(): Promise<boolean> {
    return this.fence().then(
      () => true,
      (thrown: unknown) => {
        if (toVelolacError(thrown).code === 'lake.not_writer') return false;
        throw thrown;
      },
    );
  }

  #inOrder(work: () => Promise<void>): Promise<void> {
    const done = this.#appending.then(work);
    this.#appending = Promise.allSettled([done]);
    return done;
  }

  /** The entries of a table in the lake, in the order of their first snapshot. */
  entries(table: string, source: string): FileEntry[] {
    return Object.values(this.state.files)
      .filter((file) => file.table === table && file.source === source)
      .sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
  }
}

/** Below it lies what is left of damaged Bronze, by its former path. */
export const DAMAGED = 'damaged';

/** Bytes written at a time of a file that is too large for memory. */
const PIECE = 8_388_608;

/** Writes a blob piece by piece; where that fails, nothing of it stays. Rejects like `Storage.write`. */
export async function copyBlob(
  storage: Storage,
  path: string,
  blob: Blob,
  fence: () => Promise<void>,
): Promise<void> {
  try {
    await storage.write(path, new Uint8Array());
    for (let from = 0; from < blob.size; from += PIECE) {
      await fence();
      const piece = blob.slice(from, from + PIECE);
      await storage.append(path, new Uint8Array(await piece.arrayBuffer()));
    }
  } catch (thrown) {
    await fence();
    await storage.remove(path);
    throw thrown;
  }
}

function damaged(path: string): VelolacError {
  return new VelolacError('lake.damaged', `${path} is not as it was written`, { path });
}

/** Parquet begins and ends with `PAR1` (Apache Parquet format, file layout). */
function verifyParquet(path: string, bytes: Uint8Array): void {
  const mark = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length >= 12 && mark(0) === 'PAR1' && mark(bytes.length - 4) === 'PAR1') return;
  throw new VelolacError('lake.verify', `${path} is no whole Parquet file`, { path });
}
