import type { StationRow } from '../../gold/answers.ts';
import type { Position } from '../../pipeline/protocol.ts';
import { distance } from './distance.ts';

export const orders = ['name', 'distance', 'ebikes', 'mechanical', 'docks', 'fill', 'change'] as const;
export type Order = (typeof orders)[number];

/** Station names are French, whatever the page's language. */
const names = new Intl.Collator('fr', { numeric: true });

/** What stands at a station, or at those of an area. */
type Stock = Pick<StationRow, 'mechanical' | 'ebikes' | 'docks'>;

/** Bikes / (bikes + free docks), 0–1: robust to broken docks. Null where either is unknown or there is nothing. */
export function fillOf({ mechanical, ebikes, docks }: Stock): number | null {
  if (mechanical === null || ebikes === null || docks === null) return null;
  const places = mechanical + ebikes + docks;
  return places === 0 ? null : (mechanical + ebikes) / places;
}

/**
 * Stations by name, nearest first, with most first, or those that changed most; equals by name. Last come those of
 * which it is not known, and where it is stock that counts those that are closed: nobody gets it.
 */
export function sortStations(
  rows: readonly StationRow[],
  order: Order,
  position: Position | null,
  changeOf: (row: StationRow) => number | null = () => null,
): readonly StationRow[] {
  const byName = rows.toSorted(
    (a, b) => names.compare(a.name ?? a.station_code, b.name ?? b.station_code) || compareCodes(a, b),
  );
  if (order === 'name') return byName;
  const rank = rankOf(order, position, changeOf);
  const ranks = new Map(byName.map((row) => [row, rank(row) ?? Infinity]));
  return byName.toSorted((a, b) => {
    const [one, other] = [ranks.get(a)!, ranks.get(b)!];
    return one === other ? 0 : one - other;
  });
}

/** What is sorted by, least first; null where it is unknown. */
function rankOf(
  order: Exclude<Order, 'name'>,
  position: Position | null,
  changeOf: (row: StationRow) => number | null,
): (row: StationRow) => number | null {
  if (order === 'distance') return (row) => (position === null ? null : distance(row, position));
  if (order === 'change') {
    return (row) => {
      const change = changeOf(row);
      return change === null ? null : -Math.abs(change);
    };
  }
  const most = order === 'fill' ? fillOf : (row: StationRow) => row[order];
  return (row) => {
    const value = row.state === 'closed' ? null : most(row);
    return value === null ? null : -value;
  };
}

function compareCodes(a: StationRow, b: StationRow): number {
  return a.station_code < b.station_code ? -1 : 1;
}
