import { toVelolacError, type ErrorRecord } from '../errors.ts';
import type {
  Analyses,
  Attempt,
  Calendar,
  Frames,
  Health,
  Inspection,
  LakeFileRow,
  RecordedQuarters,
  Recorder,
  ReportAge,
  Space,
  StationChanges,
  StationHabits,
  StationHistory,
} from '../pipeline/protocol.ts';

/** What views ask of the lake, each answer on its own. What fails becomes `problem`. */
export class LakeQuestions {
  /** What failed last, other than a recording: those are in `status.failure`. */
  problem = $state.raw<ErrorRecord | null>(null);
  /** What the Health view shows, as it was last asked for. */
  health = $state.raw<Health | null>(null);

  #askingHealth: Promise<void> | null = null;
  /** Whether the lake may have changed since health was last asked for. */
  #healthStale = false;

  constructor(protected readonly recorder: Recorder) {}

  /** The analyses of a window through filters; `empty` where nothing was recorded in it, null when they failed. */
  async analyses(...question: Parameters<Recorder['analyses']>): Promise<Analyses | 'empty' | null> {
    return this.attempt(this.recorder.analyses(...question).then((answers) => answers ?? 'empty'));
  }

  /** All that was recorded, by the quarter-hour; null where there is nothing. */
  async recorded(): Promise<RecordedQuarters | null> {
    return this.attempt(this.recorder.recorded());
  }

  /** What the stations held at the quarter-hours of a UTC day; null where there is nothing. */
  async frames(day: string): Promise<Frames | null> {
    return this.attempt(this.recorder.frames(day));
  }

  /** Instants that can be chosen, oldest first. */
  async instants(): Promise<readonly number[]> {
    return (await this.attempt(this.recorder.instants())) ?? [];
  }

  /** Every file of the lake, or null when they cannot be listed. */
  async files(): Promise<readonly LakeFileRow[] | null> {
    return this.attempt(this.recorder.files());
  }

  async members(path: string): Promise<readonly LakeFileRow[] | null> {
    return this.attempt(this.recorder.members(path));
  }

  async download(path: string): Promise<Uint8Array<ArrayBuffer> | null> {
    return this.attempt(this.recorder.download(path));
  }

  /** What the beginning of each file tells, or null when none could be asked. */
  async inspect(files: readonly File[]): Promise<readonly Inspection[] | null> {
    return this.attempt(this.recorder.inspect(files));
  }

  /** The file at an address. Rejects with a `VelolacError`: the form that asked says why. */
  async fetchFile(address: string): Promise<File> {
    return this.recorder.fetchFile(address);
  }

  /** The record by the hour; null when it cannot be read. */
  async calendar(from: number, to: number): Promise<Calendar | null> {
    return this.attempt(this.recorder.calendar(from, to));
  }

  /** Every attempt of a span; null when the journal cannot be read. */
  async attempts(from: number, to: number): Promise<readonly Attempt[] | null> {
    return this.attempt(this.recorder.attempts(from, to));
  }

  /** The age of reports in each snapshot of a span; null when it cannot be told. */
  async reportAges(from: number, to: number): Promise<readonly ReportAge[] | null> {
    return this.attempt(this.recorder.reportAges(from, to));
  }

  /**
   * What one station did in a span; null where nothing was recorded. Rejects with a `VelolacError`: the panel that asked
   * says why.
   */
  async stationHistory(code: string, from: number, to: number): Promise<StationHistory | null> {
    return this.recorder.stationHistory(code, from, to);
  }

  /** What is usual at one station, seen from an instant; as `stationHistory`. */
  async stationHabits(code: string, to: number): Promise<StationHabits | null> {
    return this.recorder.stationHabits(code, to);
  }

  /** Stations that came and went; `early` while there is nothing to compare, null when it cannot be told. */
  async stationChanges(): Promise<StationChanges | 'early' | null> {
    return this.attempt(this.recorder.stationChanges().then((changes) => changes ?? 'early'));
  }

  async space(): Promise<Space | null> {
    return this.attempt(this.recorder.space());
  }

  /** Asks how the lake is: one question at a time, and once more where it was wished for meanwhile. */
  askHealth(): Promise<void> {
    this.#healthStale = true;
    return (this.#askingHealth ??= this.#answerHealth());
  }

  async #answerHealth(): Promise<void> {
    while (this.#healthStale) {
      this.#healthStale = false;
      const health = await this.attempt(this.recorder.health());
      if (health !== null) this.health = health;
    }
    this.#askingHealth = null;
  }

  /** The outcome, or null with `problem` set. */
  protected async attempt<T>(work: Promise<T>): Promise<T | null> {
    try {
      return await work;
    } catch (thrown) {
      this.problem = toVelolacError(thrown).toRecord();
      return null;
    }
  }
}
