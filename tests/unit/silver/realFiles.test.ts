import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { columnNames, type ColumnName } from '../../../src/silver/contract.ts';
import { SAMPLE_ROWS, tryMapTable, type Mapping, type Place } from '../../../src/silver/mapping.ts';
import { openTables } from '../../../src/sources/readers/open.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/velib/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the real files are not in ${folder}`);

type Names = Partial<Record<ColumnName, string>>;

/** Where each schema keeps each column, looked up by eye in the files; what is left out it does not have. */
const v2: Names = {
  ...{ station_code: 'stationcode', last_reported: 'duedate', name: 'name', capacity: 'capacity' },
  ...{ num_bikes_available: 'numbikesavailable', num_docks_available: 'numdocksavailable' },
  ...{ num_mechanical_available: 'mechanical', num_ebikes_available: 'ebike' },
  ...{ is_installed: 'is_installed', is_renting: 'is_renting', is_returning: 'is_returning' },
  commune: 'nom_arrondissement_communes',
};
const v2Objects: Names = { ...v2, lat: 'coordonnees_geo.lat', lon: 'coordonnees_geo.lon' };
const v2Keys: Names = { ...v2, lat: 'coordonnees_geo{lat}', lon: 'coordonnees_geo{lon}' };
const labels: Names = {
  ...{
    station_code: 'Identifiant station',
    last_reported: 'Actualisation de la donnée',
    name: 'Nom station',
  },
  num_bikes_available: 'Nombre total vélos disponibles',
  num_mechanical_available: 'Vélos mécaniques disponibles',
  num_ebikes_available: 'Vélos électriques disponibles',
  ...{ num_docks_available: 'Nombre bornettes libres', capacity: 'Capacité de la station' },
  ...{ is_installed: 'Station en fonctionnement', is_renting: 'Borne de paiement disponible' },
  is_returning: 'Retour vélib possible',
};
const portalLabels: Names = {
  ...labels,
  ...{ lat: 'Coordonnées géographiques[0]', lon: 'Coordonnées géographiques[1]' },
  commune: 'Nom communes équipées',
};
const scrapedLabels: Names = { ...labels, lat: 'Lattitude', lon: 'Longitude' };
const smovengo: Names = {
  ...{ station_code: 'station_code', last_reported: 'duedate', name: 'station_name' },
  ...{ num_bikes_available: 'nbbike + nbebike', num_docks_available: 'nbfreedock + nbfreeedock' },
  ...{ num_mechanical_available: 'nbbike', num_ebikes_available: 'nbebike', capacity: 'nbdock + nbedock' },
  ...{ is_installed: 'station_state', lat: 'geometry.lat', lon: 'geometry.lon' },
};
const pipeline: Names = {
  ...{ station_code: 'station_id', last_reported: 'timestamp', name: 'name' },
  ...{ num_bikes_available: 'numbikesavailable', num_docks_available: 'numdocksavailable' },
  ...{ num_mechanical_available: 'mechanical', num_ebikes_available: 'ebike' },
};
const without = (names: Names, ...gone: ColumnName[]): Names =>
  Object.fromEntries(Object.entries(names).filter(([name]) => !gone.includes(name as ColumnName)));
const dynamic = without(v2, 'name', 'commune');

interface Expected {
  readonly columns: Names;
  readonly era: Mapping['era'];
  /** Where it is not the usual: `status`, codes, no poll, and Paris time throughout. */
  readonly content?: Mapping['content'];
  readonly station?: Mapping['station'];
  readonly poll?: string;
  readonly clock?: 'utc';
  readonly file_name?: 'utc';
  readonly missing?: readonly ColumnName[];
}

const files: Readonly<Record<string, Expected>> = {
  'jcdecaux-2014/stations-velib-disponibilites-en-temps-reel.csv': {
    ...{ era: 'jcdecaux', clock: 'utc' },
    columns: {
      ...{ station_code: 'number', last_reported: 'last_update', name: 'name', is_installed: 'status' },
      ...{ num_bikes_available: 'available_bikes', num_docks_available: 'available_bike_stands' },
      ...{ capacity: 'bike_stands', lat: 'position[0]', lon: 'position[1]' },
    },
  },
  'smovengo-2019/velib-disponibilite-en-temps-reel.csv': {
    ...{ era: 'smovengo', clock: 'utc' },
    columns: {
      ...{ station_code: 'Code de la station', last_reported: 'duedate', name: 'Nom de la station' },
      num_bikes_available: 'Nombre de vélo mécanique + Nombre vélo électrique',
      num_mechanical_available: 'Nombre de vélo mécanique',
      num_ebikes_available: 'Nombre vélo électrique',
      num_docks_available: 'nbFreeDock + Nombre de bornes disponibles',
      ...{ capacity: 'nbDock + Nombres de bornes en station', is_installed: 'Etat des stations' },
      ...{ lat: 'geo[0]', lon: 'geo[1]' },
    },
  },
  'smovengo-2019/velib-disponibilite-en-temps-reel.geojson': {
    era: 'smovengo',
    clock: 'utc',
    columns: smovengo,
  },
  'v10-search-2019/records_search_geofilter_1hit.json': {
    ...{ era: 'smovengo', clock: 'utc', columns: smovengo, poll: 'record_timestamp/record_timestamp' },
  },
  'v10-export-2022/velib-disponibilite-en-temps-reel.json': {
    ...{ era: 'v2', missing: ['station_code'], poll: 'record_timestamp/record_timestamp' },
    columns: without(dynamic, 'station_code', 'capacity', 'num_mechanical_available', 'num_ebikes_available'),
  },
  'scraped-labels-2022/a_2022-05-12.csv.gz': {
    ...{ era: 'labels', station: 'id', columns: scrapedLabels, poll: 'git_commit_time/poll_column' },
  },
  'scraped-labels-2022/b_2022-05-23_to_05-28.csv.gz': {
    ...{ era: 'labels', station: 'id', poll: 'git_commit_time/poll_column' },
    columns: scrapedLabels,
  },
  'scraped-labels-2022/c_2022-06-01_to_06-02.csv.gz': {
    ...{ era: 'labels', station: 'id', poll: 'git_commit_time/poll_column' },
    columns: scrapedLabels,
  },
  'scraped-labels-2022/d_2022-06-02_to_06-07.csv.gz': {
    ...{ era: 'labels', columns: portalLabels, poll: 'git_commit_time/poll_column' },
  },
  'scraped-labels-2022/data_2022-06-01T145009Z_is_really_a_zip.csv': {
    ...{ era: 'labels', station: 'id', columns: scrapedLabels },
  },
  'labels-csv-2023/velib-disponibilite-en-temps-reel.csv': { era: 'labels', columns: portalLabels },
  'labels-csv-2026/velib-disponibilite-en-temps-reel.csv': { era: 'labels', columns: portalLabels },
  'v21-export-2024/series_2024-10-31_to_2024-11-09.csv.gz': {
    ...{ era: 'v2', columns: dynamic, poll: 'poll/poll_column' },
  },
  'v21-export-2024/stations.csv': {
    ...{ era: 'v2', content: 'information', poll: 'first_poll/poll_column' },
    columns: {
      ...{ station_code: 'stationcode', name: 'name', capacity: 'capacity' },
      ...{ lat: 'coordonnees_geo{lat}', lon: 'coordonnees_geo{lon}', commune: v2.commune! },
    },
  },
  'v21-export-2024/raw/R-Velib__R-Velib20241104_111001.json.gz': {
    ...{ era: 'v2', missing: ['station_code'] },
    columns: without(dynamic, 'station_code', 'capacity', 'num_mechanical_available', 'num_ebikes_available'),
  },
  'v21-export-2024/raw/R-Velib__R-Velib20241104_111501.json.gz': {
    ...{ era: 'v2', columns: without(dynamic, 'capacity') },
  },
  'v21-export-2024/raw/R-Velib__R-Velib20241105_085501.json.gz': { era: 'v2', columns: v2Objects },
  'v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz': { era: 'v2', columns: v2Objects },
  'v21-export-2024/raw/shell-Velib__velib_data_20241104_111001.json.gz': { era: 'v2', columns: v2Keys },
  'v21-export-2024/raw/shell-Velib__velib_data_20241105_085501.json.gz': { era: 'v2', columns: v2Objects },
  'v21-export-2024/raw/shell-Velib__velib_data_20241106_101001.json.gz': { era: 'v2', columns: v2Keys },
  'pandas-csv-2026/velib_20260207_235858.csv': { era: 'v2', columns: v2Keys },
  'gbfs-2025/station_status.json': {
    ...{ era: 'gbfs', clock: 'utc' },
    columns: {
      ...{
        station_code: 'stationCode',
        last_reported: 'last_reported',
        num_bikes_available: 'num_bikes_available',
      },
      num_mechanical_available: 'num_bikes_available_types{mechanical}',
      num_ebikes_available: 'num_bikes_available_types{ebike}',
      ...{ num_docks_available: 'num_docks_available', is_installed: 'is_installed' },
      ...{ is_renting: 'is_renting', is_returning: 'is_returning' },
    },
  },
  'gbfs-2025/station_information.json': {
    ...{ era: 'gbfs', content: 'information', clock: 'utc' },
    columns: { station_code: 'stationCode', name: 'name', capacity: 'capacity', lat: 'lat', lon: 'lon' },
  },
  'gbfs-2023/stations_with_admin_ids.json.gz': {
    ...{ era: 'gbfs', content: 'information', clock: 'utc' },
    columns: {
      ...{ station_code: 'base.stationCode', name: 'base.name', capacity: 'base.capacity' },
      ...{ lat: 'base.lat', lon: 'base.lon' },
    },
  },
  ...Object.fromEntries(
    (present ? readdirSync(`${folder}pipeline-csv-2025`) : []).map((name) => [
      `pipeline-csv-2025/${name}`,
      { era: 'pipeline' as const, columns: pipeline, clock: 'utc' as const, file_name: 'utc' as const },
    ]),
  ),
};

/** The first rows of a file, as many as its mapping depends on. */
async function open(path: string) {
  const parquet = () => Promise.reject(new Error('no real file is Parquet'));
  for await (const table of openTables(new Blob([readFileSync(folder + path)]), 'file', { parquet })) {
    if ('error' in table) throw new Error(table.error.message);
    const rows: (readonly (string | null)[])[] = [];
    for await (const slice of table.slices()) {
      rows.push(...slice.rows);
      if (rows.length >= SAMPLE_ROWS) break;
    }
    return { header: table.header, rows };
  }
  throw new Error('no table');
}

function nameOf(place: Place | null, header: readonly string[]): string | undefined {
  if (!place) return undefined;
  if (place.kind === 'sum') return place.indexes.map((index) => header[index]).join(' + ');
  const name = header[place.index]!;
  if (place.kind === 'key') return `${name}{${place.key}}`;
  return place.kind === 'part' ? `${name}[${place.part}]` : name;
}

describe.skipIf(!present)('a real file is mapped', () => {
  test('and none of the folder is left out', () => {
    const all = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((path) =>
      /\.\w+$/.test(path),
    );
    // Cut by its author in the middle of an escape.
    const cut = 'v21-export-2024/raw/shell-Velib__velib_data_20241105_112001.json.gz';
    expect(Object.keys(files).sort()).toEqual(all.filter((path) => path !== cut).sort());
  });

  test.each(Object.entries(files))('%s', async (path, expected) => {
    const { header, rows } = await open(path);
    const { mapping, missing } = tryMapTable(header, rows);
    const { columns, content, era, station, poll, clocks } = mapping;
    const clock = expected.clock ?? 'paris';
    expect(Object.fromEntries(columnNames.map((name) => [name, nameOf(columns[name], header)]))).toEqual({
      ...Object.fromEntries(columnNames.map((name) => [name, undefined])),
      ...expected.columns,
    });
    expect({ content, era, station, missing, clocks }).toEqual({
      content: expected.content ?? 'status',
      era: expected.era,
      station: expected.station ?? 'code',
      missing: expected.missing ?? [],
      clocks: { last_reported: clock, poll: clock, file_name: expected.file_name ?? 'paris' },
    });
    expect(poll && `${header[poll.index]}/${poll.basis}`).toBe(expected.poll ?? null);
    expect(JSON.parse(JSON.stringify(mapping))).toEqual(mapping);
  });
});
