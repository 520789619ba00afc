import * as v from 'valibot';
import { VelolacError } from '../errors.ts';
import { metresBetween, type Position } from './distance.ts';
import { normalise } from './header.ts';
import { MOVED } from './versions.ts';

const text = v.pipe(v.string(), v.nonEmpty());
const day = v.nullable(v.pipe(v.string(), v.isoDate()));
const station = [text, text, v.number(), v.number()] as const;
const file = v.pipe(
  v.array(v.union([v.strictTuple(station), v.strictTuple([...station, day, day])])),
  v.minLength(1),
);

/**
 * A station as a source told it: name, code, latitude, longitude. Where other codes have the name, too, also the UTC
 * days between which this one may have had it: it did not before the first and after the second; null for no end.
 */
export type NamedStation = readonly [
  name: string,
  code: string,
  lat: number,
  lon: number,
  after?: string | null,
  before?: string | null,
];

/** Why a name tells no station. */
export type NameReason = 'unknown_station_name' | 'ambiguous_station_name' | 'misplaced_station';

/** The station that a name means, or why none is taken. */
export type Found = readonly [code: string, reason: null] | readonly [code: null, reason: NameReason];

interface Candidate {
  readonly code: string;
  readonly position: Position;
  /** Milliseconds since the epoch, both left out. */
  readonly after: number;
  readonly before: number;
}

/**
 * Metres from the known positions of its name beyond which a row is not trusted. Of 1 012 codes of 2014 that exist
 * later, 3 lie farther from where they were; clients that round to three decimals move a station by up to 67.
 */
const FAR = 150;

/** Codes of stations by their names, compared as `normalise` says. */
export class StationNames {
  readonly #stations = new Map<string, Candidate[]>();

  constructor(stations: readonly NamedStation[]) {
    for (const [name, code, lat, lon, after = null, before = null] of stations) {
      const key = normalise(name);
      const known = this.#stations.get(key) ?? [];
      const span = { after: instant(after, -Infinity), before: instant(before, Infinity) };
      this.#stations.set(key, [...known, { code, position: { lat, lon }, ...span }]);
    }
  }

  /**
   * The station that a row means. Of several that had its name, those near its position stay, then those that had the
   * name at the time (ms since the epoch), then those that are as near as the nearest. More than one is ambiguous.
   */
  find(name: string, position: Position | null, time: () => number | null): Found {
    const known = this.#stations.get(normalise(name));
    if (!known) return [null, 'unknown_station_name'];
    const metres = ({ position: its }: Candidate) => (position ? metresBetween(position, its) : 0);
    const near = known.filter((one) => metres(one) <= FAR);
    if (near.length === 0) return [null, 'misplaced_station'];
    if (isOne(near)) return [near[0]!.code, null];
    const at = time();
    const then = near.filter(({ after, before }) => at === null || (at > after && at < before));
    const nearest = Math.min(...then.map(metres));
    const [first, ...others] = then.filter((one) => metres(one) <= nearest + MOVED);
    return first && isOne([first, ...others]) ? [first.code, null] : [null, 'ambiguous_station_name'];
  }
}

function isOne(candidates: readonly Candidate[]): boolean {
  return candidates.every(({ code }) => code === candidates[0]!.code);
}

function instant(day: string | null, none: number): number {
  return day === null ? none : Date.parse(day);
}

/**
 * `public/station-names.json` as the page's file holds it.
 * @throws {VelolacError} `unexpected` when the value is no such table.
 */
export function parseStationNames(json: unknown): StationNames {
  const parsed = v.safeParse(file, json, { abortEarly: true });
  if (parsed.success) return new StationNames(parsed.output);
  const cause = new v.ValiError(parsed.issues);
  throw new VelolacError('unexpected', `station names: ${cause.message}`, {}, { cause });
}
