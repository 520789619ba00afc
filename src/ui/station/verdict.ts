import type { StationRow } from '../../gold/answers.ts';
import type { StationHabits, UsualRow, WeekRow } from '../../pipeline/protocol.ts';

/** Fewer days of a type than this make no habit. */
export const LEAST_DAYS = 3;

/** What is usual in a quarter-hour of the day: the band in whole bikes, rounded outwards, and the median in it. */
export interface Band {
  readonly low: number;
  readonly high: number;
  readonly median: number;
  readonly days: number;
}

/** Whether the bikes of a moment are what is usual then. */
export type Verdict =
  /** So many days of the type are known, and they are too few. */
  | { readonly kind: 'early'; readonly days: number }
  | { readonly kind: 'few' | 'usual' | 'many'; readonly bikes: number; readonly band: Band };

/** The usual band of a quarter-hour; null where too few days tell of it. */
export function bandOf(usual: readonly UsualRow[], quarter: number): Band | null {
  const row = usual.find((one) => one.quarter === quarter);
  if (row === undefined || row.days < LEAST_DAYS) return null;
  const { low, median, high, days } = row;
  if (low === null || median === null || high === null) return null;
  return { low: Math.floor(low), high: Math.ceil(high), median, days };
}

/** Null where there is nothing to judge: the station is closed, or its bikes are not known. */
export function verdictOf(
  { state, mechanical, ebikes }: Pick<StationRow, 'state' | 'mechanical' | 'ebikes'>,
  { usual, quarter }: Pick<StationHabits, 'usual' | 'quarter'>,
): Verdict | null {
  if (state === 'closed' || mechanical === null || ebikes === null) return null;
  const band = bandOf(usual, quarter);
  if (band === null) {
    return { kind: 'early', days: usual.find((row) => row.quarter === quarter)?.days ?? 0 };
  }
  const bikes = mechanical + ebikes;
  const kind = bikes < band.low ? 'few' : bikes > band.high ? 'many' : 'usual';
  return { kind, bikes, band };
}

/** The hours of the week with the fewest and the most bikes; null where two hours that differ are not known. */
export function extremesOf(week: readonly WeekRow[]): { least: WeekRow; most: WeekRow } | null {
  const byBikes = week.toSorted((a, b) => a.bikes - b.bikes);
  const [least, most] = [byBikes[0], byBikes.at(-1)];
  if (least === undefined || most === undefined || least.bikes === most.bikes) return null;
  return { least, most };
}

/** Which fifth of its places a station has bikes in, 1–5; null where its free docks are not known. */
export function fifthOf({ bikes, docks }: Pick<WeekRow, 'bikes' | 'docks'>): number | null {
  if (docks === null || bikes + docks === 0) return null;
  return Math.min(5, Math.floor((5 * bikes) / (bikes + docks)) + 1);
}
