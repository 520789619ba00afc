import type {
  DataDrivenPropertyValueSpecification,
  ExpressionSpecification,
  GeoJSONSourceSpecification,
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { radii } from './icons.ts';
import type { Palette } from './palette.ts';

/** Zooms between which the areas' colours give way to stations. */
export interface Fade {
  readonly from: number;
  readonly to: number;
}

/** A street's length is some pixels long where stations are drawn; a small map draws them where it holds the city. */
export function fadeOf(whole: number): Fade {
  const to = Math.max(10.2, Math.min(whole, 10.9));
  return { from: to - 0.6, to };
}

/** Zoom from which a station's icon is large enough for its sectors to be drawn anew. */
const large = 13;

/** Zooms from which a station's figures, and its name, have room beside it. */
const figuresFrom = 14.2;
const namesFrom = 15.5;

/** Layers whose features are stations. */
export const stationLayers = [
  ...(['stations-small-dim', 'stations-large-dim'] as const),
  ...(['stations-small', 'stations-large'] as const),
];

const source = (data: GeoJSON.GeoJSON = empty()): GeoJSONSourceSpecification => ({ type: 'geojson', data });

const ofKind = (kind: string): ExpressionSpecification => ['==', ['get', 'kind'], kind];

/** No features at all. */
export function empty(): GeoJSON.FeatureCollection {
  return { type: 'FeatureCollection', features: [] };
}

/**
 * The whole style: nothing of it comes from elsewhere. Letters are drawn from the page's own fonts. `scale` is how large
 * stations and the names of areas are: 1 at arm's length.
 */
export function mapStyle(palette: Palette, scale: number, fade: Fade): StyleSpecification {
  return {
    version: 8,
    sources: {
      // One for all of it: each source is clipped to its tiles, which draws as much as the whole map once more.
      ground: { ...source(), promoteId: 'id' },
      labels: source(),
      signs: source(),
      stations: source(),
      selected: source(),
      here: source(),
    },
    layers: [...ground(palette, scale, fade), ...stations(palette, scale, fade)],
  };
}

function ground(palette: Palette, scale: number, fade: Fade): LayerSpecification[] {
  const outline = (width: number): ExpressionSpecification => [
    'interpolate',
    ['linear'],
    ['zoom'],
    ...[9, width * 0.6, 15, width * 2],
  ];
  return [
    { id: 'land', type: 'background', paint: { 'background-color': palette.land } },
    {
      ...{ id: 'paris', type: 'fill', source: 'ground', filter: ofKind('quartier') },
      paint: { 'fill-color': palette.paris, 'fill-antialias': false },
    },
    {
      ...{ id: 'areas', type: 'fill', source: 'ground', filter: ['has', 'id'], maxzoom: fade.to },
      paint: {
        'fill-color': fillColour(palette),
        'fill-opacity': ['interpolate', ['linear'], ['zoom'], fade.from, 0.9, fade.to, 0],
      },
    },
    {
      ...{ id: 'communes', type: 'line', source: 'ground', filter: ofKind('communes') },
      paint: { 'line-color': palette.edge, 'line-width': outline(0.8), 'line-opacity': 0.7 },
    },
    {
      ...{ id: 'quartiers', type: 'line', source: 'ground', filter: ofKind('quartiers') },
      paint: {
        'line-color': palette.edge,
        'line-width': outline(0.7),
        'line-opacity': ['interpolate', ['linear'], ['zoom'], 11.5, 0.35, 13, 0.8],
      },
    },
    {
      ...{ id: 'arrondissements', type: 'line', source: 'ground', filter: ofKind('arrondissements') },
      paint: { 'line-color': palette.edge, 'line-width': outline(1.3) },
    },
    {
      ...{ id: 'seine', type: 'line', source: 'ground', filter: ofKind('seine') },
      layout: { 'line-cap': 'round', 'line-join': 'round' },
      // 110 m wide at each zoom: a CSS pixel is 51.5 m at zoom 10 and the latitude of Paris, and half that at each next.
      paint: {
        'line-color': palette.water,
        'line-width': ['interpolate', ['exponential', 2], ['zoom'], 10, 2.14, 18, 2.14 * 2 ** 8],
        // It is known within Paris only: from afar it would end in the midst of the map.
        'line-opacity': ['interpolate', ['linear'], ['zoom'], fade.from, 0, fade.to, 1],
      },
    },
    label('commune', palette, { minzoom: 8.6 }, 11.5 * scale),
    label('arrondissement', palette, { minzoom: 9, maxzoom: 13.2 }, 12 * scale),
    label('quartier', palette, { minzoom: 13.2 }, 12 * scale),
    signs(palette, fade),
  ];
}

/** What areas gained or lost, while they are shown: by a shape everywhere, by a figure where there is room. */
function signs(palette: Palette, fade: Fade): SymbolLayerSpecification {
  const opacity: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], fade.from, 1, fade.to, 0];
  return {
    ...{ id: 'signs', type: 'symbol', source: 'signs', maxzoom: fade.to },
    layout: {
      'icon-image': ['concat', 'small:', ['get', 'icon']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], 9, 0.7, fade.to, 1.1],
      'icon-allow-overlap': true,
      'text-field': ['get', 'text'],
      'text-font': ['Inter SemiBold', 'Inter', 'sans-serif'],
      'text-size': 11,
      'text-anchor': 'top',
      'text-offset': [0, 0.5],
      'text-optional': true,
      'text-padding': 1,
      'symbol-sort-key': ['-', ['get', 'size']],
    },
    paint: {
      'icon-opacity': opacity,
      'text-opacity': opacity,
      'text-color': palette.ink,
      'text-halo-color': palette.card,
      'text-halo-width': 1.6,
    },
  };
}

function fillColour(palette: Palette): DataDrivenPropertyValueSpecification<string> {
  const fill: ExpressionSpecification = ['feature-state', 'fill'];
  const { fill1, fill2, fill3, fill4, fill5 } = palette;
  const steps: ExpressionSpecification = [
    'step',
    fill,
    fill1,
    0.2,
    fill2,
    0.4,
    fill3,
    0.6,
    fill4,
    0.8,
    fill5,
  ];
  return ['case', ['==', fill, null], 'transparent', steps];
}

function label(
  kind: string,
  palette: Palette,
  zooms: { minzoom?: number; maxzoom?: number },
  size: number,
): SymbolLayerSpecification {
  return {
    ...{ id: `${kind}-labels`, type: 'symbol', source: 'labels', filter: ofKind(kind) },
    ...zooms,
    layout: {
      'text-field': ['get', 'name'],
      'text-font': ['Inter', 'sans-serif'],
      'text-size': ['interpolate', ['linear'], ['zoom'], 9.5, size - 1.5, 11, size],
      'text-max-width': 8,
      'text-padding': kind === 'arrondissement' ? 1 : 6,
      // The smallest are as near to each other as letters are high: one steps aside.
      ...(kind === 'arrondissement' && {
        'text-variable-anchor': ['center', 'bottom', 'top'],
        'text-radial-offset': 0.2,
      }),
    },
    paint: { 'text-color': palette.ink2, 'text-halo-color': palette.paris, 'text-halo-width': 1.4 },
  };
}

function stations(palette: Palette, scale: number, fade: Fade): LayerSpecification[] {
  return [
    // Below the icons: what is above is placed first, and no figure then lies on another station's icon.
    figures(palette, scale),
    // No figure lies on it either: nearer in than `rings`, it is a symbol.
    {
      ...{ id: 'selected-near', type: 'symbol', source: 'selected', minzoom: figuresFrom },
      layout: {
        'icon-image': 'large:ring',
        'icon-size': ['interpolate', ['linear'], ['zoom'], 13, 2 / 3, 16, 1],
        'icon-allow-overlap': true,
        'icon-padding': 0,
      },
    },
    ...[true, false].flatMap((dim) => [
      icons('small', dim, scale, fade, { minzoom: fade.from, maxzoom: large }, [10, 2.5, 12, 4.8, 13, 6.6]),
      icons('large', dim, scale, fade, { minzoom: large }, [13, 6.6, 14, 8.8, 16, 13]),
    ]),
    {
      ...{ id: 'favourites', type: 'symbol', source: 'stations', filter: ['get', 'favourite'] },
      layout: {
        'icon-image': 'large:star',
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
        'icon-size': ['interpolate', ['linear'], ['zoom'], 10, 0.45, 16, 0.75],
        // In pixels of an icon of size 1: the upper right of the disc, at each zoom.
        'icon-offset': [
          ...['interpolate', ['linear'], ['zoom']],
          ...[10, ['literal', [9, -9]], 13, ['literal', [12, -12]], 16, ['literal', [18, -18]]],
        ] as ExpressionSpecification,
      },
    },
    ...rings(palette),
    {
      ...{ id: 'here', type: 'circle', source: 'here' },
      paint: {
        'circle-color': palette.focus,
        'circle-radius': 6.5,
        'circle-stroke-color': palette.card,
        'circle-stroke-width': 3,
      },
    },
  ];
}

/** Rings around the station that is chosen: of the same width at each zoom, they are seen from afar. */
function rings(palette: Palette): LayerSpecification[] {
  const ring = (name: string, colour: string, width: number): LayerSpecification => ({
    ...{ id: `selected-${name}`, type: 'circle', source: 'selected', maxzoom: figuresFrom },
    paint: {
      'circle-color': 'transparent',
      'circle-radius': [
        ...['interpolate', ['linear'], ['zoom']],
        ...[10, 13 - width / 2, 13, 18 - width / 2, 15, 24 - width / 2],
      ] as ExpressionSpecification,
      'circle-stroke-color': colour,
      'circle-stroke-width': width,
    },
  });
  return [ring('edge', palette.card, 7), ring('line', palette.ink, 3)];
}

/** Zooms and the radius in CSS pixels of a station of thirty docks there. */
function icons(
  set: keyof typeof radii,
  dim: boolean,
  scale: number,
  fade: Fade,
  zooms: { minzoom: number; maxzoom?: number },
  reach: readonly number[],
): SymbolLayerSpecification {
  const stops = reach.map((value, index) =>
    index % 2 === 0 ? value : ['*', ['get', 'size'], (scale * value) / radii[set]],
  );
  return {
    ...{ id: `stations-${set}${dim ? '-dim' : ''}`, type: 'symbol', source: 'stations', ...zooms },
    filter: ['==', ['get', 'dim'], dim],
    layout: {
      'icon-image': ['concat', `${set}:`, ['get', 'icon']],
      'icon-size': ['interpolate', ['linear'], ['zoom'], ...stops] as ExpressionSpecification,
      'icon-allow-overlap': true,
      'icon-padding': 0,
    },
    paint: {
      // Of the zoom alone: with a station's own part in it, it would be right at whole zooms only.
      'icon-opacity': ['interpolate', ['linear'], ['zoom'], fade.from, 0, fade.to, dim ? 0.2 : 1],
    },
  };
}

/** The three numbers, in the colours of what they count; closer in, the name above them. */
function figures(palette: Palette, scale: number): SymbolLayerSpecification {
  const numbers = [
    ...[['get', 'mechanical'], { 'text-color': palette.mechInk }, '  ', {}],
    ...[['get', 'ebikes'], { 'text-color': palette.elecInk }, '  ', {}],
    ...[['get', 'docks'], { 'text-color': palette.ink2 }],
  ];
  const size = 12;
  /** In letters' heights: beyond the icon, and as much more as the library takes off for the base line. */
  const beyond = (radius: number): ExpressionSpecification => [
    '+',
    ['*', ['get', 'reach'], (scale * radius) / size],
    0.42,
  ];
  const name = [['get', 'name'], { 'text-color': palette.ink, 'font-scale': 0.95 }, '\n', {}];
  return {
    ...{ id: 'figures', type: 'symbol', source: 'stations', minzoom: figuresFrom },
    filter: ['!', ['get', 'dim']],
    layout: {
      'text-field': [
        ...['step', ['zoom'], ['format', ...numbers], namesFrom, ['format', ...name, ...numbers]],
      ] as ExpressionSpecification,
      'text-font': ['Inter SemiBold', 'Inter', 'sans-serif'],
      'text-size': size,
      'text-variable-anchor': ['top', 'bottom'],
      // It changes at whole zooms only: it is that of the icon at the next one, which is larger.
      'text-radial-offset': ['step', ['zoom'], beyond(10.9), 15, beyond(13)],
      'text-justify': 'center',
      'text-max-width': 14,
      'text-padding': 1,
    },
    paint: { 'text-halo-color': palette.card, 'text-halo-width': 1.6 },
  };
}
