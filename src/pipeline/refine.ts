import type { Engine } from '../engine/engine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import { attributesPart, newSets, readAttributeIds } from '../silver/attributes.ts';
import { informationPart, readVersions } from '../silver/information.ts';
import { castBatch } from '../silver/silver.ts';
import { StationVersions, type Pending } from '../silver/versions.ts';
import { Draft } from './draft.ts';
import type { References } from './references.ts';
import type { Staged } from './stage.ts';

/** What Silver looks up. */
export type SilverReferences = Pick<References, 'areas' | 'stations'>;

/** Where stations are, as far as it was told: what new batches are compared with. */
interface Known {
  readonly versions: StationVersions;
  readonly attributes: Set<string>;
}

/** What Silver is written with, for one source. */
export class Refinery {
  #known: Promise<Known> | null = null;

  constructor(
    private readonly lake: Lake,
    private readonly engine: Engine,
    private readonly source: string,
    private readonly references: SilverReferences,
  ) {}

  /**
   * Silver: casts staged snapshots and commits what came of them, one commit a batch of one header, one mapping
   * and one UTC day. Gives the files. When it rejects, the snapshots stay in `waiting` and nothing of the batch is
   * in the lake.
   */
  async refine(staged: readonly Staged[]): Promise<FileEntry[]> {
    const files: FileEntry[] = [];
    for (const batch of batches(staged)) {
      files.push(...(await this.engine.use(() => this.#refineBatch(batch))));
    }
    return files;
  }

  /** Reads what is known anew before the next batch: the lake was changed from elsewhere. */
  forget(): void {
    this.#known = null;
  }

  async #refineBatch(staged: readonly Staged[]): Promise<FileEntry[]> {
    const draft = new Draft(this.lake, this.source);
    try {
      return await this.#write(staged, draft);
    } catch (thrown) {
      this.forget();
      await draft.discard();
      throw thrown;
    }
  }

  async #write(staged: readonly Staged[], draft: Draft): Promise<FileEntry[]> {
    const { lake, engine, source, references } = this;
    const { versions, attributes } = await (this.#known ??= this.#read());
    const cast = await castStaged(engine, source, staged, references);
    const { opened, misnamed } = versions.observe(cast.runs);
    const facts = factsOf(staged);
    await draft.put('station_status', cast.status, facts);
    await draft.put('station_information', await informationPart(engine, source, opened), facts);
    const sets = newSets(attributes, cast.attributes);
    await draft.put('station_attributes', await attributesPart(engine, source, sets), facts);
    await draft.put('rejects', cast.rejects, facts);
    const told = { reports: cast.reports, pending: versions.pending, misnamed };
    await lake.append([{ kind: 'commit', source, files: draft.written, replaces: [], ...told }]);
    return draft.written;
  }

  async #read(): Promise<Known> {
    const { lake, engine, source } = this;
    const paths = (table: string) => lake.entries(table, source).map(({ path }) => path);
    const [information, attributes] = [paths('station_information'), paths('station_attributes')];
    await engine.registerAll([...information, ...attributes], (path) => lake.read(path));
    const pending = (sourceState(lake.state, source).pending ?? {}) as Pending;
    const areas = await this.references.areas();
    const versions = new StationVersions(await readVersions(engine, information), pending, (lon, lat, code) =>
      areas.areaOf(lon, lat, code),
    );
    return { versions, attributes: await readAttributeIds(engine, attributes) };
  }
}

/** Casts a batch of snapshots. */
export async function castStaged(
  engine: Engine,
  source: string,
  staged: readonly Staged[],
  { stations }: Pick<SilverReferences, 'stations'>,
) {
  const { header, mapping, snapshot } = staged[0]!;
  return castBatch(engine, {
    ...{ source, basis: snapshot.fetched_at_basis, header, mapping },
    ...(await stations(mapping)),
    snapshots: staged.map(({ snapshot: { fetched_at }, csv }) => ({ fetched_at, csv })),
  });
}

/** What a file made of a batch holds. */
export function factsOf(staged: readonly Staged[]) {
  return {
    from: staged[0]!.snapshot.fetched_at,
    to: staged.at(-1)!.snapshot.fetched_at,
    snapshots: staged.length,
    csv_bytes: staged.reduce((sum, { snapshot }) => sum + snapshot.bytes, 0),
  };
}

/** Snapshots in the order of time, cut where the header, the mapping, the basis or the day changes. */
export function batches(staged: readonly Staged[]): Staged[][] {
  const sorted = [...staged].sort((a, b) => a.snapshot.fetched_at - b.snapshot.fetched_at);
  const kind = ({ snapshot, header, mapping }: Staged) =>
    JSON.stringify([header, mapping, snapshot.fetched_at_basis, dayOf(snapshot.fetched_at)]);
  const result: Staged[][] = [];
  for (const one of sorted) {
    const batch = result.at(-1);
    if (batch && kind(batch[0]!) === kind(one)) batch.push(one);
    else result.push([one]);
  }
  return result;
}
