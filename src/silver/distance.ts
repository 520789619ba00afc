/** Degrees, WGS 84. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** Mean radius of the earth in metres (IUGG). */
const EARTH = 6_371_008.8;

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: Position, b: Position): number {
  const radians = Math.PI / 180;
  const rise = Math.sin(((b.lat - a.lat) * radians) / 2);
  const run = Math.sin(((b.lon - a.lon) * radians) / 2);
  const h = rise ** 2 + Math.cos(a.lat * radians) * Math.cos(b.lat * radians) * run ** 2;
  return 2 * EARTH * Math.asin(Math.min(1, Math.sqrt(h)));
}
