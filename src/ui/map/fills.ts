import type { AreaRow } from '../../gold/answers.ts';
import { fillOf } from '../stations/order.ts';
import type { AreaChange } from '../time/change.ts';

/** Changes as shares of an area's places where its colour passes from one to the next. */
export const changeSteps = [-0.15, -0.05, 0.05, 0.15] as const;

/** Where areas stand on the scale of colours, 0–1, by their id: the share of places that have a bike. */
export function fillsOf(areas: readonly AreaRow[]): ReadonlyMap<string, number> {
  return new Map(
    areas.flatMap((row) => {
      const fill = fillOf(row);
      return fill === null ? [] : [[row.area_id, fill] as const];
    }),
  );
}

/** The same scale for gains and losses: its midst is no change, and its steps are those of `changeSteps`. */
export function changeFills(areas: readonly AreaChange[] | null): ReadonlyMap<string, number> {
  return new Map(
    (areas ?? []).flatMap(({ area_id, share }) =>
      share === null ? [] : [[area_id, Math.max(0, Math.min(0.5 + 2 * share, 1))] as const],
    ),
  );
}
