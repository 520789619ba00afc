import type { StationRow } from '../../gold/answers.ts';
import type { Position } from '../../pipeline/protocol.ts';
import { distance } from '../stations/distance.ts';

/** The station nearest to a position, and how far away it is; null where no station has a position. */
export function near(
  stations: readonly StationRow[],
  position: Position,
): { readonly row: StationRow; readonly metres: number } | null {
  const away = stations.flatMap((row) => {
    const metres = distance(row, position);
    return metres === null ? [] : { row, metres };
  });
  return away.reduce<(typeof away)[number] | null>(
    (best, next) => (best === null || next.metres < best.metres ? next : best),
    null,
  );
}
