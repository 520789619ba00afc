import type { StationRow } from '../gold/answers.ts';

/** Two corners, west south and east north, that a map shows at least. */
export type Frame = [west: number, south: number, east: number, north: number];

/** So few stations are worth going to wherever they are. */
const few = 12;

/**
 * The box of stations that a search left, where it says where to look: they are few, or near each other beside the
 * whole network. Else null.
 */
export function frameOfFound(found: readonly StationRow[], all: readonly StationRow[]): Frame | null {
  const [frame, whole] = [frameOf(found), frameOf(all)];
  if (frame === null || whole === null) return null;
  const isNear =
    frame[2] - frame[0] < (whole[2] - whole[0]) / 3 && frame[3] - frame[1] < (whole[3] - whole[1]) / 3;
  return isNear || found.length <= few ? frame : null;
}

/**
 * The box that holds nearly all stations: one far away must not shrink the city. `left` is the share, 0–1, that may be
 * out of it on each side. Null without a position.
 */
export function frameOf(stations: readonly StationRow[], left = 0.015): Frame | null {
  const middle = (of: (row: StationRow) => number | null): readonly [number, number] | null => {
    const values = stations
      .map(of)
      .filter((value) => value !== null)
      .toSorted((a, b) => a - b);
    const low = values[Math.floor(values.length * left)];
    const high = values[Math.ceil(values.length * (1 - left)) - 1];
    return low === undefined || high === undefined ? null : [low, high];
  };
  const lon = middle((row) => row.lon);
  const lat = middle((row) => row.lat);
  return lon === null || lat === null ? null : [lon[0], lat[0], lon[1], lat[1]];
}
