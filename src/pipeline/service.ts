import { toVelolacError } from '../errors.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import type { Accepted } from '../silver/mapping.ts';
import { fetchSnapshot } from '../sources/portal.ts';
import { velib, type Source } from '../sources/source.ts';
import { parseClock, systemClock, type Clock } from './clock.ts';
import { fetchFile } from './curator.ts';
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
import { Schedule } from './schedule.ts';
import { goodSnapshots, lakeFacts } from './status.ts';
import { OpenWorld } from './world.ts';

const MINUTE = 60_000;

/** The recorder worker's side of the protocol: opens a world, keeps the clock, passes on what the page asks. */
export class RecorderService implements Recorder {
  #listener: (event: PipelineEvent) => void = () => undefined;
  #options!: OpenOptions;
  #clock: Clock = systemClock;
  #source!: Source;
  #references!: References;
  #world!: OpenWorld;
  #isOpen = false;
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
    const { house, isWriter } = this.#world;
    const isDue = house.newest === null || house.newest.fetched_at < this.#clock.now() - MINUTE;
    if (house.world === 'live' && isDue && isWriter) {
      await this.#recordInTurn();
      if (!house.newest && options.world === null) await this.setWorld('sample');
    }
    this.#isOpen = true;
    this.#startSchedule();
  }

  record(): Promise<void> {
    return this.#world.record();
  }

  async setRecording(on: boolean): Promise<void> {
    this.#recording = on;
    if (this.#isOpen) this.#startSchedule();
  }

  async setWorld(world: World): Promise<void> {
    if (world === this.#world.house.world) return;
    await this.#world.close();
    await this.#openWorld(world);
    this.#startSchedule();
    if (world === 'live' && this.#world.isWriter) await this.record();
  }

  answer(selection: Selection): Promise<Answers> {
    return this.#world.house.answer(selection);
  }

  async instants(): Promise<readonly number[]> {
    const { lake, source } = this.#world.house;
    return goodSnapshots(lake, source).map(([at]) => at);
  }

  files(): Promise<readonly LakeFileRow[]> {
    return this.#world.house.files();
  }

  members(path: string): Promise<readonly LakeFileRow[]> {
    return this.#world.house.members(path);
  }

  download(path: string): Promise<Uint8Array<ArrayBuffer>> {
    return this.#world.house.download(path);
  }

  exportAnswer(question: GoldQuestion, selection: Selection): Promise<Uint8Array<ArrayBuffer>> {
    return this.#world.house.exportAnswer(question, selection);
  }

  inspect(files: readonly File[]): Promise<readonly Inspection[]> {
    return this.#world.curator.inspect(files);
  }

  importFiles(files: readonly ImportFile[]): Promise<readonly ImportReport[]> {
    return this.#world.curate((curator) => curator.import(files));
  }

  fetchFile(address: string): Promise<File> {
    return fetchFile(address);
  }

  rebuild(day: string | null): Promise<void> {
    return this.#world.curate((curator) => curator.rebuild(day));
  }

  async stopWork(): Promise<void> {
    this.#world.stopWork();
  }

  health(): Promise<Health> {
    return this.#world.curator.health();
  }

  async acceptMapping(fingerprint: string, columns: Accepted): Promise<void> {
    const world = this.#world;
    await world.curate(async (curator) => {
      await curator.map(fingerprint, columns, 'accepted');
      await curator.replay(fingerprint);
      await world.inTurn(() => world.ticker.catchUp());
    });
  }

  async setAutomatic(on: boolean): Promise<void> {
    this.#options = { ...this.#options, automatic: on };
    this.#world.ticker.automatic = on;
  }

  deleteDay(day: string): Promise<void> {
    return this.#world.change((house) => house.deleteDay(day));
  }

  deleteAll(): Promise<void> {
    return this.#world.change((house) => house.deleteAll());
  }

  async #openWorld(name: World): Promise<void> {
    this.#schedule.stop();
    const world = await OpenWorld.open(name, {
      ...{ source: this.#source, references: this.#references, clock: this.#clock },
      base: this.#options.base,
      tell: this.#tell,
      onChange: () => this.#tellStatus(),
    });
    world.ticker.automatic = this.#options.automatic;
    this.#world = world;
    this.#tellStatus();
    if (name === 'sample') this.#probe().catch(this.#tellError);
    await world.begin();
  }

  /** Records at each whole minute; in the sample's world, asks each minute whether the live portal answers. */
  #startSchedule(): void {
    const live = this.#world.house.world === 'live';
    this.#schedule.stop();
    this.#tellNext(null);
    if (live && !this.#recording) return;
    const work = live ? () => this.#recordInTurn() : (signal: AbortSignal) => this.#probe(signal);
    this.#schedule.start(this.#clock, work, () => this.#resumesAt()).catch(this.#tellError);
  }

  async #recordInTurn(): Promise<boolean> {
    if (this.#world.isWriter && this.#clock.now() >= this.#resumesAt()) await this.#world.tick();
    return true;
  }

  async #probe(signal?: AbortSignal): Promise<boolean> {
    const { error } = await fetchSnapshot(this.#source, { ...(signal && { signal }), now: this.#clock.now });
    this.#liveAvailable = error === null;
    const { house, ticker } = this.#world;
    if (house.world === 'sample') {
      ticker.failure = error && { at: this.#clock.now(), error: error.toRecord() };
    }
    this.#tellStatus();
    return !this.#liveAvailable;
  }

  /** When a spent quota starts again, or the beginning of time. */
  #resumesAt(): number {
    const error = this.#world.ticker.failure?.error;
    return error?.code === 'portal.quota' ? Date.parse(String(error.details['until'])) : 0;
  }

  /** The page sees when the next snapshot is due, and nothing of the probes. */
  #tellNext(at: number | null): void {
    this.#nextAt = this.#world.house.world === 'live' ? at : null;
    this.#tellStatus();
  }

  readonly #tell = (event: PipelineEvent): void => this.#listener(event);

  readonly #tellError = (thrown: unknown): void => {
    this.#tell({ kind: 'error', error: toVelolacError(thrown).toRecord() });
  };

  #tellStatus(): void {
    const { portal } = this.#source;
    const { house, ticker, isReader } = this.#world;
    this.#tell({
      kind: 'status',
      status: {
        ...lakeFacts(house, this.#clock.now()),
        ...{ portal, failure: ticker.failure, quota: ticker.quota, next_at: this.#nextAt },
        writer: !isReader,
        recording: this.#recording,
        live_available: this.#liveAvailable,
      },
    });
  }
}
