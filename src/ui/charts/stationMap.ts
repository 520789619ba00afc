import { dot, plot, type RenderFunction } from '@observablehq/plot';
import type { StationRow } from '../../gold/answers.ts';
import { projection, type Frame } from './projection.ts';
import { plain, type Size } from './size.ts';
import { stationPaths, unitsPerPixel, type PlacedStation } from './stationPaths.ts';

interface Drawn {
  readonly element: Element;
  readonly stations: readonly PlacedStation[];
}

/** Stations at their place, a handful of paths for all of them. */
export function stationMap(located: readonly StationRow[], frame: Frame, size: Size): Drawn {
  const placed: PlacedStation[] = [];
  const spacing = Math.max(12, Math.sqrt((size.width * size.height) / Math.max(1, located.length)));

  const render: RenderFunction = (index, _scales, values, _dimensions, context) => {
    const { x = [], y = [] } = values as { x?: ArrayLike<number>; y?: ArrayLike<number> };
    for (const i of index) {
      const row = located[i];
      const r = spacing * (0.11 + 0.016 * Math.sqrt(row?.capacity ?? 0));
      if (row === undefined) continue;
      const station = { row, x: x[i] ?? 0, y: y[i] ?? 0, r };
      if (fits(station, size)) placed.push(station);
    }
    return drawStations(placed, spacing, context.document);
  };

  const element = plot({
    ...plain,
    ...size,
    projection: projection(frame, size),
    marks: [dot(located, { x: 'lon', y: 'lat', r: 1, render })],
  });
  return { element, stations: placed };
}

/** Whether a station is whole within the chart: half a disc at the edge would tell half a stock. */
function fits({ x, y, r }: PlacedStation, { width, height }: Size): boolean {
  const reach = r * 1.2;
  return x >= reach && y >= reach && x <= width - reach && y <= height - reach;
}

function drawStations(stations: readonly PlacedStation[], spacing: number, document: Document): SVGElement {
  const paths = stationPaths(stations);
  const group = document.createElementNS('http://www.w3.org/2000/svg', 'g');
  group.setAttribute('transform', `scale(${1 / unitsPerPixel})`);
  const stroke = (pixels: number) => String(pixels * unitsPerPixel);
  const halo = stroke(spacing > 16 ? 1.4 : 0.8);
  const styles: readonly (readonly [string, Record<string, string>])[] = [
    [
      paths.disc,
      { fill: 'var(--free)', stroke: 'var(--card)', 'stroke-width': halo, 'paint-order': 'stroke' },
    ],
    [paths.mechanical, { fill: 'var(--mech)' }],
    [paths.electric, { fill: 'var(--elec)' }],
    [paths.closed, { stroke: 'var(--ink3)', 'stroke-width': stroke(1.3) }],
    [
      paths.empty,
      { fill: 'var(--card)', stroke: 'var(--warn)', 'stroke-width': stroke(spacing > 16 ? 2 : 1.5) },
    ],
    [
      paths.full,
      { fill: 'var(--full)', stroke: 'var(--card)', 'stroke-width': halo, 'paint-order': 'stroke' },
    ],
  ];
  for (const [d, style] of styles) {
    const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
    for (const [name, value] of Object.entries({ fill: 'none', ...style, d })) path.setAttribute(name, value);
    group.append(path);
  }
  return group;
}
