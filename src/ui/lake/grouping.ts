import type { LakeFileRow, LakeTotals } from '../../pipeline/protocol.ts';
import { groupBy } from '../groupBy.ts';
import { layers, type Layer } from '../route.svelte.ts';
import { toInstant } from '../time.ts';

/** Files of one layer in one day, newest first. */
export interface LayerGroup {
  readonly layer: Layer;
  readonly files: readonly LakeFileRow[];
  readonly bytes: number;
}

/** All files of a day; `day` is null for files that belong to none, and for the journal. */
export interface DayGroup {
  readonly day: string | null;
  /** The journal is of the whole lake, whatever day a part of it was begun. */
  readonly journal: boolean;
  readonly files: number;
  readonly bytes: number;
  readonly layers: readonly LayerGroup[];
}

/** Files by day, the newest first, then those without a day, then the journal; in each by layer. */
export function groupFiles(files: readonly LakeFileRow[], only: Layer | null): DayGroup[] {
  const shown = only === null ? files : files.filter((file) => file.layer === only);
  const journal = shown.filter(isJournal);
  const data = shown.filter((file) => !isJournal(file));
  const days = [...groupBy(data, (file) => file.day)].toSorted(([a], [b]) => {
    return (b ?? '').localeCompare(a ?? '');
  });
  const groups = days.map(([day, ofDay]) => ({ day, journal: false, ...group(ofDay) }));
  return journal.length === 0 ? groups : [...groups, { day: null, journal: true, ...group(journal) }];
}

/** True for a lake without data: its journal may still tell that there was some. */
export function holdsNothing(files: readonly LakeFileRow[]): boolean {
  return files.every(isJournal);
}

/** True for a file that no deletion of a day takes. */
export function isJournal(file: LakeFileRow): boolean {
  return file.layer === 'journal';
}

function group(files: readonly LakeFileRow[]): Pick<DayGroup, 'files' | 'bytes' | 'layers'> {
  return {
    files: files.length,
    bytes: sum(files),
    layers: layers
      .map((layer) => files.filter((file) => file.layer === layer))
      .filter((ofLayer) => ofLayer.length > 0)
      .map((ofLayer) => ({
        layer: ofLayer[0]?.layer ?? 'bronze',
        files: ofLayer.toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0) || b.path.localeCompare(a.path)),
        bytes: sum(ofLayer),
      })),
  };
}

/** Files in the order of the list, with the moments of the snapshots inside. */
export function filesToSave(groups: readonly DayGroup[]): readonly object[] {
  const at = (epoch: number | null): string | null => (epoch === null ? null : toInstant(epoch));
  return groups.flatMap(({ layers: parts }) =>
    parts.flatMap(({ files }) =>
      files.map(({ path, layer, day, bytes, rows, snapshots, from, to }) => ({
        ...{ path, layer, utc_day: day, bytes, rows, snapshots },
        ...{ first_fetched_at: at(from), last_fetched_at: at(to) },
      })),
    ),
  );
}

/** Bytes of Silver that tell what stations are and are called, not what they held. */
export function informationBytes(files: readonly LakeFileRow[]): number {
  return sum(files.filter(({ path }) => /^silver\/station_(information|attributes)\//.test(path)));
}

/** Bytes of Bronze CSV and of the Silver made from it. */
export interface Sizes {
  readonly bronze: number;
  readonly silver: number;
}

/** Bronze against Silver before and after compaction, and in all; what tells about stations apart. */
export function sizes(
  totals: LakeTotals,
  about: number,
): { fresh: Sizes; compacted: Sizes; information: Sizes; all: Sizes } {
  const { bronze_csv_bytes, silver_bytes, compacted_bronze_csv_bytes, compacted_silver_bytes } = totals;
  return {
    fresh: {
      bronze: bronze_csv_bytes - compacted_bronze_csv_bytes,
      silver: Math.max(0, silver_bytes - compacted_silver_bytes - about),
    },
    compacted: { bronze: compacted_bronze_csv_bytes, silver: compacted_silver_bytes },
    information: { bronze: 0, silver: about },
    all: { bronze: bronze_csv_bytes, silver: silver_bytes },
  };
}

function sum(files: readonly LakeFileRow[]): number {
  return files.reduce((bytes, file) => bytes + file.bytes, 0);
}
