import { readFile } from 'node:fs/promises';
import { Areas, parseBoundaries } from '../src/silver/areas.ts';
import { readSample } from '../src/sources/sample.ts';

const root = new URL('../public/', import.meta.url);
const MINUTE = 60_000;

/** A station's record as the portal sends it. */
export interface Reading {
  readonly stationcode: string;
  readonly is_installed: string;
  readonly is_renting: string;
  readonly is_returning: string;
  readonly capacity: number;
  readonly mechanical: number;
  readonly ebike: number;
  readonly numbikesavailable: number;
  readonly numdocksavailable: number;
  readonly duedate: string;
  readonly name: string;
  readonly coordonnees_geo: { readonly lon: number; readonly lat: number };
}

/** Which readings are counted. */
interface Selection {
  /** UTC hours; the city is one ahead on that day. */
  readonly hours?: readonly number[];
  readonly arrondissement?: number;
}

/** What the bundled day comes to. */
export interface Figures {
  readonly mechanical: number;
  readonly ebikes: number;
  readonly docks: number;
  readonly notspot: number;
  readonly service: number;
  readonly observed: number;
  readonly departures: readonly number[];
}

/** The bundled day's polls. */
export async function readPolls(): Promise<{ at: number; readings: Reading[] }[]> {
  const bytes = await readFile(new URL('sample/velib-2024-11-09.bin', root));
  const sample = await readSample(`data:application/octet-stream;base64,${bytes.toString('base64')}`);
  return [...sample.polls()].map(({ fetched_at, body }) => ({
    at: fetched_at,
    readings: JSON.parse(body) as Reading[],
  }));
}

/** The bundled boundaries. */
export async function readAreas(): Promise<Areas> {
  return new Areas(parseBoundaries(JSON.parse(await readFile(new URL('boundaries.json', root), 'utf8'))));
}

/** Figures of the polls, reading by reading: a poll stands until the next one, ten minutes at most. */
export async function figuresOf(
  polls: readonly { readonly at: number; readonly readings: readonly Reading[] }[],
  { hours, arrondissement }: Selection = {},
): Promise<Figures> {
  const areas = await readAreas();
  const counts = new Map<string, boolean>();
  const isCounted = ({ stationcode, coordonnees_geo: { lon, lat } }: Reading): boolean => {
    if (arrondissement === undefined) return true;
    const known = counts.get(stationcode) ?? areas.areaOf(lon, lat)?.arrondissement === arrondissement;
    counts.set(stationcode, known);
    return known;
  };
  const sums = { mechanical: 0, ebikes: 0, docks: 0, serving: 0, useless: 0, served: 0, time: 0 };
  const departures = Array<number>(24).fill(0);
  for (const [index, { at, readings }] of polls.entries()) {
    const next = polls[index + 1];
    const until = Math.min(next?.at ?? at, at + 10 * MINUTE);
    // What stands over the end of an hour counts in both.
    const weight = [...stretches(at, until)]
      .filter(([hour]) => hours?.includes(hour) ?? true)
      .reduce((sum, [, ms]) => sum + ms, 0);
    sums.time += weight;
    const after = new Map(next?.readings.map((one) => [one.stationcode, one.numbikesavailable]));
    for (const one of readings.filter(isCounted)) {
      sums.mechanical += weight * one.mechanical;
      sums.ebikes += weight * one.ebike;
      sums.docks += weight * one.numdocksavailable;
      const left = one.numbikesavailable - (after.get(one.stationcode) ?? one.numbikesavailable);
      if (next?.at === until && left > 0) departures[new Date(until).getUTCHours()]! += left;
      if (!isServing(one, at)) continue;
      sums.serving += weight;
      const [bikes, docks] = [one.numbikesavailable, one.numdocksavailable];
      if (bikes === 0 || docks === 0) sums.useless += weight;
      if (bikes >= 2 && docks >= 2) sums.served += weight;
    }
  }
  const { mechanical, ebikes, docks, serving, useless, served, time } = sums;
  const [first, last] = [polls[0]!.at, polls.at(-1)!.at];
  const whole = [...stretches(first, last)].filter(([hour]) => hours?.includes(hour) ?? true);
  return {
    ...{ mechanical: mechanical / time, ebikes: ebikes / time, docks: docks / time },
    ...{ notspot: useless / serving, service: served / serving, departures },
    observed: time / whole.reduce((sum, [, ms]) => sum + ms, 0),
  };
}

function isServing(one: Reading, at: number): boolean {
  const open = [one.is_installed, one.is_renting, one.is_returning].every((flag) => flag === 'OUI');
  return open && one.capacity > 0 && Date.parse(one.duedate) >= at - 24 * 60 * MINUTE;
}

/** A stretch of time by the UTC hours that it lies in. */
function* stretches(from: number, to: number): Generator<[hour: number, ms: number]> {
  for (let at = from; at < to;) {
    const end = Math.min(to, (Math.floor(at / (60 * MINUTE)) + 1) * 60 * MINUTE);
    yield [new Date(at).getUTCHours(), end - at];
    at = end;
  }
}
