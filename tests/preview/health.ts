import type {
  DriftEntry,
  Excerpt,
  Health,
  RejectExample,
  SchemaEntry,
  SchemaChanges,
} from '../../src/pipeline/protocol.ts';
import { pastImports } from './imports.ts';

type ColumnProposal = DriftEntry['proposal']['columns'][number];
type Reason = ColumnProposal['candidates'][number]['reasons'][number];

const minute = 60_000;
const day = 1440 * minute;

const portal = [
  'stationcode',
  'name',
  'is_installed',
  'capacity',
  'numdocksavailable',
  'numbikesavailable',
  'mechanical',
  'ebike',
  'is_renting',
  'is_returning',
  'duedate',
  'coordonnees_geo.lon',
  'coordonnees_geo.lat',
  'nom_arrondissement_communes',
  'code_insee_commune',
];
const contract: Readonly<Record<string, string>> = {
  station_code: 'stationcode',
  last_reported: 'duedate',
  num_bikes_available: 'numbikesavailable',
  num_mechanical_available: 'mechanical',
  num_ebikes_available: 'ebike',
  num_docks_available: 'numdocksavailable',
  capacity: 'capacity',
  is_installed: 'is_installed',
  is_renting: 'is_renting',
  is_returning: 'is_returning',
  name: 'name',
  lat: 'coordonnees_geo.lat',
  lon: 'coordonnees_geo.lon',
  commune: 'nom_arrondissement_communes',
};
const rows: Excerpt['rows'] = [
  ...[
    ['16107', 'Benjamin Godard - Victor Hugo', 'OUI', '35', '29', '4', '2', '2', 'OUI', 'OUI'],
    ['9020', 'Toudouze - Clauzel', 'OUI', '21', '1', '19', '14', '5', 'OUI', 'OUI'],
    ['12109', 'Mairie du 12ème', 'OUI', '30', '22', '8', '1', '7', 'OUI', 'OUI'],
    ['14111', 'Cassini - Denfert-Rochereau', 'OUI', '25', '3', '21', '17', '4', 'OUI', 'OUI'],
  ].map((row, index) => [
    ...row,
    `2026-11-23T15:2${index}:10+00:00`,
    ...['2.27572', '48.86598', index === 2 ? null : 'Paris', '75056'],
  ]),
];

const renamed = (names: Readonly<Record<string, string>>): string[] =>
  portal.map((name) => names[name] ?? name);

/** The same header as Silver names it. */
const own = renamed(Object.fromEntries(Object.entries(contract).map(([column, name]) => [name, column])));

const mappedBy = (header: readonly string[], names: Readonly<Record<string, string>> = {}) =>
  Object.entries(contract).map(([column, from]) => {
    const name = names[from] ?? from;
    return { column, from: header.includes(name) ? name : null };
  });

const smovengo = {
  ...{
    stationcode: 'Code de la station',
    duedate: 'duedate',
    numdocksavailable: 'Nombre de bornes disponibles',
  },
  ...{ numbikesavailable: 'Nombre de vélo mécanique + Nombre vélo électrique' },
  ...{ mechanical: 'Nombre de vélo mécanique', ebike: 'Nombre vélo électrique', name: 'Nom de la station' },
  ...{ capacity: 'nbDock + Nombres de bornes en station', is_installed: 'Etat des stations' },
};
const labels = {
  ...{ stationcode: 'Identifiant station', duedate: 'Actualisation de la donnée', name: 'Nom station' },
  ...{ numbikesavailable: 'Nombre total vélos disponibles', numdocksavailable: 'Nombre bornettes libres' },
  ...{ mechanical: 'Vélos mécaniques disponibles', ebike: 'Vélos électriques disponibles' },
  ...{ capacity: 'Capacité de la station', is_installed: 'Station en fonctionnement' },
  ...{ is_renting: 'Borne de paiement disponible', is_returning: 'Retour vélib possible' },
  ...{ nom_arrondissement_communes: 'Nom communes équipées' },
};

const noChanges: SchemaChanges = { added: [], removed: [], renamed: [], retyped: [] };

/** A lake of twelve years: every era imported, and today's recordings. */
function schemas(now: number, waiting: boolean): SchemaEntry[] {
  const entry = (
    fingerprint: string,
    era: string | null,
    [first, last]: readonly [number, number],
    change: Partial<SchemaEntry>,
  ): SchemaEntry => ({
    ...{
      fingerprint,
      header: portal,
      era,
      origin: 'import',
      content: 'status',
      station: null,
      first,
      last,
      snapshots: 1,
      rows_waiting: 0,
      ...{ contradicts: [], aside: false },
      by: 'built_in',
    },
    ...{ mapped: mappedBy(portal), changes: noChanges, discarded: {}, rejected: {} },
    ...change,
  });
  const jcdecaux = [
    ...['number', 'name', 'address', 'position', 'banking', 'bonus', 'status', 'contract_name'],
    ...['bike_stands', 'available_bike_stands', 'available_bikes', 'last_update'],
  ];
  const list = [
    entry('a41c90ff03b2d817', 'jcdecaux', [Date.UTC(2014, 3, 1), Date.UTC(2014, 9, 30)], {
      ...{ header: jcdecaux, snapshots: 183, changes: null, discarded: { lat: 183, lon: 183 } },
      rejected: { malformed_row: 12 },
      mapped: [
        { column: 'station_code', from: 'number' },
        { column: 'last_reported', from: 'last_update' },
        { column: 'num_bikes_available', from: 'available_bikes' },
        { column: 'num_mechanical_available', from: null },
        { column: 'num_ebikes_available', from: null },
        { column: 'num_docks_available', from: 'available_bike_stands' },
        { column: 'capacity', from: 'bike_stands' },
        { column: 'is_installed', from: 'status' },
        { column: 'name', from: 'name' },
        { column: 'lat', from: 'position' },
        { column: 'lon', from: 'position' },
      ],
    }),
    entry('7d20b6a1c4e8f935', 'smovengo', [Date.UTC(2019, 1, 2), Date.UTC(2019, 6, 20)], {
      ...{ snapshots: 64, mapped: mappedBy(Object.values(smovengo), smovengo) },
      changes: {
        added: ['Nombre vélo en PARK+', 'Nombre vélo en PARK+', 'geo'],
        removed: ['banking', 'bonus', 'contract_name', 'address'],
        renamed: [
          { column: 'station_code', from: 'number', to: 'Code de la station' },
          {
            column: 'num_docks_available',
            from: 'available_bike_stands',
            to: 'Nombre de bornes disponibles',
          },
        ],
        retyped: [{ name: 'status', from: 'text', to: 'flag' }],
      },
    }),
    entry('c0ffee7715ab20d4', 'labels', [Date.UTC(2022, 4, 1), Date.UTC(2023, 2, 1)], {
      ...{
        snapshots: 301,
        station: 'id',
        mapped: mappedBy(Object.values(labels), labels),
        rejected: { unknown_station_id: 2214, ambiguous_time: 618 },
      },
      changes: { ...noChanges, added: ['Temperature :', 'Unnamed: 0'], removed: ['geo'] },
    }),
    entry('3fa9c02b71d84e60', 'v2', [Date.UTC(2024, 10, 8), Date.UTC(2024, 10, 17)], {
      ...{ snapshots: 682, rejected: { no_station_code: 10_387 }, discarded: { last_reported: 134 } },
      changes: {
        ...noChanges,
        renamed: [
          { column: 'num_bikes_available', from: 'Nombre total vélos disponibles', to: 'numbikesavailable' },
          { column: 'last_reported', from: 'Actualisation de la donnée', to: 'duedate' },
        ],
      },
    }),
    entry('9b1e44d2a07c5f38', null, [Date.UTC(2025, 2, 3), Date.UTC(2025, 7, 9)], {
      ...{ snapshots: 96, by: 'automatic' },
      changes: { ...noChanges, renamed: [{ column: 'capacity', from: 'capacity', to: 'nb_bornettes' }] },
    }),
    entry('5e8d10c77f3b92a6', 'v2', [now - 40 * day, now - (waiting ? 37 * minute : 0)], {
      ...{ snapshots: 41_277, origin: 'live', discarded: { num_docks_available: 3 } },
      changes: { ...noChanges, renamed: [{ column: 'capacity', from: 'nb_bornettes', to: 'capacity' }] },
    }),
  ];
  return waiting
    ? [
        ...list,
        entry('e71f2c88d5a0b349', null, [now - 36 * minute, now], {
          ...{ header: driftHeader, snapshots: 37, origin: 'live', by: null },
          mapped: mappedBy(driftHeader),
          changes: {
            ...noChanges,
            renamed: [{ column: 'num_bikes_available', from: 'numbikesavailable', to: 'velos_dispo' }],
            added: ['velos_dispo', 'loue', 'reprend'],
            removed: ['numbikesavailable', 'is_renting', 'is_returning'],
          },
        }),
        entry('b52d9e7710c4fa38', 'v2', [now - 3 * minute, now], {
          ...{
            snapshots: 4,
            origin: 'live',
            by: null,
            contradicts: ['numbikesavailable', 'numdocksavailable'],
          },
        }),
      ]
    : list;
}

const driftHeader = renamed({
  numbikesavailable: 'velos_dispo',
  is_renting: 'loue',
  is_returning: 'reprend',
});
const optionalHeader = renamed({ capacity: 'nb_bornettes' });

const candidate = (
  header: readonly string[],
  name: string,
  confidence: number,
  scores: Partial<Record<Reason['kind'], number>>,
) => ({
  place: { kind: 'column' as const, index: header.indexOf(name) },
  ...{ name, confidence },
  reasons: Object.entries(scores).map(([kind, score]) => ({ kind: kind as Reason['kind'], score })),
});

/** The bikes got a new name, and so did two flags that no value tells apart. */
function quarantine(now: number): DriftEntry {
  const flags = { type: 1, range: 1, agreement: 0.998 };
  const columns: ColumnProposal[] = [
    {
      ...{ column: 'num_bikes_available', required: true, ambiguous_with: [], contradicted: null },
      candidates: [
        candidate(driftHeader, 'velos_dispo', 0.984, {
          ...{ name: 0.22, type: 1, range: 1, agreement: 0.961, sum: 1 },
        }),
        candidate(driftHeader, 'mechanical', 0.31, { type: 1, range: 1, agreement: 0.12 }),
      ],
    },
    {
      ...{ column: 'is_renting', required: false, ambiguous_with: ['is_returning'], contradicted: null },
      candidates: [
        candidate(driftHeader, 'loue', 0.5, { ...flags, name: 0.1 }),
        candidate(driftHeader, 'reprend', 0.48, { ...flags, name: 0.05 }),
      ],
    },
    {
      ...{ column: 'is_returning', required: false, ambiguous_with: ['is_renting'], contradicted: null },
      candidates: [
        candidate(driftHeader, 'reprend', 0.5, { ...flags, name: 0.55 }),
        candidate(driftHeader, 'loue', 0.45, { ...flags, name: 0.05 }),
      ],
    },
  ];
  return {
    ...{ fingerprint: 'e71f2c88d5a0b349', quarantined: true, snapshots: 37, rows: 0 },
    ...{ first: now - 36 * minute, last: now },
    proposal: { columns, confidence: 0.984 },
    asNamed: {},
    before: { header: own, rows },
    after: {
      header: driftHeader,
      rows: rows.map((row) => row.map((text, index) => (index === 5 && text === '8' ? '7' : text))),
    },
    isSame: true,
  };
}

/** A column that answers can do without got a new name. */
function optional(now: number): DriftEntry {
  return {
    ...{ fingerprint: '20c4d9b81e6f77a5', quarantined: false, snapshots: 12, rows: 0 },
    ...{ first: now - 3 * day, last: now - 3 * day + 12 * minute },
    proposal: {
      columns: [
        {
          ...{ column: 'capacity', required: false, ambiguous_with: [], contradicted: null },
          candidates: [
            candidate(optionalHeader, 'nb_bornettes', 0.93, {
              ...{ name: 0.2, type: 1, range: 0.99, agreement: 0.994 },
            }),
          ],
        },
        { ...{ column: 'commune', required: false, ambiguous_with: [], contradicted: null }, candidates: [] },
      ],
      confidence: 0.93,
    },
    asNamed: {},
    before: null,
    after: { header: optionalHeader, rows },
    isSame: true,
  };
}

/** Two names came to hold each other's values, under the same header. */
function misnamed(now: number): DriftEntry {
  const column = (column: ColumnProposal['column'], contradicted: string, name: string): ColumnProposal => ({
    ...{ column, required: true, ambiguous_with: [], contradicted },
    candidates: [candidate(portal, name, 0.991, { type: 1, range: 1, agreement: 0.952 })],
  });
  return {
    ...{ fingerprint: 'b52d9e7710c4fa38', quarantined: true, snapshots: 4, rows: 0 },
    ...{ first: now - 3 * minute, last: now },
    proposal: {
      columns: [
        column('num_bikes_available', 'numbikesavailable', 'numdocksavailable'),
        column('num_docks_available', 'numdocksavailable', 'numbikesavailable'),
      ],
      confidence: 0.991,
    },
    asNamed: {
      num_bikes_available: { kind: 'column', index: 5 },
      num_docks_available: { kind: 'column', index: 4 },
    },
    before: { header: own, rows },
    after: {
      header: portal,
      rows: rows.map((row) => [...row.slice(0, 4), row[5] ?? null, row[4] ?? null, ...row.slice(6)]),
    },
    isSame: true,
  };
}

const asideOf = (now: number): Health['aside'] => [
  {
    ...{ fingerprint: '77aa01c2f3e4b5d6', snapshots: 1, rows: 0 },
    first: now - 8 * day,
    last: now - 8 * day,
  },
];

function rejects(now: number): RejectExample[] {
  const example = (reason: string, station_code: string | null, row_text: string, age: number) => ({
    ...{ fetched_at: now - age, reason, station_code, row_text },
  });
  return [
    example('no_station_code', null, 'stationcode= name=Relais provisoire capacity=0 duedate=', 9 * day),
    example('no_station_code', null, 'stationcode= name= capacity=24 numbikesavailable=3', 9 * day - minute),
    example(
      'duplicate_station',
      '16107',
      'stationcode=16107 name=Benjamin Godard - Victor Hugo capacity=35 numbikesavailable=4 mechanical=2 ebike=2 numdocksavailable=29',
      2 * day,
    ),
    example('malformed_row', null, '31704;"Quelque chose;;;12;OPEN;True', 30 * day),
    example(
      'unknown_station_id',
      '213688169',
      'Identifiant station=213688169 Nom station=Benjamin Godard - Victor Hugo',
      60 * day,
    ),
  ];
}

/** `waiting`: columns await a word; `well`: all is in order; `empty`: nothing came yet. */
export function healthOf(scene: 'waiting' | 'well' | 'empty', now: number): Health {
  const automatic_from = 0.95;
  if (scene === 'empty')
    return { schemas: [], drift: [], aside: [], imports: [], rejects: [], automatic_from };
  const waiting = scene === 'waiting';
  return {
    schemas: schemas(now, waiting),
    drift: waiting ? [quarantine(now), misnamed(now), optional(now)] : [],
    aside: waiting ? asideOf(now) : [],
    imports: pastImports(now),
    rejects: waiting ? rejects(now) : [],
    automatic_from,
  };
}
