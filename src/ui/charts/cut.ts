import type { AreaRow } from '../../gold/answers.ts';

/** How far a ranking's bars go, and the one bar that is longer than that. */
export interface Scale {
  readonly end: number;
  /** The first area, when its bar is cut; with how many times as long as the next it would be. */
  readonly cut: { readonly row: AreaRow; readonly times: number } | null;
}

/** From so many times the second on, the first bar would make slivers of all others. */
const tooLong = 4;

/** The scale of a ranking: of its first bar, unless that one dwarfs the rest and is better cut. */
export function scaleOf(rows: readonly AreaRow[]): Scale {
  const [first, second] = rows;
  const end = Math.max(1, ...rows.map((row) => row.ebikes));
  if (first === undefined || second === undefined || second.ebikes <= 0) return { end, cut: null };
  const times = first.ebikes / second.ebikes;
  return times < tooLong ? { end, cut: null } : { end: second.ebikes * 1.3, cut: { row: first, times } };
}
