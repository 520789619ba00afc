import { toVelolacError, type ErrorRecord } from '../../errors.ts';
import type { ImportReport, Inspection, RestoreReport } from '../../pipeline/protocol.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import { readCorrection, type Correction } from './correction.ts';

/** A file that was chosen, and what its beginning tells. */
export interface Chosen {
  readonly key: number;
  readonly file: File;
  readonly inspection: Inspection;
  /** Paris wall time that was typed for it; null where none was. */
  readonly typed: string | null;
}

/** From the choice of files to what became of them. Outlives the Lake view: an import goes on behind other views. */
export class Imports {
  chosen = $state.raw<readonly Chosen[]>([]);
  phase = $state<'idle' | 'reading' | 'fetching' | 'importing'>('idle');
  /** How many files are being read. */
  reading = $state(0);
  /** What became of the files of the last import. */
  reports = $state.raw<readonly ImportReport[]>([]);
  /** What became of the last backup that was restored. */
  restored = $state.raw<RestoreReport | null>(null);
  /** How the last import ended. */
  ended = $state<'done' | 'stopped' | null>(null);
  /** Why the address that was asked for gave no file. */
  refusal = $state.raw<ErrorRecord | null>(null);
  /** The chosen files that can be read. */
  readonly sound: readonly Chosen[] = $derived(
    this.chosen.filter(({ inspection }) => inspection.error === null),
  );

  readonly #lakehouse: Lakehouse;
  #keys = 0;

  constructor(lakehouse: Lakehouse) {
    this.#lakehouse = lakehouse;
  }

  /** Adds files to those that wait to be imported. */
  async choose(files: readonly File[]): Promise<void> {
    if (files.length === 0 || this.phase === 'importing' || this.phase === 'reading') return;
    this.phase = 'reading';
    this.reading = files.length;
    this.#forget();
    const inspections = await this.#lakehouse.inspect(files);
    const added = (inspections ?? []).flatMap((inspection, index): Chosen[] => {
      const file = files[index];
      return file === undefined ? [] : [{ key: (this.#keys += 1), file, inspection, typed: null }];
    });
    this.chosen = [...this.chosen, ...added];
    this.phase = 'idle';
  }

  /** Fetches the file at an address and adds it; true when there was one. */
  async fetch(address: string): Promise<boolean> {
    this.phase = 'fetching';
    this.refusal = null;
    try {
      const file = await this.#lakehouse.fetchFile(address);
      this.phase = 'idle';
      await this.choose([file]);
      return true;
    } catch (thrown) {
      this.refusal = toVelolacError(thrown).toRecord();
      this.phase = 'idle';
      return false;
    }
  }

  remove(key: number): void {
    this.chosen = this.chosen.filter((one) => one.key !== key);
  }

  clear(): void {
    this.chosen = [];
  }

  /** Keeps what was typed for a file; null takes it back. */
  type(key: number, typed: string | null): void {
    this.chosen = this.chosen.map((one) => (one.key === key ? { ...one, typed } : one));
  }

  /**
   * Imports the chosen files into the live lake, and restores those that are backups: of those that cannot be read, the
   * lake keeps the attempt. Where it fails, they stay chosen.
   */
  async run(now: number): Promise<void> {
    this.#forget();
    for (const { file, inspection, key } of this.chosen) {
      if (inspection.backup !== true) continue;
      if ((await this.restore(file)) !== 'done') return;
      this.remove(key);
    }
    const files = this.chosen.map(({ file, ...chosen }) => {
      const correction = correctionOf(chosen, now);
      return { file, fetched_at: correction.kind === 'corrected' ? correction.at : null };
    });
    if (files.length === 0) return;
    this.phase = 'importing';
    await this.#goLive();
    await this.#lakehouse.askHealth();
    const before = this.#history().map(signOf);
    const outcome = await this.#lakehouse.importFiles(files);
    this.phase = 'idle';
    if (outcome === null) return;
    this.chosen = [];
    if (outcome === 'stopped') await this.#lakehouse.askHealth();
    this.reports =
      outcome === 'stopped' ? this.#history().filter((one) => !before.includes(signOf(one))) : outcome;
    this.ended = outcome === 'stopped' ? 'stopped' : 'done';
  }

  /** Merges a backup into the live lake; null when it failed. */
  async restore(file: File): Promise<'done' | 'stopped' | null> {
    this.phase = 'importing';
    this.restored = null;
    await this.#goLive();
    const outcome = await this.#lakehouse.restore(file);
    this.phase = 'idle';
    if (outcome === null || outcome === 'stopped') return outcome;
    this.restored = outcome;
    return 'done';
  }

  #history(): readonly ImportReport[] {
    return this.#lakehouse.health?.imports ?? [];
  }

  async #goLive(): Promise<void> {
    if (this.#lakehouse.status?.world === 'sample') await this.#lakehouse.setWorld('live');
  }

  #forget(): void {
    this.restored = null;
    this.reports = [];
    this.ended = null;
    this.refusal = null;
  }
}

/** What was typed for a file means. */
export function correctionOf({ inspection, typed }: Omit<Chosen, 'file'>, now: number): Correction {
  return readCorrection(typed, momentOf(inspection), now);
}

/** The one moment that a file tells of, which can be corrected; null where it has several, or tells none. */
export function momentOf({ tables }: Inspection): number | null {
  return tables[0]?.fetched_at ?? null;
}

/** True where a file is of one moment: no table is a series, and all are of the same time. */
export function correctable({ tables }: Inspection): boolean {
  return (
    tables.length > 0 && tables.every((table) => !table.series && table.fetched_at === tables[0]?.fetched_at)
  );
}

function signOf({ at, name }: ImportReport): string {
  return `${at} ${name}`;
}
