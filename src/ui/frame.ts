import type { StationRow } from '../gold/answers.ts';

/** Two corners, west south and east north, that a map shows at least. */
export type Frame = [west: number, south: number, east: number, north: number];

/** The box that holds nearly all stations: one far away must not shrink the city. Null without a position. */
export function frameOf(stations: readonly StationRow[]): Frame | null {
  const middle = (of: (row: StationRow) => number | null): readonly [number, number] | null => {
    const values = stations
      .map(of)
      .filter((value) => value !== null)
      .toSorted((a, b) => a - b);
    const low = values[Math.floor(values.length * 0.015)];
    const high = values[Math.ceil(values.length * 0.985) - 1];
    return low === undefined || high === undefined ? null : [low, high];
  };
  const lon = middle((row) => row.lon);
  const lat = middle((row) => row.lat);
  return lon === null || lat === null ? null : [lon[0], lat[0], lon[1], lat[1]];
}
