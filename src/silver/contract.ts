import type { Era } from './eras.ts';

/** What kind of value a column holds: decides how a source's text is tested and cast, and what counts as discarded. */
export type Kind = 'text' | 'time' | 'count' | 'flag' | 'latitude' | 'longitude';

/**
 * dlt's schema contract modes (dlthub.com/docs/general-usage/schema-contracts): what happens when the source
 * breaks the contract for this column. `evolve`: it is taken as it comes. `freeze`: the snapshot is quarantined.
 * `discard_value`: the value becomes NULL, and is counted. `discard_row`: the row goes to `rejects`.
 */
export type Mode = 'evolve' | 'freeze' | 'discard_value' | 'discard_row';

/** The columns of the contract, in their order in Silver. */
export const columnNames = [
  'station_code',
  'last_reported',
  'num_bikes_available',
  'num_mechanical_available',
  'num_ebikes_available',
  'num_docks_available',
  'capacity',
  'is_installed',
  'is_renting',
  'is_returning',
  'name',
  'lat',
  'lon',
  'commune',
] as const;
export type ColumnName = (typeof columnNames)[number];

/**
 * Where an era keeps a column: under a name; in a column's JSON or Python text, at a key; as one half of a
 * "48.86, 2.27"; or as the sum of several columns. Names are compared as `header.ts` says.
 */
export type Alias =
  | string
  | { readonly of: string; readonly key: string }
  | { readonly of: string; readonly part: 0 | 1 }
  | { readonly sum: readonly string[] };

type Aliases = Partial<Record<Era, readonly Alias[]>>;

/** One column of a Silver table. */
export interface Column {
  readonly name: ColumnName;
  readonly kind: Kind;
  readonly unit: string | null;
  readonly meaning: string;
  /** By era, in the order of trust: the first alias that a header has, with values of the kind, is taken. */
  readonly eras: Aliases;
  /** The names in `eras`, for showing and for likeness. */
  readonly aliases: readonly string[];
  /** A header without it is quarantined. */
  readonly required: boolean;
  readonly mode: Mode;
}

const column = (
  name: ColumnName,
  kind: Kind,
  unit: string | null,
  meaning: string,
  eras: Aliases,
  options: Partial<Pick<Column, 'required' | 'mode'>> = {},
): Column => ({
  ...{ name, kind, unit, meaning, eras, required: false, mode: 'discard_value', ...options },
  aliases: [...new Set(Object.values(eras).flat().flatMap(namesIn))],
});

function namesIn(alias: Alias): readonly string[] {
  if (typeof alias === 'string') return [alias];
  return 'sum' in alias ? alias.sum : [alias.of];
}

const required = { required: true, mode: 'freeze' } as const;

/**
 * The Silver contract: what one station tells in one snapshot. Names follow GBFS 2.3 where it has a word for the
 * thing. A new alias is one more entry under its era. Deliberately no alias: `banking` and `creditcard`, a card
 * terminal and not `is_renting`; `Ville`, the town whose weather a scraper of 2022 wrote beside a station. A GBFS
 * `station_id` is one of `station_code` because values tell the two apart, and so is `id`, which may be a row's number.
 */
export const contract: readonly Column[] = [
  column(
    'station_code',
    'text',
    null,
    'public code of the station; not the GBFS station_id',
    {
      velolac: ['station_code'],
      v2: ['stationcode'],
      smovengo: ['station_code', 'Code de la station', 'code'],
      jcdecaux: ['number'],
      labels: ['Identifiant station'],
      gbfs: ['stationCode', 'station_id'],
      citybikes: ['extra.uid'],
      pipeline: ['station_id'],
      own: ['code_station', 'num_station', 'station_number', 'station'],
      cities: ['idstation', 'ident', 'libelle', 'id'],
    },
    { required: true, mode: 'discard_row' },
  ),
  column('last_reported', 'time', 'UTC', 'when the station last reported, as the source says', {
    velolac: ['last_reported'],
    v2: ['duedate'],
    smovengo: ['duedate'],
    jcdecaux: ['last_update'],
    labels: ['Actualisation de la donnée', 'Data update'],
    gbfs: ['last_reported'],
    citybikes: ['extra.last_updated', 'timestamp'],
    cities: ['lastupdate', 'mdate', 'datemiseajour'],
    pipeline: ['timestamp'],
    own: ['updated_at', 'last_updated', 'date_maj', 'maj'],
  }),
  column(
    'num_bikes_available',
    'count',
    'bikes',
    'bikes that can be taken',
    {
      velolac: ['num_bikes_available'],
      v2: ['numbikesavailable'],
      smovengo: [
        { sum: ['nbbike', 'nbebike'] },
        { sum: ['Nombre de vélo mécanique', 'Nombre vélo électrique'] },
      ],
      jcdecaux: ['available_bikes', 'totalStands.availabilities.bikes'],
      labels: ['Nombre total vélos disponibles', 'Total number of available bikes'],
      gbfs: ['num_bikes_available', 'numBikesAvailable', 'num_vehicles_available'],
      citybikes: ['free_bikes'],
      cities: ['nombrevelosdisponibles', 'nbvelos', 'nbvelosdispo', 'av'],
      pipeline: ['numbikesavailable'],
      own: [
        ...['bikes', 'bikes_available', 'nb_bikes', 'num_bikes', 'nb_velos_disponibles'],
        { sum: ['available_mechanical', 'available_electrical'] },
      ],
    },
    required,
  ),
  column('num_mechanical_available', 'count', 'bikes', 'of these, without a motor', {
    velolac: ['num_mechanical_available'],
    v2: ['mechanical'],
    smovengo: ['nbbike', 'Nombre de vélo mécanique'],
    jcdecaux: ['totalStands.availabilities.mechanicalBikes'],
    labels: ['Vélos mécaniques disponibles', 'Mechanical bikes available'],
    gbfs: [
      { of: 'num_bikes_available_types', key: 'mechanical' },
      'num_bikes_available_types.mechanical',
      'num_bikes_available_mechanical',
      { of: 'vehicle_types_available', key: 'mechanical' },
      { of: 'vehicle_types_available', key: 'bike' },
    ],
    citybikes: ['extra.normal_bikes'],
    cities: ['nbclassiq'],
    pipeline: ['mechanical'],
    own: ['available_mechanical', 'mechanical_bikes', 'nb_mechanical', 'nb_velos_mecaniques'],
  }),
  column('num_ebikes_available', 'count', 'bikes', 'of these, with a motor', {
    velolac: ['num_ebikes_available'],
    v2: ['ebike'],
    smovengo: ['nbebike', 'Nombre vélo électrique'],
    jcdecaux: ['totalStands.availabilities.electricalBikes'],
    labels: ['Vélos électriques disponibles', 'Electric bikes available'],
    gbfs: [
      { of: 'num_bikes_available_types', key: 'ebike' },
      'num_bikes_available_types.ebike',
      'num_bikes_available_ebike',
      'num_ebikes_available',
      { of: 'vehicle_types_available', key: 'ebike' },
      { of: 'vehicle_types_available', key: 'electric_bike' },
    ],
    citybikes: ['extra.ebikes'],
    cities: ['nbelec'],
    pipeline: ['ebike'],
    own: [
      'ebikes',
      'available_electrical',
      'electric',
      'electric_bikes',
      'nb_ebikes',
      'nb_velos_electriques',
    ],
  }),
  column(
    'num_docks_available',
    'count',
    'docks',
    'docks that can take a bike',
    {
      velolac: ['num_docks_available'],
      v2: ['numdocksavailable'],
      smovengo: [
        { sum: ['nbfreedock', 'nbfreeedock'] },
        { sum: ['nbFreeDock', 'Nombre de bornes disponibles'] },
      ],
      jcdecaux: ['available_bike_stands', 'totalStands.availabilities.stands'],
      labels: ['Nombre bornettes libres', 'Number of free docks'],
      gbfs: ['num_docks_available', 'numDocksAvailable'],
      citybikes: ['empty_slots'],
      cities: ['nombreemplacementsdisponibles', 'nbplaces', 'nbplacesdispo'],
      pipeline: ['numdocksavailable'],
      own: [
        ...['docks_available', 'free_docks', 'available_docks', 'empty_docks'],
        ...['nb_bornes_libres', 'bornettes_libres', 'places_disponibles'],
      ],
    },
    required,
  ),
  column('capacity', 'count', 'docks', 'docks of the station, working or not', {
    velolac: ['capacity'],
    v2: ['capacity'],
    smovengo: [{ sum: ['nbdock', 'nbedock'] }, { sum: ['nbDock', 'Nombres de bornes en station'] }],
    jcdecaux: ['bike_stands', 'totalStands.capacity'],
    labels: ['Capacité de la station', 'Station capacity'],
    gbfs: ['capacity'],
    citybikes: ['extra.slots'],
    cities: ['nombreemplacementsactuels', 'to'],
    pipeline: ['capacity'],
    own: ['capacite', 'total_docks'],
  }),
  column('is_installed', 'flag', null, 'the station is on the street', {
    velolac: ['is_installed'],
    v2: ['is_installed'],
    smovengo: ['station_state', 'Etat des stations', 'station.state'],
    jcdecaux: ['status'],
    labels: ['Station en fonctionnement', 'Station in operation'],
    gbfs: ['is_installed'],
    cities: ['etat'],
    pipeline: ['is_installed'],
    own: ['operative', 'installed'],
  }),
  column('is_renting', 'flag', null, 'the station gives bikes', {
    velolac: ['is_renting'],
    v2: ['is_renting'],
    labels: ['Borne de paiement disponible', 'Payment terminal available'],
    gbfs: ['is_renting'],
    citybikes: ['extra.renting'],
    pipeline: ['is_renting'],
    own: ['renting'],
  }),
  column('is_returning', 'flag', null, 'the station takes bikes', {
    velolac: ['is_returning'],
    v2: ['is_returning'],
    labels: ['Retour vélib possible', 'Vélib return possible'],
    gbfs: ['is_returning'],
    citybikes: ['extra.returning'],
    pipeline: ['is_returning'],
    own: ['returning'],
  }),
  column(
    'name',
    'text',
    null,
    'name of the station',
    {
      velolac: ['name'],
      v2: ['name'],
      smovengo: ['station_name', 'Nom de la station'],
      jcdecaux: ['name'],
      labels: ['Nom station'],
      gbfs: [{ of: 'name', key: 'text' }, 'name'],
      citybikes: ['name'],
      cities: ['nom', 'na'],
      pipeline: ['name'],
      own: ['station_name', 'nom_station', 'station'],
    },
    { mode: 'evolve' },
  ),
  column('lat', 'latitude', 'degrees, WGS 84', 'latitude', {
    velolac: ['lat'],
    v2: [
      'coordonnees_geo.lat',
      { of: 'coordonnees_geo', key: 'lat' },
      { of: 'coordonnees_geo', part: 0 },
      'geometry.lat',
    ],
    smovengo: [{ of: 'geo', part: 0 }, 'station.gps.latitude', 'geometry.lat'],
    jcdecaux: [
      { of: 'position', part: 0 },
      'position.lat',
      'position.latitude',
      { of: 'position', key: 'lat' },
      { of: 'position', key: 'latitude' },
      'latitude',
    ],
    labels: [
      'Lattitude',
      'Latitude',
      { of: 'Coordonnées géographiques', part: 0 },
      { of: 'Coordonnées géographiques', key: 'lat' },
    ],
    gbfs: ['lat'],
    citybikes: ['latitude'],
    cities: ['lat'],
    pipeline: ['lat', 'latitude'],
    own: [{ of: 'station_geo', part: 0 }],
  }),
  column('lon', 'longitude', 'degrees, WGS 84', 'longitude', {
    velolac: ['lon'],
    v2: [
      'coordonnees_geo.lon',
      { of: 'coordonnees_geo', key: 'lon' },
      { of: 'coordonnees_geo', part: 1 },
      'geometry.lon',
    ],
    smovengo: [{ of: 'geo', part: 1 }, 'station.gps.longitude', 'geometry.lon'],
    jcdecaux: [
      { of: 'position', part: 1 },
      'position.lng',
      'position.longitude',
      { of: 'position', key: 'lng' },
      { of: 'position', key: 'longitude' },
      'longitude',
      'lng',
    ],
    labels: [
      'Longitude',
      { of: 'Coordonnées géographiques', part: 1 },
      { of: 'Coordonnées géographiques', key: 'lon' },
    ],
    gbfs: ['lon'],
    citybikes: ['longitude'],
    cities: ['lon'],
    pipeline: ['lon', 'longitude'],
    own: ['long', { of: 'station_geo', part: 1 }],
  }),
  column(
    'commune',
    'text',
    null,
    'commune, as the source names it',
    {
      velolac: ['commune'],
      v2: ['nom_arrondissement_communes'],
      labels: ['Nom communes équipées', 'Name of equipped municipalities'],
      cities: ['commune'],
    },
    { mode: 'evolve' },
  ),
];

/** Values of these columns that are no value of their kind become NULL, and are counted. */
export const measuredColumns = contract.filter(({ kind, mode }) => kind !== 'text' && mode !== 'discard_row');

/** Names that are known to hold nothing of the contract, and so are no sign that a table of stations lost its stocks. */
export const otherNames: readonly string[] = [
  ...['', 'index', 'Unnamed: 0', 'id', 'arrondissement', 'dept', 'departement', 'cp', 'code_postal'],
  ...['hour', 'heure', 'minute', 'day', 'month', 'weekday', 'code_insee_commune'],
  ...['banking', 'bonus', 'creditcard', 'Achat possible en station (CB)', 'densitylevel', 'maxbikeoverflow'],
  ...['nbbikeoverflow', 'nbebikeoverflow', 'Nombre vélo en PARK+'],
];
