import type { Area } from './areas.ts';
import { metresBetween } from './distance.ts';

/** What a station says of itself; null where it says nothing. Degrees in WGS 84. */
export interface Attributes {
  readonly name: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly capacity: number | null;
  readonly commune: string | null;
}

/** Equal attributes in a row of snapshots: since when (ms since the epoch), and in how many. */
export interface Run extends Attributes {
  readonly station_code: string;
  readonly since: number;
  readonly times: number;
}

/** A row of Silver `station_information`: what held from `valid_from` until the station's next version. */
export interface Version extends Attributes {
  readonly station_code: string;
  readonly commune_insee: string | null;
  readonly arrondissement: number | null;
  readonly quartier: string | null;
  readonly area_id: string | null;
  readonly area_name: string | null;
  /** Milliseconds since the epoch, UTC. */
  readonly valid_from: number;
}

/** Changes seen but not yet often enough to open a version, by station code. */
export type Pending = Readonly<Record<string, Run>>;

/**
 * In how many snapshots in a row a change must stand: the portal's caches flap between an old and a new value. What
 * was unknown, and is told without a word against what was known, need not wait.
 */
const PERSISTS = 3;

/** Metres within which a station has not moved: clients round coordinates to four decimals (11 m). */
export const MOVED = 15;

/**
 * The versions of all stations of one source. Feed it the runs of each batch in the order of time: what comes
 * out does not depend on how the snapshots were cut into batches.
 */
export class StationVersions {
  #current: Map<string, Version>;
  #pending: Map<string, Run>;
  #misnamed: string[] = [];

  constructor(
    current: Iterable<Version>,
    pending: Pending,
    private readonly areaOf: (lon: number, lat: number, code: string) => Area | null,
  ) {
    this.#current = new Map(Array.from(current, (version) => [version.station_code, version]));
    this.#pending = new Map(Object.entries(pending));
  }

  get pending(): Pending {
    return Object.fromEntries(this.#pending);
  }

  /**
   * Takes runs in, oldest first within a station. Gives the versions they open, and the codes among them whose
   * prefix names another arrondissement than the station's position: the position wins.
   */
  observe(runs: readonly Run[]): { opened: Version[]; misnamed: string[] } {
    this.#misnamed = [];
    const opened = runs.flatMap((run) => this.#observe(run) ?? []);
    return { opened, misnamed: this.#misnamed };
  }

  #observe(run: Run): Version | null {
    const current = this.#current.get(run.station_code);
    if (!current) return this.#open(run, null);
    const said = withoutNulls(run, current);
    if (same(said, current)) {
      if (isWhole(run)) this.#pending.delete(run.station_code);
      return null;
    }
    if (same(withoutNulls(current, said), said)) return this.#open({ ...run, ...said }, current);
    const before = this.#pending.get(run.station_code);
    const goesOn = before && same(before, said);
    const candidate = goesOn ? { ...before, times: before.times + run.times } : { ...run, ...said };
    this.#pending.set(run.station_code, candidate);
    return candidate.times >= PERSISTS ? this.#open(candidate, current) : null;
  }

  #open({ station_code, since, name, lat, lon, capacity, commune }: Run, current: Version | null): Version {
    const area = lat !== null && lon !== null ? this.areaOf(lon, lat, station_code) : null;
    if (area?.code_agrees === false) this.#misnamed.push(station_code);
    const version: Version = {
      station_code,
      ...{ name, lat, lon, capacity, commune },
      commune_insee: area?.commune_insee ?? current?.commune_insee ?? null,
      arrondissement: area?.arrondissement ?? null,
      quartier: area?.quartier ?? null,
      area_id: area?.area_id ?? null,
      area_name: area?.area_name ?? null,
      valid_from: since,
    };
    this.#current.set(station_code, version);
    this.#pending.delete(station_code);
    return version;
  }
}

/** Nulls never open a version: they read as what was known. */
function withoutNulls(run: Attributes, known: Attributes): Attributes {
  return {
    name: run.name ?? known.name,
    lat: run.lat ?? known.lat,
    lon: run.lon ?? known.lon,
    capacity: run.capacity ?? known.capacity,
    commune: run.commune ?? known.commune,
  };
}

function isWhole({ name, lat, lon, capacity }: Attributes): boolean {
  return name !== null && lat !== null && lon !== null && capacity !== null;
}

function same(a: Attributes, b: Attributes): boolean {
  return a.name === b.name && a.capacity === b.capacity && a.commune === b.commune && distance(a, b) <= MOVED;
}

/** Metres between two positions. Infinite when one is unknown. */
function distance({ lat, lon }: Attributes, other: Attributes): number {
  if (lat === null || lon === null || other.lat === null || other.lon === null) {
    return lat === other.lat && lon === other.lon ? 0 : Infinity;
  }
  return metresBetween({ lat, lon }, { lat: other.lat, lon: other.lon });
}
