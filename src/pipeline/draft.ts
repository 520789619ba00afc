import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf, partPath, sha256 } from '../lake/names.ts';
import type { Part } from '../silver/silver.ts';

/** What a part of Silver holds: its span (ms since the epoch), snapshots, and the CSV text it came from. */
export interface PartFacts {
  readonly from: number;
  readonly to: number;
  readonly snapshots: number;
  readonly csv_bytes: number;
}

/** Silver as it will be: the files it builds on, and those that are written and not yet committed. */
export class Draft {
  readonly written: FileEntry[] = [];
  /** Paths of files it builds on and takes the place of. */
  readonly replaced = new Set<string>();
  #instants: Set<number>;

  constructor(
    private readonly lake: Lake,
    readonly source: string,
    private readonly base: readonly FileEntry[] = [],
    instants: Iterable<number> = [],
  ) {
    this.#instants = new Set(instants);
  }

  /** Whether it holds a snapshot of this instant. */
  has(at: number): boolean {
    return this.#instants.has(at);
  }

  /** The files of a table in which a UTC day's rows are. */
  files(table: string, day: string): FileEntry[] {
    const all = new Map([...this.base, ...this.written].map((file) => [file.path, file]));
    return [...all.values()].filter((file) => {
      return file.table === table && dayOf(file.from!) === day && !this.replaced.has(file.path);
    });
  }

  /** Writes a part and takes note of its snapshots; none where it is null. Rejects with `lake.*`. */
  async put(table: string, part: Part | null, { from, to, snapshots, csv_bytes }: PartFacts): Promise<void> {
    if (!part) return;
    const { source } = this;
    const path = partPath('silver', table, source, from, 'part', sha256(part.bytes));
    const draft = { path, layer: 'silver' as const, table, source, rows: part.rows, snapshots, from, to };
    const bytes = table === 'station_status' ? csv_bytes : 0;
    this.written.push(await this.lake.put({ ...draft, csv_bytes: bytes }, part.bytes));
    // Equal rows have equal paths: what takes a file's place may be that very file.
    this.replaced.delete(path);
  }

  note(instants: readonly number[]): void {
    for (const at of instants) this.#instants.add(at);
  }

  /** Takes note of snapshots that are no more in its files. */
  forget(instants: readonly number[]): void {
    for (const at of instants) this.#instants.delete(at);
  }

  /** Leaves a file out. */
  async drop({ path }: FileEntry): Promise<void> {
    const at = this.written.findIndex((file) => file.path === path);
    if (at >= 0) {
      this.written.splice(at, 1);
      await this.lake.sweep([path]);
    }
    if (at < 0 || this.base.some((file) => file.path === path)) this.replaced.add(path);
  }

  /** Removes what was written. */
  async discard(): Promise<void> {
    await this.lake.sweep(this.written.map(({ path }) => path));
  }
}
