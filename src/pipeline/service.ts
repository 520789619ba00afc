import { transfer } from 'comlink';
import type { Analyses } from '../gold/analysisRows.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import { buffersOf } from '../gold/frames.ts';
import { sweepOutgoing } from '../lake/outgoing.ts';
import { sourceState } from '../lake/state.ts';
import type { Accepted } from '../silver/mapping.ts';
import { readAttempts } from './attempts.ts';
import { calendarOf, recordedSince } from './calendar.ts';
import { fetchFile } from './curator.ts';
import type { PaceSetting } from './pace.ts';
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
import { MINUTE } from './schedule.ts';
import { spaceOf } from './space.ts';
import { habitsOf, historyOf } from './station.ts';
import { goodSnapshots } from './status.ts';
import type { OpenWorld } from './world.ts';
import { Worlds } from './worlds.ts';

/** The recorder worker's side of the protocol: passes on what the page asks to the world that is open. */
export class RecorderService implements Recorder {
  #worlds!: Worlds;

  /** Milliseconds between two snapshots, as it is set. */
  get #interval(): number {
    return this.#worlds.pace.interval * MINUTE;
  }

  get #world(): OpenWorld {
    return this.#worlds.current;
  }

  async open(options: OpenOptions, listener: (event: PipelineEvent) => void): Promise<void> {
    this.#worlds = new Worlds(options, listener);
    await this.#worlds.open();
  }

  record(): Promise<void> {
    return this.#world.record();
  }

  async setRecording(on: boolean): Promise<void> {
    this.#worlds.setRecording(on);
  }

  async setPace(pace: PaceSetting): Promise<void> {
    this.#worlds.setPace(pace);
  }

  async setAutomatic(on: boolean): Promise<void> {
    this.#worlds.setAutomatic(on);
  }

  setRetention(days: number | null): Promise<void> {
    return this.#worlds.setRetention(days);
  }

  setWorld(world: World): Promise<void> {
    return this.#worlds.setWorld(world);
  }

  answer(selection: Selection): Promise<Answers> {
    return this.#world.house.answer(selection);
  }

  analyses(...question: Parameters<Recorder['analyses']>): Promise<Analyses | null> {
    return this.#world.analyst.ask(...question);
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

  setAside(fingerprint: string, aside: boolean): Promise<void> {
    return this.#world.curate((curator) => curator.setAside(fingerprint, aside));
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
    const since = recordedSince(lake.state, source);
    return calendarOf(sourceState(lake.state, source), { from, to, interval: this.#interval, since });
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
    return spaceOf(this.#world.house, this.#world.upkeep, this.#worlds.now(), this.#interval);
  }

  async rest(): Promise<void> {
    const world = this.#world;
    await world.idle();
    world.setRecording(false);
    await world.idle();
  }
}
