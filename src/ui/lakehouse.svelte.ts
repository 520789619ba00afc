import { toVelolacError, type ErrorRecord } from '../errors.ts';
import type { Answers } from '../gold/answers.ts';
import type {
  GoldQuestion,
  LakeFileRow,
  LakeStatus,
  OpenOptions,
  PipelineEvent,
  Recorder,
  Stage,
  StageReport,
  World,
} from '../pipeline/protocol.ts';
import { toSelection, type Choice } from './choice.ts';

const idle = (stage: Stage): StageReport => ({
  stage,
  status: 'idle',
  ms: null,
  rows: null,
  bytes: null,
  error: null,
});

/** What the page knows of the lakehouse. Owns the recorder: views read its state and call its methods. */
export class Lakehouse {
  status = $state.raw<LakeStatus | null>(null);
  /** The answers on show, to the current choice. */
  answers = $state.raw<Answers | null>(null);
  choice = $state.raw<Choice>({ kind: 'newest' });
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
  /** Counts the changes of the lake's files. */
  revision = $state(0);

  readonly #recorder: Recorder;
  #newest: Answers | null = null;
  #question = 0;

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

  /** Goes to the live lake or the bundled one. */
  async setWorld(world: World): Promise<void> {
    this.problem = null;
    this.choice = { kind: 'newest' };
    this.#question += 1;
    this.#newest = null;
    this.answers = null;
    await this.#try(this.#recorder.setWorld(world));
  }

  /** Shows another moment or period. */
  async choose(choice: Choice): Promise<void> {
    this.choice = choice;
    await this.#ask();
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

  #hear(event: PipelineEvent): void {
    switch (event.kind) {
      case 'stage':
        this.stages = { ...this.stages, [event.report.stage]: event.report };
        break;
      case 'status':
        this.#hearStatus(event.status);
        break;
      case 'answers':
        if (event.answers.selection.kind !== 'newest') break;
        this.#newest = event.answers;
        if (this.choice.kind === 'newest') this.answers = event.answers;
        else if (this.choice.kind === 'preset') void this.#ask();
        break;
      case 'error':
        this.problem = event.error;
        break;
    }
  }

  #hearStatus(status: LakeStatus): void {
    const before = this.status?.totals;
    // What failed by hand is over once a recording of its own accord has succeeded.
    if (status.failure === null && this.problem?.code === this.status?.failure?.error.code)
      this.problem = null;
    this.status = status;
    const { snapshots, rows, bronze_stored_bytes, silver_bytes } = status.totals;
    if (snapshots === 0) {
      this.#newest = null;
      this.answers = null;
    }
    const same =
      before?.snapshots === snapshots &&
      before.rows === rows &&
      before.bronze_stored_bytes === bronze_stored_bytes &&
      before.silver_bytes === silver_bytes;
    if (!same) this.revision += 1;
  }

  /** Asks for the current choice; an answer that comes after a newer question is dropped. */
  async #ask(): Promise<void> {
    const question = ++this.#question;
    if (this.choice.kind === 'newest' && this.#newest !== null) {
      this.asking = false;
      this.answers = this.#newest;
      return;
    }
    this.asking = true;
    const answers = await this.#try(this.#recorder.answer(this.#selection()));
    if (question !== this.#question) return;
    this.asking = false;
    if (answers !== null) this.answers = answers;
  }

  #selection(): ReturnType<typeof toSelection> {
    const { first = null, last = null } = this.status?.totals ?? {};
    return toSelection(this.choice, first, last);
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
