import type { Engine } from '../../engine/engine.ts';
import { toVelolacError } from '../../errors.ts';
import { withEngine } from '../../engine/withEngine.ts';
import { parquetRows } from '../../engine/sql.ts';
import type { Damage, FileEntry } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { dayOf, folderOf, nameOf, sha256Of } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { Importer } from '../importer.ts';
import { rewriteInformation } from '../information.ts';
import type { Lakehouse } from '../lakehouse.ts';
import type { VerifyProblem, VerifyReport } from '../protocol.ts';
import { rebuild } from '../rebuild.ts';
import type { References } from '../references.ts';
import { isFull } from '../room.ts';
import type { Progress } from '../work.ts';
import type { Provenance } from './adopt.ts';
import { recover, type Recovered } from './recover.ts';
import { setAside, setAsideStray, type Remainder } from './setAside.ts';
import { inspect, type Findings } from './verify.ts';

/** The share of verifying that reading takes; the rest is for repairs. */
const READING = 0.8;

/** Keeps a lake sound: takes it over from a writer that was ended, verifies it, repairs it. */
export class Keeper {
  constructor(
    private readonly house: Lakehouse,
    private readonly references: References,
    private readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>,
    private readonly now: () => number,
  ) {}

  /** What a new writer does first, with nothing beside it. `onRecovery` is called when the journal has to be rebuilt. */
  takeOver(onRecovery: () => void): Promise<Recovered> {
    const recorded: Provenance = { origin: 'live', fetched_at_basis: 'clock' };
    const sample: Provenance = { origin: 'sample', fetched_at_basis: 'poll_column' };
    return recover(this.house.lake, this.house.world === 'sample' ? sample : recorded, onRecovery);
  }

  /** Imports again what users had brought, and writes Silver anew where a recovery found that it is gone. */
  async complete(recovered: Recovered, progress: Progress): Promise<void> {
    for (const path of recovered.imports) await this.#importAgain(path, progress);
    await this.#remake(recovered, progress);
  }

  /**
   * Reads all of the lake, and repairs what it can: damaged Silver is made again from Bronze, damaged Bronze is set
   * aside. Rejects with `engine.aborted` when it was stopped, before anything was repaired or between two days.
   */
  async verify(progress: Progress): Promise<VerifyReport> {
    const { lake, engine } = this.house;
    const started = performance.now();
    const known = lake.state.damages.length;
    const findings = await this.#inspect({
      ...progress,
      tell: (subject, share) => progress.tell(subject, share * READING),
    });
    const { faults, journal, strays, ...counts } = findings;
    const remainder = await this.inTurn(async () => {
      const rest = await setAside(lake, faults);
      await this.#renewJournal(journal);
      // The next writer looks where something was written; now also where something lies that nobody wrote.
      if (strays.length > 0) await this.#mark(strays.map(folderOf));
      return rest;
    });
    for (const { entry } of faults) await engine.unregister(entry.path);
    await this.#remake(remainder, {
      ...progress,
      tell: (subject, share) => progress.tell(subject, READING + share * (1 - READING)),
    });
    const fresh = lake.state.damages.slice(known);
    const problems = [...faults.map((fault) => outcomeOf(fault, fresh)), ...journal.map(journalProblem)];
    return {
      at: this.now(),
      ms: performance.now() - started,
      known,
      ...counts,
      strays: strays.length,
      lost: lostOf(lake, fresh),
      problems,
    };
  }

  /** Has the next writer look into folders. Without room for that, what was found is told all the same. */
  async #mark(folders: readonly string[]): Promise<void> {
    try {
      await this.house.lake.append([{ kind: 'touch', folders }]);
    } catch (thrown) {
      if (!isFull(toVelolacError(thrown))) throw thrown;
    }
  }

  async #inspect(progress: Progress): Promise<Findings> {
    const { lake } = this.house;
    return withEngine((engine) => {
      return inspect(lake, (path, bytes) => countRows(engine, path, bytes), progress);
    }, progress.signal);
  }

  /** What this tab knows of the lake is sound, whatever became of the journal on disk: a checkpoint says so. */
  async #renewJournal(paths: readonly string[]): Promise<void> {
    if (paths.length === 0) return;
    const { lake } = this.house;
    const damages = paths
      .filter((path) => path.endsWith('.jsonl'))
      .map((path): Damage => ({ path, source: null, problem: 'journal', moved: null, lost: [] }));
    if (damages.length > 0) await lake.append([{ kind: 'damage', damages, files: [] }]);
    await lake.checkpoint();
  }

  async #remake({ days, whole, versions }: Remainder, progress: Progress): Promise<void> {
    const { house, references, now } = this;
    const { lake, world } = house;
    const basis = world === 'sample' ? 'poll_column' : 'clock';
    const sources = new Set([...days.keys(), ...whole, ...versions]);
    for (const source of sources) {
      const importer = new Importer(lake, source, references, now);
      const { without_bronze } = sourceState(lake.state, source);
      const wanted = [...(days.get(source) ?? [])].sort();
      for (const day of wanted.filter((one) => without_bronze.includes(one)))
        await this.inTurn(() => this.#loseDay(source, day));
      const cast = whole.has(source) ? [null] : wanted.filter((one) => !without_bronze.includes(one));
      for (const day of cast) await rebuild({ lake, source, references, importer, basis, day }, progress);
      await rewriteInformation(lake, source, await references.areas(), this.inTurn);
    }
    if (sources.size > 0) house.refinery.forget();
  }

  /** Silver of a day that has no Bronze any more: what is damaged of it is gone. */
  async #loseDay(source: string, day: string): Promise<void> {
    const { lake } = this.house;
    const inDay = ['station_status', 'rejects'].flatMap((table) =>
      lake.entries(table, source).filter(({ from }) => dayOf(from!) === day),
    );
    const gone = inDay.filter(({ path }) => lake.isDoubted(path));
    const isHeld = (at: number) =>
      inDay.some(
        (file) =>
          !gone.includes(file) && file.table === 'station_status' && at >= file.from! && at <= file.to!,
      );
    const { days } = sourceState(lake.state, source);
    const damages = gone.map(({ path, table, from, to }): Damage => {
      const inside = (days[day] ?? [])
        .flatMap(([at, , stations]) => (stations > 0 ? at : []))
        .filter((at) => at >= from! && at <= to! && !isHeld(at));
      return {
        path,
        source,
        problem: 'content',
        moved: null,
        lost: table === 'station_status' ? inside : [],
      };
    });
    await lake.append([{ kind: 'damage', damages, files: [] }]);
    await lake.sweep(gone.map(({ path }) => path));
  }

  async #importAgain(path: string, progress: Progress): Promise<void> {
    const { lake, source } = this.house;
    const importer = new Importer(lake, source, this.references, this.now);
    const blob = await lake.storage.blob(path);
    const name = nameOf(path).replace(/^[0-9a-f]{8}_/, '');
    const file_date = blob instanceof File ? blob.lastModified : Date.parse(path.split('/')[2]!);
    const hash = await sha256Of(blob);
    const isThere = Object.values(lake.state.files).some(({ sha256 }) => sha256 === hash);
    const brought = { file: blob, name, file_date, fetched_at: null };
    const report = isThere ? null : await importer.adopt(path, brought, hash, progress);
    if (report?.error) await setAsideStray(lake, path);
    else if (isThere) await lake.sweep([path]);
  }
}

async function countRows(engine: Engine, path: string, bytes: Uint8Array): Promise<number> {
  await engine.register(path, bytes);
  try {
    const [row] = await engine.query<{ rows: number }>(
      `SELECT CAST(count(*) AS INTEGER) AS rows FROM ${parquetRows([path])}`,
    );
    return row?.rows ?? 0;
  } finally {
    await engine.unregister(path);
  }
}

function outcomeOf({ entry, problem }: Findings['faults'][number], fresh: readonly Damage[]): VerifyProblem {
  const { path, layer } = entry;
  return { path, problem, done: layer === 'gold' ? 'dropped' : doneTo(entry, fresh) };
}

function doneTo({ path, from, to, snapshots }: FileEntry, fresh: readonly Damage[]): VerifyProblem['done'] {
  const damage = fresh.find((one) => one.path === path);
  if (damage === undefined) return 'rebuilt';
  if (damage.moved) return 'set_aside';
  const lost = damage.lost.filter((at) => at >= from! && at <= to!);
  return path.startsWith('silver/') && lost.length < snapshots ? 'partly' : 'lost';
}

/** Snapshots of damaged files of which no Silver is left either. */
function lostOf({ state }: Lake, damages: readonly Damage[]): number {
  const gone = damages.flatMap(({ source, lost }) => {
    const days = source === null ? {} : sourceState(state, source).days;
    const isLeft = (at: number) => days[dayOf(at)]?.some(([one, outcome]) => one === at && outcome === 'ok');
    return lost.flatMap((at) => (isLeft(at) ? [] : `${source} ${at}`));
  });
  return new Set(gone).size;
}

function journalProblem(path: string): VerifyProblem {
  return { path, problem: 'journal', done: path.endsWith('.jsonl') ? 'noted' : 'rebuilt' };
}
