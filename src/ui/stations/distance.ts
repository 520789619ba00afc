/** Degrees, WGS 84. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** Where something is, as far as it is known. */
type Placed = { readonly [axis in keyof Position]: number | null };

/** Mean radius of the earth in metres (IUGG). */
const EARTH = 6_371_008.8;

/** Great-circle distance in metres (haversine); null where a position is unknown. */
export function distance(from: Placed, to: Placed): number | null {
  if (from.lat === null || from.lon === null || to.lat === null || to.lon === null) return null;
  const radians = Math.PI / 180;
  const rise = Math.sin(((to.lat - from.lat) * radians) / 2);
  const run = Math.sin(((to.lon - from.lon) * radians) / 2);
  const h = rise ** 2 + Math.cos(from.lat * radians) * Math.cos(to.lat * radians) * run ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}
