import type { FileEntry, SnapshotRow } from '../../lake/journal.ts';
import type { EventDraft, Lake } from '../../lake/lake.ts';
import { bronzeName, dayOf, HOUR, nameOf, openFolder, sha256Of } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { unpackHour } from '../../bronze/archive.ts';
import { schemaIn } from '../backup/attemptOf.ts';
import { read, type Found, type FoundSnapshot } from './finds.ts';

/** How the snapshots of a world came, and how their times are known. */
export type Provenance = Pick<SnapshotRow, 'origin' | 'fetched_at_basis'>;

/**
 * Takes files of Bronze that no event tells of into the lake, where their content is what their names say and the lake
 * has it nowhere else. All others are removed: they are what a writer was ended in the middle of, or was about to
 * remove.
 */
export class Adoption {
  /** How many files were taken in. */
  adopted = 0;
  /** Files that users brought: to be imported again. */
  readonly imports: string[] = [];
  /** Files that are not what their names say, where `keepsDamaged`. */
  readonly damaged: string[] = [];
  /** Names of the snapshots in a ZIP of the lake. */
  readonly #packed = new Map<string, ReadonlySet<string>>();

  constructor(
    private readonly lake: Lake,
    private readonly provenance: Provenance,
    /** Paths that the journal tells of and that are not there. */
    private readonly missing: ReadonlySet<string> = new Set(),
    /** Whether what is damaged may have been acknowledged once. */
    private readonly keepsDamaged = false,
  ) {}

  /** Goes through files that no event tells of; ZIPs first, since they may hold what lies beside them. */
  async take(paths: readonly string[]): Promise<void> {
    const order = (path: string) => (path.endsWith('.zip') ? 0 : 1);
    for (const path of [...paths].sort((a, b) => order(a) - order(b) || a.localeCompare(b))) {
      const { state } = this.lake;
      if (path in state.files) continue;
      if (state.leftovers.dropped.includes(path)) await this.lake.sweep([path]);
      else if (path.startsWith('bronze/imports/')) await this.#takeImport(path);
      else await this.#takeRecorded(path);
    }
  }

  async #takeImport(path: string): Promise<void> {
    const hash = await sha256Of(await this.lake.storage.blob(path));
    const isWhole = nameOf(path).startsWith(`${hash.slice(0, 8)}_`);
    if (isWhole) this.imports.push(path);
    else await this.#refuse(path);
  }

  async #takeRecorded(path: string): Promise<void> {
    const name = bronzeName(path);
    const found = name && read(path, name, await this.lake.storage.read(path));
    if (!found) return this.#refuse(path);
    const lacking = [];
    for (const one of found.snapshots) if (!(await this.#holds(one.row))) lacking.push(one);
    if (lacking.length === 0) return this.lake.sweep([path]);
    await this.#adopt(found);
  }

  /** Takes a file in: what its snapshots say is news, unless the journal tells of them and only their file was lost. */
  async #adopt({ entry, snapshots }: Found): Promise<void> {
    const { lake, provenance } = this;
    const { source, path } = entry;
    const { days, schemas } = sourceState(lake.state, source);
    const isNews = ({ row }: FoundSnapshot) =>
      row.outcome === 'failed' || !days[dayOf(row.fetched_at)]?.some(([at]) => at === row.fetched_at);
    const news = snapshots.filter(isNews);
    const events: EventDraft[] = [];
    for (const { row, csv } of news) {
      const print = row.schema_fingerprint;
      if (
        print === null ||
        print in schemas ||
        events.some((one) => 'schema' in one && one.schema.fingerprint === print)
      )
        continue;
      events.push({ kind: 'schema', source, schema: schemaIn(csv) });
    }
    const rows = news.map(({ row }) => ({ ...row, ...provenance }));
    events.push({ kind: 'restore', source, files: [entry], snapshots: rows, briefs: [], gaps: [] });
    if (entry.table === 'hour') {
      const replaces = snapshots
        .flatMap(({ row }) => row.bronze_path ?? [])
        .filter((one) => one in lake.state.files);
      events.push({ kind: 'commit', source, files: [], replaces });
    }
    await lake.append(events);
    this.#packed.delete(path);
    this.adopted += 1;
  }

  /** Whether the lake has a snapshot's Bronze: as a file, or packed with its hour. */
  async #holds({ source, fetched_at, bronze_path }: SnapshotRow): Promise<boolean> {
    const { lake, missing } = this;
    const path = bronze_path!;
    if (path in lake.state.files && !missing.has(path)) return true;
    const hours = lake
      .entries('hour', source)
      .filter((hour) => isIn(hour, fetched_at) && !missing.has(hour.path));
    for (const hour of hours) if ((await this.#namesIn(hour)).has(path)) return true;
    return false;
  }

  async #namesIn({ path }: FileEntry): Promise<ReadonlySet<string>> {
    const known = this.#packed.get(path);
    if (known) return known;
    const members = unpackHour(await this.lake.read(path));
    const names = new Set(members.map(({ name }) => `${openFolder(path)}/${name}`));
    this.#packed.set(path, names);
    return names;
  }

  async #refuse(path: string): Promise<void> {
    if (this.keepsDamaged) this.damaged.push(path);
    else await this.lake.sweep([path]);
  }
}

function isIn({ from }: FileEntry, at: number): boolean {
  return Math.floor(from! / HOUR) === Math.floor(at / HOUR);
}
