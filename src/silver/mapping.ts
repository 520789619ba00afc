import { VelolacError } from '../errors.ts';
import { goesByName, unmappedIn } from './byName.ts';
import { clocksOf, type Clocks } from './clocks.ts';
import { columnNames, contract, otherNames, type Alias, type Column, type ColumnName } from './contract.ts';
import { eras, type Era } from './eras.ts';
import { Header, normalise } from './header.ts';
import { indexesOf, present, textAt, type Columns, type Place, type TextRow } from './place.ts';
import { findPoll, type Poll } from './poll.ts';
import { areSwapped, findPosition } from './position.ts';
import { areRowNumbers, areSerial, areStationIds, fits } from './values.ts';

export type { Place } from './place.ts';

/** How a table maps to the contract: a plain JSON value, for the journal. */
export interface Mapping {
  /** A column that the source does not have is null. */
  readonly columns: Columns;
  /** `status`: what stations had. `information`: what they are. */
  readonly content: 'status' | 'information';
  /** The schema that most of the names come from; null for one that nobody has seen. */
  readonly era: Era | null;
  /**
   * Whether `station_code` holds codes, or GBFS station_ids to be translated; `name` where there is none, and the code
   * is that of the station of that name.
   */
  readonly station: 'code' | 'id' | 'name';
  /** The column that tells the poll of a long series. */
  readonly poll: Poll | null;
  /** For times without an offset. */
  readonly clocks: Clocks;
}

/** Places that were accepted for columns of the contract, null for none: they go before every alias. */
export type Accepted = Readonly<Partial<Record<ColumnName, Place | null>>>;

/** Rows of a table, from its beginning, that its mapping depends on: more are not looked at. */
export const SAMPLE_ROWS = 8000;

/** Rows whose values are tested, spread evenly over those given. */
const TESTED = 500;

/** The most that a column of stocks holds, and how many values it must show to be one: a tenth of the rows, or so. */
const STOCK = { most: 200, least: 4, enough: 8 } as const;

/**
 * Maps a table by the contract's names, and by the values of `rows`: its own, or as many from the beginning as
 * `SAMPLE_ROWS`. The same header, rows and accepted places give the same mapping. Throws `silver.schema` when a required column is
 * gone: the snapshot is then quarantined.
 */
export function mapTable(
  header: readonly string[],
  rows: readonly TextRow[],
  accepted: Accepted = {},
): Mapping {
  const { mapping, missing } = tryMapTable(header, rows, accepted);
  if (missing.length === 0) return mapping;
  const columns = missing.join(', ');
  throw new VelolacError('silver.schema', `no column maps to ${columns}`, {
    columns,
    header: header.join(', '),
  });
}

/** The mapping as far as it goes, and the required columns that nothing maps to. */
export function tryMapTable(
  header: readonly string[],
  rows: readonly TextRow[],
  accepted: Accepted = {},
): { readonly mapping: Mapping; readonly missing: readonly ColumnName[] } {
  const sample = rows.slice(0, SAMPLE_ROWS);
  const found = findColumns(header, sample, accepted);
  if (!accepted.lat && !accepted.lon) setPosition(found, header, sample);
  const columns = Object.fromEntries(
    columnNames.map((name) => [name, found.get(name)?.place ?? null]),
  ) as Record<ColumnName, Place | null>;
  const reported = columns.last_reported;
  const taken = new Set([...found.values()].flatMap(({ place }) => indexesOf(place)));
  const at = reported?.kind === 'column' && !accepted.last_reported ? reported.index : null;
  const byName = goesByName(header, sample, columns);
  const poll = findPoll(header, sample, byName ? columns.name : columns.station_code, byName, taken, at);
  if (poll?.index === at) {
    columns.last_reported = null;
    found.delete('last_reported');
  }
  const era = eraOf(found);
  const isUnknown = (index: number) => !others.has(normalise(header[index]!));
  const counts = () =>
    unmappedIn(header, columns).some((index) => isUnknown(index) && looksLikeStock(sample, index));
  const content = contentOf(columns, counts);
  const codes =
    columns.station_code && sample.map(textAt(columns.station_code)).filter((text) => text !== null);
  const station = byName ? 'name' : codes && areStationIds(codes) ? 'id' : 'code';
  const isNeeded = (name: ColumnName) => {
    if (name === 'station_code') return !byName;
    return content === 'status' && !(byName && name === 'num_docks_available' && !counts());
  };
  return {
    mapping: {
      ...{ columns, content, era, poll, station },
      clocks: clocksOf(sample, columns.last_reported, poll, era),
    },
    missing: lackingIn(columns).filter(isNeeded),
  };
}

/** The required columns that nothing maps to. A portal's snapshot needs them all: it never goes by names. */
export function lackingIn(columns: Columns): ColumnName[] {
  return contract.filter(({ name, required }) => required && columns[name] === null).map(({ name }) => name);
}

function spread(rows: readonly TextRow[]): readonly TextRow[] {
  const step = Math.max(1, Math.floor(rows.length / TESTED));
  return rows.filter((_, index) => index % step === 0);
}

/** A place and the eras whose alias led to it, `exact` where they write the name just so. */
interface Found {
  readonly place: Place;
  readonly eras: ReadonlyMap<Era, boolean>;
}

function findColumns(
  header: readonly string[],
  rows: readonly TextRow[],
  accepted: Accepted,
): Map<ColumnName, Found> {
  const lookup = new Header(header, knownNames());
  const tested = spread(rows);
  const claimed = new Set(
    Object.values(accepted).flatMap((place) => (place?.kind === 'column' ? [place.index] : [])),
  );
  const found = new Map<ColumnName, Found>();
  for (const column of contract) {
    const place = accepted[column.name];
    if (place === null) continue;
    if (place && indexesOf(place).every((index) => index < header.length)) {
      found.set(column.name, { place, eras: new Map() });
      continue;
    }
    const candidates = candidatesOf(column, lookup).filter(
      (candidate) => !(candidate.place.kind === 'column' && claimed.has(candidate.place.index)),
    );
    const isNumber = ({ place }: Found) => isRowNumber(column, place, header, rows, tested);
    const verdicts = candidates.map((candidate) =>
      isNumber(candidate) ? 'fails' : verdictOn(column, candidate.place, tested),
    );
    const good = verdicts.indexOf('fits');
    const chosen = candidates[good >= 0 ? good : verdicts.indexOf('empty')];
    if (chosen) found.set(column.name, chosen);
  }
  return found;
}

/** Gives latitude and longitude each other's place where values say so, and looks for both where no name tells. */
function setPosition(
  found: Map<ColumnName, Found>,
  header: readonly string[],
  rows: readonly TextRow[],
): void {
  const [lat, lon] = [found.get('lat'), found.get('lon')];
  if (lat && lon) {
    if (areSwapped(lat.place, lon.place, rows)) found.set('lat', lon).set('lon', lat);
    return;
  }
  const position = lat || lon ? null : findPosition(header, spread(rows));
  if (!position) return;
  found.set('lat', { place: position.lat, eras: new Map() });
  found.set('lon', { place: position.lon, eras: new Map() });
}

let names: ReadonlySet<string> | null = null;
function knownNames(): ReadonlySet<string> {
  return (names ??= new Set(contract.flatMap(({ aliases }) => aliases).map(normalise)));
}

/** The places that a column's aliases lead to, in their order, each once. */
function candidatesOf(column: Column, lookup: Header): Found[] {
  const candidates = new Map<string, { place: Place; eras: Map<Era, boolean> }>();
  for (const { id } of eras.toSorted((a, b) => rank(column, a.id) - rank(column, b.id))) {
    for (const alias of column.eras[id] ?? []) {
      for (const place of lookup.find(alias)) {
        const key = JSON.stringify(place);
        const candidate = candidates.get(key) ?? { place, eras: new Map<Era, boolean>() };
        const exact = candidate.eras.get(id) ?? false;
        candidate.eras.set(id, exact || writes(alias, place, lookup.names));
        candidates.set(key, candidate);
      }
    }
  }
  return [...candidates.values()];
}

/** The order in which a column lists its eras is that of trust. */
function rank({ eras: byEra }: Column, era: Era): number {
  return Object.keys(byEra).indexOf(era);
}

function writes(alias: Alias, place: Place, header: readonly string[]): boolean {
  const name = typeof alias === 'string' ? alias : 'sum' in alias ? alias.sum[0] : alias.of;
  return header[indexesOf(place)[0]!] === name;
}

/** Whether a column that is called `id` numbers the rows of a table, and not its stations. */
function isRowNumber(
  { name }: Column,
  place: Place,
  header: readonly string[],
  rows: readonly TextRow[],
  tested: readonly TextRow[],
) {
  if (name !== 'station_code' || place.kind !== 'column' || normalise(header[place.index]!) !== 'id')
    return false;
  const text = textAt(place);
  return areRowNumbers(tested.map(text)) || areSerial(rows.map(text));
}

function verdictOn(column: Column, place: Place, rows: readonly TextRow[]): 'fits' | 'empty' | 'fails' {
  const texts = rows.map(textAt(place)).filter((text) => text !== null);
  if (texts.length === 0) {
    const there = rows.some((row) => indexesOf(place).some((index) => present(row[index]) !== null));
    return there ? 'fails' : 'empty';
  }
  return texts.filter((text) => fits(column, text)).length * 2 >= texts.length ? 'fits' : 'fails';
}

/** An era is told by so many names, and by half of those found. */
const TELLING = 3;

/** The era that knows the most of the names, then the one that writes them just so. */
function eraOf(found: ReadonlyMap<ColumnName, Found>): Era | null {
  const all = [...found.values()];
  const scores = eras.map(({ id }) => ({
    id,
    known: all.filter((one) => one.eras.has(id)).length,
    exact: all.filter((one) => one.eras.get(id) === true).length,
  }));
  const [best] = scores.sort((a, b) => b.known - a.known || b.exact - a.exact);
  return best && best.known >= TELLING && best.known * 2 >= all.length ? best.id : null;
}

const others = new Set(otherNames.map(normalise));

const statusColumns = columnNames.filter(
  (name) => !['station_code', 'capacity', 'name', 'lat', 'lon', 'commune'].includes(name),
);

/** Stations without any stock: neither mapped, nor in another column that looks like one, as `counts` tells. */
function contentOf(columns: Columns, counts: () => boolean): Mapping['content'] {
  const { station_code, name, lat, lon } = columns;
  const placed = station_code !== null && (name !== null || (lat !== null && lon !== null));
  if (!placed || statusColumns.some((status) => columns[status] !== null)) return 'status';
  return counts() ? 'status' : 'information';
}

function looksLikeStock(rows: readonly TextRow[], index: number): boolean {
  const texts = rows.map((row) => present(row[index])).filter((text) => text !== null);
  const small = texts.filter((text) => /^\d{1,3}(?:\.0+)?$/.test(text) && Number(text) <= STOCK.most);
  const distinct = Math.min(STOCK.enough, Math.max(STOCK.least, texts.length / 10));
  return small.length >= texts.length * 0.9 && new Set(small).size >= distinct;
}
