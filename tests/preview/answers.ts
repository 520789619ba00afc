import type {
  AreaLevel,
  AreaRow,
  Answers,
  Selection,
  StationRow,
  StationState,
} from '../../src/gold/answers.ts';
import { Areas, parseBoundaries } from '../../src/silver/areas.ts';
import { groupBy } from '../../src/ui/groupBy.ts';
import { readSample } from '../../src/sources/sample.ts';

interface Row {
  readonly stationcode: string;
  readonly name: string;
  readonly is_installed: string;
  readonly is_renting: string;
  readonly is_returning: string;
  readonly capacity: number | null;
  readonly numdocksavailable: number | null;
  readonly mechanical: number | null;
  readonly ebike: number | null;
  readonly duedate: string;
  readonly coordonnees_geo: { readonly lon: number; readonly lat: number } | null;
  readonly nom_arrondissement_communes: string | null;
}

interface Placed extends StationRow {
  readonly groups: Readonly<
    Record<AreaLevel, readonly [id: string, name: string, arrondissement: number | null]>
  >;
}

/** The newest poll of the bundled recording, each station with its areas. */
export async function readStations(base: string): Promise<readonly Placed[]> {
  const boundaries = await fetch(new URL('boundaries.json', base));
  const areas = new Areas(parseBoundaries(await boundaries.json()));
  const sample = await readSample(new URL('sample/velib-2024-11-09.bin', base).href);
  let body = '[]';
  for (const poll of sample.polls()) body = poll.body;
  return (JSON.parse(body) as Row[]).map((row) => {
    const { lon = null, lat = null } = row.coordonnees_geo ?? {};
    const area = lon === null || lat === null ? null : areas.areaOf(lon, lat);
    const number = area?.arrondissement ?? null;
    const commune = row.nom_arrondissement_communes ?? '?';
    const quartier = [area?.area_id ?? '?', area?.area_name ?? '?', number] as const;
    return {
      station_code: row.stationcode,
      name: row.name,
      lat,
      lon,
      area_name: area?.area_name ?? null,
      mechanical: row.mechanical,
      ebikes: row.ebike,
      docks: row.numdocksavailable,
      capacity: row.capacity,
      state: stateOf(row),
      stale: false,
      last_reported: Date.parse(row.duedate),
      groups: {
        quartier,
        arrondissement: number === null ? quartier : [`751${number}`, `Paris ${number}`, number],
        commune: [commune, commune, null],
      },
    };
  });
}

/** All answers to one selection, computed the plain way: for looking at the page, not for trusting. */
export function answersOf(stations: readonly Placed[], selection: Selection, newest: number): Answers {
  const range = selection.kind === 'range';
  const at = selection.kind === 'instant' ? selection.at : newest;
  const open = stations.filter((row) => row.state !== 'closed');
  const sum = (rows: readonly Placed[], of: (row: Placed) => number | null): number =>
    rows.reduce((total, row) => total + (of(row) ?? 0), 0) * (range ? 0.9871 : 1);
  const count = (state: StationState): number => open.filter((row) => row.state === state).length;
  const mechanical = sum(stations, (row) => row.mechanical);
  const ebikes = sum(stations, (row) => row.ebikes);
  const docks = sum(stations, (row) => row.docks);
  const capacity = sum(stations, (row) => row.capacity);
  const broken = sum(open, (row) =>
    Math.max(0, (row.capacity ?? 0) - (row.mechanical ?? 0) - (row.ebikes ?? 0) - (row.docks ?? 0)),
  );
  const bikes = mechanical + ebikes;
  const areas = (level: AreaLevel): AreaRow[] =>
    [...groupBy(stations, (row) => row.groups[level][0])]
      .map(([area_id, rows]) => ({
        area_id,
        area_name: rows[0]?.groups[level][1] ?? '?',
        arrondissement: rows[0]?.groups[level][2] ?? null,
        stations: rows.length,
        ebikes: sum(rows, (row) => row.ebikes),
        mechanical: sum(rows, (row) => row.mechanical),
        docks: sum(rows, (row) => row.docks),
      }))
      .toSorted((a, b) => b.ebikes - a.ebikes)
      .map((row, index) => ({
        ...row,
        rank: index + 1,
        ebike_share: row.ebikes / (row.ebikes + row.mechanical),
      }));
  return {
    selection,
    from: range ? selection.from : at,
    to: at,
    snapshots: range ? 1382 : 1,
    observed: range ? 0.96 : 1,
    areas: {
      quartier: areas('quartier'),
      arrondissement: areas('arrondissement'),
      commune: areas('commune'),
    },
    balance: {
      in_service: open.length,
      empty: count('empty'),
      few_bikes: count('few_bikes'),
      balanced: count('balanced'),
      few_docks: count('few_docks'),
      full: count('full'),
      empty_share: count('empty') / open.length,
      full_share: count('full') / open.length,
      balanced_share: count('balanced') / open.length,
      fill_of_usable: bikes / (bikes + docks),
      fill_of_capacity: bikes / capacity,
    },
    health: {
      stations: stations.length,
      in_service: open.length,
      out_of_service: stations.length - open.length,
      stale: 9,
      mechanical,
      ebikes,
      bikes,
      docks,
      capacity,
      ebike_share: ebikes / bikes,
      docks_out_of_order: broken,
      docks_out_of_order_share: broken / capacity,
      average_capacity: capacity / stations.length,
      average_bikes: bikes / stations.length,
      average_docks: docks / stations.length,
    },
    stations,
  };
}

function stateOf(row: Row): StationState {
  const off = [row.is_installed, row.is_renting, row.is_returning].includes('NON') || row.capacity === 0;
  const bikes = (row.mechanical ?? 0) + (row.ebike ?? 0);
  const docks = row.numdocksavailable ?? 0;
  if (off) return 'closed';
  if (bikes === 0) return 'empty';
  if (docks === 0) return 'full';
  if (bikes < 3) return 'few_bikes';
  return docks < 3 ? 'few_docks' : 'balanced';
}
