import { toVelolacError, VelolacError } from '../errors.ts';
import type { Lakehouse } from './lakehouse.ts';
import { isFull } from './room.ts';
import { Requests, type Beat, type TabMessage } from './tabs.ts';
import { Writer } from './writer.ts';

/** What becoming the writer, and being it no more, means to a world. */
export interface Duties {
  readonly now: () => number;
  /** What this tab tells the others of itself while it writes. */
  readonly told: () => Beat['told'];
  /** One piece of writing at a time, in the order asked for. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
  /** Resolves when no long work is left; `end` ends it with a reason. */
  readonly idle: () => Promise<void>;
  readonly end: (reason: VelolacError) => Promise<void>;
  /** Records on schedule, or not, as this tab may now. */
  readonly followSwitch: () => void;
  /** Takes one snapshot. Rejects with what ended it. */
  readonly record: () => Promise<void>;
  /** What a new writer does first. */
  readonly settleIn: () => Promise<void>;
  /** Reads what another tab wrote. */
  readonly follow: () => Promise<void>;
  /** Called when something changed that the status shows. */
  readonly onChange: () => void;
  /** Called when the tab that writes tells something new of itself, or is gone. */
  readonly onBeat: () => void;
  readonly onError: (thrown: unknown) => void;
}

/** Milliseconds until a tab that has no room for its term asks again. */
const ROOM_AGAIN = 5000;

/** A tab's part in a world that other tabs have open too: it writes, for a term, or reads what another one writes. */
export class Tenure {
  readonly #writer: Writer;
  readonly #requests: Requests;
  /** Known once the lock was asked for: until then nobody is told that another tab writes. */
  #isReader = false;
  /** Whether a term of this tab has begun: what an earlier one left under way must not write in the next. */
  #hasTerm = false;
  #since: number | null = null;
  #heard: Beat | null = null;

  constructor(
    private readonly house: Pick<Lakehouse, 'lake' | 'world'> & {
      readonly refinery: Pick<Lakehouse['refinery'], 'forget'>;
    },
    private readonly duties: Duties,
  ) {
    const { lake, world } = house;
    this.#writer = new Writer(`velolac-${world}`, {
      beat: () => ({ term: lake.state.term, since: this.#since, told: duties.told() }),
      onGranted: () => void this.#relieve().catch(this.#writeLater),
      onLost: () => void this.#giveWay().catch(duties.onError),
      onMessage: (message) => void this.#hear(message).catch(duties.onError),
      onError: duties.onError,
    });
    this.#requests = new Requests((message) => this.#writer.tell(message));
    lake.fence = async () => {
      if (!this.#hasTerm) throw notWriter();
      await this.#writer.prove();
    };
  }

  get isWriter(): boolean {
    return this.#writer.granted;
  }

  /** Whether another tab is known to write. */
  get isReader(): boolean {
    return this.#isReader;
  }

  /** Since when a tab writes (ms since the epoch), this one or another; null where none was heard of. */
  get since(): number | null {
    return this.isWriter ? this.#since : (this.#heard?.since ?? null);
  }

  /** What the tab that writes tells of itself; null where this one does, or none was heard of. */
  get elsewhere(): Beat['told'] | null {
    return this.#heard?.told ?? null;
  }

  /** Becomes the writer, if no other tab is; else waits in line. */
  async begin(): Promise<void> {
    const granted = await this.#writer.request(this.house.lake.storage.persistent);
    this.#isReader = !granted;
    this.duties.onChange();
    if (granted) await this.#write().catch(this.#writeLater);
  }

  /** Asks the tab that writes for a snapshot. Rejects with what ended it there. */
  ask(): Promise<void> {
    return this.#requests.ask();
  }

  /** Tells the other tabs that the lake has changed. */
  announce(): void {
    this.#writer.tell({ kind: 'changed' });
  }

  /** Throws `lake.not_writer` where this tab does not write. */
  mustWrite(): void {
    if (!this.isWriter) throw notWriter();
  }

  close(): void {
    this.#writer.close();
  }

  async #write(): Promise<void> {
    await this.#beginTerm();
    // What was asked for before it was known which tab writes, no other tab has heard of.
    await this.#requests.take(this.duties.record);
    await this.duties.settleIn();
  }

  /** Without room for its term a tab cannot write: it asks again until there is. */
  readonly #writeLater = (thrown: unknown): void => {
    this.duties.onError(thrown);
    if (!isFull(toVelolacError(thrown))) return;
    const again = () => this.isWriter && void this.#write().catch(this.#writeLater);
    setTimeout(again, ROOM_AGAIN);
  };

  /** A new writer: reads what the one before it wrote last, and takes the next term. */
  async #beginTerm(): Promise<void> {
    const { lake, refinery } = this.house;
    await this.duties.inTurn(async () => {
      this.#since = this.duties.now();
      this.#hasTerm = true;
      refinery.forget();
      await lake.startTerm();
    });
  }

  /** The writer's tab is gone, or was silent: this one writes now. A snapshot that is due asks for its turn first. */
  async #relieve(): Promise<void> {
    const { duties } = this;
    await duties.idle();
    this.#isReader = false;
    this.#listen(null);
    await this.#beginTerm();
    duties.onChange();
    this.announce();
    duties.followSwitch();
    await new Promise((resolve) => setTimeout(resolve));
    await this.#requests.take(duties.record);
    await duties.settleIn();
  }

  /** Another tab took over: ends what is under way, and reads on. */
  async #giveWay(): Promise<void> {
    const { duties } = this;
    this.#hasTerm = false;
    this.#isReader = true;
    duties.followSwitch();
    duties.onChange();
    await duties.end(notWriter());
    await duties.inTurn(duties.follow);
  }

  /** What another tab says: that it writes and what it wrote, or that it wants a snapshot. */
  async #hear(message: TabMessage): Promise<void> {
    switch (message.kind) {
      case 'beat':
        if (!this.isWriter && message.beat.term >= this.house.lake.state.term) this.#listen(message.beat);
        return;
      case 'changed':
        if (!this.isWriter) await this.duties.follow();
        return;
      case 'record':
        if (this.isWriter) await this.#recordFor(message.id);
        return;
      case 'recorded':
        this.#requests.settle(message.id, message.error);
    }
  }

  #listen(beat: Beat | null): void {
    const before = this.#heard;
    this.#heard = beat;
    if (JSON.stringify(before) === JSON.stringify(beat)) return;
    this.duties.onBeat();
    if (beat && before?.since !== beat.since) this.#requests.repeat();
  }

  /** Takes a snapshot that another tab asked for, and tells it what came of it. */
  async #recordFor(id: number): Promise<void> {
    const error = await this.duties.record().then(() => null, toVelolacError);
    this.#writer.tell({ kind: 'recorded', id, error: error?.toRecord() ?? null });
  }
}

export function notWriter(): VelolacError {
  return new VelolacError('lake.not_writer', 'another tab writes');
}
