import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';
import type { Place } from '../../../src/silver/place.ts';

/** Where the real files lie; absent in a fresh clone. */
const shared = fileURLToPath(new URL('../../../../shared/data/velib/', import.meta.url));
const fixtures = fileURLToPath(new URL('../../fixtures/portal/', import.meta.url));
export const present = existsSync(shared);
if (!present) console.warn(`the proposals are tested on the small fixture only: no data in ${shared}`);

type Rows = readonly (readonly (string | null)[])[];

/** A snapshot as it came, and where it really has each column of the contract. */
export interface Poll {
  readonly header: readonly string[];
  readonly rows: Rows;
  readonly truth: Readonly<Record<string, Place>>;
}

/** Two polls of one source, the second up to an hour after the first. */
export type Pair = () => readonly [Poll, Poll];

const v21 = {
  station_code: 'stationcode',
  name: 'name',
  is_installed: 'is_installed',
  capacity: 'capacity',
  num_docks_available: 'numdocksavailable',
  num_bikes_available: 'numbikesavailable',
  num_mechanical_available: 'mechanical',
  num_ebikes_available: 'ebike',
  is_renting: 'is_renting',
  is_returning: 'is_returning',
  last_reported: 'duedate',
  lon: 'coordonnees_geo.lon',
  lat: 'coordonnees_geo.lat',
  commune: 'nom_arrondissement_communes',
};

const labels = {
  station_code: 'Identifiant station',
  name: 'Nom station',
  is_installed: 'Station en fonctionnement',
  capacity: 'Capacité de la station',
  num_docks_available: 'Nombre bornettes libres',
  num_bikes_available: 'Nombre total vélos disponibles',
  num_mechanical_available: 'Vélos mécaniques disponibles',
  num_ebikes_available: 'Vélos électriques disponibles',
  is_renting: 'Borne de paiement disponible',
  is_returning: 'Retour vélib possible',
  last_reported: 'Actualisation de la donnée',
  commune: 'Nom communes équipées',
};

function parse(text: string): { header: string[]; rows: Rows } {
  const [header = [], ...rows] = Papa.parse<string[]>(text.replace(/^\uFEFF/, ''), {
    skipEmptyLines: true,
  }).data;
  return { header, rows: rows.map((row) => row.map((cell) => cell || null)) };
}

function places(header: readonly string[], names: Readonly<Record<string, string>>): Record<string, Place> {
  return Object.fromEntries(
    Object.entries(names).flatMap(([column, name]) =>
      header.includes(name) ? [[column, { kind: 'column', index: header.indexOf(name) } as const]] : [],
    ),
  );
}

/** "lat, lon" in one column. */
function parts(header: readonly string[], name: string): Record<string, Place> {
  const index = header.indexOf(name);
  return { lat: { kind: 'part', index, part: 0 }, lon: { kind: 'part', index, part: 1 } };
}

/** Lines of a CSV by what stands before their first comma. */
function linesBy(text: string): (readonly [string, string])[] {
  const [header = '', ...lines] = text.trimEnd().split('\n');
  const polls = new Map<string, string[]>();
  for (const line of lines) {
    const poll = line.slice(0, line.indexOf(','));
    const same = polls.get(poll);
    if (same) same.push(line);
    else polls.set(poll, [line]);
  }
  return [...polls].sort().map(([poll, same]) => [poll, [header, ...same].join('\n')] as const);
}

/** So many pairs of polls up to an hour apart, spread over all that there are; each is read once. */
function pairsWithinAnHour(polls: readonly { at: number; read: () => Poll }[], most = 24): Pair[] {
  const pairs = polls.flatMap((first, i) =>
    polls
      .slice(i + 1)
      .filter(({ at }) => at - first.at <= 61 * 60_000)
      .map((second): Pair => once(() => [first.read(), second.read()])),
  );
  const step = Math.max(1, pairs.length / most);
  return Array.from({ length: Math.min(most, pairs.length) }, (_, i) => pairs[Math.floor(i * step)]!);
}

function once<T>(read: () => T): () => T {
  let value: T | undefined;
  return () => (value ??= read());
}

/** Polls of the v2.1 export as it was kept, with the static columns of their stations. */
function v21Pairs(series: string, stations: string): Pair[] {
  const statics = new Map(
    parse(stations).rows.map(([code, name, , geo, commune]) => {
      const { lon = '', lat = '' } = JSON.parse(geo ?? '{}') as { lon?: number; lat?: number };
      return [code, [name ?? null, String(lon), String(lat), commune ?? null]];
    }),
  );
  const polls = linesBy(series).map(([poll, text]) => {
    const read = () => {
      const table = parse(text);
      const header = [
        ...table.header,
        'name',
        'coordonnees_geo.lon',
        'coordonnees_geo.lat',
        v21.commune,
      ].slice(1);
      const rows = table.rows
        .filter((row) => row[1])
        .map((row) => [...row, ...(statics.get(row[1] ?? '') ?? [null, null, null, null])].slice(1));
      return { header, rows, truth: places(header, v21) };
    };
    return { at: Date.parse(`${poll}+01:00`), read };
  });
  return pairsWithinAnHour(polls);
}

/** The scrape of June 2022: French labels, one "lat,lon" column, weather, naive times of Paris. */
function scrapedPairs(): Pair[] {
  const text = gunzipSync(
    readFileSync(`${shared}scraped-labels-2022/d_2022-06-02_to_06-07.csv.gz`),
  ).toString();
  const whole = linesBy(text).filter(([, lines]) => !lines.split('\n')[1]!.startsWith(',', 21));
  const polls = whole.map(([poll, lines]) => {
    const read = () => {
      const { header, rows } = parse(lines);
      const truth = { ...places(header, labels), ...parts(header, 'Coordonnées géographiques') };
      return { header, rows, truth };
    };
    return { at: Date.parse(poll), read };
  });
  return pairsWithinAnHour(polls);
}

/** A thousand rows an hour, without capacity, flags and position. */
function pipelinePairs(): Pair[] {
  const folder = `${shared}pipeline-csv-2025/`;
  const names = { ...v21, station_code: 'station_id', last_reported: 'timestamp' };
  const polls = readdirSync(folder)
    .sort()
    .map((file) => {
      const read = () => {
        const { header, rows } = parse(readFileSync(folder + file, 'utf8'));
        return { header, rows, truth: places(header, names) };
      };
      const [, day = '', hour = '', minute = ''] = /_(\d{8})_(\d\d)(\d\d)/.exec(file) ?? [];
      return { at: Number(day) * 86_400_000 + (Number(hour) * 60 + Number(minute)) * 60_000, read };
    });
  return pairsWithinAnHour(polls);
}

/** One poll, and the same a little later: at a third of its stations a bike of either kind was taken or brought. */
function moved(poll: Poll): Pair {
  const at = (column: string) => {
    const place = poll.truth[column];
    return place?.kind === 'column' ? place.index : -1;
  };
  const rows = poll.rows.map((row, i) => {
    if (i % 3 > 0) return row;
    const later = [...row];
    const type = i % 2 ? 'num_mechanical_available' : 'num_ebikes_available';
    const change = i % 4 < 2 && Number(row[at(type)]) > 0 ? -1 : 1;
    const add = (column: string, by: number) => {
      if (at(column) >= 0) later[at(column)] = String(Math.max(0, Number(row[at(column)]) + by));
    };
    if (at(type) >= 0) {
      add(type, change);
      add('num_bikes_available', change);
      add('num_docks_available', -change);
    }
    return later;
  });
  return () => [poll, { ...poll, rows }];
}

function labelsPoll(year: number): Poll {
  const file = `${shared}labels-csv-${year}/velib-disponibilite-en-temps-reel.csv`;
  const { header, rows } = parse(readFileSync(file, 'utf8'));
  return {
    header,
    rows,
    truth: { ...places(header, labels), ...parts(header, 'Coordonnées géographiques') },
  };
}

/** The operator's feed, status joined with information: kinds of bikes inside JSON text, epoch seconds, 1 and 0. */
function gbfsPoll(): Poll {
  interface Feed {
    data: { stations: Readonly<Record<string, unknown>>[] };
  }
  const stations = (file: string) =>
    (JSON.parse(readFileSync(`${shared}gbfs-2025/${file}.json`, 'utf8')) as Feed).data.stations;
  const information = new Map(
    stations('station_information').map((station) => [station['station_id'], station]),
  );
  const joined = stations('station_status').map((status): Readonly<Record<string, unknown>> => ({
    ...information.get(status['station_id']),
    ...status,
  }));
  const header = [...new Set(joined.flatMap((station) => Object.keys(station)))];
  const text = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value ?? null));
  const rows = joined.map((station) =>
    header.map((name) => ((station[name] ?? null) === null ? null : text(station[name]))),
  );
  const names = {
    ...places(header, Object.fromEntries(Object.keys(v21).map((name) => [name, name]))),
    ...places(header, { station_code: 'stationCode' }),
  };
  const index = header.indexOf('num_bikes_available_types');
  return {
    header,
    rows,
    truth: {
      ...names,
      num_mechanical_available: { kind: 'key', index, key: 'mechanical' },
      num_ebikes_available: { kind: 'key', index, key: 'ebike' },
    },
  };
}

/** Sources of pairs of polls: one real one in a fresh clone, eight with the large files. */
export function sources(): Record<string, readonly Pair[]> {
  const fixture = v21Pairs(
    readFileSync(`${fixtures}series.csv`, 'utf8'),
    readFileSync(`${fixtures}stations.csv`, 'utf8'),
  );
  if (!present) return { fixture };
  const tenDays = gunzipSync(readFileSync(`${shared}v21-export-2024/series_2024-10-31_to_2024-11-09.csv.gz`));
  return {
    fixture,
    'ten days of 2024': v21Pairs(
      tenDays.toString(),
      readFileSync(`${shared}v21-export-2024/stations.csv`, 'utf8'),
    ),
    'scrape of 2022': scrapedPairs(),
    'pipeline of 2025': pipelinePairs(),
    'labels of 2023': [moved(labelsPoll(2023))],
    'labels of 2026': [moved(labelsPoll(2026))],
    'GBFS of 2025': [moved(gbfsPoll())],
  };
}
