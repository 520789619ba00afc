import { toVelolacError, VelolacError, type ErrorRecord } from '../errors.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import type { Accepted } from '../silver/mapping.ts';
import { fetchSnapshot } from '../sources/portal.ts';
import { velib, type Source } from '../sources/source.ts';
import { parseClock, systemClock, type Clock } from './clock.ts';
import { compact } from './compact.ts';
import { Curator, fetchFile } from './curator.ts';
import { Lakehouse } from './lakehouse.ts';
import type {
  GoldQuestion,
  Health,
  ImportFile,
  ImportReport,
  Inspection,
  LakeFileRow,
  OpenOptions,
  PipelineEvent,
  Recorder,
  World,
} from './protocol.ts';
import { References } from './references.ts';
import { feedSample } from './sample.ts';
import { Schedule } from './schedule.ts';
import { goodSnapshots, lakeFacts } from './status.ts';
import { goldStage } from './tick.ts';
import { Ticker } from './ticker.ts';
import { WorkQueue } from './work.ts';
import { Writer } from './writer.ts';

const MINUTE = 60_000;

/** The recorder worker's side of the protocol: opens a world, keeps the clock, runs the ticks, answers questions. */
export class RecorderService implements Recorder {
  #listener: (event: PipelineEvent) => void = () => undefined;
  #options!: OpenOptions;
  #clock: Clock = systemClock;
  #source!: Source;
  #house!: Lakehouse;
  #isOpen = false;
  #writer: Writer | null = null;
  /** Known once the lock was asked for: until then nobody is told that another tab writes. */
  #isReader = false;
  #references!: References;
  #curator!: Curator;
  #ticker!: Ticker;
  #working: Promise<unknown> = Promise.resolve();
  /**
   * What runs beside ticks and questions: it touches no file that a tick writes. It may wait for its turn among the
   * ticks; no turn ever waits for it.
   */
  readonly #beside = new WorkQueue((event) => this.#tell(event));
  #recording = false;
  #nextAt: number | null = null;
  readonly #schedule = new Schedule((at) => this.#tellNext(at));
  #liveAvailable = false;

  async open(options: OpenOptions, listener: (event: PipelineEvent) => void): Promise<void> {
    this.#options = options;
    this.#listener = listener;
    this.#clock = parseClock(options.clock);
    this.#source = velib(options.portal);
    this.#recording = options.recording;
    this.#references = new References(options.base);
    await this.#openWorld(options.world ?? 'live');
    const { newest } = this.#house;
    const isDue = newest === null || newest.fetched_at < this.#clock.now() - MINUTE;
    if (this.#house.world === 'live' && isDue && this.#isWriter) {
      await this.#recordInTurn();
      if (!this.#house.newest && options.world === null) await this.setWorld('sample');
    }
    this.#isOpen = true;
    this.#startSchedule();
  }

  record(): Promise<void> {
    if (this.#house.world === 'sample') {
      return Promise.reject(new VelolacError('sample.no_feed', 'the bundled recording is no live feed'));
    }
    if (!this.#isWriter) {
      this.#writer?.tell('record');
      return Promise.resolve();
    }
    return this.#inTurn(async () => {
      const error = await this.#tick();
      if (error) throw error;
    });
  }

  async setRecording(on: boolean): Promise<void> {
    this.#recording = on;
    if (this.#isOpen) this.#startSchedule();
  }

  async setWorld(world: World): Promise<void> {
    if (world === this.#house.world) return;
    const before = this.#house;
    this.#beside.stop();
    await this.#openWorld(world);
    await before.engine.terminate();
    this.#startSchedule();
    if (world === 'live' && this.#isWriter) await this.record();
  }

  answer(selection: Selection): Promise<Answers> {
    return this.#house.answer(selection);
  }

  async instants(): Promise<readonly number[]> {
    return goodSnapshots(this.#house.lake, this.#house.source).map(([at]) => at);
  }

  files(): Promise<readonly LakeFileRow[]> {
    return this.#house.files();
  }

  members(path: string): Promise<readonly LakeFileRow[]> {
    return this.#house.members(path);
  }

  download(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#house.download(path);
  }

  exportAnswer(question: GoldQuestion, selection: Selection): Promise<Uint8Array<ArrayBuffer>> {
    return this.#house.exportAnswer(question, selection);
  }

  inspect(files: readonly File[]): Promise<readonly Inspection[]> {
    return this.#curator.inspect(files);
  }

  async importFiles(files: readonly ImportFile[]): Promise<readonly ImportReport[]> {
    return this.#curate((curator) => curator.import(files));
  }

  fetchFile(address: string): Promise<File> {
    return fetchFile(address);
  }

  async rebuild(day: string | null): Promise<void> {
    await this.#curate((curator) => curator.rebuild(day));
  }

  async stopWork(): Promise<void> {
    this.#beside.stop();
  }

  health(): Promise<Health> {
    return this.#curator.health();
  }

  async acceptMapping(fingerprint: string, columns: Accepted): Promise<void> {
    await this.#curate(async (curator) => {
      await curator.map(fingerprint, columns, 'accepted');
      await curator.replay(fingerprint);
      await this.#inTurn(() => this.#ticker.catchUp());
    });
  }

  async setAutomatic(on: boolean): Promise<void> {
    this.#options = { ...this.#options, automatic: on };
    this.#ticker.automatic = on;
  }

  deleteDay(day: string): Promise<void> {
    return this.#change(() => this.#house.deleteDay(day));
  }

  deleteAll(): Promise<void> {
    return this.#change(() => this.#house.deleteAll());
  }

  get #isWriter(): boolean {
    return this.#writer?.granted ?? false;
  }

  /** Shows what a world's lake holds before its engine is up, then becomes its writer if no other tab is. */
  async #openWorld(world: World): Promise<void> {
    this.#schedule.stop();
    const { now } = this.#clock;
    this.#house = await Lakehouse.open(world, this.#source.id, this.#references, now);
    const inTurn = <T>(work: () => Promise<T>) => this.#inTurn(work);
    this.#curator = new Curator(this.#house, this.#references, this.#beside, inTurn, now);
    this.#ticker = new Ticker(this.#house, this.#curator, this.#source, now, this.#tell);
    this.#ticker.automatic = this.#options.automatic;
    this.#isReader = false;
    this.#tellStatus();
    const kept = await this.#house.keptAnswers();
    if (kept) this.#tell({ kind: 'answers', answers: kept });
    const house = this.#house;
    house.engine.start().catch(this.#tellError);
    if (world === 'sample') void this.#probe();
    this.#writer?.close();
    this.#writer = new Writer(
      `velolac-${world}`,
      (message) => void this.#hear(message).catch(this.#tellError),
    );
    const granted = await this.#writer.request(house.lake.storage.persistent, () => {
      this.#isReader = false;
      void this.#beginWriting(house);
    });
    this.#isReader = !granted;
    this.#tellStatus();
    if (granted) await this.#beginWriting(house);
  }

  /** A new writer: takes the next term, writes the Silver that a closed page left undone, feeds the sample. */
  async #beginWriting(house: Lakehouse): Promise<void> {
    await this.#inTurn(async () => {
      await house.lake.refresh();
      await house.lake.startTerm();
      await house.lake.seal();
      await this.#ticker.catchUp();
      if (house.world === 'sample') await this.#feed(house);
      if (this.#house === house) await this.#finish(house);
    }).catch(this.#tellError);
  }

  /** Feeds the sample for as long as it is on show; the page sees each hour come. */
  async #feed(house: Lakehouse): Promise<void> {
    const isShown = () => this.#house === house;
    const tell = (event: PipelineEvent) => isShown() && this.#tell(event);
    await feedSample(house, this.#options.base, tell, () => {
      if (isShown()) this.#tellStatus();
      return isShown();
    });
  }

  /** Takes one snapshot through all stages. Gives the error that ended it, which the status also shows. */
  async #tick(): Promise<VelolacError | null> {
    const ticker = this.#ticker;
    const error = await ticker.tick(() => this.#tellStatus());
    if (!error) this.#compactSoon(ticker.house);
    this.#tellStatus();
    this.#writer?.tell('changed');
    return error;
  }

  /** Decides station versions anew if need be, and compacts what is over. */
  #compactSoon(house: Lakehouse): void {
    this.#beside
      .quietly(async () => {
        if (this.#house === house) await this.#curator.settle();
        await house.lake.seal();
        if (!(await compact(house.lake, house.source, this.#clock.now()))) return;
        this.#tellStatus();
        this.#writer?.tell('changed');
      })
      .catch(this.#tellError);
  }

  /** Work of the curator: only where this tab writes, and then answers and files follow. */
  async #curate<T>(work: (curator: Curator) => Promise<T>): Promise<T> {
    if (!this.#isWriter) throw new VelolacError('lake.not_writer', 'another tab writes');
    const house = this.#house;
    try {
      return await work(this.#curator);
    } finally {
      await this.#inTurn(() => this.#finish(house, true));
    }
  }

  /** Answers and files that follow from a changed lake. */
  async #finish(house: Lakehouse, changed = false): Promise<void> {
    const kept = await house.keptAnswers();
    if (house.newest && (changed || kept?.to !== house.newest.fetched_at)) {
      const answers = await goldStage(house, this.#tell);
      if (answers) await house.keep(answers);
    } else if (house.newest) {
      // The engine compiles what it runs at its first question: let that one be nobody's.
      house.answer({ kind: 'newest' }).catch(this.#tellError);
    }
    this.#ticker.review();
    this.#compactSoon(house);
    this.#tellStatus();
    this.#writer?.tell('changed');
  }

  async #change(work: () => Promise<void>): Promise<void> {
    if (!this.#isWriter) throw new VelolacError('lake.not_writer', 'another tab writes');
    await this.#beside.quietly(() =>
      this.#inTurn(async () => {
        await work();
        await this.#finish(this.#house);
      }),
    );
  }

  /** What another tab says: follow its writes, or record for it. */
  async #hear(message: 'changed' | 'record'): Promise<void> {
    if (message === 'record') {
      if (this.#isWriter) await this.record();
      return;
    }
    if (this.#isWriter) return;
    await this.#house.lake.refresh();
    this.#ticker.review();
    const kept = await this.#house.keptAnswers();
    if (kept) this.#tell({ kind: 'answers', answers: kept });
    this.#tellStatus();
  }

  /** Records at each whole minute; in the sample's world, asks each minute whether the live portal answers. */
  #startSchedule(): void {
    const live = this.#house.world === 'live';
    this.#schedule.stop();
    this.#tellNext(null);
    if (live && !this.#recording) return;
    const work = live ? () => this.#recordInTurn() : (signal: AbortSignal) => this.#probe(signal);
    this.#schedule.start(this.#clock, work, () => this.#resumesAt()).catch(this.#tellError);
  }

  async #recordInTurn(): Promise<boolean> {
    if (this.#isWriter && this.#clock.now() >= this.#resumesAt()) await this.#inTurn(() => this.#tick());
    return true;
  }

  async #probe(signal?: AbortSignal): Promise<boolean> {
    const { error } = await fetchSnapshot(this.#source, { ...(signal && { signal }), now: this.#clock.now });
    this.#liveAvailable = error === null;
    if (this.#house.world === 'sample')
      this.#ticker.failure = error && { at: this.#clock.now(), error: error.toRecord() };
    this.#tellStatus();
    return !this.#liveAvailable;
  }

  /** When a spent quota starts again, or the beginning of time. */
  #resumesAt(): number {
    const error = this.#ticker.failure?.error;
    return error?.code === 'portal.quota' ? Date.parse(String(error.details['until'])) : 0;
  }

  /** The page sees when the next snapshot is due, and nothing of the probes. */
  #tellNext(at: number | null): void {
    this.#nextAt = this.#house.world === 'live' ? at : null;
    this.#tellStatus();
  }

  /** One piece of writing at a time, in the order asked for. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#working.then(work);
    this.#working = Promise.allSettled([turn]);
    return turn;
  }

  readonly #tell = (event: PipelineEvent): void => this.#listener(event);

  readonly #tellError = (thrown: unknown): void => {
    const error: ErrorRecord = toVelolacError(thrown).toRecord();
    this.#tell({ kind: 'error', error });
  };

  #tellStatus(): void {
    const { portal } = this.#source;
    this.#tell({
      kind: 'status',
      status: {
        ...lakeFacts(this.#house, this.#clock.now()),
        ...{ portal, failure: this.#ticker.failure, quota: this.#ticker.quota, next_at: this.#nextAt },
        writer: !this.#isReader,
        recording: this.#recording,
        live_available: this.#liveAvailable,
      },
    });
  }
}
