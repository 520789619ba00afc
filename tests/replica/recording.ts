import { createReadStream, existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { createGunzip } from 'node:zlib';
import Papa from 'papaparse';

/** One record of the portal's Vélib' dataset, fields in the portal's order. */
export interface PortalRecord {
  stationcode: string | null;
  name: string | null;
  is_installed: string | null;
  capacity: number | null;
  numdocksavailable: number | null;
  numbikesavailable: number | null;
  mechanical: number | null;
  ebike: number | null;
  is_renting: string | null;
  is_returning: string | null;
  duedate: string | null;
  coordonnees_geo: { lon: number; lat: number } | null;
  nom_arrondissement_communes: string | null;
  code_insee_commune: string | null;
}

/** What the portal said at one moment. `at` is milliseconds since the epoch. */
export interface Poll {
  readonly at: number;
  readonly records: readonly PortalRecord[];
}

type StaticRow = Record<
  | 'stationcode'
  | 'name'
  | 'coordonnees_geo'
  | 'nom_arrondissement_communes'
  | 'code_insee_commune'
  | 'first_poll'
  | 'last_poll',
  string
>;

const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));

const folders = {
  /** Ten real days of 2024, 1 485 stations. */
  series: here('../../../shared/data/velib/v21-export-2024/'),
  /** Three polls of sixty of those stations: always there. */
  fixture: here('../fixtures/portal/'),
};

/** False in a clone that has no `../shared`: tests that need the ten real days skip then. */
export const hasSharedData = existsSync(folders.series);

/** Paris was at UTC+1 in the days of the series. */
const parisTime = (poll: string) => Date.parse(`${poll}+01:00`);

const loaded = new Map<string, Promise<readonly Poll[]>>();

/**
 * Real polls, oldest first: those of `day` (`YYYY-MM-DD`, Paris time, 2024-10-31 to 2024-11-09, or '' for all)
 * where `../shared` is present, else the project's own three polls of sixty stations.
 */
export function loadRecording(day = '2024-11-09', from = hasSharedData ? 'series' : 'fixture') {
  const key = `${from} ${day}`;
  const polls =
    loaded.get(key) ??
    (from === 'series'
      ? readPolls(`${folders.series}series_2024-10-31_to_2024-11-09.csv.gz`, folders.series, day)
      : readPolls(`${folders.fixture}series.csv`, folders.fixture, ''));
  loaded.set(key, polls);
  return polls;
}

async function readPolls(series: string, folder: string, day: string): Promise<readonly Poll[]> {
  const stations = await readStations(`${folder}stations.csv`);
  const file = createReadStream(series);
  const lines = createInterface({ input: series.endsWith('.gz') ? file.pipe(createGunzip()) : file });
  const polls = new Map<string, PortalRecord[]>();
  for await (const line of lines) {
    if (!line.startsWith(day) || line.startsWith('poll')) continue;
    const [poll = '', ...values] = line.split(',');
    const record = toRecord(poll, values, stations);
    const records = polls.get(poll);
    if (records) records.push(record);
    else polls.set(poll, [record]);
  }
  return [...polls].map(([poll, records]) => ({ at: parisTime(poll), records })).sort((a, b) => a.at - b.at);
}

async function readStations(path: string): Promise<Map<string, StaticRow[]>> {
  const { data } = Papa.parse<StaticRow>(await readFile(path, 'utf8'), {
    header: true,
    skipEmptyLines: true,
  });
  const stations = new Map<string, StaticRow[]>();
  for (const row of data) stations.set(row.stationcode, [...(stations.get(row.stationcode) ?? []), row]);
  return stations;
}

function toRecord(poll: string, values: readonly string[], stations: Map<string, StaticRow[]>): PortalRecord {
  const [code, installed, capacity, docks, bikes, mechanical, ebike, renting, returning, duedate] = values;
  // A poll without capacities is one of those in which the portal left every static column null.
  const known = capacity ? stationAt(stations.get(code ?? ''), poll) : undefined;
  return {
    stationcode: code || null,
    name: known?.name || null,
    is_installed: installed || null,
    capacity: toNumber(capacity),
    numdocksavailable: toNumber(docks),
    numbikesavailable: toNumber(bikes),
    mechanical: toNumber(mechanical),
    ebike: toNumber(ebike),
    is_renting: renting || null,
    is_returning: returning || null,
    duedate: duedate || null,
    coordonnees_geo: known?.coordonnees_geo
      ? (JSON.parse(known.coordonnees_geo) as { lon: number; lat: number })
      : null,
    nom_arrondissement_communes: known?.nom_arrondissement_communes || null,
    code_insee_commune: known?.code_insee_commune || null,
  };
}

/** Static values overlap for an hour where the portal's caches disagreed; the first that fits is taken. */
function stationAt(rows: readonly StaticRow[] | undefined, poll: string): StaticRow | undefined {
  return rows?.find((row) => row.first_poll <= poll && poll <= row.last_poll) ?? rows?.[0];
}

function toNumber(text: string | undefined): number | null {
  return text ? Number(text) : null;
}
