import { VelolacError } from '../../errors.ts';
import type { EventDraft } from '../../lake/lake.ts';
import { dayOf, HOUR, sha256Of } from '../../lake/names.ts';
import { sourceState, type ImportState } from '../../lake/state.ts';
import { groupBy } from '../groupBy.ts';
import { isKept } from '../quarantine.ts';
import { Importer } from '../importer.ts';
import { rewriteInformation } from '../information.ts';
import type { Lakehouse } from '../lakehouse.ts';
import type { ImportReport, LostFile, RestoreReport } from '../protocol.ts';
import type { References } from '../references.ts';
import { Refinery } from '../refine.ts';
import { restage } from '../stage.ts';
import type { Progress } from '../work.ts';
import { restoreAside } from './aside.ts';
import { schemaIn } from './attemptOf.ts';
import { readContents, type BronzeFile, type Contents } from './contents.ts';
import { failedAttempts, restoreFacts } from './facts.ts';
import { HourMerge } from './hour.ts';
import { Ledger } from './ledger.ts';
import { lossBy, type Missed } from './loss.ts';
import { restoreSilverDay } from './silverDay.ts';
import { ZipTree } from './zipTree.ts';

/** The lake that a backup is restored into, and what it takes. */
export interface Restoration {
  readonly house: Pick<Lakehouse, 'lake' | 'source' | 'engine'> & {
    readonly refinery: Pick<Refinery, 'refine' | 'forget'>;
  };
  readonly references: References;
  readonly now: () => number;
  /** Runs work with no tick beside it. */
  readonly inTurn: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Merges a backup into a lake, empty or not. Bronze and what the journal tells of it are taken, an hour at a time by one
 * event, and Silver is cast anew; where there is no sound Bronze, sound Silver is taken. What the lake has already stays
 * as it is, and nothing is deleted. Killed in the middle, the lake is whole, and doing it again completes it. Rejects with
 * `backup.foreign` for a file that is no backup, and `backup.cut` for one that is cut off before all that it had
 * (nothing is changed then), `lake.newer` for one by a newer version of the
 * page, `engine.aborted` when it was stopped (what is done stays), and `lake.*`.
 */
export async function restore(
  work: Restoration,
  file: Blob,
  name: string,
  progress: Progress,
): Promise<RestoreReport> {
  const tree = await ZipTree.open(file);
  if (!tree) throw new VelolacError('backup.foreign', `${name} is no backup of a lake`, {});
  const contents = await readContents(tree, work.now);
  if (isNothing(contents) && !(await tree.list('journal')).length)
    throw new VelolacError('backup.cut', `${name} ends before anything of a lake`, {});
  const merge = new Merge(work, contents, progress);
  await merge.run();
  const { aside, lost } = await restoreAside(work.house, work.inTurn, contents, progress);
  return { name, bytes: file.size, ...merge.report, aside, lost: [...merge.report.lost, ...lost] };
}

/** One merge of a backup into a lake. */
class Merge {
  #added = 0;
  #known = 0;
  #imports = 0;
  #from: number | null = null;
  #to: number | null = null;
  readonly #lost: LostFile[] = [];
  /** For sources other than the one that the house is of. */
  readonly #refineries = new Map<string, Refinery>();
  #done = 0;
  #steps = 0;

  constructor(
    private readonly work: Restoration,
    private readonly contents: Contents,
    private readonly progress: Progress,
  ) {}

  get report(): Omit<RestoreReport, 'name' | 'bytes' | 'aside'> {
    const [added, known, imports, lost] = [this.#added, this.#known, this.#imports, this.#lost];
    return { added, known, imports, from: this.#from, to: this.#to, lost };
  }

  async run(): Promise<void> {
    const { bronze, state } = this.contents;
    const sources = new Set([...Object.keys(state.sources), ...bronze.map(({ source }) => source)]);
    const each = [...sources].sort().map((source) => ({ source, ...this.#planOf(source) }));
    this.#steps = each.reduce(
      (sum, { hours, imports, days }) => sum + hours.length + imports.length + days.length,
      0,
    );
    const { house, inTurn } = this.work;
    const failed = await failedAttempts(house.lake, this.contents);
    for (const { source, hours, imports, days } of each) {
      const ledger = new Ledger(house.lake, this.contents, source);
      await this.#restoreSchemas(source);
      for (const files of hours) await this.#restoreHour(ledger, files);
      for (const one of imports) await this.#restoreImport(ledger, one);
      for (const day of days) await this.#restoreDay(ledger, day);
      const facts = failed.filter((row) => row.source === source);
      await inTurn(() => restoreFacts(house.lake, this.contents, source, facts));
      this.#known += ledger.known;
      this.#lost.push(...ledger.lost);
      await this.#settle(source);
    }
  }

  /** What is to be gone through of a source, oldest first. */
  #planOf(source: string) {
    const { bronze, state } = this.contents;
    const own = bronze.filter((file) => file.source === source);
    const hours = [...groupBy(own, ({ from }) => Math.floor(from / HOUR))].sort(([a], [b]) => a - b);
    const { imports, days } = sourceState(state, source);
    return {
      hours: hours.map(([, files]) => files),
      imports: imports.filter((one) => isKept(state, one)),
      days: Object.keys(days).sort(),
    };
  }

  /** Schemas that the lake has never seen, and mappings for those that it has no word on. */
  async #restoreSchemas(source: string): Promise<void> {
    const { lake } = this.work.house;
    const theirs = Object.values(sourceState(this.contents.state, source).schemas);
    const ours = sourceState(lake.state, source).schemas;
    const events = theirs.flatMap(({ accepted, ...state }): EventDraft[] => {
      const { fingerprint, header, era, origin, content, mapped, missing, kinds, contradicts } = state;
      const schema = {
        ...{ fingerprint, header, era, origin, content, mapped, missing, kinds },
        ...(contradicts !== undefined && { contradicts }),
      };
      const mapping = accepted && ours[fingerprint]?.accepted == null ? [accepted] : [];
      return [
        ...(fingerprint in ours ? [] : [{ kind: 'schema', source, schema } as const]),
        ...mapping.map(({ columns, by }) => ({ kind: 'mapping', source, fingerprint, columns, by }) as const),
      ];
    });
    if (events.length > 0) await this.work.inTurn(() => lake.append(events));
  }

  async #restoreHour(ledger: Ledger, files: readonly BronzeFile[]): Promise<void> {
    this.#tell(dayOf(files[0]!.from));
    const { house, inTurn } = this.work;
    const { lake } = house;
    const merge = await HourMerge.of(lake, this.contents, files);
    ledger.enter(merge);
    const { source } = ledger;
    if (merge.files.length === 0) return;
    await inTurn(async () => {
      const written = [];
      for (const { draft, bytes } of merge.files) written.push(await lake.put(draft, bytes));
      const snapshots = [...merge.fresh.map(({ snapshot }) => snapshot), ...merge.bodies];
      const { schemas } = sourceState(lake.state, source);
      const unseen = merge.fresh
        .filter(({ snapshot }) => !((snapshot.schema_fingerprint ?? '') in schemas))
        .map(({ csv }) => ({ kind: 'schema', source, schema: schemaIn(csv) }) as const);
      await lake.append([
        ...new Map(unseen.map((event) => [event.schema.fingerprint, event])).values(),
        { kind: 'restore', source, files: written, snapshots, briefs: [], gaps: [] },
      ]);
      for (const { snapshot } of merge.fresh) this.#note(snapshot.fetched_at);
      this.#added += merge.fresh.length;
      const state = sourceState(lake.state, source);
      const staged = merge.fresh.flatMap(({ snapshot, csv }) => restage(state, snapshot, csv) ?? []);
      await this.#refinery(source).refine(staged);
    });
  }

  async #restoreImport({ source, missed }: Ledger, { report: before, ...one }: ImportState): Promise<void> {
    this.#tell(before.name);
    const path = before.path!;
    const lose = (reason: LostFile['reason']) => missed.push(missedImport(before, path, reason));
    const file = await this.contents.tree.blob(path).catch(lossBy);
    if (typeof file === 'string') return void lose(file);
    if ((await sha256Of(file)) !== one.sha256) return void lose('damaged');
    const { house, references, now } = this.work;
    const importer = new Importer(house.lake, source, references, now);
    const report = await importer.import({ file, name: before.name, ...one }, this.#within, one.dropped);
    if (report.error) return void lose('damaged');
    if (report.known) return;
    this.#imports += 1;
    this.#added += snapshotsIn(report);
    for (const { from, to } of report.tables) for (const at of [from, to]) if (at !== null) this.#note(at);
  }

  async #restoreDay(ledger: Ledger, day: string): Promise<void> {
    this.#tell(day);
    const { house, inTurn } = this.work;
    const { source, missed } = ledger;
    await inTurn(async () => {
      const gone = ledger.goneOf(day);
      if (gone.length === 0) return;
      const silver = await restoreSilverDay(house, this.contents, source, gone, missed);
      this.#added += silver.added.length;
      missed.push(...silver.missed);
      for (const at of silver.added) this.#note(at);
      house.refinery.forget();
    });
  }

  /** Station versions follow from all snapshots, in the order of time. */
  async #settle(source: string): Promise<void> {
    const { house, references, inTurn } = this.work;
    if (!sourceState(house.lake.state, source).stale) return;
    await rewriteInformation(house.lake, source, await references.areas(), inTurn);
    house.refinery.forget();
  }

  /** The progress of the step under way. */
  get #within(): Progress {
    const { signal, tell } = this.progress;
    const before = this.#done - 1;
    return { signal, tell: (subject, share) => tell(subject, (before + share) / this.#steps) };
  }

  #refinery(source: string): Pick<Refinery, 'refine'> {
    const { house, references } = this.work;
    if (source === house.source) return house.refinery;
    const known = this.#refineries.get(source);
    const refinery = known ?? new Refinery(house.lake, house.engine, source, references);
    this.#refineries.set(source, refinery);
    return refinery;
  }

  #note(at: number): void {
    this.#from = Math.min(this.#from ?? at, at);
    this.#to = Math.max(this.#to ?? at, at);
  }

  #tell(subject: string): void {
    this.progress.signal.throwIfAborted();
    this.progress.tell(subject, this.#done / this.#steps);
    this.#done += 1;
  }
}

function isNothing({ state, bronze, aside, attempts, failed }: Contents): boolean {
  return Object.keys(state.files).length + bronze.length + aside.length + attempts.size + failed.length === 0;
}

function missedImport(report: ImportReport, path: string, reason: LostFile['reason']): Missed {
  const times = report.tables.flatMap(({ from, to }) => (from === null || to === null ? [] : [from, to]));
  const [from, to] = [Math.min(...times), Math.max(...times)];
  return { path, file: path, reason, snapshots: snapshotsIn(report), from, to };
}

function snapshotsIn({ tables }: ImportReport): number {
  return tables.reduce((sum, { snapshots }) => sum + snapshots, 0);
}
