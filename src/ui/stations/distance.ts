import { metresBetween, type Position } from '../../pipeline/protocol.ts';

/** Where something is, as far as it is known. */
type Placed = { readonly [axis in keyof Position]: number | null };

/** Metres from one to the other; null where a position is unknown. */
export function distance(from: Placed, to: Placed): number | null {
  const [a, b] = [placeOf(from), placeOf(to)];
  return a === null || b === null ? null : metresBetween(a, b);
}

function placeOf({ lat, lon }: Placed): Position | null {
  return lat === null || lon === null ? null : { lat, lon };
}
