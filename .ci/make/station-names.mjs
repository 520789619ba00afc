/**
 * Makes public/station-names.json, the codes of stations by their names: files that tell no more are translated by it.
 * A line is a name, its code and a place where it stood. Where several codes have had the name, also the days between
 * which this one may have had it: when it was last known not to before, and first known not to afterwards. Same
 * inputs, same bytes. docs/data.md says where the inputs come from.
 *
 *   node .ci/make/station-names.mjs
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import Papa from 'papaparse';

const shared = new URL('../../../shared/data/velib/', import.meta.url);
const out = new URL('../../public/station-names.json', import.meta.url);
const read = (name) => {
  const bytes = readFileSync(new URL(name, shared));
  return (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString();
};
const csv = (name) => Papa.parse(read(name), { header: true, skipEmptyLines: true }).data;

const labels = (row) => {
  const [lat, lon] = row['Coordonnées géographiques'].split(',').map(Number);
  return { code: row['Identifiant station'], name: row['Nom station'], lat, lon };
};
const v2 = (row) => {
  const { lat, lon } = JSON.parse(row.coordonnees_geo.replaceAll("'", '"') || '{}');
  return { code: row.stationcode, name: row.name, lat, lon };
};
const gbfs = ({ stationCode: code, name, lat, lon }) => ({ code, name, lat, lon });

/**
 * What the whole network was called, the oldest first, each with the days after which a station that is not in it may
 * have come, and before which it may have gone: the last and the first day of a series, one day twice, or the whole
 * month where the day is not known.
 */
const looks = [
  {
    absent: ['2019-08-01', '2019-08-01'],
    stations: JSON.parse(read('smovengo-2019/velib-disponibilite-en-temps-reel.geojson')).features.map(
      ({ geometry, properties }) => {
        const [lon, lat] = geometry.coordinates;
        return { code: properties.station_code, name: properties.station_name, lat, lon };
      },
    ),
  },
  {
    absent: ['2022-06-07', '2022-06-02'],
    stations: csv('scraped-labels-2022/d_2022-06-02_to_06-07.csv.gz').map(labels),
  },
  {
    absent: ['2023-02-23', '2023-02-23'],
    stations: csv('labels-csv-2023/velib-disponibilite-en-temps-reel.csv').map(labels),
  },
  {
    absent: ['2023-07-01', '2023-07-31'],
    stations: Object.values(JSON.parse(read('gbfs-2023/stations_with_admin_ids.json.gz'))).map(({ base }) =>
      gbfs(base),
    ),
  },
  { absent: ['2024-11-09', '2024-10-31'], stations: csv('v21-export-2024/stations.csv').map(v2) },
  {
    absent: ['2025-10-18', '2025-10-18'],
    stations: JSON.parse(read('gbfs-2025/station_information.json')).data.stations.map(gbfs),
  },
  {
    absent: ['2026-02-07', '2026-02-07'],
    stations: csv('pandas-csv-2026/velib_20260207_235858.csv').map(v2),
  },
  {
    absent: ['2026-04-06', '2026-04-06'],
    stations: csv('labels-csv-2026/velib-disponibilite-en-temps-reel.csv').map(labels),
  },
];

/** A name as the page compares it (src/silver/header.ts). */
const normalise = (name) =>
  name
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');

/** Metres from a known place within which a station has not moved. */
const moved = 15;
const metres = (a, b) =>
  Math.hypot((a.lon - b.lon) * Math.cos((a.lat * Math.PI) / 180) * 111_195, (a.lat - b.lat) * 111_195);

/** By name and code: how the name is written, the places, and the looks that had it. */
const known = new Map();
for (const [look, { stations }] of looks.entries()) {
  for (const { code, name, lat, lon } of stations) {
    if (!/^\d{3,5}\b/.test(code ?? '') || !name || !lat || !lon) continue;
    const key = `${normalise(name)}\n${code}`;
    const one = known.get(key) ?? { name, code, places: [], looks: new Set() };
    known.set(key, one);
    one.looks.add(look);
    if (!one.places.some((place) => metres(place, { lat, lon }) <= moved)) one.places.push({ lat, lon });
  }
}

const codes = new Map();
for (const { name, code } of known.values()) {
  const key = normalise(name);
  codes.set(key, [...(codes.get(key) ?? []), code]);
}
const lines = [...known.values()]
  .sort((a, b) => (a.code === b.code ? (a.name < b.name ? -1 : 1) : a.code < b.code ? -1 : 1))
  .flatMap(({ name, code, places, looks: had }) => {
    const after = looks[Math.min(...had) - 1]?.absent[0] ?? null;
    const before = looks[Math.max(...had) + 1]?.absent[1] ?? null;
    const days = codes.get(normalise(name)).length > 1 ? [after, before] : [];
    return places.map(({ lat, lon }) => [
      name,
      code,
      ...[lat, lon].map((degrees) => +degrees.toFixed(5)),
      ...days,
    ]);
  });
writeFileSync(out, `[\n${lines.map((line) => JSON.stringify(line)).join(',\n')}\n]\n`);
const count = (of) => new Set(lines.map(of)).size;
console.log(
  `station-names.json: ${lines.length} lines, ${count(([name]) => normalise(name))} names of ${count(([, code]) => code)} stations`,
);
