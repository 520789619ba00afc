import type { StationRow } from '../../gold/answers.ts';
import type { Boundaries } from '../boundaries.ts';
import { changeOf, differenceOf, type AreaChange, type Measure } from '../time/change.ts';
import { iconOf, reachOf } from './icons.ts';

/** What the map draws of a station: all that its layers read. */
export interface StationProperties {
  readonly code: string;
  readonly icon: string;
  /** By capacity: 1 for a station of thirty docks. */
  readonly size: number;
  /** How far the icon, or the ring of the chosen one, reaches from its midst, in radii of a disc of size 1. */
  readonly reach: number;
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
  /** Code of the station that is chosen: it is never left out. */
  readonly selected: string | null;
}

/** Stations that have a position, as points. `figure` writes a number. */
export function stationFeatures(
  rows: readonly StationRow[],
  emphasis: Emphasis,
  figure: (value: number | null) => string,
): readonly StationFeature[] {
  // Formatting by Intl costs a microsecond, and most figures are small whole numbers.
  const brief = (value: number | null): string =>
    value !== null && Number.isInteger(value) && value < 1000 ? String(value) : figure(value);
  return points(rows, emphasis, (row) => {
    const told = row.state !== 'closed';
    return {
      icon: iconOf(row),
      size: 0.62 + 0.07 * Math.sqrt(Math.min(row.capacity ?? 30, 80)),
      mechanical: told ? brief(row.mechanical) : '',
      ebikes: told ? brief(row.ebikes) : '',
      docks: told ? brief(row.docks) : '',
    };
  });
}

/** Stations as what they gained or lost since before, larger the more. `signed` writes a change. */
export function changeFeatures(
  rows: readonly StationRow[],
  before: ReadonlyMap<string, StationRow>,
  measure: Measure,
  emphasis: Emphasis,
  signed: (value: number | null) => string,
): readonly StationFeature[] {
  return points(rows, emphasis, (row) => {
    const was = before.get(row.station_code);
    const change = changeOf(was, row, measure);
    return {
      icon: change === null ? 'unknown' : signOf(change),
      size: change === null ? 0.7 : 0.55 + 0.22 * Math.sqrt(Math.min(Math.abs(change), 40)),
      mechanical: signed(differenceOf(was?.mechanical, row.mechanical)),
      ebikes: signed(differenceOf(was?.ebikes, row.ebikes)),
      docks: signed(differenceOf(was?.docks, row.docks)),
    };
  });
}

/** What the map draws of an area at two moments: what tells gains from losses without a colour. */
export interface AreaSign {
  readonly icon: string;
  /** The change; blank where there is none. */
  readonly text: string;
  /** Bikes that came or went: the most are written first where there is no room for all. */
  readonly size: number;
}

/** Areas that both moments tell, as a sign in their midst. `signed` writes a change. */
export function areaSigns(
  areas: readonly AreaChange[] | null,
  { labels }: Pick<Boundaries, 'labels'>,
  signed: (value: number) => string,
): readonly GeoJSON.Feature<GeoJSON.Point, AreaSign>[] {
  const changes = new Map((areas ?? []).map(({ area_id, change }) => [area_id, change]));
  return labels.features.flatMap(({ geometry, properties: { id } }) => {
    const change = id === null ? undefined : changes.get(id);
    if (change === undefined) return [];
    const properties = {
      icon: signOf(change),
      text: change === 0 ? '' : signed(change),
      size: Math.abs(change),
    };
    return { type: 'Feature' as const, geometry, properties };
  });
}

function signOf(change: number): 'gain' | 'loss' | 'even' {
  return change > 0 ? 'gain' : change < 0 ? 'loss' : 'even';
}

function points(
  rows: readonly StationRow[],
  { favourites, matching, selected }: Emphasis,
  look: (row: StationRow) => Pick<StationProperties, 'icon' | 'size' | 'mechanical' | 'ebikes' | 'docks'>,
): readonly StationFeature[] {
  return rows.flatMap((row) => {
    const { station_code: code, lon, lat } = row;
    if (lon === null || lat === null) return [];
    const looks = look(row);
    const chosen = code === selected;
    const reach = Math.max(looks.size * reachOf(looks.icon), chosen ? reachOf('ring') : 0);
    return {
      type: 'Feature' as const,
      geometry: { type: 'Point' as const, coordinates: [lon, lat] },
      properties: {
        ...{ code, name: row.name ?? code, favourite: favourites.has(code) },
        dim: matching !== null && !matching.has(code) && !chosen,
        ...{ ...looks, reach },
      },
    };
  });
}
