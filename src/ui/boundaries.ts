import { feature, mesh } from 'topojson-client';

/** `public/boundaries.json`, as src/silver/areas.ts describes it. */
type Topology = TopoJSON.Topology<{
  quartiers: TopoJSON.GeometryCollection<{ id: string; name: string }>;
  communes: TopoJSON.GeometryCollection<{ id: string; name: string }>;
  arrondissements: TopoJSON.GeometryCollection<{ number: number }>;
}>;

/** A quartier of Paris or a commune around it. Ids are INSEE codes, as those of the answers' areas. */
export interface AreaProperties {
  readonly id: string;
  readonly name: string;
  readonly kind: 'quartier' | 'commune';
}

export interface LabelProperties {
  /** Of a quartier or a commune; null for an arrondissement. */
  readonly id: string | null;
  readonly name: string;
  readonly kind: 'quartier' | 'commune' | 'arrondissement';
}

/** What lies under the stations, in WGS 84 degrees. */
export interface Boundaries {
  readonly areas: GeoJSON.FeatureCollection<GeoJSON.Geometry, AreaProperties>;
  /** Borders between quartiers, each once: drawn around both of its areas, it would be drawn twice. */
  readonly quartiers: GeoJSON.MultiLineString;
  readonly communes: GeoJSON.MultiLineString;
  readonly arrondissements: GeoJSON.MultiLineString;
  readonly seine: GeoJSON.MultiLineString;
  /** A point in the midst of each area and arrondissement. */
  readonly labels: GeoJSON.FeatureCollection<GeoJSON.Point, LabelProperties>;
}

/** Arrondissements of the right and of the left bank: through Paris, the Seine is the border between them. */
const rightBank: readonly (number | undefined)[] = [1, 4, 8, 12, 16];
const leftBank: readonly (number | undefined)[] = [5, 6, 7, 13, 15];

let loading: Promise<Boundaries | null> | null = null;

/** The bundled outlines, fetched once; null where they are missing: the map does without. */
export function loadBoundaries(): Promise<Boundaries | null> {
  loading ??= fetchBoundaries();
  return loading;
}

async function fetchBoundaries(): Promise<Boundaries | null> {
  try {
    const response = await fetch(new URL('boundaries.json', document.baseURI));
    if (!response.ok) throw new Error(`boundaries.json: status ${response.status}`);
    return await toBoundaries((await response.json()) as Topology);
  } catch (thrown) {
    console.warn('The stations are shown without outlines.', thrown);
    return null;
  }
}

/** The shapes of a topology. */
export async function toBoundaries(topology: Topology): Promise<Boundaries> {
  const { quartiers, communes, arrondissements } = topology.objects;
  // A task for each: together they would hold the page up.
  const inner = await inItsOwnTask(() => feature(topology, quartiers).features);
  const outer = await inItsOwnTask(() => feature(topology, communes).features);
  const numbered = await inItsOwnTask(() => feature(topology, arrondissements).features);
  const borders = {
    quartiers: await inItsOwnTask(() => mesh(topology, quartiers, (a, b) => a !== b)),
    communes: await inItsOwnTask(() => mesh(topology, communes)),
    arrondissements: await inItsOwnTask(() => mesh(topology, arrondissements)),
  };
  const seine = await inItsOwnTask(() => mesh(topology, arrondissements, partsTheBanks));
  const areas = [
    ...inner.map((area) => ({ ...area, properties: { ...area.properties, kind: 'quartier' as const } })),
    ...outer.map((area) => ({ ...area, properties: { ...area.properties, kind: 'commune' as const } })),
  ];
  const labels = [
    ...areas.map(({ geometry, properties }) => label(geometry, properties)),
    ...numbered.map(({ geometry, properties: { number } }) =>
      label(geometry, { id: null, name: number === 1 ? '1er' : `${number}e`, kind: 'arrondissement' }),
    ),
  ];
  return {
    areas: { type: 'FeatureCollection', features: areas },
    ...borders,
    seine,
    labels: { type: 'FeatureCollection', features: labels },
  };
}

function partsTheBanks(a: TopoJSON.GeometryObject, b: TopoJSON.GeometryObject): boolean {
  const [one, other] = [numberOf(a), numberOf(b)];
  return (
    (rightBank.includes(one) && leftBank.includes(other)) ||
    (leftBank.includes(one) && rightBank.includes(other))
  );
}

function numberOf({ properties }: TopoJSON.GeometryObject): number | undefined {
  return (properties as { number?: number } | undefined)?.number;
}

function label(
  geometry: GeoJSON.Geometry,
  { id, name, kind }: LabelProperties,
): GeoJSON.Feature<GeoJSON.Point, LabelProperties> {
  const point = { type: 'Point' as const, coordinates: middleOf(geometry) };
  return { type: 'Feature', geometry: point, properties: { id, name, kind } };
}

/** The centroid of a shape's largest outer ring. On a plane: an area of a city is small. */
function middleOf(geometry: GeoJSON.Geometry): GeoJSON.Position {
  const polygons =
    geometry.type === 'Polygon'
      ? [geometry.coordinates]
      : geometry.type === 'MultiPolygon'
        ? geometry.coordinates
        : [];
  const centroids = polygons.map(([outer = []]) => centroid(outer));
  const largest = centroids.toSorted((a, b) => Math.abs(b.area) - Math.abs(a.area))[0];
  if (largest === undefined) throw new TypeError(`an area is a ${geometry.type}`);
  return largest.at;
}

/** Of a closed ring; the area has the sign of its winding (Bourke 1988). */
function centroid(ring: readonly GeoJSON.Position[]): { area: number; at: GeoJSON.Position } {
  const [x0 = 0, y0 = 0] = ring[0] ?? [];
  let [area, x, y] = [0, 0, 0];
  ring.slice(1).forEach((point, index) => {
    // Relative to the first point: degrees alone would cancel most digits of so small an area.
    const [ax, ay] = [(ring[index]?.[0] ?? 0) - x0, (ring[index]?.[1] ?? 0) - y0];
    const [bx, by] = [(point[0] ?? 0) - x0, (point[1] ?? 0) - y0];
    const cross = ax * by - bx * ay;
    area += cross / 2;
    x += ((ax + bx) * cross) / 6;
    y += ((ay + by) * cross) / 6;
  });
  return { area, at: [x0 + x / area, y0 + y / area] };
}

async function inItsOwnTask<T>(work: () => T): Promise<T> {
  await new Promise((resolve) => setTimeout(resolve, 0));
  return work();
}
