import { transfer } from 'comlink';
import { toVelolacError } from '../errors.ts';
import type { Analyses, AnalysisFilters, AnalysisWindow } from '../gold/analysisRows.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import { buffersOf } from '../gold/frames.ts';
import { sweepOutgoing } from '../lake/outgoing.ts';
import { sourceState } from '../lake/state.ts';
import type { Accepted } from '../silver/mapping.ts';
import { fetchSnapshot } from '../sources/portal.ts';
import { velib, type Source } from '../sources/source.ts';
import { readAttempts } from './attempts.ts';
import { calendarOf } from './calendar.ts';
import { parseClock, systemClock, type Clock } from './clock.ts';
import { fetchFile } from './curator.ts';
import { network } from './network.ts';
import { Pace, type PaceSetting } from './pace.ts';
import type {
  Attempt,
  Calendar,
  Frames,
  BackupReport,
  GoldQuestion,
  Health,
  ImportFile,
  ImportReport,
  Inspection,
  LakeFileRow,
  OpenOptions,
  PipelineEvent,
  RecordedQuarters,
  Recorder,
  RestoreReport,
  VerifyReport,
  ReportAge,
  Space,
  StationChanges,
  StationHabits,
  StationHistory,
  World,
} from './protocol.ts';
import { agesOf, changesOf } from './record.ts';
import { recordedQuarters } from './recorded.ts';
import { References } from './references.ts';
import { MINUTE, Schedule } from './schedule.ts';
import { HostClock } from './skew.ts';
import { spaceOf } from './space.ts';
import { habitsOf, historyOf } from './station.ts';
import { goodSnapshots, lakeFacts } from './status.ts';
import type { Beat } from './tabs.ts';
import { OpenWorld } from './world.ts';

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
  #host!: HostClock;
  #probing: Schedule | null = null;
  #liveAvailable = false;

  async open(options: OpenOptions, listener: (event: PipelineEvent) => void): Promise<void> {
    this.#options = options;
    this.#listener = listener;
    this.#clock = parseClock(options.clock);
    this.#source = velib(options.portal);
    this.#recording = options.recording;
    this.#references = new References(options.base);
    this.#host = new HostClock(options.base, this.#clock, () => this.#tellStatus());
    await this.#openFirst(options.world ?? 'live');
    const { house, tenure } = this.#world;
    const { isWriter } = tenure;
    const isDue = house.newest === null || house.newest.fetched_at < this.#clock.now() - MINUTE;
    if (house.world === 'live' && isDue && isWriter) {
      if (network().online) await this.#world.tick();
      const isSilent = !house.newest && tenure.isWriter;
      if (isSilent && options.world === null) await this.setWorld('sample');
    }
    if (house.lake.storage.persistent && isWriter) sweepOutgoing().catch(this.#tellError);
    this.#isOpen = true;
    this.#world.cadence.choose(this.#options.pace);
    this.#world.setRecording(this.#recording);
  }

  record(): Promise<void> {
    return this.#world.record();
  }

  async setRecording(on: boolean): Promise<void> {
    this.#recording = on;
    if (this.#isOpen) this.#world.setRecording(on);
  }

  async setPace(pace: PaceSetting): Promise<void> {
    this.#options = { ...this.#options, pace };
    if (this.#isOpen) this.#world.cadence.choose(pace);
  }

  async setWorld(world: World): Promise<void> {
    const before = this.#world.house.world;
    if (world === before) return;
    this.#world.close().catch(this.#tellError);
    await this.#openWorld(world).catch(async (thrown: unknown) => {
      await this.#openWorld(before);
      throw thrown;
    });
    try {
      if (world === 'live' && this.#world.tenure.isWriter) await this.record();
    } finally {
      this.#world.setRecording(this.#recording);
    }
  }

  answer(selection: Selection): Promise<Answers> {
    return this.#world.house.answer(selection);
  }

  analyses(window: AnalysisWindow, filters: AnalysisFilters): Promise<Analyses | null> {
    return this.#world.analyst.ask(window, filters);
  }

  async instants(): Promise<readonly number[]> {
    const { lake, source } = this.#world.house;
    return goodSnapshots(lake, source).map(([at]) => at);
  }

  async recorded(): Promise<RecordedQuarters | null> {
    const { lake, source } = this.#world.house;
    return recordedQuarters(lake, source);
  }

  async frames(day: string): Promise<Frames | null> {
    const frames = await this.#world.house.history.frames(day);
    return frames && transfer(frames, buffersOf(frames));
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

  verify(): Promise<VerifyReport> {
    return this.#world.curate((curator) => curator.verify());
  }

  backUp(target: FileSystemFileHandle | null): Promise<BackupReport> {
    return this.#world.curator.backUp(target);
  }

  sweepBackup(): Promise<void> {
    return sweepOutgoing();
  }

  mirrorTo(folder: FileSystemDirectoryHandle | null): Promise<void> {
    return this.#world.mirroring.choose(folder);
  }

  restore(file: File): Promise<RestoreReport> {
    return this.#world.curate((curator) => curator.restore(file));
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

  async deleteAll(): Promise<void> {
    const world = this.#world;
    const { lake, world: name } = world.house;
    if (name === 'live' && lake.storage.persistent) await world.mirroring.forget();
    await world.change((house) => house.deleteAll());
  }

  async calendar(from: number, to: number): Promise<Calendar> {
    const { lake, source } = this.#world.house;
    const interval = this.#options.pace.interval * MINUTE;
    return calendarOf(sourceState(lake.state, source), { from, to, interval });
  }

  attempts(from: number, to: number): Promise<readonly Attempt[]> {
    const { lake, source } = this.#world.house;
    return readAttempts(lake, source, from, to);
  }

  reportAges(from: number, to: number): Promise<readonly ReportAge[]> {
    return agesOf(this.#world.house, from, to);
  }

  stationChanges(): Promise<StationChanges | null> {
    return changesOf(this.#world.house);
  }

  stationHistory(code: string, from: number, to: number): Promise<StationHistory | null> {
    return historyOf(this.#world.house, code, { from, to });
  }

  stationHabits(code: string, to: number): Promise<StationHabits | null> {
    return habitsOf(this.#world.house, code, to);
  }

  space(): Promise<Space> {
    return spaceOf(this.#world.house, this.#world.upkeep, this.#clock.now());
  }

  async setRetention(days: number | null): Promise<void> {
    this.#options = { ...this.#options, retention: days };
    if (this.#isOpen) await this.#world.retain(days);
  }

  async rest(): Promise<void> {
    const world = this.#world;
    await world.idle();
    world.setRecording(false);
    await world.idle();
  }

  /** Where the live lake is of a newer form, the bundled recording is what there is to show. */
  async #openFirst(name: World): Promise<void> {
    try {
      await this.#openWorld(name);
    } catch (thrown) {
      if (name === 'sample' || toVelolacError(thrown).code !== 'lake.newer') throw thrown;
      this.#tellError(thrown);
      await this.#openWorld('sample');
    }
  }

  async #openWorld(name: World): Promise<void> {
    this.#probing?.stop();
    const world = await OpenWorld.open(name, {
      ...{ source: this.#source, references: this.#references, clock: this.#clock },
      ...{ base: this.#options.base, pace: this.#options.pace, host: this.#host },
      retention: this.#options.retention,
      tell: this.#tell,
      onChange: () => this.#tellStatus(),
      told: () => this.#told(),
      onBeat: () => this.#follow(),
    });
    world.ticker.automatic = this.#options.automatic;
    this.#world = world;
    this.#tellStatus();
    void this.#host.refresh(false);
    if (name === 'sample') this.#probe().catch(this.#tellError);
    await world.begin();
  }

  /** In the sample's world: asks whether the live portal answers, until it does. */
  async #probe(): Promise<void> {
    const { now } = this.#clock;
    const pace = new Pace(this.#options.pace);
    const due = () => {
      pace.online = network().online;
      return pace.due(now());
    };
    this.#probing = new Schedule(this.#clock, { onNext: () => undefined });
    await this.#probing.start(due, async (signal) => {
      pace.began(now());
      const { error, quota } = await fetchSnapshot(this.#source, { signal, now });
      if (signal.aborted) return false;
      pace.ended(now(), error, quota);
      this.#liveAvailable = error === null;
      this.#world.ticker.failure = error && { at: now(), error: error.toRecord() };
      this.#tellStatus();
      return error !== null;
    });
  }

  /** Shows what the tab that writes tells of itself, and goes on like it when it is gone. */
  #follow(): void {
    const { elsewhere } = this.#world.tenure;
    if (elsewhere) {
      this.#recording = elsewhere.recording;
      this.#world.setRecording(elsewhere.recording);
    }
    this.#tellStatus();
  }

  readonly #tell = (event: PipelineEvent): void => this.#listener(event);

  readonly #tellError = (thrown: unknown): void => {
    this.#tell({ kind: 'error', error: toVelolacError(thrown).toRecord() });
  };

  #tellStatus(): void {
    const { house, tenure } = this.#world;
    const { isReader, since, elsewhere } = tenure;
    this.#tell({
      kind: 'status',
      status: {
        ...lakeFacts(house, this.#clock.now()),
        ...(elsewhere ?? this.#told()),
        portal: this.#source.portal,
        writer: !isReader,
        writing_since: since,
        live_available: this.#liveAvailable,
      },
    });
  }

  /** What other tabs show of this one while it writes. */
  #told(): Beat['told'] {
    const { ticker, cadence, skew } = this.#world;
    const { failure, quota, traffic } = ticker;
    const pace = { next_at: cadence.next, pace: cadence.pace, clock_skew: skew };
    return { recording: this.#recording, failure, quota, traffic, ...pace };
  }
}
