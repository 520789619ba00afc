import type { InspectedTable } from '../../pipeline/protocol.ts';
import { groupBy } from '../groupBy.ts';

/** Tables of a file that are alike in all but their times. */
export interface TableGroup {
  /** Any of them. */
  readonly sample: InspectedTable;
  readonly count: number;
  /** The first and the last of their times; null where none is known. */
  readonly from: number | null;
  readonly to: number | null;
}

/** An archive of a thousand polls in a few lines: its tables by kind, the most first. */
export function groupTables(tables: readonly InspectedTable[]): TableGroup[] {
  const groups = groupBy(tables, ({ envelope, era, content, station, basis, series, error }) =>
    JSON.stringify([envelope, era, content, station, basis, series, error?.code]),
  );
  return [...groups.values()]
    .flatMap((group) => {
      const [sample] = group;
      const times = group.map(({ fetched_at }) => fetched_at).filter((time) => time !== null);
      times.sort((a, b) => a - b);
      return sample
        ? [{ sample, count: group.length, from: times[0] ?? null, to: times.at(-1) ?? null }]
        : [];
    })
    .toSorted((a, b) => b.count - a.count);
}
