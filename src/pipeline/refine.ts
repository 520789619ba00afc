import { readRows } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf, partPath, sha256 } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import type { Areas } from '../silver/areas.ts';
import { informationPart, readVersions } from '../silver/information.ts';
import { mapTable, SAMPLE_ROWS, type Mapping } from '../silver/mapping.ts';
import { castBatch, type Part } from '../silver/silver.ts';
import { StationVersions, type Pending } from '../silver/versions.ts';
import type { Staged } from './stage.ts';

/** What Silver is written with, for one source. */
export class Refinery {
  #versions: Promise<StationVersions> | null = null;

  constructor(
    private readonly lake: Lake,
    private readonly engine: Engine,
    private readonly source: string,
    private readonly areas: () => Promise<Areas>,
  ) {}

  /**
   * Silver: casts staged snapshots and commits what came of them, one commit a batch of one header, one
   * mapping and one UTC day. Gives the files. When it rejects, the snapshots stay in `waiting` and nothing of the batch is in the lake.
   */
  async refine(staged: readonly Staged[]): Promise<FileEntry[]> {
    const files: FileEntry[] = [];
    for (const batch of batches(staged)) {
      try {
        files.push(...(await this.#refineBatch(batch)));
      } catch (thrown) {
        this.forget();
        throw thrown;
      }
    }
    return files;
  }

  /** Reads the versions anew before the next batch: the lake was changed from elsewhere. */
  forget(): void {
    this.#versions = null;
  }

  async #refineBatch({ staged, mapping }: Mapped): Promise<FileEntry[]> {
    const { header, snapshot } = staged[0]!;
    const versions = await (this.#versions ??= this.#readVersions());
    const cast = await castBatch(this.engine, {
      source: this.source,
      basis: snapshot.fetched_at_basis,
      header,
      mapping,
      snapshots: staged.map(({ snapshot: { fetched_at }, csv }) => ({ fetched_at, csv })),
    });
    const { opened, misnamed } = versions.observe(cast.runs);
    const parts: [string, Part | null][] = [
      ['station_status', cast.status],
      ['station_information', await informationPart(this.engine, this.source, opened)],
      ['rejects', cast.rejects],
    ];
    const files: FileEntry[] = [];
    for (const [table, part] of parts) if (part) files.push(await this.#put(table, part, staged));
    const { source } = this;
    const facts = { reports: cast.reports, pending: versions.pending, misnamed };
    await this.lake.append([{ kind: 'commit', source, files, replaces: [], ...facts }]);
    return files;
  }

  #put(table: string, { bytes, rows }: Part, staged: readonly Staged[]): Promise<FileEntry> {
    const { source } = this;
    const from = staged[0]!.snapshot.fetched_at;
    const to = staged.at(-1)!.snapshot.fetched_at;
    const path = partPath('silver', table, source, from, 'part', sha256(bytes));
    const csv_bytes =
      table === 'station_status' ? staged.reduce((sum, { snapshot }) => sum + snapshot.bytes, 0) : 0;
    return this.lake.put(
      { path, layer: 'silver', table, source, rows, snapshots: staged.length, from, to, csv_bytes },
      bytes,
    );
  }

  async #readVersions(): Promise<StationVersions> {
    const { lake, engine, source } = this;
    const paths = lake.entries('station_information', source).map(({ path }) => path);
    await engine.registerAll(paths, (path) => lake.read(path));
    const pending = (sourceState(lake.state, source).pending ?? {}) as Pending;
    const areas = await this.areas();
    return new StationVersions(await readVersions(engine, paths), pending, (lon, lat, code) =>
      areas.areaOf(lon, lat, code),
    );
  }
}

interface Mapped {
  readonly staged: Staged[];
  readonly mapping: Mapping;
}

/** Snapshots in the order of time, cut where the header, the mapping, the basis or the day changes. */
function batches(staged: readonly Staged[]): Mapped[] {
  const sorted = [...staged].sort((a, b) => a.snapshot.fetched_at - b.snapshot.fetched_at);
  const result: (Mapped & { readonly kind: string })[] = [];
  for (const one of sorted) {
    const { snapshot, header, csv } = one;
    const mapping = mapTable(header, readRows(csv, SAMPLE_ROWS));
    const kind = JSON.stringify([header, mapping, snapshot.fetched_at_basis, dayOf(snapshot.fetched_at)]);
    const batch = result.at(-1);
    if (batch?.kind === kind) batch.staged.push(one);
    else result.push({ staged: [one], mapping, kind });
  }
  return result;
}
