import { identifier, literal, literals } from '../engine/sql.ts';
import { contract, measuredColumns, type Column, type Kind } from './contract.ts';
import { TimeCast } from './castTime.ts';
import type { Mapping } from './mapping.ts';
import { keyPattern, missingTexts, noPair, pairPattern, type Place } from './place.ts';
import { REGION } from './position.ts';
import { flagTexts, patterns } from './values.ts';

/** The name that a Bronze column has in the engine: its place, never the source's own name. */
export const bronzeColumn = (index: number) => `c${index}`;

const within = (degrees: string, [least, most]: readonly [number, number]) =>
  `${degrees} BETWEEN ${least} AND ${most}`;

/** Where a row's `fetched_at` comes from: a column of that name, or the mapping's poll. */
export type FetchedAt = 'column' | 'poll';

/**
 * The statement that casts Bronze text to the contract's columns. `from` is a table expression with the text in
 * c0, c1, … and the `carried` columns, which are passed on; with a mapping of GBFS station_ids the table
 * `station_ids` must be there, and with one by names the reason for a missing code in the column behind it. Gives the carried columns, `fetched_at`, the contract's columns, for each measured
 * one a `lost_` flag (1 where a text was there that became NULL), `attributes_id`, and `reason`: why the row by
 * itself cannot be trusted, else NULL.
 */
export function castSql(
  mapping: Mapping,
  from: string,
  carried: readonly string[],
  fetchedAt: FetchedAt = 'column',
): string {
  const { columns, clocks, poll, station } = mapping;
  const polled = fetchedAt === 'poll' ? poll : null;
  const times = [new TimeCast('last_reported', clocks.last_reported, text('last_reported'))];
  const places: [string, Place | null][] = contract.map(({ name }) => [name, columns[name]]);
  if (columns.station_code?.kind === 'column' && station === 'name') {
    places.push(['reason', { kind: 'column', index: columns.station_code.index + 1 }]);
  }
  if (polled) {
    times.push(new TimeCast('fetched_at', clocks.poll, text('fetched_at')));
    places.push(['fetched_at', { kind: 'column', index: polled.index }]);
  }
  const passed = polled ? carried : ['fetched_at', ...carried];
  const others = contract.filter(({ kind }) => kind !== 'time');
  return `WITH texts AS (
  SELECT ${list([...passed, ...places.map(([name, place]) => `${sourceText(place)} AS ${text(name)}`)])}
  FROM ${from}
), told AS (
  SELECT *, ${list([
    ...others.map((column) => `${valueOf(column)} AS ${value(column.name)}`),
    ...times.map((time) => time.iso()),
  ])}
  FROM texts
), stamped AS (
  SELECT *, ${list(times.map((time) => time.stamp()))}
  FROM told
), cast_values AS (
  SELECT ${list([
    ...passed,
    ...[...places.map(([name]) => text(name)), ...times.map((time) => time.instant())],
    ...others.map(({ name }) => `${finished(name, station)} AS ${name}`),
  ])}
  FROM stamped${times.map((time) => time.join()).join('')}${
    station === 'id' ? `\n  LEFT JOIN station_ids ON station_ids.station_id = ${value('station_code')}` : ''
  }
)
SELECT ${list([
    ...new Set(['fetched_at', ...passed]),
    ...contract.map(({ name }) => name),
    ...measuredColumns.map(
      ({ name }) =>
        `CASE WHEN ${text(name)} IS NOT NULL AND ${name} IS NULL THEN 1 ELSE 0 END AS ${lost(name)}`,
    ),
    `${attributesId} AS attributes_id`,
    `CASE WHEN fetched_at IS NULL THEN 'no_poll_time' ${station === 'name' ? `ELSE ${text('reason')}` : withoutCode} END AS reason`,
  ])}
FROM cast_values`;
}

const list = (expressions: readonly string[]) => expressions.join(',\n    ');
const text = (name: string) => `text_${name}`;
const value = (name: string) => `value_${name}`;
export const lost = (name: string) => `lost_${name}`;

const withoutCode = `WHEN ${text('station_code')} IS NULL THEN 'no_station_code'
      WHEN station_code IS NULL THEN 'unknown_station_id'`;

/** The text at a place, NULL where it says that there is none. */
function sourceText(place: Place | null): string {
  if (!place) return 'CAST(NULL AS VARCHAR)';
  if (place.kind === 'sum') return sumText(place.indexes.map((index) => presentText(bronzeColumn(index))));
  const column = bronzeColumn(place.index);
  switch (place.kind) {
    case 'column':
      return presentText(column);
    case 'key':
      return presentText(`regexp_extract(${column}, ${literal(keyPattern(place.key))}, 1)`);
    case 'part':
      return `coalesce(NULLIF(regexp_extract(${column}, ${literal(pairPattern)}, ${place.part + 1}), ''),
      ${literal(noPair)} || ${presentText(column)})`;
  }
}

/** DuckDB plans a join for each long `IN`: for a snapshot that takes longer than the rest of the cast. */
const isOneOf = (from: string, texts: readonly string[]) => `list_contains([${literals(texts)}], ${from})`;

const presentText = (column: string) =>
  `CASE WHEN NOT ${isOneOf(`trim(${column})`, missingTexts)} THEN trim(${column}) END`;

/** The sum as a text where no term is negative or no number, else the terms: a text that is no count. */
function sumText(terms: readonly string[]): string {
  const numbers = terms.map(numberOf);
  const counts = numbers.map((number) => `${number} >= 0`).join(' AND ');
  return `CASE WHEN ${counts} THEN CAST(${numbers.join(' + ')} AS VARCHAR) ELSE ${terms.join(` || ' + ' || `)} END`;
}

const numberOf = (from: string) => `TRY_CAST(replace(${from}, ',', '.') AS DOUBLE)`;

/** A source's text as a value of the contract, or NULL when it is none. */
function valueOf({ name, kind }: Column): string {
  if (name === 'station_code') {
    return `regexp_replace(${text(name)}, ${literal(patterns.decimalCode)}, '\\1')`;
  }
  return castText(text(name), kind);
}

function castText(from: string, kind: Kind): string {
  const number = numberOf(from);
  switch (kind) {
    case 'count':
      return `CASE WHEN regexp_matches(${from}, ${literal(patterns.count)}) AND ${number} <= 32767
        THEN CAST(${number} AS SMALLINT) END`;
    case 'flag':
      return `CASE WHEN ${isOneOf(`lower(${from})`, flagTexts.true)} THEN TRUE
        WHEN ${isOneOf(`lower(${from})`, flagTexts.false)} THEN FALSE END`;
    case 'latitude':
    case 'longitude':
      return number;
    case 'text':
    case 'time':
      return from;
  }
}

/** A column as it leaves the cast: ids translated, a pair that is evidently swapped put right, 0 degrees unknown. */
function finished(name: Column['name'], station: Mapping['station']): string {
  const [lat, lon] = [value('lat'), value('lon')];
  const inside = `${within(lat, REGION.lat)} AND ${within(lon, REGION.lon)}`;
  const swapped = `${within(lon, REGION.lat)} AND ${within(lat, REGION.lon)} AND NOT (${inside})`;
  const degrees = (own: string, other: string, most: number) =>
    `CASE WHEN ${swapped} THEN ${other} WHEN abs(${own}) <= ${most} AND ${own} <> 0 THEN ${own} END`;
  switch (name) {
    case 'station_code':
      return station === 'id' ? 'station_ids.station_code' : value(name);
    case 'lat':
      return degrees(lat, lon, 90);
    case 'lon':
      return degrees(lon, lat, 180);
    default:
      return value(name);
  }
}

const attributes = ['name', 'lat', 'lon', 'capacity', 'commune'];

/** The SQL of 12 hex digits of what a station says of itself; NULL where it says nothing. chr(31) stands in no text. */
export const attributesId = `CASE WHEN ${attributes.map((name) => `${name} IS NOT NULL`).join(' OR ')}
      THEN substr(md5(${attributes.map((name) => `coalesce(CAST(${name} AS VARCHAR), '')`).join(' || chr(31) || ')}), 1, 12) END`;

/** The statement that counts lost values, one row a snapshot, one column a measured column. */
export function discardedSql(): string {
  const sums = measuredColumns.map(({ name }) => `CAST(sum(${lost(name)}) AS INTEGER) AS ${name}`);
  return `SELECT ${sums.join(',\n  ')}\nFROM observed GROUP BY fetched_at ORDER BY fetched_at`;
}

/** A Bronze row as `name=value; …`, nulls left out. */
export function rowText(header: readonly string[]): string {
  const fields = header.map((name, index) => `${literal(`${name}=`)} || ${identifier(bronzeColumn(index))}`);
  return `concat_ws('; ', ${fields.join(', ')})`;
}
