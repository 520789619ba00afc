import { VelolacError } from '../errors.ts';
import { formatEvents, parseJournal, type FileEntry, type JournalEvent } from './journal.ts';
import { dayOf, sha256 } from './names.ts';
import { apply, emptySource, emptyState, type LakeState } from './state.ts';
import type { Storage } from './storage.ts';

/** An event as its author writes it: the lake adds time and term. */
type Draft<T> = T extends unknown ? Omit<T, 'at' | 'term'> : never;
export type EventDraft = Draft<JournalEvent>;

/** A file before it is written: the lake adds its size and its hash. */
export type FileDraft = Omit<FileEntry, 'bytes' | 'sha256'>;

interface Checkpoint {
  /** The last UTC day whose journal is folded in. */
  readonly through: string;
  readonly state: LakeState;
}

/**
 * Files that the journal vouches for. A file belongs to the lake when a journal event commits it; what the lake
 * is, is the fold of the journal (`state.ts`). Start-up reads the newest checkpoint and the days after it.
 */
export class Lake {
  #appending: Promise<unknown> = Promise.resolve();
  #through = '';
  /** The last day that has a journal file: the journal never goes back, though the device's clock may. */
  #day = '';
  #checkpoint = 0;
  #torn = false;
  /** Awaited before anything is written or removed; rejects with `lake.not_writer` where another tab writes by now. */
  fence: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly storage: Storage,
    private readonly now: () => number,
    public state: LakeState,
  ) {}

  /** Opens a lake, or an empty one. `now` gives milliseconds since the epoch. */
  static async open(storage: Storage, now: () => number): Promise<Lake> {
    const lake = new Lake(storage, now, emptyState());
    await lake.refresh();
    return lake;
  }

  /** Reads the journal again: for a tab that follows another one's writes. */
  async refresh(): Promise<void> {
    const { state, through, day, checkpoint, torn } = await fold(this.storage);
    this.state = state;
    this.#day = day;
    this.#through = through;
    this.#checkpoint = checkpoint;
    this.#torn = torn;
  }

  /** Takes the next term: from then on, events of former writers do not count. */
  async startTerm(): Promise<void> {
    this.state.term += 1;
    await this.append([{ kind: 'term' }]);
  }

  /** Writes events, in order, and applies them. Rejects like `Storage.write`; then nothing is applied. */
  append(drafts: readonly EventDraft[]): Promise<void> {
    const appended = this.#appending.then(async () => {
      await this.fence();
      const at = this.now();
      const events = drafts.map((draft): JournalEvent => ({ at, term: this.state.term, ...draft }));
      const day = dayOf(at);
      if (day > this.#day) this.#day = day;
      const path = `journal/${this.#day}.jsonl`;
      if (this.#torn) await this.storage.append(path, new Uint8Array([NEWLINE]));
      this.#torn = true;
      await this.storage.append(path, formatEvents(events));
      this.#torn = false;
      for (const event of events) apply(this.state, event);
    });
    this.#appending = Promise.allSettled([appended]);
    return appended;
  }

  /** Folds the days that are over into the next checkpoint, and drops the one before the last. Does nothing when none is. */
  async seal(): Promise<void> {
    const days = journalDays(await this.storage.list('journal'));
    const through = days.filter((day) => day < dayOf(this.now())).at(-1) ?? '';
    if (through <= this.#through) return;
    await this.fence();
    const checkpoint: Checkpoint = { through, state: (await fold(this.storage, through)).state };
    const next = this.#checkpoint + 1;
    await this.storage.write(checkpointPath(next), new TextEncoder().encode(JSON.stringify(checkpoint)));
    await this.storage.remove(checkpointPath(next - 2));
    this.#checkpoint = next;
    this.#through = through;
  }

  /** The journal's own files: the days and the checkpoints. No event commits them. */
  async journalFiles(): Promise<{ readonly path: string; readonly bytes: number }[]> {
    const paths = (await this.storage.list('journal')).map((name) => `journal/${name}`);
    return Promise.all(paths.map(async (path) => ({ path, bytes: await this.storage.size(path) })));
  }

  /** Writes a file and verifies it. It is not in the lake until an event commits the entry that comes back. */
  async put(draft: FileDraft, bytes: Uint8Array): Promise<FileEntry> {
    if (draft.path.endsWith('.parquet')) verifyParquet(draft.path, bytes);
    const entry: FileEntry = { ...draft, bytes: bytes.length, sha256: sha256(bytes) };
    await this.fence();
    await this.storage.write(draft.path, bytes);
    return entry;
  }

  /** Writes a file of any size, piece by piece, and verifies its length. `hash` is its SHA-256. */
  async putBlob(draft: FileDraft, blob: Blob, hash: string): Promise<FileEntry> {
    await this.fence();
    await this.storage.write(draft.path, new Uint8Array());
    for (let from = 0; from < blob.size; from += PIECE) {
      await this.fence();
      const piece = blob.slice(from, from + PIECE);
      await this.storage.append(draft.path, new Uint8Array(await piece.arrayBuffer()));
    }
    return { ...draft, bytes: blob.size, sha256: hash };
  }

  read(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.storage.read(path);
  }

  /** Removes files that an event has replaced or dropped. */
  async sweep(paths: readonly string[]): Promise<void> {
    await this.fence();
    for (const path of paths) await this.storage.remove(path);
  }

  /** Removes everything, and begins a new journal in the next term. */
  async clear(): Promise<void> {
    const { term } = this.state;
    await this.fence();
    for (const layer of ['gold', 'silver', 'bronze', 'journal']) await this.storage.remove(layer);
    await this.refresh();
    this.state.term = term;
    await this.startTerm();
  }

  /** The entries of a table in the lake, in the order of their first snapshot. */
  entries(table: string, source: string): FileEntry[] {
    return Object.values(this.state.files)
      .filter((file) => file.table === table && file.source === source)
      .sort((a, b) => (a.from ?? 0) - (b.from ?? 0));
  }
}

const NEWLINE = 10;
/** Bytes written at a time of a file that is too large for memory. */
const PIECE = 8_388_608;

interface Folded extends Checkpoint {
  /** The last day that has a journal file. */
  readonly day: string;
  /** The number of the checkpoint it began with; 0 for none. */
  readonly checkpoint: number;
  /** Whether the last journal file ends in the middle of a line. */
  readonly torn: boolean;
}

/** The newest checkpoint and the journal's days after it, up to and with `until`. */
async function fold(storage: Storage, until = '9999'): Promise<Folded> {
  const names = await storage.list('journal');
  const checkpoint = Math.max(
    0,
    ...names.map((name) => Number(/^checkpoint-(\d+)\.json$/.exec(name)?.[1] ?? 0)),
  );
  let { through, state }: Checkpoint = { through: '', state: emptyState() };
  if (checkpoint > 0) {
    const text = new TextDecoder().decode(await storage.read(checkpointPath(checkpoint)));
    ({ through, state } = JSON.parse(text) as Checkpoint);
    for (const source of Object.keys(state.sources)) {
      state.sources[source] = { ...emptySource(), ...state.sources[source] };
    }
  }
  let torn = false;
  for (const day of journalDays(names)) {
    if (day <= through || day > until) continue;
    const bytes = await storage.read(`journal/${day}.jsonl`);
    for (const event of parseJournal(bytes).events) apply(state, event);
    torn = bytes.length > 0 && bytes.at(-1) !== NEWLINE;
  }
  return { through, state, day: journalDays(names).at(-1) ?? '', checkpoint, torn };
}

function checkpointPath(number: number): string {
  return `journal/checkpoint-${number}.json`;
}

function journalDays(names: readonly string[]): string[] {
  return names.flatMap((name) => /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1] ?? []).sort();
}

/** Parquet begins and ends with `PAR1` (Apache Parquet format, file layout). */
function verifyParquet(path: string, bytes: Uint8Array): void {
  const mark = (at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
  if (bytes.length >= 12 && mark(0) === 'PAR1' && mark(bytes.length - 4) === 'PAR1') return;
  throw new VelolacError('lake.verify', `${path} is no whole Parquet file`, { path });
}
