import type { LakeFileRow, LakeTotals } from '../../pipeline/protocol.ts';
import { groupBy } from '../groupBy.ts';
import { layers, type Layer } from '../route.svelte.ts';

/** Files of one layer in one day, newest first. */
export interface LayerGroup {
  readonly layer: Layer;
  readonly files: readonly LakeFileRow[];
  readonly bytes: number;
}

/** All files of a day; `day` is null for files that belong to none. */
export interface DayGroup {
  readonly day: string | null;
  readonly files: number;
  readonly bytes: number;
  readonly layers: readonly LayerGroup[];
}

/** Files by day, the newest first and those without a day last, then by layer. */
export function groupFiles(files: readonly LakeFileRow[], only: Layer | null): DayGroup[] {
  const shown = only === null ? files : files.filter((file) => file.layer === only);
  const days = [...groupBy(shown, (file) => file.day)].toSorted(([a], [b]) => {
    return (b ?? '').localeCompare(a ?? '');
  });
  return days.map(([day, ofDay]) => ({
    day,
    files: ofDay.length,
    bytes: sum(ofDay),
    layers: layers
      .map((layer) => ofDay.filter((file) => file.layer === layer))
      .filter((group) => group.length > 0)
      .map((group) => ({
        layer: group[0]?.layer ?? 'bronze',
        files: group.toSorted((a, b) => (b.to ?? 0) - (a.to ?? 0) || b.path.localeCompare(a.path)),
        bytes: sum(group),
      })),
  }));
}

/** Bytes of Bronze CSV and of the Silver made from it. */
export interface Sizes {
  readonly bronze: number;
  readonly silver: number;
}

/** Bronze against Silver before and after compaction, and in all. */
export function sizes(totals: LakeTotals): { fresh: Sizes; compacted: Sizes; all: Sizes } {
  const { bronze_csv_bytes, silver_bytes, compacted_bronze_csv_bytes, compacted_silver_bytes } = totals;
  return {
    fresh: {
      bronze: bronze_csv_bytes - compacted_bronze_csv_bytes,
      silver: silver_bytes - compacted_silver_bytes,
    },
    compacted: { bronze: compacted_bronze_csv_bytes, silver: compacted_silver_bytes },
    all: { bronze: bronze_csv_bytes, silver: silver_bytes },
  };
}

function sum(files: readonly LakeFileRow[]): number {
  return files.reduce((bytes, file) => bytes + file.bytes, 0);
}
