import { toVelolacError, type ErrorRecord } from '../errors.ts';
import type { Answers, AreaRow } from '../gold/answers.ts';
import type {
  Analyses,
  AnalysisFilters,
  AnalysisWindow,
  BackupReport,
  Attempt,
  Calendar,
  GoldQuestion,
  Health,
  ImportFile,
  ImportReport,
  Inspection,
  LakeFileRow,
  LakeStatus,
  MirrorStatus,
  OpenOptions,
  PaceSetting,
  PipelineEvent,
  Recorder,
  RestoreReport,
  VerifyReport,
  ReportAge,
  Frames,
  RecordedQuarters,
  Space,
  Stage,
  StageReport,
  StationChanges,
  StationHabits,
  StationHistory,
  Work,
  World,
} from '../pipeline/protocol.ts';
import { toSelection, type Choice } from './choice.ts';
import type { Drawn } from './time/frame.ts';

const idle = (stage: Stage): StageReport => ({
  stage,
  status: 'idle',
  ms: null,
  rows: null,
  bytes: null,
  error: null,
});

/** How long work rejects that was stopped. */
const stops: readonly string[] = ['engine.aborted', 'import.aborted'];

/** How work fails for want of room in the browser. */
const wantsRoom: readonly string[] = ['lake.quota', 'lake.short_write'];

/** What the page knows of the lakehouse. Owns the recorder: views read its state and call its methods. */
export class Lakehouse {
  status = $state.raw<LakeStatus | null>(null);
  /** The answers on show, to the current choice. */
  answers = $state.raw<Answers | null>(null);
  /** The answers to the newest snapshot, whatever is on show. */
  newest = $state.raw<Answers | null>(null);
  choice = $state.raw<Choice>({ kind: 'newest' });
  /** What is shown in place of the answers while the visitor moves through time; null at rest. */
  drawn = $state.raw<Drawn | null>(null);
  stages = $state.raw<Readonly<Record<Stage, StageReport>>>({
    fetch: idle('fetch'),
    bronze: idle('bronze'),
    silver: idle('silver'),
    gold: idle('gold'),
  });
  /** What failed last, other than a recording: those are in `status.failure`. */
  problem = $state.raw<ErrorRecord | null>(null);
  /** True while an answer other than the newest is on its way. */
  asking = $state(false);
  /** True from a press of *Record now* to its outcome. */
  recording = $state(false);
  /** Counts the changes of the lake. */
  revision = $state(0);
  /** Long work under way: an import or a rebuild. */
  work = $state.raw<Work | null>(null);
  /** The folder on disk that is kept in step with the lake; null where there is none. */
  mirror = $state.raw<MirrorStatus | null>(null);
  /** What the Health view shows, as it was last asked for. */
  health = $state.raw<Health | null>(null);

  readonly #recorder: Recorder;
  #question = 0;
  #askingHealth: Promise<void> | null = null;
  /** Whether the lake may have changed since health was last asked for. */
  #healthStale = false;

  constructor(recorder: Recorder) {
    this.#recorder = recorder;
  }

  /** Opens the lake and listens. A failure becomes `problem`. */
  async open(options: OpenOptions): Promise<void> {
    await this.#try(this.#recorder.open(options, (event) => this.#hear(event)));
  }

  /** Takes a snapshot now; true when it is in the lake. */
  async record(): Promise<boolean> {
    if (this.recording) return false;
    this.recording = true;
    this.problem = null;
    const done = await this.#try(this.#recorder.record());
    this.recording = false;
    return done !== null;
  }

  async setRecording(on: boolean): Promise<void> {
    await this.#try(this.#recorder.setRecording(on));
  }

  async setPace(pace: PaceSetting): Promise<void> {
    await this.#try(this.#recorder.setPace(pace));
  }

  /** Goes to the live lake or the bundled one. */
  async setWorld(world: World): Promise<void> {
    this.problem = null;
    this.choice = { kind: 'newest' };
    this.#question += 1;
    this.newest = null;
    this.answers = null;
    this.drawn = null;
    this.health = null;
    await this.#try(this.#recorder.setWorld(world));
  }

  /** Shows another moment or period. */
  async choose(choice: Choice): Promise<void> {
    this.choice = choice;
    await this.#ask();
  }

  /** The analyses of a window through filters; `empty` where nothing was recorded in it, null when they failed. */
  async analyses(window: AnalysisWindow, filters: AnalysisFilters): Promise<Analyses | 'empty' | null> {
    return this.#try(this.#recorder.analyses(window, filters).then((answers) => answers ?? 'empty'));
  }

  /** Quartiers and communes at the moment on show. */
  get shownAreas(): readonly AreaRow[] {
    return this.drawn?.areas ?? this.answers?.areas.quartier ?? [];
  }

  /** Whether the browser has refused to write for want of room, whatever room it tells of. */
  get wantsRoom(): boolean {
    const failed = [this.problem, this.status?.failure?.error];
    return failed.some((error) => wantsRoom.includes(error?.code ?? ''));
  }

  /** Shows a moment that the visitor passes on the way through time; what was asked for before is dropped. */
  draw(drawn: Drawn): void {
    this.#question += 1;
    this.asking = false;
    this.drawn = drawn;
  }

  /** The answers about another moment than the chosen one; null where there are none. */
  async answersAt(at: number): Promise<Answers | null> {
    const { first = null, last = null } = this.status?.totals ?? {};
    return this.#try(this.#recorder.answer(toSelection({ kind: 'instant', at }, first, last)));
  }

  /** All that was recorded, by the quarter-hour; null where there is nothing. */
  async recorded(): Promise<RecordedQuarters | null> {
    return this.#try(this.#recorder.recorded());
  }

  /** What the stations held at the quarter-hours of a UTC day; null where there is nothing. */
  async frames(day: string): Promise<Frames | null> {
    return this.#try(this.#recorder.frames(day));
  }

  /** Instants that can be chosen, oldest first. */
  async instants(): Promise<readonly number[]> {
    return (await this.#try(this.#recorder.instants())) ?? [];
  }

  /** Every file of the lake, or null when they cannot be listed. */
  async files(): Promise<readonly LakeFileRow[] | null> {
    return this.#try(this.#recorder.files());
  }

  async members(path: string): Promise<readonly LakeFileRow[] | null> {
    return this.#try(this.#recorder.members(path));
  }

  async download(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#try(this.#recorder.download(path));
  }

  /** One answer to the current choice, as Parquet. */
  async exportAnswer(question: GoldQuestion): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.#try(this.#recorder.exportAnswer(question, this.#selection()));
  }

  /** Deletes one day, or everything where none is named; true once it is gone. */
  async delete(day: string | null): Promise<boolean> {
    const gone = day === null ? this.#recorder.deleteAll() : this.#recorder.deleteDay(day);
    const done = await this.#try(gone.then(() => true));
    this.revision += 1;
    if (done !== null && this.choice.kind !== 'newest') await this.choose({ kind: 'newest' });
    return done !== null;
  }

  /** What the beginning of each file tells, or null when none could be asked. */
  async inspect(files: readonly File[]): Promise<readonly Inspection[] | null> {
    return this.#try(this.#recorder.inspect(files));
  }

  /** The file at an address. Rejects with a `VelolacError`: the form that asked says why. */
  async fetchFile(address: string): Promise<File> {
    return this.#recorder.fetchFile(address);
  }

  /** Imports files: what became of each, or that it was stopped, or null when it failed. */
  async importFiles(files: readonly ImportFile[]): Promise<readonly ImportReport[] | 'stopped' | null> {
    return this.#long(this.#recorder.importFiles(files));
  }

  /** Writes Silver and Gold anew, of one day or of all. */
  async rebuild(day: string | null): Promise<'done' | 'stopped' | null> {
    return this.#long(this.#recorder.rebuild(day).then(() => 'done' as const));
  }

  /** Writes the lake as one ZIP, into a chosen file or into one to hand over. */
  async backUp(target: FileSystemFileHandle | null): Promise<BackupReport | 'stopped' | null> {
    return this.#long(this.#recorder.backUp(target));
  }

  /** Removes what a backup left to be handed over; true once it is gone. */
  async sweepBackup(): Promise<boolean> {
    return (await this.#try(this.#recorder.sweepBackup().then(() => true))) !== null;
  }

  /** Keeps a folder on disk in step with the lake; null stops. True once that is so. */
  async mirrorTo(folder: FileSystemDirectoryHandle | null): Promise<boolean> {
    return (await this.#try(this.#recorder.mirrorTo(folder).then(() => true))) !== null;
  }

  /** Merges a backup into the live lake. */
  async restore(file: File): Promise<RestoreReport | 'stopped' | null> {
    return this.#long(this.#recorder.restore(file));
  }

  /** Reads all of the lake and repairs it: what was found, or that it was stopped, or null when it failed. */
  async verify(): Promise<VerifyReport | 'stopped' | null> {
    return this.#long(this.#recorder.verify());
  }

  async stopWork(): Promise<void> {
    await this.#try(this.#recorder.stopWork());
  }

  /** Asks how the lake is: one question at a time, and once more where it was wished for meanwhile. */
  askHealth(): Promise<void> {
    this.#healthStale = true;
    return (this.#askingHealth ??= this.#answerHealth());
  }

  /** Maps columns for a schema; true once what waited for it is replayed. */
  async acceptMapping(...mapping: Parameters<Recorder['acceptMapping']>): Promise<boolean> {
    const done = await this.#try(this.#recorder.acceptMapping(...mapping).then(() => true));
    this.revision += 1;
    return done !== null;
  }

  async setAutomatic(on: boolean): Promise<void> {
    await this.#try(this.#recorder.setAutomatic(on));
  }

  /** The record by the hour; null when it cannot be read. */
  async calendar(from: number, to: number): Promise<Calendar | null> {
    return this.#try(this.#recorder.calendar(from, to));
  }

  /** Every attempt of a span; null when the journal cannot be read. */
  async attempts(from: number, to: number): Promise<readonly Attempt[] | null> {
    return this.#try(this.#recorder.attempts(from, to));
  }

  /** The age of reports in each snapshot of a span; null when it cannot be told. */
  async reportAges(from: number, to: number): Promise<readonly ReportAge[] | null> {
    return this.#try(this.#recorder.reportAges(from, to));
  }

  /**
   * What one station did in a span; null where nothing was recorded. Rejects with a `VelolacError`: the panel that asked
   * says why.
   */
  async stationHistory(code: string, from: number, to: number): Promise<StationHistory | null> {
    return this.#recorder.stationHistory(code, from, to);
  }

  /** What is usual at one station, seen from an instant; as `stationHistory`. */
  async stationHabits(code: string, to: number): Promise<StationHabits | null> {
    return this.#recorder.stationHabits(code, to);
  }

  /** Stations that came and went; `early` while there is nothing to compare, null when it cannot be told. */
  async stationChanges(): Promise<StationChanges | 'early' | null> {
    return this.#try(this.#recorder.stationChanges().then((changes) => changes ?? 'early'));
  }

  async space(): Promise<Space | null> {
    return this.#try(this.#recorder.space());
  }

  /** Keeps Bronze for so many days, or for ever; true once what is too old is gone. */
  async setRetention(days: number | null): Promise<boolean> {
    const done = await this.#try(this.#recorder.setRetention(days).then(() => true));
    this.revision += 1;
    return done !== null;
  }

  async #answerHealth(): Promise<void> {
    while (this.#healthStale) {
      this.#healthStale = false;
      const health = await this.#try(this.#recorder.health());
      if (health !== null) this.health = health;
    }
    this.#askingHealth = null;
  }

  #hear(event: PipelineEvent): void {
    switch (event.kind) {
      case 'work':
        if (event.work === null && this.work !== null) this.revision += 1;
        this.work = event.work;
        break;
      case 'stage':
        this.stages = { ...this.stages, [event.report.stage]: event.report };
        if (event.report.stage === 'gold' && event.report.status === 'done') this.#hearEngine();
        break;
      case 'status':
        this.#hearStatus(event.status);
        break;
      case 'answers':
        if (event.answers.selection.kind !== 'newest') break;
        this.newest = event.answers;
        if (this.choice.kind === 'newest') this.answers = event.answers;
        else if (this.choice.kind === 'preset') void this.#ask();
        break;
      case 'mirror':
        this.mirror = event.mirror;
        break;
      case 'error':
        this.problem = event.error;
        break;
    }
  }

  #hearStatus(status: LakeStatus): void {
    const before = this.status;
    if (status.failure === null && this.#isOver(status)) this.problem = null;
    this.status = status;
    const { snapshots, rows, bronze_stored_bytes, silver_bytes, last } = status.totals;
    const end = before?.totals.last ?? null;
    const { choice } = this;
    // The record has come nearer to a moment that lay beyond it.
    if (choice.kind === 'instant' && last !== null && last !== end && (end === null || end < choice.at))
      void this.#ask();
    if (snapshots === 0) {
      this.newest = null;
      this.answers = null;
    }
    const same =
      before?.totals.snapshots === snapshots &&
      before.totals.rows === rows &&
      before.totals.bronze_stored_bytes === bronze_stored_bytes &&
      before.totals.silver_bytes === silver_bytes &&
      before.newest?.fetched_at === status.newest?.fetched_at &&
      before.newest?.outcome === status.newest?.outcome;
    if (!same) this.revision += 1;
  }

  /** What failed by hand is over once a recording of its own accord has succeeded; want of room, whatever lacked it. */
  #isOver({ newest }: LakeStatus): boolean {
    const { problem, status: before } = this;
    const hasCome = newest !== null && newest.fetched_at !== before?.newest?.fetched_at;
    if (problem !== null && wantsRoom.includes(problem.code) && hasCome) return true;
    return problem?.code === before?.failure?.error.code;
  }

  /** Asks for the current choice; an answer that comes after a newer question is dropped. */
  async #ask(): Promise<void> {
    const question = ++this.#question;
    if (this.choice.kind === 'newest' && this.newest !== null) {
      this.asking = false;
      this.drawn = null;
      this.answers = this.newest;
      return;
    }
    this.asking = true;
    const answers = await this.#try(this.#recorder.answer(this.#selection()));
    if (question !== this.#question) return;
    this.asking = false;
    this.drawn = null;
    if (answers === null) return;
    this.#hearEngine();
    this.answers = answers;
  }

  /** The engine has answered: that it did not start is over. */
  #hearEngine(): void {
    if (this.problem?.code === 'engine.start') this.problem = null;
  }

  #selection(): ReturnType<typeof toSelection> {
    const { first = null, last = null } = this.status?.totals ?? {};
    return toSelection(this.choice, first, last);
  }

  /** The outcome of long work: being stopped is one, and no failure. */
  async #long<T>(work: Promise<T>): Promise<T | 'stopped' | null> {
    const stoppable = work.catch((thrown: unknown) => {
      if (stops.includes(toVelolacError(thrown).code)) return 'stopped' as const;
      throw thrown;
    });
    const outcome = await this.#try(stoppable);
    this.work = null;
    this.revision += 1;
    return outcome;
  }

  /** The outcome, or null with `problem` set. */
  async #try<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (thrown) {
      this.problem = toVelolacError(thrown).toRecord();
      return null;
    }
  }
}
