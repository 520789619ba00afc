import { dot, geo, plot, type RenderFunction } from '@observablehq/plot';
import type { StationRow } from '../../gold/answers.ts';
import type { Boundaries } from '../boundaries.ts';
import { plain, type Size } from './size.ts';
import { stationPaths, type PlacedStation } from './stationPaths.ts';

interface Drawn {
  readonly element: Element;
  readonly stations: readonly PlacedStation[];
}

/** Stations at their place, over the outlines of the city where the page has them. */
export function stationMap(rows: readonly StationRow[], outlines: Boundaries | null, size: Size): Drawn {
  const located = rows.filter((row) => row.lon !== null && row.lat !== null);
  const placed: PlacedStation[] = [];
  const spacing = Math.max(12, Math.sqrt((size.width * size.height) / Math.max(1, located.length)));

  const render: RenderFunction = (index, _scales, values, _dimensions, context) => {
    const { x = [], y = [] } = values as { x?: ArrayLike<number>; y?: ArrayLike<number> };
    for (const i of index) {
      const row = located[i];
      const r = spacing * (0.11 + 0.016 * Math.sqrt(row?.capacity ?? 0));
      if (row !== undefined) placed.push({ row, x: x[i] ?? 0, y: y[i] ?? 0, r });
    }
    return drawStations(placed, spacing, context.document);
  };

  const element = plot({
    ...plain,
    ...size,
    projection: { type: 'mercator', domain: frame(located), inset: Math.min(24, size.width / 24) },
    marks: [
      outlines && geo(outlines.land, { fill: 'var(--land2)' }),
      outlines && geo(outlines.communes, { stroke: 'var(--land2)', strokeWidth: 1.2 }),
      outlines && geo(outlines.arrondissements, { stroke: 'var(--edge)', strokeWidth: 0.9 }),
      dot(located, { x: 'lon', y: 'lat', r: 1, render }),
    ],
  });
  return { element, stations: placed };
}

function drawStations(stations: readonly PlacedStation[], spacing: number, document: Document): SVGElement {
  const paths = stationPaths(stations);
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  const halo = spacing > 16 ? 1.4 : 0.8;
  const styles: readonly (readonly [string, Record<string, string | number>])[] = [
    [
      paths.disc,
      { fill: 'var(--free)', stroke: 'var(--card)', 'stroke-width': halo, 'paint-order': 'stroke' },
    ],
    [paths.mechanical, { fill: 'var(--mech)' }],
    [paths.electric, { fill: 'var(--elec)' }],
    [paths.closed, { stroke: 'var(--ink3)', 'stroke-width': 1.3 }],
    [paths.empty, { fill: 'var(--card)', stroke: 'var(--warn)', 'stroke-width': spacing > 16 ? 2 : 1.5 }],
    [
      paths.full,
      { fill: 'var(--full)', stroke: 'var(--card)', 'stroke-width': halo, 'paint-order': 'stroke' },
    ],
  ];
  for (const [d, style] of styles) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    for (const [name, value] of Object.entries({ fill: 'none', ...style, d }))
      path.setAttribute(name, String(value));
    group.append(path);
  }
  return group;
}

/** The box that holds nearly all stations: one far away must not shrink the city. */
function frame(rows: readonly StationRow[]): { type: 'MultiPoint'; coordinates: [number, number][] } {
  const lon = rows.map((row) => row.lon ?? 0).toSorted((a, b) => a - b);
  const lat = rows.map((row) => row.lat ?? 0).toSorted((a, b) => a - b);
  const low = (values: readonly number[]): number => values[Math.floor(values.length * 0.03)] ?? 0;
  const high = (values: readonly number[]): number => values[Math.ceil(values.length * 0.97) - 1] ?? 1;
  return {
    type: 'MultiPoint',
    coordinates: [
      [low(lon), low(lat)],
      [high(lon), high(lat)],
    ],
  };
}
