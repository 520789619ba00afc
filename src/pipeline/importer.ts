import type { Engine } from '../engine/engine.ts';
import { withEngine } from '../engine/withEngine.ts';
import { toVelolacError, VelolacError } from '../errors.ts';
import type { FileEntry, ImportReport, InspectedTable, TableReport } from '../lake/journal.ts';
import type { FileDraft, Lake } from '../lake/lake.ts';
import { importPath, sha256Of } from '../lake/names.ts';
import { sourceState, type ImportState } from '../lake/state.ts';
import { attributesPart, newSets, readAttributeIds } from '../silver/attributes.ts';
import { openTables } from '../sources/readers/open.ts';
import { duckdbParquet } from '../sources/readers/parquet.ts';
import type { Unreadable } from '../sources/readers/reader.ts';
import { CastSlices } from './castSlices.ts';
import { Draft } from './draft.ts';
import {
  firstSlice,
  inspectTable,
  refineTable,
  type Brought,
  type RefinedTable,
  type TableContext,
} from './importTable.ts';
import type { Excerpt, Inspection } from './protocol.ts';
import type { References } from './references.ts';
import { isRepeated, outdatedIn, takeBack } from './repeats.ts';
import { fingerprintOf } from './schema.ts';
import type { Progress } from './work.ts';

/** What one file became: its tables, and the members that are none. */
interface Refined {
  readonly tables: readonly RefinedTable[];
  readonly reports: readonly TableReport[];
}

/** Brings files into one source of a lake. Each file has an engine of its own (docs/adr/0024). */
export class Importer {
  constructor(
    private readonly lake: Lake,
    private readonly source: string,
    private readonly references: Pick<References, 'stations'>,
    private readonly now: () => number,
  ) {}

  /** What the beginning of a file tells; what cannot be read is told as an error. */
  async inspect(file: File): Promise<Inspection> {
    const told = { name: file.name, bytes: file.size };
    const brought = { file, name: file.name, file_date: file.lastModified, fetched_at: null };
    try {
      return await withEngine(async (engine) => {
        const context = this.#context(engine, brought, true, new AbortController().signal);
        const tables: InspectedTable[] = [];
        for await (const found of openTables(file, file.name, { parquet: duckdbParquet(engine) })) {
          tables.push('error' in found ? unreadable(found) : await inspectTable(context, found));
        }
        return { ...told, tables, error: null };
      });
    } catch (thrown) {
      return { ...told, tables: [], error: toVelolacError(thrown).toRecord() };
    }
  }

  /**
   * Imports a file. The original and all that was made of it come into the lake by one event, or the attempt alone
   * where it failed: what a file does to us is told in its report. `dropped` are UTC days of it that are left out. Where
   * the same bytes came before and their time is better known now, the earlier import gives way to this one.
   * Rejects with `engine.aborted` when it was stopped, and with `lake.*`.
   */
  async import(brought: Brought, progress: Progress, dropped: readonly string[] = []): Promise<ImportReport> {
    const { lake, source } = this;
    const { file, name } = brought;
    const hash = await sha256Of(file, progress.signal);
    const before = sourceState(lake.state, source).imports.filter(({ sha256 }) => sha256 === hash);
    const same = before.find((one) => isRepeated(one, brought, dropped));
    if (same) return { ...same.report, at: this.now(), name, known: true };
    const path = importPath(this.now(), hash, name);
    const keep = (refined: Refined) => lake.putBlob(draftOf(path, source, refined), file, hash);
    const former = before.find((one) => outdatedIn(one, brought).length > 0);
    return this.#bring(brought, true, dropped, progress, keep, former);
  }

  /** Imports the original of a file again, without the days that were deleted: its schema is mapped now. */
  async reimport(state: ImportState, progress: Progress): Promise<ImportReport> {
    const path = state.report.path!;
    const brought = await this.#original(state);
    return this.#bring(brought, false, state.dropped, progress, async () => this.lake.state.files[path]!);
  }

  /** Imports a file that lies in the lake and that no event tells of. `hash` is its SHA-256. Rejects like `import`. */
  adopt(path: string, brought: Brought, hash: string, progress: Progress): Promise<ImportReport> {
    return this.#bring(brought, false, [], progress, async (refined) => {
      return { ...draftOf(path, this.source, refined), bytes: brought.file.size, sha256: hash };
    });
  }

  /** Casts the original of an import into a draft: the days that are wanted and were not deleted. Rejects like `import`. */
  async again(
    state: ImportState,
    engine: Engine,
    draft: Draft,
    wants: (day: string) => boolean,
    progress: Progress,
  ): Promise<readonly RefinedTable[]> {
    const isLeft = (day: string) => wants(day) && !state.dropped.includes(day);
    return (await this.#refine(engine, await this.#original(state), false, draft, isLeft, progress)).tables;
  }

  /** The first rows of the table of an import that has this schema. Rejects with `import.*`. */
  async sample(state: ImportState, fingerprint: string): Promise<Excerpt> {
    const { file, name } = await this.#original(state);
    return withEngine(async (engine) => {
      for await (const found of openTables(file, name, { parquet: duckdbParquet(engine) })) {
        if ('error' in found || fingerprintOf(found.header) !== fingerprint) continue;
        return { header: found.header, rows: (await firstSlice(found)).rows };
      }
      throw new VelolacError('import.no_rows', `no table of schema ${fingerprint} in ${name}`);
    });
  }

  async #original({ report: { path, name }, file_date, fetched_at }: ImportState): Promise<Brought> {
    return { file: await this.lake.storage.blob(path!), name, file_date, fetched_at };
  }

  async #bring(
    brought: Brought,
    isNew: boolean,
    dropped: readonly string[],
    progress: Progress,
    keep: (refined: Refined) => Promise<FileEntry>,
    former?: ImportState,
  ): Promise<ImportReport> {
    const { lake, source } = this;
    const { name, file, fetched_at, file_date } = brought;
    const told = { at: this.now(), name, bytes: file.size, known: false };
    const event = { kind: 'import', source, fetched_at, file_date, dropped: [...dropped] } as const;
    const isLeft = (day: string) => !dropped.includes(day);
    const bring = async (engine: Engine, draft: Draft): Promise<ImportReport> => {
      const taken = former
        ? await engine.exclusive(() => takeBack(engine, lake, draft, former, brought))
        : [];
      const refined = await this.#refine(engine, brought, isNew, draft, isLeft, progress);
      const { tables, reports } = refined;
      await this.#putAttributes(engine, draft, tables);
      const original = await keep(refined);
      const { path } = original;
      const corrects = taken[0] && { fetched_at: taken[0].from!, basis: taken[0].basis };
      const report: ImportReport = {
        ...{ ...told, path, tables: reports, error: null },
        ...(corrects && { corrects }),
      };
      const gone = former && former.report.path !== path ? [former.report.path!] : [];
      const replaces = [...draft.replaced, ...gone];
      const schemas = tables.map(({ schema }) => ({ kind: 'schema', source, schema }) as const);
      await lake.append([
        ...schemas,
        {
          ...{ ...event, report, replaces, files: [original, ...draft.written] },
          snapshots: tables.flatMap(({ snapshots }) => snapshots),
          withdrawn: [...taken.map(({ from }) => from!), ...tables.flatMap(({ withdrawn }) => withdrawn)],
        },
      ]);
      await lake.sweep(replaces);
      return report;
    };
    try {
      return await withEngine((engine) => this.#drafting((draft) => bring(engine, draft)), progress.signal);
    } catch (thrown) {
      const error = toVelolacError(thrown);
      if (error.code === 'engine.aborted' || error.code.startsWith('lake.')) throw error;
      const report: ImportReport = { ...told, path: null, tables: [], error: error.toRecord() };
      await lake.append([{ ...event, report, files: [], replaces: [], snapshots: [], withdrawn: [] }]);
      return report;
    }
  }

  /** Work on a draft of all that the lake holds; when it fails, nothing is left of it. */
  async #drafting<T>(work: (draft: Draft) => Promise<T>): Promise<T> {
    const { lake, source } = this;
    const silver = [...lake.entries('station_status', source), ...lake.entries('rejects', source)];
    const { days } = sourceState(lake.state, source);
    const instants = Object.values(days).flatMap((briefs) => briefs.map(([at]) => at));
    const draft = new Draft(lake, source, silver, instants);
    try {
      return await work(draft);
    } catch (thrown) {
      await draft.discard();
      throw thrown;
    }
  }

  async #refine(
    engine: Engine,
    brought: Brought,
    isNew: boolean,
    draft: Draft,
    wants: (day: string) => boolean,
    { signal, tell }: Progress,
  ): Promise<Refined> {
    await CastSlices.sweep(this.lake);
    const context = this.#context(engine, brought, isNew, signal);
    const tables: RefinedTable[] = [];
    const reports: TableReport[] = [];
    let characters = 0;
    let read = 0;
    const onSlice = (more: number) => {
      characters += more;
      read = characters / (characters + brought.file.size);
      tell(brought.name, read);
    };
    const onDays = (share: number) => tell(brought.name, read + (1 - read) * share);
    const options = { parquet: duckdbParquet(engine, signal), signal };
    for await (const found of openTables(brought.file, brought.name, options)) {
      if ('error' in found) reports.push(unreadable(found));
      else {
        const table = await refineTable(context, found, draft, wants, { onSlice, onDays });
        tables.push(table);
        reports.push(table.report);
      }
    }
    const [first] = reports;
    if (tables.length === 0 && first?.error) throw VelolacError.fromRecord(first.error);
    return { tables, reports };
  }

  async #putAttributes(engine: Engine, draft: Draft, tables: readonly RefinedTable[]): Promise<void> {
    const { lake, source } = this;
    const paths = lake.entries('station_attributes', source).map(({ path }) => path);
    await engine.registerAll(paths, (path) => lake.read(path));
    const known = await readAttributeIds(engine, paths);
    const sets = newSets(
      known,
      tables.flatMap(({ attributes }) => attributes),
    );
    const from = Math.min(...tables.flatMap(({ report }) => report.from ?? []));
    const part = await attributesPart(engine, source, sets);
    await draft.put('station_attributes', part, { from, to: from, snapshots: 0, csv_bytes: 0 });
  }

  #context(engine: Engine, file: Brought, isNew: boolean, signal: AbortSignal): TableContext {
    const { lake, references, source } = this;
    const { schemas } = sourceState(lake.state, source);
    return { engine, lake, schemas, references, file, isNew, signal };
  }
}

/** The original of an import as a file of the lake. */
function draftOf(path: string, source: string, { reports, tables }: Refined): FileDraft {
  const [from, to] = spanOf(reports);
  const snapshots = reports.reduce((sum, report) => sum + report.snapshots, 0);
  const csv_bytes = tables.reduce((sum, { characters }) => sum + characters, 0);
  return { path, layer: 'bronze', table: 'import', source, rows: null, snapshots, from, to, csv_bytes };
}

function spanOf(reports: readonly TableReport[]): [from: number | null, to: number | null] {
  const times = reports.flatMap(({ from, to }) => (from === null || to === null ? [] : [from, to]));
  return times.length === 0 ? [null, null] : [Math.min(...times), Math.max(...times)];
}

function unreadable({ name, error }: Unreadable): TableReport {
  return {
    ...{ name, envelope: 'unreadable', era: null, content: 'status', basis: 'file_date', fetched_at: null },
    ...{
      series: false,
      error: error.toRecord(),
      fingerprint: null,
      from: null,
      to: null,
      snapshots: 0,
      known: 0,
    },
    ...{ rows: 0, accepted: 0, quarantined: 0, rejected: {}, discarded: {} },
  };
}
