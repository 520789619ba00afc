/** Degrees, WGS 84. */
export interface Position {
  readonly lat: number;
  readonly lon: number;
}

/** Metres of a degree of latitude. */
const DEGREE = 111_195;

/** Metres between two positions, on a plane: right to a centimetre between neighbours. */
export function metresBetween(a: Position, b: Position): number {
  const east = (a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180) * DEGREE;
  return Math.hypot(east, (a.lat - b.lat) * DEGREE);
}
