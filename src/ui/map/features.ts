import type { StationRow } from '../../gold/answers.ts';
import { iconOf } from './icons.ts';

/** What the map draws of a station: all that its layers read. */
export interface StationProperties {
  readonly code: string;
  readonly icon: string;
  /** By capacity: 1 for a station of thirty docks. */
  readonly size: number;
  readonly favourite: boolean;
  /** Left out by a search or a filter. */
  readonly dim: boolean;
  readonly name: string;
  readonly mechanical: string;
  readonly ebikes: string;
  readonly docks: string;
}

export type StationFeature = GeoJSON.Feature<GeoJSON.Point, StationProperties>;

/** Which stations stand out. */
export interface Emphasis {
  readonly favourites: ReadonlySet<string>;
  /** Codes that a search or a filter left; null while nothing is left out. */
  readonly matching: ReadonlySet<string> | null;
}

/** Stations that have a position, as points. `figure` writes a number. */
export function stationFeatures(
  rows: readonly StationRow[],
  { favourites, matching }: Emphasis,
  figure: (value: number | null) => string,
): readonly StationFeature[] {
  // Formatting by Intl costs a microsecond, and most figures are small whole numbers.
  const brief = (value: number | null): string =>
    value !== null && Number.isInteger(value) && value < 1000 ? String(value) : figure(value);
  return rows.flatMap((row) => {
    const { station_code: code, lon, lat, state } = row;
    if (lon === null || lat === null) return [];
    const told = state !== 'closed';
    return {
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: [lon, lat] },
      properties: {
        code,
        icon: iconOf(row),
        size: 0.62 + 0.07 * Math.sqrt(Math.min(row.capacity ?? 30, 80)),
        favourite: favourites.has(code),
        dim: matching !== null && !matching.has(code),
        name: row.name ?? code,
        mechanical: told ? brief(row.mechanical) : '',
        ebikes: told ? brief(row.ebikes) : '',
        docks: told ? brief(row.docks) : '',
      },
    };
  });
}
