/** What kind of value a column holds: decides how a source's text is cast, and what counts as discarded. */
export type Kind = 'text' | 'time' | 'count' | 'flag' | 'latitude' | 'longitude';

/**
 * dlt's schema contract modes (dlthub.com/docs/general-usage/schema-contracts): what happens when the source
 * breaks the contract for this column.
 */
export type Mode = 'freeze' | 'discard_row' | 'discard_value';

/** One column of a Silver table. */
export interface Column {
  readonly name: string;
  readonly kind: Kind;
  readonly unit: string | null;
  readonly meaning: string;
  /** Names that sources give it, letter case ignored; the first that a header has is taken. */
  readonly aliases: readonly string[];
  /** Names of a column that holds it inside JSON text, and the key there. */
  readonly inside?: { readonly aliases: readonly string[]; readonly key: string };
  /** A header without it is quarantined. */
  readonly required: boolean;
  readonly mode: Mode;
}

const column = (
  name: string,
  kind: Kind,
  unit: string | null,
  meaning: string,
  aliases: readonly string[],
  options: Partial<Column> = {},
): Column => ({ name, kind, unit, meaning, aliases, required: false, mode: 'discard_value', ...options });

const bikeTypes = ['num_bikes_available_types'];

/**
 * The Silver contract: what one station tells in one snapshot. Names follow GBFS 2.3 where it has a word for
 * the thing; aliases are those of the portal's v2.1 export and of the operator's GBFS 1.x feed.
 */
export const contract: readonly Column[] = [
  column(
    'station_code',
    'text',
    null,
    'public code of the station; not the GBFS station_id',
    ['stationcode'],
    {
      required: true,
      mode: 'discard_row',
    },
  ),
  column('last_reported', 'time', 'UTC', 'when the station last reported, as the source says', [
    'duedate',
    'last_reported',
  ]),
  column(
    'num_bikes_available',
    'count',
    'bikes',
    'bikes that can be taken',
    ['numbikesavailable', 'num_bikes_available'],
    {
      required: true,
      mode: 'freeze',
    },
  ),
  column('num_mechanical_available', 'count', 'bikes', 'of these, without a motor', ['mechanical'], {
    inside: { aliases: bikeTypes, key: 'mechanical' },
  }),
  column('num_ebikes_available', 'count', 'bikes', 'of these, with a motor', ['ebike'], {
    inside: { aliases: bikeTypes, key: 'ebike' },
  }),
  column(
    'num_docks_available',
    'count',
    'docks',
    'docks that can take a bike',
    ['numdocksavailable', 'num_docks_available'],
    {
      required: true,
      mode: 'freeze',
    },
  ),
  column('capacity', 'count', 'docks', 'docks of the station, working or not', ['capacity']),
  column('is_installed', 'flag', null, 'the station is on the street', ['is_installed']),
  column('is_renting', 'flag', null, 'the station gives bikes', ['is_renting']),
  column('is_returning', 'flag', null, 'the station takes bikes', ['is_returning']),
  column('name', 'text', null, 'name of the station', ['name']),
  column('lat', 'latitude', 'degrees, WGS 84', 'latitude', ['coordonnees_geo.lat', 'lat']),
  column('lon', 'longitude', 'degrees, WGS 84', 'longitude', ['coordonnees_geo.lon', 'lon']),
  column('commune', 'text', null, 'commune, as the source names it', ['nom_arrondissement_communes']),
];

/** The columns that could not be trusted count as discarded, all but the row's own key. */
export const measuredColumns = contract.filter(({ mode }) => mode !== 'discard_row');
