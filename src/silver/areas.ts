import { feature } from 'topojson-client';
import * as v from 'valibot';
import { VelolacError } from '../errors.ts';

const arc = v.array(v.pipe(v.number(), v.integer()));
const shape = <P extends v.GenericSchema>(properties: P) =>
  v.variant('type', [
    v.object({ type: v.literal('Polygon'), arcs: v.array(arc), properties }),
    v.object({ type: v.literal('MultiPolygon'), arcs: v.array(v.array(arc)), properties }),
  ]);
const areas = <P extends v.GenericSchema>(properties: P) =>
  v.object({
    type: v.literal('GeometryCollection'),
    geometries: v.pipe(v.array(shape(properties)), v.nonEmpty()),
  });
const arrondissementNumber = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(20));

const boundaries = v.object({
  type: v.literal('Topology'),
  transform: v.object({
    scale: v.tuple([v.number(), v.number()]),
    translate: v.tuple([v.number(), v.number()]),
  }),
  arcs: v.array(v.array(v.array(v.number()))),
  objects: v.object({
    quartiers: areas(v.object({ id: v.string(), name: v.string(), arrondissement: arrondissementNumber })),
    communes: areas(v.object({ id: v.string(), name: v.string() })),
    arrondissements: areas(v.object({ id: v.string(), name: v.string(), number: arrondissementNumber })),
  }),
});

/**
 * `public/boundaries.json`: a TopoJSON topology of WGS 84 degrees with three objects. `quartiers` (80) and
 * `arrondissements` (20) cover Paris and share their arcs; `communes` (124) are those around it. Ids are INSEE
 * codes as text: "7511603", "75116", "93066".
 */
export type Boundaries = v.InferOutput<typeof boundaries>;

/** What people call the neighbourhood of a place: its quartier in Paris, its commune outside. */
export interface Area {
  /** "75056" in all of Paris, as the portal has it. */
  readonly commune_insee: string;
  readonly commune: string;
  /** 1–20, null outside Paris. */
  readonly arrondissement: number | null;
  readonly quartier: string | null;
  readonly area_id: string;
  readonly area_name: string;
  /** False when the station's code names another arrondissement than its position; null without a code. */
  readonly code_agrees: boolean | null;
}

/**
 * A place in no area belongs to the nearest one within this many metres, because the outlines of Paris and of the
 * communes around it come from two producers and leave slivers between them. The station deepest in one (12041,
 * Bois de Vincennes) lies 8 m from its commune.
 */
const sliverMetres = 100;

/** Metres in a degree of latitude, and of longitude at 48.86° N, the latitude of Paris. */
const metres = { lat: 111_195, lon: 73_150 } as const;

const paris = { insee: '75056', name: 'Paris' } as const;

type Place = Omit<Area, 'code_agrees'>;
type Ring = readonly (readonly number[])[];
type Geometry = Extract<ReturnType<typeof feature>, { type: 'Feature' }>['geometry'];

interface Region {
  readonly place: Place;
  /** The rings of all its polygons, outer ones and holes alike. */
  readonly rings: readonly Ring[];
  readonly west: number;
  readonly south: number;
  readonly east: number;
  readonly north: number;
}

/**
 * The boundaries as the page's file holds them.
 * @throws {VelolacError} `unexpected` when the value is not such a topology; its cause is the first mismatch.
 */
export function parseBoundaries(json: unknown): Boundaries {
  const parsed = v.safeParse(boundaries, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const cause = new v.ValiError(parsed.issues);
  const at = v.getDotPath(parsed.issues[0]) ?? '';
  throw new VelolacError('unexpected', `boundaries: ${cause.message}`, { at }, { cause });
}

/**
 * Finds the area of a position. The position decides; a station's code is only compared with it.
 * Rings are tested in the plane: on a sphere, a ring wound the other way would hold the whole globe.
 */
export class Areas {
  readonly #regions: readonly Region[];

  constructor(topology: Boundaries) {
    const { quartiers, communes } = topology.objects;
    this.#regions = [
      ...feature(topology, quartiers).features.map(({ geometry, properties: { id, name, arrondissement } }) =>
        region(geometry, {
          commune_insee: paris.insee,
          commune: paris.name,
          arrondissement,
          quartier: name,
          area_id: id,
          area_name: name,
        }),
      ),
      ...feature(topology, communes).features.map(({ geometry, properties: { id, name } }) =>
        region(geometry, {
          commune_insee: id,
          commune: name,
          arrondissement: null,
          quartier: null,
          area_id: id,
          area_name: name,
        }),
      ),
    ];
  }

  /**
   * The area of a position in WGS 84 degrees: a quartier of Paris, else a commune, else the nearest of all within
   * 100 m, else null (another city, a position of 0, 0 or NaN).
   */
  areaOf(lon: number, lat: number, code?: string): Area | null {
    const found = this.#regions.find((r) => holds(r, lon, lat)) ?? this.#nearest(lon, lat);
    if (!found) return null;
    const { place } = found;
    return {
      ...place,
      code_agrees: code === undefined ? null : arrondissementOfCode(code) === place.arrondissement,
    };
  }

  #nearest(lon: number, lat: number): Region | undefined {
    let nearest: Region | undefined;
    let least = sliverMetres;
    for (const candidate of this.#regions) {
      if (!nearBox(candidate, lon, lat)) continue;
      const distance = Math.min(...candidate.rings.map((ring) => distanceTo(ring, lon, lat)));
      if (distance <= least) [nearest, least] = [candidate, distance];
    }
    return nearest;
  }
}

/** The arrondissement that a station's code names: "16107" is of the 16th, "21313" of none. */
export function arrondissementOfCode(code: string): number | null {
  if (!/^\d{4,5}$/.test(code)) return null;
  const prefix = Math.floor(Number(code) / 1000);
  return prefix >= 1 && prefix <= 20 ? prefix : null;
}

function region(geometry: Geometry, place: Place): Region {
  const rings = ringsOf(geometry);
  const lons = rings.flat().map(([lon = NaN]) => lon);
  const lats = rings.flat().map(([, lat = NaN]) => lat);
  return {
    place,
    rings,
    west: Math.min(...lons),
    east: Math.max(...lons),
    south: Math.min(...lats),
    north: Math.max(...lats),
  };
}

function ringsOf(geometry: Geometry): readonly Ring[] {
  if (geometry.type === 'Polygon') return geometry.coordinates;
  return geometry.type === 'MultiPolygon' ? geometry.coordinates.flat() : [];
}

/** Even-odd rule over all rings: a hole is crossed once more, and so falls out. */
function holds({ rings, west, south, east, north }: Region, lon: number, lat: number): boolean {
  if (!(lon >= west && lon <= east && lat >= south && lat <= north)) return false;
  let inside = false;
  for (const ring of rings) {
    for (const [x1, y1, x2, y2] of segments(ring)) {
      if (y1 > lat !== y2 > lat && lon < ((x2 - x1) * (lat - y1)) / (y2 - y1) + x1) inside = !inside;
    }
  }
  return inside;
}

function nearBox({ west, south, east, north }: Region, lon: number, lat: number): boolean {
  const dx = Math.max(west - lon, lon - east, 0) * metres.lon;
  const dy = Math.max(south - lat, lat - north, 0) * metres.lat;
  return Math.hypot(dx, dy) <= sliverMetres;
}

/** Metres from a position to the closest point of a ring, on a plane tangent at Paris. */
function distanceTo(ring: Ring, lon: number, lat: number): number {
  let least = Infinity;
  for (const [x1, y1, x2, y2] of segments(ring)) {
    const [ax, ay] = [(x1 - lon) * metres.lon, (y1 - lat) * metres.lat];
    const [dx, dy] = [(x2 - x1) * metres.lon, (y2 - y1) * metres.lat];
    const along = Math.max(0, Math.min(1, -(ax * dx + ay * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + along * dx, ay + along * dy));
  }
  return least;
}

function* segments(ring: Ring): Generator<[x1: number, y1: number, x2: number, y2: number]> {
  for (let i = 1; i < ring.length; i++) {
    const [x1 = NaN, y1 = NaN] = ring[i - 1] ?? [];
    const [x2 = NaN, y2 = NaN] = ring[i] ?? [];
    yield [x1, y1, x2, y2];
  }
}
