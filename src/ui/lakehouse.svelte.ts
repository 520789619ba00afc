import type { Answers, AreaRow } from '../gold/answers.ts';
import type {
  GoldQuestion,
  LakeStatus,
  OpenOptions,
  PaceSetting,
  PipelineEvent,
  Stage,
  StageReport,
  World,
} from '../pipeline/protocol.ts';
import { toSelection, type Choice } from './choice.ts';
import { LakeWork } from './lakeWork.svelte.ts';
import type { Drawn } from './time/frame.ts';

const idle = (stage: Stage): StageReport => ({
  stage,
  status: 'idle',
  ms: null,
  rows: null,
  bytes: null,
  error: null,
});

/** How work fails for want of room in the browser. */
const wantsRoom: readonly string[] = ['lake.quota', 'lake.short_write'];

/** What the page knows of the lakehouse. Owns the recorder: views read its state and call its methods. */
export class Lakehouse extends LakeWork {
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
  /** The lake that the visitor asked for; null where the recorder chooses. */
  chosen = $state.raw<World | null>(null);
  /** True while an answer other than the newest is on its way. */
  asking = $state(false);
  /** True from a press of *Record now* to its outcome. */
  recording = $state(false);

  #question = 0;

  /** Opens the lake and listens. A failure becomes `problem`. */
  async open(options: OpenOptions): Promise<void> {
    this.chosen = options.world;
    await this.attempt(this.recorder.open(options, (event) => this.#hear(event)));
  }

  /** Takes a snapshot now; true when it is in the lake. */
  async record(): Promise<boolean> {
    if (this.recording) return false;
    this.recording = true;
    this.problem = null;
    const done = await this.attempt(this.recorder.record());
    this.recording = false;
    return done !== null;
  }

  async setRecording(on: boolean): Promise<void> {
    await this.attempt(this.recorder.setRecording(on));
  }

  async setPace(pace: PaceSetting): Promise<void> {
    await this.attempt(this.recorder.setPace(pace));
  }

  /** Goes to the live lake or the bundled one. */
  async setWorld(world: World): Promise<void> {
    this.problem = null;
    this.chosen = world;
    this.choice = { kind: 'newest' };
    this.#question += 1;
    this.newest = null;
    this.answers = null;
    this.drawn = null;
    this.health = null;
    await this.attempt(this.recorder.setWorld(world));
  }

  /** Shows another moment or period. */
  async choose(choice: Choice): Promise<void> {
    this.choice = choice;
    await this.#ask();
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
    return this.attempt(this.recorder.answer(toSelection({ kind: 'instant', at }, first, last)));
  }

  /** One answer to the current choice, as Parquet. */
  async exportAnswer(question: GoldQuestion): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.attempt(this.recorder.exportAnswer(question, this.#selection()));
  }

  /** Deletes one day, or everything where none is named; true once it is gone. */
  async delete(day: string | null): Promise<boolean> {
    const gone = day === null ? this.recorder.deleteAll() : this.recorder.deleteDay(day);
    const done = await this.attempt(gone.then(() => true));
    this.revision += 1;
    if (done !== null && this.choice.kind !== 'newest') await this.choose({ kind: 'newest' });
    return done !== null;
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
    const { snapshots, rows, bronze_stored_bytes, silver_bytes } = status.totals;
    const last = status.newest?.fetched_at ?? null;
    const end = before?.newest?.fetched_at ?? null;
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
    const answers = await this.attempt(this.recorder.answer(this.#selection()));
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
}
