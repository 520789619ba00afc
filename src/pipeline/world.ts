import { toVelolacError, VelolacError } from '../errors.ts';
import { sourceState } from '../lake/state.ts';
import type { Source } from '../sources/source.ts';
import { Analyst } from './analyst.ts';
import { Mirroring } from './backup/mirroring.ts';
import { Cadence } from './cadence.ts';
import type { Clock } from './clock.ts';
import { Curator } from './curator.ts';
import { Lakehouse } from './lakehouse.ts';
import { network } from './network.ts';
import type { PaceSetting, PipelineEvent, Work, World } from './protocol.ts';
import type { References } from './references.ts';
import { feedSample } from './sample.ts';
import { clockSkew, type HostClock } from './skew.ts';
import type { Recovered } from './repair/recover.ts';
import { goldStage } from './tick.ts';
import type { Beat } from './tabs.ts';
import { notWriter, Tenure } from './tenure.ts';
import { Ticker } from './ticker.ts';
import { Upkeep } from './upkeep.ts';
import { WorkQueue } from './work.ts';

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

/** A world as this tab has it open: its lakehouse, whether this tab writes in it, and the work on it, in order. */
export class OpenWorld {
  readonly ticker: Ticker;
  readonly curator: Curator;
  readonly cadence: Cadence;
  readonly upkeep: Upkeep;
  readonly tenure: Tenure;
  readonly mirroring: Mirroring;
  readonly analyst: Analyst;
  /**
   * What runs beside ticks and questions: it touches no file that a tick writes. It may wait for its turn among the
   * ticks; no turn ever waits for it.
   */
  readonly #beside: WorkQueue;
  #working: Promise<unknown> = Promise.resolve();
  #isClosed = false;
  /** Whether snapshots are wished for on schedule; null until that is known. */
  #recording: boolean | null = null;

  private constructor(
    readonly house: Lakehouse,
    private readonly context: WorldContext,
  ) {
    const { source, references, clock } = context;
    const ports = {
      source: () => sourceState(house.lake.state, house.source),
      take: () => this.tick(),
      network,
      onChange: this.#onChange,
    };
    this.cadence = new Cadence({ clock, ...ports }, context.pace);
    this.analyst = new Analyst(house);
    this.#beside = new WorkQueue(this.#tell);
    const inTurn = <T>(work: () => Promise<T>) => this.inTurn(work);
    this.curator = new Curator(house, references, this.#beside, inTurn, clock.now);
    this.ticker = new Ticker(house, this.curator, source, clock.now, this.#tell);
    this.upkeep = new Upkeep(house, this.curator, clock.now, context.retention, () => this.#tellChanged());
    this.mirroring = new Mirroring({ lake: house.lake, now: clock.now, inTurn }, this.#tell);
    this.tenure = new Tenure(house, {
      ...{ now: clock.now, told: context.told, inTurn },
      idle: () => this.#beside.idle(),
      end: (reason) => this.#beside.end(reason),
      followSwitch: () => this.#followSwitch(),
      record: () => this.record(),
      settleIn: () => this.#settleIn(),
      follow: () => this.#follow(),
      ...{ onChange: this.#onChange, onBeat: context.onBeat, onError: this.#tellError },
    });
  }

  /** Opens a world's lake. */
  static async open(world: World, context: WorldContext): Promise<OpenWorld> {
    const { source, references, clock } = context;
    return new OpenWorld(await Lakehouse.open(world, source.id, references, clock.now), context);
  }

  /** Shows what the lake holds before its engine is up, then becomes its writer if no other tab is. */
  async begin(): Promise<void> {
    const { house } = this;
    await this.#tellKept();
    house.engine.use(() => house.engine.start()).catch(this.#tellError);
    await this.tenure.begin();
  }

  /** Records on schedule, or not: once this tab writes. */
  setRecording(on: boolean): void {
    this.#recording = on;
    const { house, tenure, cadence } = this;
    if (on && tenure.isWriter && house.world === 'live') cadence.start().catch(this.#tellError);
    else cadence.stop(on ? null : 'stopped');
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
    if (!this.tenure.isWriter) return this.tenure.ask();
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
      if (!error) this.#upkeepSoon();
      this.#tellChanged();
      return error;
    });
  }

  /** Work of the curator: only where this tab writes, and then answers and files follow. */
  async curate<T>(work: (curator: Curator) => Promise<T>): Promise<T> {
    this.tenure.mustWrite();
    try {
      return await work(this.curator);
    } finally {
      this.upkeep.reconsider();
      await this.inTurn(() => this.#finish(true));
    }
  }

  /** Changes the lake with nothing else at work on it. */
  async change(work: (house: Lakehouse) => Promise<void>): Promise<void> {
    this.tenure.mustWrite();
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

  /** Drops Bronze that is older than so many days, now and after each compaction; null keeps all. */
  async retain(days: number | null): Promise<void> {
    if (!this.upkeep.choose(days) || !this.tenure.isWriter) return;
    await this.#beside.quietly((signal) => this.upkeep.dropOld(signal));
  }

  /** Stops an import or a rebuild. */
  stopWork(): void {
    this.#beside.stop();
  }

  /** Leaves the world: another tab may write in it, and nothing more is told of it. */
  async close(): Promise<void> {
    this.setRecording(false);
    this.#isClosed = true;
    this.tenure.close();
    await this.#beside.end(notWriter());
    await this.house.engine.terminate();
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
    if (world === 'live' && lake.storage.persistent) this.mirroring.resume().catch(this.#tellError);
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

  /** Feeds the sample for as long as it is on show; the page sees each hour come. */
  async #feed(): Promise<void> {
    await feedSample(this.house, this.context.base, this.#tell, () => {
      this.#onChange();
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
    this.#upkeepSoon();
    this.#tellChanged();
  }

  #upkeepSoon(): void {
    this.#beside.quietly((signal) => this.upkeep.run(signal)).catch(this.#tellError);
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
    this.tenure.announce();
    this.mirroring.wake();
  }

  readonly #onChange = (): void => {
    if (!this.#isClosed) this.context.onChange();
  };

  readonly #tell = (event: PipelineEvent): void => {
    if (!this.#isClosed) this.context.tell(event);
  };

  /** That this tab writes no more, the status tells. */
  readonly #tellError = (thrown: unknown): void => {
    const error = toVelolacError(thrown).toRecord();
    if (error.code !== 'lake.not_writer') this.#tell({ kind: 'error', error });
  };
}
