import { toVelolacError, VelolacError, type ErrorRecord } from '../errors.ts';
import { sourceState } from '../lake/state.ts';
import type { Source } from '../sources/source.ts';
import { Cadence } from './cadence.ts';
import type { Clock } from './clock.ts';
import { compact } from './compact.ts';
import { Curator } from './curator.ts';
import { Lakehouse } from './lakehouse.ts';
import { network } from './network.ts';
import type { PaceSetting, PipelineEvent, Work, World } from './protocol.ts';
import type { References } from './references.ts';
import { retain } from './retention.ts';
import { isFull } from './room.ts';
import { feedSample } from './sample.ts';
import { clockSkew, type HostClock } from './skew.ts';
import type { Recovered } from './repair/recover.ts';
import { goldStage } from './tick.ts';
import { Requests, type Beat, type TabMessage } from './tabs.ts';
import { Ticker } from './ticker.ts';
import { WorkQueue } from './work.ts';
import { Writer } from './writer.ts';

/** What a world is opened with. */
export interface WorldContext {
  readonly source: Source;
  readonly references: References;
  readonly clock: Clock;
  /** Absolute address of the page's folder. */
  readonly base: string;
  readonly pace: PaceSetting;
  /** After how many days recorded Bronze may be dropped; null keeps all. */
  readonly retention: number | null;
  readonly host: HostClock;
  readonly tell: (event: PipelineEvent) => void;
  /** Called when something changed that the status shows. */
  readonly onChange: () => void;
  /** What a writing tab tells the others of itself. */
  readonly told: () => Beat['told'];
  /** Called when the tab that writes tells something new of itself, or is gone. */
  readonly onBeat: () => void;
}

/**
 * Files that the engine writes before its worker is replaced: some seven hours at a snapshot a minute. Its memory grew
 * by 7 kB a file over 12 700 of them.
 */
const OUTPUTS = 2000;

/** Milliseconds until a tab that has no room for its term asks again. */
const ROOM_AGAIN = 5000;

/** A world as this tab has it open: its lakehouse, whether this tab writes in it, and the work on it, in order. */
export class OpenWorld {
  readonly ticker: Ticker;
  readonly curator: Curator;
  readonly cadence: Cadence;
  /**
   * What runs beside ticks and questions: it touches no file that a tick writes. It may wait for its turn among the
   * ticks; no turn ever waits for it.
   */
  readonly #beside: WorkQueue;
  readonly #writer: Writer;
  readonly #requests: Requests;
  #working: Promise<unknown> = Promise.resolve();
  /** Known once the lock was asked for: until then nobody is told that another tab writes. */
  #isReader = false;
  /** Whether a term of this tab has begun: what an earlier one left under way must not write in the next. */
  #hasTerm = false;
  #since = 0;
  #heard: Beat | null = null;
  #isClosed = false;
  #retention: number | null = null;
  readonly #unverified = new Set<string>();
  /** Whether snapshots are wished for on schedule; null until that is known. */
  #recording: boolean | null = null;

  private constructor(
    readonly house: Lakehouse,
    private readonly context: WorldContext,
  ) {
    const { source, references, clock } = context;
    this.#retention = context.retention;
    const ports = {
      source: () => sourceState(house.lake.state, house.source),
      take: () => this.tick(),
      network,
      onChange: () => this.#isClosed || context.onChange(),
    };
    this.cadence = new Cadence({ clock, ...ports }, context.pace);
    this.#beside = new WorkQueue(this.#tell);
    const inTurn = <T>(work: () => Promise<T>) => this.inTurn(work);
    this.curator = new Curator(house, references, this.#beside, inTurn, clock.now);
    this.ticker = new Ticker(house, this.curator, source, clock.now, this.#tell);
    this.#writer = new Writer(`velolac-${house.world}`, {
      beat: () => ({ term: house.lake.state.term, since: this.#since, told: context.told() }),
      onGranted: () => void this.#relieve().catch(this.#beginLater),
      onLost: () => void this.#giveWay().catch(this.#tellError),
      onMessage: (message) => void this.#hear(message).catch(this.#tellError),
      onError: this.#tellError,
    });
    this.#requests = new Requests((message) => this.#writer.tell(message));
    house.lake.fence = async () => {
      if (!this.#hasTerm) throw notWriter();
      await this.#writer.prove();
    };
  }

  /** Opens a world's lake. */
  static async open(world: World, context: WorldContext): Promise<OpenWorld> {
    const { source, references, clock } = context;
    return new OpenWorld(await Lakehouse.open(world, source.id, references, clock.now), context);
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

  /** Shows what the lake holds before its engine is up, then becomes its writer if no other tab is. */
  async begin(): Promise<void> {
    const { house } = this;
    await this.#tellKept();
    house.engine.start().catch(this.#tellError);
    const granted = await this.#writer.request(house.lake.storage.persistent);
    this.#isReader = !granted;
    this.context.onChange();
    if (granted) await this.#beginWriting().catch(this.#beginLater);
  }

  /** Records on schedule, or not: once this tab writes. */
  setRecording(on: boolean): void {
    this.#recording = on;
    if (on && this.isWriter && this.house.world === 'live') this.cadence.start().catch(this.#tellError);
    else this.cadence.stop(on ? null : 'stopped');
  }

  /** Records or not, as the switch says, and as this tab may: until the switch is known, nothing is decided. */
  #followSwitch(): void {
    if (this.#recording !== null) this.setRecording(this.#recording);
  }

  /** How far the device's clock is behind true time, in milliseconds; null where it is right. */
  get skew(): number | null {
    return clockSkew({ ...this.ticker.witnesses, host: this.context.host.offset });
  }

  /** Takes one snapshot, here or in the tab that writes. Rejects with what ended it here. */
  async record(): Promise<void> {
    if (this.house.world === 'sample') {
      throw new VelolacError('sample.no_feed', 'the bundled recording is no live feed');
    }
    if (!this.isWriter) return this.#requests.ask();
    const error = await this.tick();
    if (error) throw error;
  }

  /** Takes one snapshot through all stages. Gives the error that ended it, which the status also shows. */
  tick(): Promise<VelolacError | null> {
    return this.inTurn(async () => {
      const { cadence, ticker, skew, context } = this;
      cadence.skew = skew ?? 0;
      void context.host.refresh(skew !== null);
      const error = await cadence.attempt((gaps) => ticker.tick({ gaps, skew }, context.onChange));
      if (!error) this.#compactSoon();
      this.#tellChanged();
      return error;
    });
  }

  /** Work of the curator: only where this tab writes, and then answers and files follow. */
  async curate<T>(work: (curator: Curator) => Promise<T>): Promise<T> {
    this.#mustWrite();
    try {
      return await work(this.curator);
    } finally {
      await this.inTurn(() => this.#finish(true));
    }
  }

  /** Changes the lake with nothing else at work on it. */
  async change(work: (house: Lakehouse) => Promise<void>): Promise<void> {
    this.#mustWrite();
    await this.#beside.quietly(() =>
      this.inTurn(async () => {
        await work(this.house);
        await this.#finish();
      }),
    );
  }

  /** One piece of writing at a time, in the order asked for. */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#working.then(work);
    this.#working = Promise.allSettled([turn]);
    return turn;
  }

  /** Resolves once what was asked for until now is over: long work, turns, and what they leave to compact. */
  async idle(): Promise<void> {
    await this.inTurn(async () => undefined);
    await this.#beside.quietly(async () => undefined);
    await this.inTurn(async () => undefined);
  }

  /** Days that are old enough to lose their Bronze, and were kept: Silver does not vouch for them. */
  get unverified(): readonly string[] {
    return [...this.#unverified];
  }

  /** Drops Bronze that is older than so many days, now and after each compaction; null keeps all. */
  async retain(days: number | null): Promise<void> {
    if (days === this.#retention) return;
    this.#retention = days;
    this.#unverified.clear();
    if (this.isWriter) await this.#beside.quietly((signal) => this.#dropOld(signal));
  }

  /** Stops an import or a rebuild. */
  stopWork(): void {
    this.#beside.stop();
  }

  /** Leaves the world: another tab may write in it, and nothing more is told of it. */
  async close(): Promise<void> {
    this.setRecording(false);
    this.#isClosed = true;
    this.#writer.close();
    await this.#beside.end(notWriter());
    await this.house.engine.terminate();
  }

  async #beginWriting(): Promise<void> {
    await this.#beginTerm();
    await this.#settleIn();
  }

  /** Without room for its term a tab cannot write: it asks again until there is. */
  readonly #beginLater = (thrown: unknown): void => {
    this.#tellError(thrown);
    if (!isFull(toVelolacError(thrown))) return;
    const again = () => this.isWriter && void this.#beginWriting().catch(this.#beginLater);
    setTimeout(again, ROOM_AGAIN);
  };

  /** A new writer: reads what the one before it wrote last, and takes the next term. */
  async #beginTerm(): Promise<void> {
    const { lake, refinery } = this.house;
    await this.inTurn(async () => {
      this.#since = this.context.clock.now();
      this.#hasTerm = true;
      refinery.forget();
      await lake.startTerm();
    });
  }

  /** What a new writer does first: clears up, seals days, writes the Silver that was left undone, feeds the sample. */
  async #settleIn(): Promise<void> {
    const { lake, world } = this.house;
    // With nothing at work: what is being written looks like what was left behind.
    await this.#beside
      .quietly(() => this.inTurn(() => this.#takeOver()))
      .then((recovered) => void this.curator.complete(recovered).catch(this.#tellError), this.#tellError);
    await this.inTurn(async () => {
      await lake.seal();
      await this.ticker.catchUp();
      if (world === 'sample') await this.#feed();
      if (!this.#isClosed) await this.#finish();
    }).catch(this.#tellError);
    this.#followSwitch();
  }

  /** Clears up after the writer before: the page sees it where the journal has to be rebuilt from the files. */
  async #takeOver(): Promise<Recovered> {
    const tell = (work: Work | null) => this.#tell({ kind: 'work', work });
    try {
      return await this.curator.keeper.takeOver(() => tell({ task: 'recover', subject: '', share: 0 }));
    } finally {
      tell(null);
    }
  }

  /** The writer's tab is gone, or was silent: this one writes now. A snapshot that is due asks for its turn first. */
  async #relieve(): Promise<void> {
    await this.#beside.idle();
    this.#isReader = false;
    this.#listen(null);
    await this.#beginTerm();
    this.#tellChanged();
    this.#followSwitch();
    await new Promise((resolve) => setTimeout(resolve));
    await this.#requests.take(() => this.record());
    await this.#settleIn();
  }

  /** Another tab took over: ends what is under way, and reads on. */
  async #giveWay(): Promise<void> {
    this.#hasTerm = false;
    this.#isReader = true;
    this.#followSwitch();
    this.context.onChange();
    await this.#beside.end(notWriter());
    await this.inTurn(() => this.#follow());
  }

  /** Feeds the sample for as long as it is on show; the page sees each hour come. */
  async #feed(): Promise<void> {
    await feedSample(this.house, this.context.base, this.#tell, () => {
      if (!this.#isClosed) this.context.onChange();
      return !this.#isClosed;
    });
  }

  /** Answers and files that follow from a changed lake. */
  async #finish(changed = false): Promise<void> {
    const { house } = this;
    const kept = await house.keptAnswers();
    if (house.newest && (changed || kept?.to !== house.newest.fetched_at)) {
      const answers = await goldStage(house, this.#tell);
      if (answers) await house.keep(answers);
    } else if (house.newest) {
      // The engine compiles what it runs at its first question: let that one be nobody's.
      house.answer({ kind: 'newest' }).catch(this.#tellError);
    }
    this.ticker.review();
    this.#compactSoon();
    this.#tellChanged();
  }

  /** Decides station versions anew if need be, and compacts what is over. */
  #compactSoon(): void {
    const { lake, source } = this.house;
    this.#beside
      .quietly(async (signal) => {
        await this.curator.settle(signal);
        await lake.seal();
        if (await compact(lake, source, this.context.clock.now(), signal)) this.#tellChanged();
        await this.#dropOld(signal);
        await this.#recycle();
      })
      .catch(this.#tellError);
  }

  /** Gives the engine's memory back. It compiles what it runs at its first question: let that one be nobody's. */
  async #recycle(): Promise<void> {
    const { engine, newest } = this.house;
    if (engine.outputs < OUTPUTS) return;
    await engine.recycle();
    if (newest) await this.house.answer({ kind: 'newest' });
  }

  async #dropOld(signal: AbortSignal): Promise<void> {
    const { lake, source, world } = this.house;
    if (this.#retention === null || world === 'sample') return;
    const now = this.context.clock.now();
    const dropped = await retain(lake, source, this.#retention, now, this.#unverified, signal);
    if (dropped.length > 0) this.#tellChanged();
  }

  /** What another tab says: that it writes and what it wrote, or that it wants a snapshot. */
  async #hear(message: TabMessage): Promise<void> {
    switch (message.kind) {
      case 'beat':
        if (!this.isWriter && message.beat.term >= this.house.lake.state.term) this.#listen(message.beat);
        return;
      case 'changed':
        if (!this.isWriter) await this.#follow();
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
    this.context.onBeat();
    if (beat && before?.since !== beat.since) this.#requests.repeat();
  }

  /** Takes a snapshot that another tab asked for, and tells it what came of it. */
  async #recordFor(id: number): Promise<void> {
    const error = await this.record().then(() => null, toVelolacError);
    this.#writer.tell({ kind: 'recorded', id, error: error?.toRecord() ?? null });
  }

  /** Reads what another tab wrote. */
  async #follow(): Promise<void> {
    await this.house.lake.refresh();
    this.house.refinery.forget();
    this.ticker.failure = null;
    this.ticker.review();
    await this.#tellKept();
    this.context.onChange();
  }

  async #tellKept(): Promise<void> {
    const kept = await this.house.keptAnswers();
    if (kept) this.#tell({ kind: 'answers', answers: kept });
  }

  #tellChanged(): void {
    if (this.#isClosed) return;
    this.context.onChange();
    this.#writer.tell({ kind: 'changed' });
  }

  #mustWrite(): void {
    if (!this.isWriter) throw notWriter();
  }

  readonly #tell = (event: PipelineEvent): void => {
    if (!this.#isClosed) this.context.tell(event);
  };

  /** That this tab writes no more, the status tells. */
  readonly #tellError = (thrown: unknown): void => {
    const error: ErrorRecord = toVelolacError(thrown).toRecord();
    if (error.code !== 'lake.not_writer') this.#tell({ kind: 'error', error });
  };
}

function notWriter(): VelolacError {
  return new VelolacError('lake.not_writer', 'another tab writes');
}
