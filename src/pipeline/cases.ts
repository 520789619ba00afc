import { readHeader, readRows } from '../bronze/csv.ts';
import { VelolacError } from '../errors.ts';
import { sourceState, type SchemaState } from '../lake/state.ts';
import { contract } from '../silver/contract.ts';
import { readSnapshot } from './bronze.ts';
import type { Importer } from './importer.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { DriftEntry, Excerpt } from './protocol.ts';
import { quarantines } from './quarantine.ts';
import { goodSnapshots } from './status.ts';

/** A schema that needs a word of the user, and where to find rows of it: the same ones as long as `from` is the same. */
export interface Case extends Pick<
  DriftEntry,
  'fingerprint' | 'quarantined' | 'snapshots' | 'rows' | 'first' | 'last'
> {
  readonly from: string;
  readonly sample: () => Promise<Excerpt>;
}

/** Finds the schemas about which there is something to ask. */
export class Cases {
  constructor(
    private readonly house: Lakehouse,
    private readonly importer: Importer,
  ) {}

  /** Those in quarantine, then recorded ones. */
  all(): Case[] {
    const waiting = quarantines(this.house.lake.state, this.house.source).map(
      ({ fingerprint, snapshots, imports, rows, first, last }): Case => {
        const told = { fingerprint, quarantined: true, snapshots: snapshots.length, rows, first, last };
        const [fullest] = snapshots.toSorted((a, b) => b.rows - a.rows);
        if (fullest) {
          const { bronze_path: path, fetched_at } = fullest;
          return { ...told, from: path!, sample: () => this.#csv(path, fetched_at) };
        }
        const [one] = imports;
        return { ...told, from: one!.report.path!, sample: () => this.importer.sample(one!, fingerprint) };
      },
    );
    const known = new Set(waiting.map(({ fingerprint }) => fingerprint));
    return [...waiting, ...this.#reduced().filter(({ fingerprint }) => !known.has(fingerprint))];
  }

  /** Recorded schemas that lack what the one before them had, the newest or one that has come and gone. */
  #reduced(): Case[] {
    const recorded = Object.values(sourceState(this.house.lake.state, this.house.source).schemas)
      .filter(({ origin, last, missing, accepted }) => {
        return origin === 'live' && last !== null && (missing.length === 0 || accepted !== null);
      })
      .sort((a, b) => a.first! - b.first!);
    const newest = Math.max(...recorded.map(({ last }) => last!));
    return recorded.slice(1).flatMap((one, index): Case[] => {
      const { fingerprint, snapshots } = one;
      const [first, last] = [one.first!, one.last!];
      const lost = contract.some(({ name }) => has(recorded[index]!, name) && !has(one, name));
      // Later than the first, a snapshot may be of another schema, unless it is of the newest.
      const [seen] = lost
        ? goodSnapshots(this.house.lake, this.house.source, first, last === newest ? last : first)
        : [];
      if (!seen) return [];
      const told = { fingerprint, quarantined: false, snapshots, rows: 0, first, last };
      return [{ ...told, from: String(seen[0]), sample: () => this.#csv(null, seen[0]) }];
    });
  }

  /** The CSV of a snapshot that was recorded, by its path or its instant. */
  async #csv(path: string | null, at: number): Promise<Excerpt> {
    const found = await readSnapshot(this.house.lake, this.house.source, at, path);
    if (found) return { header: readHeader(found.csv), rows: readRows(found.csv) };
    throw new VelolacError('lake.missing_file', `no Bronze of ${at}`, { path: path ?? 'bronze' });
  }
}

function has({ mapped, accepted }: SchemaState, column: string): boolean {
  return (accepted?.columns[column] ?? mapped[column]) != null;
}
