import type { ProjectionOptions } from '@observablehq/plot';
import { geoMercator, type GeoPermissibleObjects } from 'd3-geo';
import type { Size } from './size.ts';

/** Two corners, west south and east north, that a map shows at least. */
export type Frame = readonly [west: number, south: number, east: number, north: number];

/** The same projection for each layer of the map. Without resampling: a city's outlines are straight enough. */
export function projection([west, south, east, north]: Frame, size: Size): ProjectionOptions {
  const domain: GeoPermissibleObjects = {
    type: 'MultiPoint',
    coordinates: [
      [west, south],
      [east, north],
    ],
  };
  return {
    type: ({ width, height }: Size) => geoMercator().precision(0).fitSize([width, height], domain),
    inset: Math.max(8, Math.min(24, size.width / 24)),
  };
}
