import type { ColumnName } from '../../../src/silver/contract.ts';
import { stations, type Station } from './unseen.data.ts';

/** A file in a form of its own. */
interface Form {
  readonly content: string | Uint8Array<ArrayBuffer>;
  /** Columns of the contract that it does not have. */
  readonly lacks?: readonly ColumnName[];
  /** What it makes of the time of a report, where that is not told to the second. */
  readonly reported?: (ms: number) => number;
  /** The instant of its poll, where it tells one. */
  readonly poll?: number;
  /** Names in it that several stations have, where it tells no more. */
  readonly ambiguous?: readonly string[];
}

type Fields = Readonly<Record<string, (station: Station, row: number) => unknown>>;

const records = (fields: Fields) =>
  stations.map((station, row) =>
    Object.fromEntries(Object.entries(fields).map(([name, of]) => [name, of(station, row)])),
  );

function csv(fields: Fields, delimiter = ',', newline = '\n'): string {
  const cell = (value: unknown) => {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return new RegExp(`[${delimiter}"\r\n]`).test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = records(fields).map((row) => Object.values(row).map(cell).join(delimiter));
  return [Object.keys(fields).map(cell).join(delimiter), ...lines, ''].join(newline);
}

const jsonLines = (all: readonly unknown[]) => all.map((one) => JSON.stringify(one)).join('\n');
const renamed = (fields: Fields, to: (name: string) => string): Fields =>
  Object.fromEntries(Object.entries(fields).map(([name, of]) => [to(name), of]));
const without = (fields: Fields, ...names: string[]): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !names.includes(name)));

function utf16(text: string, littleEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(2 * text.length + 2));
  for (const [at, unit] of Array.from(`\ufeff${text}`, (sign) => sign.charCodeAt(0)).entries()) {
    view.setUint16(2 * at, unit, littleEndian);
  }
  return new Uint8Array(view.buffer);
}

/** Of all the stations the oldest report is of November 2023; summer was from 31 March to 27 October 2024. */
const offset = (ms: number) => (ms >= Date.UTC(2024, 2, 31, 1) && ms < Date.UTC(2024, 9, 27, 1) ? 2 : 1);
const paris = (ms: number) => new Date(ms + offset(ms) * 3_600_000).toISOString().slice(0, 19);
const utc = (ms: number) => new Date(ms).toISOString().slice(0, 19);
const dayFirst = (ms: number) => paris(ms).replace(/^(\d+)-(\d+)-(\d+)T(\d+:\d+).*$/, '$3/$2/$1 $4');
const toMinute = (ms: number) => Math.floor(ms / 60_000) * 60_000;
const oui = (flag: boolean) => (flag ? 'OUI' : 'NON');
const pair = ({ lat, lon }: Station) => `${lat}, ${lon}`;

const v2: Fields = {
  stationcode: ({ code }) => code,
  name: ({ name }) => name,
  is_installed: ({ installed }) => oui(installed),
  capacity: ({ capacity }) => capacity,
  numdocksavailable: ({ docks }) => docks,
  numbikesavailable: ({ bikes }) => bikes,
  mechanical: ({ mechanical }) => mechanical,
  ebike: ({ ebikes }) => ebikes,
  is_renting: ({ renting }) => oui(renting),
  is_returning: ({ returning }) => oui(returning),
  duedate: ({ reported }) => `${utc(reported)}+00:00`,
  coordonnees_geo: pair,
  nom_arrondissement_communes: ({ commune }) => commune,
};
const labelNames = [
  ...['Identifiant station', 'Nom station', 'Station en fonctionnement', 'Capacité de la station'],
  ...['Nombre bornettes libres', 'Nombre total vélos disponibles', 'Vélos mécaniques disponibles'],
  ...['Vélos électriques disponibles', 'Borne de paiement disponible', 'Retour vélib possible'],
  ...['Actualisation de la donnée', 'Coordonnées géographiques', 'Nom communes équipées'],
];
const englishNames = [
  ...['Station ID', 'Station name', 'Station in operation', 'Station capacity', 'Number of free docks'],
  ...['Total number of available bikes', 'Mechanical bikes available', 'Electric bikes available'],
  ...['Payment terminal available', 'Vélib return possible', 'Data update', 'Geographic coordinates'],
  'Name of equipped municipalities',
];
const named = (names: readonly string[]) =>
  renamed(v2, (name) => names[Object.keys(v2).indexOf(name)] ?? name);
const labels = named(labelNames);

const flags = ['is_renting', 'is_returning'] as const;
const statics = ['capacity', 'name', 'lat', 'lon', 'commune'] as const;
const types = ['num_mechanical_available', 'num_ebikes_available'] as const;
const dynamics = [
  ...['last_reported', 'num_bikes_available', ...types, 'num_docks_available', 'is_installed'],
  ...flags,
] as ColumnName[];

const gbfsFlags: Fields = {
  is_installed: ({ installed }) => installed,
  is_renting: ({ renting }) => renting,
  is_returning: ({ returning }) => returning,
};
const gbfsFeed = (version: string, last_updated: unknown, fields: Fields) =>
  JSON.stringify({ last_updated, ttl: 60, version, data: { stations: records(fields) } });
const counted = (mechanical: string) => (station: Station) => [
  { vehicle_type_id: mechanical, count: station.mechanical },
  { vehicle_type_id: 'ebike', count: station.ebikes },
];

/** A history that knows its stations by name, and its bikes in two columns. */
const history: Fields = {
  date: () => '2024-11-09 12:05:00',
  capacity: ({ capacity }) => capacity,
  available_mechanical: ({ mechanical }) => mechanical,
  available_electrical: ({ ebikes }) => ebikes,
  station_name: ({ name }) => name,
  station_geo: ({ lat, lon }) => `${lat},${lon}`,
  operative: ({ installed }) => (installed ? 'True' : 'False'),
};
const lackedByHistory = ['last_reported', 'num_docks_available', ...flags, 'commune'] as const;

const lackedByCounts = [
  ...['last_reported', ...types, 'capacity', 'is_installed', ...flags, 'commune'],
] as readonly ColumnName[];

/** A text whose UTF-8 was read as Latin-1. */
const misread = (text: string) => Buffer.from(text).toString('latin1');

/** Forms that tell stations by their names alone. */
const byName: Readonly<Record<string, Form>> = {
  'a history by names': {
    content: csv(history),
    lacks: lackedByHistory,
    poll: Date.UTC(2024, 10, 9, 11, 5),
  },
  'a history by names, from Excel in French': {
    content: csv({ ...history, date: () => '09/11/24 12:05' }, ';', '\r\n'),
    lacks: lackedByHistory,
    poll: Date.UTC(2024, 10, 9, 11, 5),
  },
  'a history by names alone': {
    content: csv(without(history, 'station_geo', 'capacity', 'operative')),
    lacks: [...lackedByHistory, 'capacity', 'is_installed', 'lat', 'lon'],
    ambiguous: ['Place Nelson Mandela'],
    poll: Date.UTC(2024, 10, 9, 11, 5),
  },
  'names, latitudes and longitudes': {
    content: csv({
      nom_station: ({ name }) => name,
      latitude: ({ lat }) => lat,
      longitude: ({ lon }) => lon,
      bikes: ({ bikes }) => bikes,
      free_docks: ({ docks }) => docks,
    }),
    lacks: lackedByCounts,
  },
  'names that were decoded twice': {
    content: csv({ ...history, station_name: ({ name }) => misread(misread(name)) }),
    lacks: lackedByHistory,
    poll: Date.UTC(2024, 10, 9, 11, 5),
  },
  'names, in a table whose `id` numbers its rows': {
    content: csv({
      id: (_, row) => 1000 + row,
      nom: ({ name }) => name,
      bikes: ({ bikes }) => bikes,
      free_docks: ({ docks }) => docks,
    }),
    lacks: [...lackedByCounts, 'lat', 'lon'],
    ambiguous: ['Place Nelson Mandela'],
  },
};

/** Forms that must be read right without anyone's help. */
export const forms: Readonly<Record<string, Form>> = {
  'Nantes and Toulouse: JCDecaux names in v2.1 records': {
    content: JSON.stringify({
      total_count: stations.length,
      results: records({
        number: ({ code }) => code,
        name: ({ name }) => name,
        address: () => '1, rue de la Paix',
        position: ({ lat, lon }) => ({ lon, lat }),
        banking: () => 'True',
        bonus: () => 'False',
        status: ({ installed }) => (installed ? 'OPEN' : 'CLOSED'),
        bike_stands: ({ capacity }) => capacity,
        available_bike_stands: ({ docks }) => docks,
        available_bikes: ({ bikes }) => bikes,
        last_update: ({ reported }) => `${utc(reported)}+00:00`,
      }),
    }),
    lacks: [...types, ...flags, 'commune'],
  },
  Rennes: {
    content: JSON.stringify(
      records({
        idstation: ({ code }) => code,
        nom: ({ name }) => name,
        etat: ({ installed }) => (installed ? 'En fonctionnement' : 'Fermée'),
        nombreemplacementsactuels: ({ capacity }) => capacity,
        nombreemplacementsdisponibles: ({ docks }) => docks,
        nombrevelosdisponibles: ({ bikes }) => bikes,
        coordonnees: ({ lat, lon }) => ({ lon, lat }),
        lastupdate: ({ reported }) => `${utc(reported)}+00:00`,
      }),
    ),
    lacks: [...types, ...flags, 'commune'],
  },
  Strasbourg: {
    content: JSON.stringify(
      records({
        id: ({ code }) => code,
        na: ({ name }) => name,
        lat: ({ lat }) => lat,
        lon: ({ lon }) => lon,
        av: ({ bikes }) => bikes,
        to: ({ capacity }) => capacity,
        num_docks_available: ({ docks }) => docks,
        ...gbfsFlags,
        last_reported: ({ reported }) => reported / 1000,
      }),
    ),
    lacks: [...types, 'commune'],
  },
  Bordeaux: {
    content: JSON.stringify(
      records({
        gid: (_, row) => row + 1,
        ident: ({ code }) => Number(code),
        nom: ({ name }) => name,
        commune: ({ commune }) => commune,
        etat: ({ installed }) => (installed ? 'CONNECTEE' : 'DECONNECTEE'),
        nbvelos: ({ bikes }) => bikes,
        nbclassiq: ({ mechanical }) => String(mechanical),
        nbelec: ({ ebikes }) => ebikes,
        nbplaces: ({ docks }) => docks,
        geo_point_2d: ({ lat, lon }) => ({ lon, lat }),
        mdate: ({ reported }) => `${utc(reported)}+00:00`,
      }),
    ),
    lacks: ['capacity', ...flags],
  },
  'GBFS 2.3: a status that counts vehicles by type': {
    content: gbfsFeed('2.3', 1_731_150_300, {
      station_id: ({ id }) => id,
      num_bikes_available: ({ bikes }) => bikes,
      vehicle_types_available: counted('mechanical'),
      num_bikes_disabled: () => 0,
      num_docks_available: ({ docks }) => docks,
      ...gbfsFlags,
      last_reported: ({ reported }) => reported / 1000,
    }),
    lacks: statics,
  },
  'GBFS 3.0: vehicles, and times in ISO 8601': {
    content: gbfsFeed('3.0', '2024-11-09T12:05:00+01:00', {
      station_id: ({ id }) => id,
      num_vehicles_available: ({ bikes }) => bikes,
      vehicle_types_available: counted('bike'),
      num_docks_available: ({ docks }) => docks,
      ...gbfsFlags,
      last_reported: ({ reported }) => `${paris(reported)}+0${offset(reported)}:00`,
    }),
    lacks: statics,
  },
  'GBFS 3.0: names in several languages': {
    content: gbfsFeed('3.0', '2024-11-09T12:05:00+01:00', {
      station_id: ({ id }) => id,
      name: ({ name }) => [
        { text: name, language: 'fr' },
        { text: `Station ${name}`, language: 'en' },
      ],
      lat: ({ lat }) => lat,
      lon: ({ lon }) => lon,
      capacity: ({ capacity }) => capacity,
      is_virtual_station: () => false,
    }),
    lacks: [...dynamics, 'commune'],
  },
  'GBFS as pandas flattens it, ids as floats': {
    content: csv({
      '': (_, row) => row,
      station_id: ({ id }) => `${id}.0`,
      num_bikes_available: ({ bikes }) => bikes,
      'num_bikes_available_types/0/mechanical': ({ mechanical }) => `${mechanical}.0`,
      'num_bikes_available_types/1/ebike': ({ ebikes }) => `${ebikes}.0`,
      num_docks_available: ({ docks }) => docks,
      last_reported: ({ reported }) => `${reported / 1000}.0`,
    }),
    lacks: ['is_installed', ...flags, ...statics],
  },
  'v2.1 records with geo_point_2d': {
    content: JSON.stringify({
      total_count: stations.length,
      results: records({
        ...without(v2, 'coordonnees_geo'),
        geo_point_2d: ({ lat, lon }) => ({ lon, lat }),
      }),
    }),
  },
  'JSON Lines': { content: jsonLines(records(v2)) },
  'JSON Lines of v1 records': {
    content: jsonLines(
      records(v2).map((fields, row) => ({
        ...{ datasetid: 'velib', recordid: `r${row}`, fields },
        record_timestamp: '2024-11-09T11:05:00.123456Z',
      })),
    ),
    poll: Date.UTC(2024, 10, 9, 11, 5, 0, 123),
  },
  'Excel: sep=; and CRLF': { content: `sep=;\r\n${csv(labels, ';', '\r\n')}` },
  'Excel in French: decimal commas, days first': {
    content: csv(
      {
        ...without(labels, 'Coordonnées géographiques'),
        'Nombre total vélos disponibles': ({ bikes }) => `${bikes},0`,
        'Actualisation de la donnée': ({ reported }) => dayFirst(reported),
        Latitude: ({ lat }) => String(lat).replace('.', ','),
        Longitude: ({ lon }) => String(lon).replace('.', ','),
      },
      ';',
      '\r\n',
    ),
    reported: toMinute,
  },
  'UTF-16 with tabs, as Excel calls Unicode': { content: utf16(csv(labels, '\t', '\r\n'), true) },
  'UTF-16, the other way round': { content: utf16(csv(labels, ';'), false) },
  'labels in capitals': {
    content: csv(
      renamed(labels, (name) => name.toUpperCase()),
      ';',
    ),
  },
  'labels as identifiers': {
    content: csv(
      renamed(labels, (name) =>
        name.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replaceAll(' ', '_'),
      ),
    ),
  },
  'labels in English': { content: csv(named(englishNames)) },
  'codes and counts as floats': {
    content: csv({
      ...labels,
      'Identifiant station': ({ code }) => `${code}.0`,
      'Capacité de la station': ({ capacity }) => `${capacity}.0`,
    }),
  },
  'an offset without a colon': {
    content: csv({ ...v2, duedate: ({ reported }) => `${paris(reported)}+0${offset(reported)}00` }),
  },
  'milliseconds since the epoch': { content: csv({ ...v2, duedate: ({ reported }) => reported }) },
  'milliseconds and Z': {
    content: csv({ ...v2, duedate: ({ reported }) => new Date(reported).toISOString() }),
  },
  'a position as text, in a column of any name': {
    content: csv({ ...without(v2, 'coordonnees_geo'), où: ({ lat, lon }) => `POINT (${lon} ${lat})` }),
  },
  'names of someone’s own': {
    content: csv({
      id: ({ code }) => code,
      nom_station: ({ name }) => name,
      nb_velos_disponibles: ({ bikes }) => bikes,
      nb_velos_mecaniques: ({ mechanical }) => mechanical,
      nb_velos_electriques: ({ ebikes }) => ebikes,
      nb_bornes_libres: ({ docks }) => docks,
      capacite: ({ capacity }) => capacity,
      maj: ({ reported }) => paris(reported),
    }),
    lacks: ['is_installed', ...flags, 'lat', 'lon', 'commune'],
  },
  'a station’s name under `station`, its code beside': {
    content: csv({
      station: ({ name }) => name,
      station_code: ({ code }) => code,
      bikes: ({ bikes }) => bikes,
      free_docks: ({ docks }) => docks,
      timestamp: () => '2024-11-09T11:05:00Z',
    }),
    lacks: [
      ...['last_reported', ...types, 'capacity', 'is_installed', ...flags, 'lat', 'lon', 'commune'],
    ] as ColumnName[],
    poll: Date.UTC(2024, 10, 9, 11, 5),
  },
  ...byName,
};

/** Files of which a required column is not certain: nothing of them is taken before someone says so. */
export const quarantined: Readonly<
  Record<string, { content: string; missing: readonly ColumnName[]; rows?: number }>
> = {
  'names, with codes of a name that nobody knows': {
    content: csv({ ...history, ref: ({ code }) => code }),
    missing: ['station_code', 'num_docks_available'],
  },
  'names, with ids of a name that nobody knows': {
    content: csv({ ...history, ref: ({ id }) => id }),
    missing: ['station_code', 'num_docks_available'],
  },
  'names, with docks that may be free or all': {
    content: csv({ ...without(history, 'capacity'), bornes: ({ capacity }) => capacity }),
    missing: ['num_docks_available'],
  },
  'docks that may be free or all': {
    content: csv({ code: ({ code }) => code, bikes: ({ bikes }) => bikes, docks: ({ docks }) => docks }),
    missing: ['num_docks_available'],
  },
  'rates in per cent': {
    content: csv({
      station_code: ({ code }) => code,
      taux: ({ bikes, capacity }) => Math.round((100 * bikes) / Math.max(1, capacity)),
    }),
    missing: ['num_bikes_available', 'num_docks_available'],
  },
  'a table without a header': {
    content: csv(v2).replace(/^.*\n/, ''),
    missing: ['station_code', 'num_bikes_available', 'num_docks_available'],
  },
};
