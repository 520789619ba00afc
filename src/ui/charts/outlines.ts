import { geo, plot } from '@observablehq/plot';
import type { Boundaries } from '../boundaries.ts';
import { projection, type Frame } from './projection.ts';
import { plain, type Size } from './size.ts';

/** The ground under the stations: drawn once a size, and left alone when stations change. */
export function outlines({ land, arrondissements, communes }: Boundaries, frame: Frame, size: Size): Element {
  return plot({
    ...plain,
    ...size,
    projection: projection(frame, size),
    marks: [
      geo(land, { fill: 'var(--land2)' }),
      geo(communes, { stroke: 'var(--land2)', strokeWidth: 1.2 }),
      geo(arrondissements, { stroke: 'var(--edge)', strokeWidth: 0.9 }),
    ],
  });
}
