import { identifier, literal, literals } from '../engine/sql.ts';
import { contract, measuredColumns, type Column, type Kind } from './contract.ts';
import type { Clock } from './eras.ts';
import type { Mapping } from './mapping.ts';
import { parisSpans } from './parisTime.ts';
import { keyPattern, missingTexts, noPair, pairPattern, type Place } from './place.ts';
import { flagTexts, patterns } from './values.ts';

/** The name that a Bronze column has in the engine: its place, never the source's own name. */
export const bronzeColumn = (index: number) => `c${index}`;

/** Île-de-France, in degrees: no place in it stays in it when latitude and longitude are swapped. */
const box = { lat: [48.1, 49.3], lon: [1.4, 3.6] } as const;

const within = (degrees: string, [least, most]: readonly [number, number]) =>
  `${degrees} BETWEEN ${least} AND ${most}`;

/** Where a row's `fetched_at` comes from: a column of that name, or the mapping's poll. */
export type FetchedAt = 'column' | 'poll';

/**
 * The statement that casts Bronze text to the contract's columns. `from` is a table expression with the text in
 * c0, c1, … and the `carried` columns, which are passed on; with a mapping of GBFS station_ids the table
 * `station_ids` must be there. Gives the carried columns, `fetched_at`, the contract's columns, for each measured
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
  const polled = fetchedAt === 'poll' && poll ? [{ name: 'fetched_at', clock: clocks.poll }] : [];
  const times = [{ name: 'last_reported', clock: clocks.last_reported }, ...polled];
  const places: [string, Place | null][] = contract.map(({ name }) => [name, columns[name]]);
  if (polled.length > 0) places.push(['fetched_at', { kind: 'column', index: poll!.index }]);
  const passed = polled.length > 0 ? carried : ['fetched_at', ...carried];
  const others = contract.filter(({ kind }) => kind !== 'time');
  return `WITH texts AS (
  SELECT ${list([...passed, ...places.map(([name, place]) => `${sourceText(place)} AS ${text(name)}`)])}
  FROM ${from}
), told AS (
  SELECT *, ${list([
    ...others.map((column) => `${valueOf(column)} AS ${value(column.name)}`),
    ...times.map(({ name }) => `${isoOf(text(name))} AS ${iso(name)}`),
  ])}
  FROM texts
), read_times AS (
  SELECT *, ${list(times.flatMap(({ name, clock }) => readTime(name, clock)))}
  FROM told
), cast_values AS (
  SELECT ${list([
    ...passed,
    ...[
      ...places.map(([name]) => text(name)),
      ...times.map(({ name, clock }) => `${instant(name, clock)} AS ${name}`),
    ],
    ...others.map(({ name }) => `${finished(name, station)} AS ${name}`),
  ])}
  FROM read_times${times.map(({ name, clock }) => spanJoin(name, clock)).join('')}${
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
    `CASE WHEN fetched_at IS NULL THEN 'no_poll_time' WHEN ${text('station_code')} IS NULL THEN 'no_station_code'
      WHEN station_code IS NULL THEN 'unknown_station_id' END AS reason`,
  ])}
FROM cast_values`;
}

const list = (expressions: readonly string[]) => expressions.join(',\n    ');
const text = (name: string) => `text_${name}`;
const value = (name: string) => `value_${name}`;
const iso = (name: string) => `iso_${name}`;
const zoned = (name: string) => `zoned_${name}`;
const local = (name: string) => `local_${name}`;
const spans = (name: string) => `spans_${name}`;
export const lost = (name: string) => `lost_${name}`;

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

const presentText = (column: string) =>
  `CASE WHEN lower(trim(${column})) NOT IN (${literals(missingTexts)}) THEN trim(${column}) END`;

/** The sum as a text where all terms are numbers, else the terms: a text that is no count. */
function sumText(terms: readonly string[]): string {
  const sum = terms.map((term) => `TRY_CAST(${term} AS DOUBLE)`).join(' + ');
  return `coalesce(CAST(${sum} AS VARCHAR), ${terms.join(` || ' + ' || `)})`;
}

/** A source's text as a value of the contract, or NULL when it is none. */
function valueOf({ name, kind }: Column): string {
  if (name === 'station_code') {
    return `regexp_replace(${text(name)}, ${literal(patterns.decimalCode)}, '\\1')`;
  }
  return castText(text(name), kind);
}

function castText(from: string, kind: Exclude<Kind, 'time'> | Kind): string {
  const number = `TRY_CAST(${from} AS DOUBLE)`;
  switch (kind) {
    case 'count':
      return `CASE WHEN regexp_matches(${from}, ${literal(patterns.count)}) AND ${number} <= 32767
        THEN CAST(${number} AS SMALLINT) END`;
    case 'flag':
      return `CASE WHEN lower(${from}) IN (${literals(flagTexts.true)}) THEN TRUE
        WHEN lower(${from}) IN (${literals(flagTexts.false)}) THEN FALSE END`;
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
  const inside = `${within(lat, box.lat)} AND ${within(lon, box.lon)}`;
  const swapped = `${within(lon, box.lat)} AND ${within(lat, box.lon)} AND NOT (${inside})`;
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

/** A time's text as DuckDB reads it: year first, with seconds, no space before the offset. */
function isoOf(from: string): string {
  const replaced = [
    [patterns.dayFirst, '\\3-\\2-\\1'],
    [patterns.noSeconds, '\\1:00\\2'],
    [patterns.spacedOffset, '\\1'],
    [patterns.namedUtc, 'Z'],
  ].reduce((sql, [pattern, by]) => `regexp_replace(${sql}, ${literal(pattern!)}, ${literal(by!)})`, from);
  return `CASE WHEN ${from} LIKE '____-__-__T__:__:__+__:__' OR ${from} LIKE '____-__-__ __:__:__' THEN ${from}
      ELSE ${replaced} END`;
}

/** A time as an instant where its text tells one, else as what its clock showed. */
function readTime(name: string, clock: Clock): string[] {
  const [from, form] = [text(name), iso(name)];
  const hasOffset = `regexp_matches(${form}, ${literal(patterns.offset)})`;
  const isDate = `regexp_matches(${form}, ${literal(patterns.yearFirst)})`;
  const epoch = (pattern: string, factor: number) =>
    `WHEN regexp_matches(${from}, ${literal(pattern)})
      THEN epoch_ms(CAST(TRY_CAST(${from} AS DOUBLE) * ${factor} AS BIGINT))`;
  const told = clock === 'utc' ? isDate : `${isDate} AND ${hasOffset}`;
  const instant = `CASE WHEN ${told} THEN TRY_CAST(${form} AS TIMESTAMP)
      ${epoch(patterns.seconds, 1000)} ${epoch(patterns.milliseconds, 1)} END AS ${zoned(name)}`;
  if (clock === 'utc') return [instant];
  return [
    instant,
    `CASE WHEN ${isDate} AND NOT ${hasOffset} THEN TRY_CAST(${form} AS TIMESTAMP) END AS ${local(name)}`,
  ];
}

function instant(name: string, clock: Clock): string {
  if (clock === 'utc') return zoned(name);
  return `coalesce(${zoned(name)}, ${local(name)} - ${spans(name)}.ahead)`;
}

/** Paris local time: no row of the table matches the hour repeated in October, nor the one skipped in March. */
function spanJoin(name: string, clock: Clock): string {
  if (clock === 'utc') return '';
  const table = parisSpans();
  const epochs = (field: 'from' | 'to') => `[${table.map((span) => span[field]).join(', ')}]`;
  const hours = table.map(({ offset }) => offset / 3_600_000).join(', ');
  return `
  LEFT JOIN (
    SELECT epoch_ms(CAST(since AS BIGINT)) AS since, epoch_ms(CAST(until AS BIGINT)) AS until, to_hours(ahead) AS ahead
    FROM (SELECT unnest(${epochs('from')}) AS since, unnest(${epochs('to')}) AS until, unnest([${hours}]) AS ahead)
  ) AS ${spans(name)} ON ${local(name)} >= ${spans(name)}.since AND ${local(name)} < ${spans(name)}.until`;
}

const attributes = ['name', 'lat', 'lon', 'capacity', 'commune'];

/** 12 hex digits of what a station says of itself; NULL where it says nothing. chr(31) stands in no text. */
const attributesId = `CASE WHEN ${attributes.map((name) => `${name} IS NOT NULL`).join(' OR ')}
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
