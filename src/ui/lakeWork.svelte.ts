import { toVelolacError } from '../errors.ts';
import type {
  BackupReport,
  ImportFile,
  ImportReport,
  MirrorStatus,
  Recorder,
  RestoreReport,
  VerifyReport,
  Work,
} from '../pipeline/protocol.ts';
import { LakeQuestions } from './lakeQuestions.svelte.ts';

/** How long work rejects that was stopped. */
const stops: readonly string[] = ['engine.aborted', 'import.aborted'];

/** What views have done to the lake, and the long work that is under way. What fails becomes `problem`. */
export class LakeWork extends LakeQuestions {
  /** Counts the changes of the lake. */
  revision = $state(0);
  /** Long work under way: an import or a rebuild. */
  work = $state.raw<Work | null>(null);
  /** The folder on disk that is kept in step with the lake; null where there is none. */
  mirror = $state.raw<MirrorStatus | null>(null);

  /** Imports files: what became of each, or that it was stopped, or null when it failed. */
  async importFiles(files: readonly ImportFile[]): Promise<readonly ImportReport[] | 'stopped' | null> {
    return this.#long(this.recorder.importFiles(files));
  }

  /** Writes Silver and Gold anew, of one day or of all. */
  async rebuild(day: string | null): Promise<'done' | 'stopped' | null> {
    return this.#long(this.recorder.rebuild(day).then(() => 'done' as const));
  }

  /** Writes the lake as one ZIP, into a chosen file or into one to hand over. */
  async backUp(target: FileSystemFileHandle | null): Promise<BackupReport | 'stopped' | null> {
    return this.#long(this.recorder.backUp(target));
  }

  /** Merges a backup into the live lake. */
  async restore(file: File): Promise<RestoreReport | 'stopped' | null> {
    return this.#long(this.recorder.restore(file));
  }

  /** Reads all of the lake and repairs it: what was found, or that it was stopped, or null when it failed. */
  async verify(): Promise<VerifyReport | 'stopped' | null> {
    return this.#long(this.recorder.verify());
  }

  async stopWork(): Promise<void> {
    await this.attempt(this.recorder.stopWork());
  }

  /** Removes what a backup left to be handed over; true once it is gone. */
  async sweepBackup(): Promise<boolean> {
    return (await this.attempt(this.recorder.sweepBackup().then(() => true))) !== null;
  }

  /** Keeps a folder on disk in step with the lake; null stops. True once that is so. */
  async mirrorTo(folder: FileSystemDirectoryHandle | null): Promise<boolean> {
    return (await this.attempt(this.recorder.mirrorTo(folder).then(() => true))) !== null;
  }

  /** Maps columns for a schema; true once what waited for it is replayed. */
  async acceptMapping(...mapping: Parameters<Recorder['acceptMapping']>): Promise<boolean> {
    const done = await this.attempt(this.recorder.acceptMapping(...mapping).then(() => true));
    this.revision += 1;
    return done !== null;
  }

  /** Leaves out what waits in a schema, or takes it up again; true once that is so. */
  async setAside(...what: Parameters<Recorder['setAside']>): Promise<boolean> {
    const done = await this.attempt(this.recorder.setAside(...what).then(() => true));
    this.revision += 1;
    return done !== null;
  }

  async setAutomatic(on: boolean): Promise<void> {
    await this.attempt(this.recorder.setAutomatic(on));
  }

  /** Keeps Bronze for so many days, or for ever; true once what is too old is gone. */
  async setRetention(days: number | null): Promise<boolean> {
    const done = await this.attempt(this.recorder.setRetention(days).then(() => true));
    this.revision += 1;
    return done !== null;
  }

  /** The outcome of long work: being stopped is one, and no failure. */
  async #long<T>(work: Promise<T>): Promise<T | 'stopped' | null> {
    const stoppable = work.catch((thrown: unknown) => {
      if (stops.includes(toVelolacError(thrown).code)) return 'stopped' as const;
      throw thrown;
    });
    const outcome = await this.attempt(stoppable);
    this.work = null;
    this.revision += 1;
    return outcome;
  }
}
