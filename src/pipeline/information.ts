import type { Engine } from '../engine/engine.ts';
import { withEngine } from '../engine/withEngine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf } from '../lake/names.ts';
import type { Areas } from '../silver/areas.ts';
import { attributesPart, newSets, readAttributeIds, type AttributeSet } from '../silver/attributes.ts';
import { informationPart, runsOf } from '../silver/information.ts';
import { distinctSets, runOf } from '../silver/silver.ts';
import { StationVersions, type Version } from '../silver/versions.ts';
import { Draft } from './draft.ts';
import { groupBy } from './groupBy.ts';

/**
 * Decides every version of every station anew, from what Silver holds: after snapshots came out of the order of
 * time, or gave way. Sets of attributes that no row refers to any more are left out. The days that are over are
 * read first, while the recorder goes on; `inTurn` then runs the rest and the commit with nothing beside it.
 */
export async function rewriteInformation(
  lake: Lake,
  source: string,
  areas: Areas,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  signal?: AbortSignal,
): Promise<void> {
  await withEngine(async (engine) => {
    const rewriting = new Rewriting(lake, engine, source, areas);
    const days = [...rewriting.days()];
    for (const [day, files] of days.slice(0, -1)) await rewriting.observe(day, files);
    await inTurn(async () => {
      for (const [day, files] of rewriting.days()) await rewriting.observe(day, files);
      await rewriting.commit();
    });
  }, signal);
}

class Rewriting {
  readonly #versions: StationVersions;
  readonly #opened: Version[] = [];
  readonly #misnamed: string[] = [];
  readonly #seen = new Set<string>();
  readonly #sets: AttributeSet[] = [];
  readonly #used = new Set<string>();

  constructor(
    private readonly lake: Lake,
    private readonly engine: Engine,
    private readonly source: string,
    areas: Areas,
  ) {
    this.#versions = new StationVersions([], {}, (lon, lat, code) => areas.areaOf(lon, lat, code));
  }

  /** The files of each UTC day, in the order of time. */
  days(): Map<string, FileEntry[]> {
    return groupBy(this.lake.entries('station_status', this.source), ({ from }) => dayOf(from!));
  }

  /** Takes a day in, once. */
  async observe(day: string, files: readonly FileEntry[]): Promise<void> {
    if (this.#seen.has(day)) return;
    this.#seen.add(day);
    const status = files.map(({ path }) => path);
    const attributes = this.#paths('station_attributes');
    await this.engine.registerAll([...attributes, ...status], (path) => this.lake.readSound(path));
    const runs = await runsOf(this.engine, status, attributes);
    const { opened, misnamed } = this.#versions.observe(runs.map(runOf));
    this.#opened.push(...opened);
    this.#misnamed.push(...misnamed);
    this.#sets.push(...newSets(this.#used, distinctSets(runs)));
    for (const path of status) await this.engine.unregister(path);
  }

  async commit(): Promise<void> {
    const { lake, source } = this;
    const draft = new Draft(lake, source);
    const times = this.#opened.map(({ valid_from }) => valid_from);
    const facts = { from: Math.min(...times), to: Math.max(...times), snapshots: 0, csv_bytes: 0 };
    const old = this.#paths('station_information');
    await draft.put('station_information', await informationPart(this.engine, source, this.#opened), facts);
    const sets = this.#paths('station_attributes');
    await this.engine.registerAll(sets, (path) => lake.readSound(path));
    if ((await readAttributeIds(this.engine, sets)).size > this.#used.size) {
      await draft.put('station_attributes', await attributesPart(this.engine, source, this.#sets), facts);
      old.push(...sets);
    }
    const written = new Set(draft.written.map(({ path }) => path));
    const replaces = old.filter((path) => !written.has(path));
    const told = { pending: this.#versions.pending, information: true, misnamed: this.#misnamed };
    await lake.append([{ kind: 'commit', source, files: draft.written, replaces, ...told }]);
    await lake.sweep(replaces);
  }

  #paths(table: string): string[] {
    return this.lake.entries(table, this.source).map(({ path }) => path);
  }
}
