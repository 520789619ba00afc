/** A stretch of a chart's axis with figures of its own; an instant where both ends are the same. */
export interface Stop {
  readonly from: number;
  readonly to: number;
}

/** What a chart says at a stop. */
export interface Reading {
  readonly when: string;
  readonly figures: readonly {
    readonly name: string;
    readonly value: string;
    /** Of the line or the area; none where it has no colour of its own. */
    readonly colour?: string;
  }[];
}

/** The instants as stops. */
export function instants(times: readonly number[]): Stop[] {
  return times.map((at) => ({ from: at, to: at }));
}

/**
 * The stop that a place of the axis lies in, or the nearest one, and the place in it that is nearest; null without any.
 * Stops are in order and apart. Of two that are as near it is the earlier.
 */
export function nearest(
  stops: readonly Stop[],
  at: number,
): { readonly index: number; readonly at: number } | null {
  let [low, high] = [0, stops.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle]!.from <= at) low = middle + 1;
    else high = middle;
  }
  const [before, after] = [stops[low - 1], stops[low]];
  if (before !== undefined && (after === undefined || at - before.to <= after.from - at)) {
    return { index: low - 1, at: Math.min(at, before.to) };
  }
  return after === undefined ? null : { index: low, at: after.from };
}
