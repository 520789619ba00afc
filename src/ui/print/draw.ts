import type { StationRow, StationState } from '../../gold/answers.ts';

/** A part of the earth in degrees, and how wide it is drawn. North is up, a degree as long as it is in its midst. */
export interface View {
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
  readonly width: number;
}

function project([lon = 0, lat = 0]: GeoJSON.Position, view: View): readonly [number, number] {
  const scale = view.width / (view.east - view.west);
  const stretch = Math.cos((((view.north + view.south) / 2) * Math.PI) / 180);
  return [round((lon - view.west) * scale), round(((view.north - lat) * scale) / stretch)];
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Lines and rings as an SVG path; other geometries have none. */
export function outline(geometry: GeoJSON.Geometry, view: View): string {
  const line = (points: readonly GeoJSON.Position[]): string =>
    points.length === 0 ? '' : `M${points.map((point) => project(point, view).join(' ')).join('L')}`;
  switch (geometry.type) {
    case 'MultiLineString':
    case 'Polygon':
      return geometry.coordinates.map(line).join('');
    case 'MultiPolygon':
      return geometry.coordinates.flat().map(line).join('');
    default:
      return '';
  }
}

/** The stations of a state as one SVG path, each with the state's shape: a dot, a ring, a diamond, a cross or a dash. */
export function dots(rows: readonly StationRow[], state: StationState, view: View): string {
  return rows
    .filter((row) => row.state === state && row.lon !== null && row.lat !== null)
    .map((row) => {
      const [x, y] = project([row.lon ?? 0, row.lat ?? 0], view);
      return `M${x} ${y}${shapes[state]}`;
    })
    .join('');
}

const circle = 'm-1.4 0a1.4 1.4 0 1 0 2.8 0a1.4 1.4 0 1 0 -2.8 0';
const diamond = 'm0 -2.2l2.2 2.2l-2.2 2.2l-2.2 -2.2z';
const shapes: Readonly<Record<StationState, string>> = {
  balanced: circle,
  few_bikes: circle,
  few_docks: diamond,
  empty: 'm-1.6 0a1.6 1.6 0 1 0 3.2 0a1.6 1.6 0 1 0 -3.2 0',
  full: diamond,
  unknown: 'm-1.8 0h3.6',
  closed: 'm-1.4 -1.4l2.8 2.8m0 -2.8l-2.8 2.8',
};
