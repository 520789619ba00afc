import type { MovementRow, StationHistory, StockRun } from '../../pipeline/protocol.ts';
import { toInstant } from '../time.ts';

/** The fewest and the most bikes of a span, and when that was first so. */
export interface Range {
  readonly least: { readonly bikes: number; readonly at: number };
  readonly most: { readonly bikes: number; readonly at: number };
}

/** Null where the bikes were never known. */
export function rangeOf({ curve, from }: Pick<StationHistory, 'curve' | 'from'>): Range | null {
  const known = curve.flatMap((run) => {
    const bikes = bikesOf(run);
    return bikes === null ? [] : [{ bikes, at: from + run.from_ms }];
  });
  const [first] = known;
  if (first === undefined) return null;
  return {
    least: known.reduce((least, one) => (one.bikes < least.bikes ? one : least), first),
    most: known.reduce((most, one) => (one.bikes > most.bikes ? one : most), first),
  };
}

export function bikesOf({ mechanical, ebikes }: Pick<StockRun, 'mechanical' | 'ebikes'>): number | null {
  return mechanical === null || ebikes === null ? null : mechanical + ebikes;
}

/** All that left and came in a span, at least. */
export function sumOf(rows: readonly MovementRow[]): { departures: number; arrivals: number } {
  const sum = { departures: 0, arrivals: 0 };
  for (const { departures, arrivals } of rows) {
    sum.departures += departures;
    sum.arrivals += arrivals;
  }
  return sum;
}

/** Rows as a file tells them: whose they are, and their times as instants. */
export function toSave(
  station_code: string,
  from: number,
  rows: readonly { readonly from_ms: number; readonly to_ms?: number }[],
): readonly object[] {
  return rows.map(({ from_ms, to_ms, ...figures }) => ({
    station_code,
    from_at: toInstant(from + from_ms),
    ...(to_ms === undefined ? {} : { to_at: toInstant(from + to_ms) }),
    ...figures,
  }));
}
