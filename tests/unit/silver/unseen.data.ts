import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import Papa from 'papaparse';
import type { ColumnName } from '../../../src/silver/contract.ts';
import type { StationIds } from '../../../src/silver/stationIds.ts';
import { parseStationNames } from '../../../src/silver/stationNames.ts';

const path = (name: string) => fileURLToPath(new URL(`../../../${name}`, import.meta.url));

export const stationIds = JSON.parse(readFileSync(path('public/station-ids.json'), 'utf8')) as StationIds;
export const stationNames = parseStationNames(
  JSON.parse(readFileSync(path('public/station-names.json'), 'utf8')),
);

/** What a station tells: what Silver must make of it, whatever form it comes in. */
export interface Station {
  readonly code: string;
  readonly id: string;
  readonly name: string;
  readonly lat: number;
  readonly lon: number;
  readonly commune: string;
  readonly capacity: number;
  readonly bikes: number;
  readonly mechanical: number;
  readonly ebikes: number;
  readonly docks: number;
  readonly installed: boolean;
  readonly renting: boolean;
  readonly returning: boolean;
  /** Milliseconds since the epoch, in whole seconds. */
  readonly reported: number;
}

function read(name: string): Record<string, string>[] {
  const text = readFileSync(path(`tests/fixtures/portal/${name}`), 'utf8');
  return Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;
}

/** The first poll of the fixture, without the stations that left something out. */
function readStations(): Station[] {
  const series = read('series.csv');
  const statics = new Map(read('stations.csv').map((row) => [row['stationcode'], row]));
  const idOf = new Map(Object.entries(stationIds).map(([id, code]) => [code, id]));
  return series
    .filter(({ poll }) => poll === series[0]!['poll'])
    .flatMap((row): Station[] => {
      const code = row['stationcode']!;
      const told = statics.get(code)!;
      if (!idOf.has(code) || Object.values(row).includes('')) return [];
      const { lat, lon } = JSON.parse(told['coordonnees_geo']!) as { lat: number; lon: number };
      const count = (name: string) => Number(row[name]);
      const flag = (name: string) => row[name] === 'OUI';
      return [
        {
          ...{ code, id: idOf.get(code)!, name: told['name']!, lat, lon },
          ...{ commune: told['nom_arrondissement_communes']!, capacity: count('capacity') },
          ...{ bikes: count('numbikesavailable'), docks: count('numdocksavailable') },
          ...{ mechanical: count('mechanical'), ebikes: count('ebike'), installed: flag('is_installed') },
          ...{ renting: flag('is_renting'), returning: flag('is_returning') },
          reported: Date.parse(row['duedate']!),
        },
      ];
    });
}

export const stations = readStations();

/** A station's row in Silver. */
export function valuesOf(station: Station) {
  return {
    ...{ station_code: station.code, last_reported: station.reported, num_bikes_available: station.bikes },
    ...{ num_mechanical_available: station.mechanical, num_ebikes_available: station.ebikes },
    ...{ num_docks_available: station.docks, capacity: station.capacity, is_installed: station.installed },
    ...{ is_renting: station.renting, is_returning: station.returning, name: station.name },
    ...{ lat: station.lat, lon: station.lon, commune: station.commune },
  } satisfies Record<ColumnName, unknown>;
}
