import type { ColumnName } from './contract.ts';
import { fieldAt, fieldsOf, freeOf } from './fields.ts';
import { textAt, type Columns, type TextRow } from './place.ts';
import { isKind, numberOf } from './values.ts';

/** Counts that stations hold: columns of one kind and one size, whose names may come to lead to each other. */
const stocks = [
  ...(['num_bikes_available', 'num_mechanical_available', 'num_ebikes_available'] as const),
  ...(['num_docks_available', 'capacity'] as const),
];

/** What stations held, by their code: a value for each of the counts, null where there was none. */
export type Stocks = ReadonlyMap<string, readonly (number | null)[]>;

type Values = readonly (number | null)[];

/** Stations at which two counts must differ for them to tell which of the two a field holds. */
const FEWEST = 40;

/**
 * How many times nearer a field must be to what the same stations held of one count than to what they held of another,
 * and than to what other stations held of it. In ten days of real polls, minutes to days apart, no field was 1.4 times
 * nearer to another count than to its own.
 */
const NEARER = { otherCount: 3, otherStation: 2 } as const;

/** What stations hold in a table, as it is mapped. */
export function stocksOf(rows: readonly TextRow[], { station_code, ...columns }: Columns): Stocks {
  const code = station_code && textAt(station_code);
  const readers = stocks.map((name) => columns[name] && textAt(columns[name]));
  return new Map(
    rows.flatMap((row) => {
      const key = code?.(row) ?? null;
      return key === null ? [] : [[key, readers.map((read) => countIn(read?.(row) ?? null))] as const];
    }),
  );
}

/**
 * The counts whose name leads to a field that holds, station by station, what another one held in the last good
 * snapshot, while what they held themselves stands in another field. `now` is `stocksOf` of the same rows. Few
 * stations, or times at which nothing stays as it was, tell nothing.
 */
export function contradictions(
  before: Stocks,
  now: Stocks,
  header: readonly string[],
  rows: readonly TextRow[],
  columns: Columns,
): ColumnName[] {
  const shared = [...now.keys()].filter((code) => before.has(code));
  if (shared.length < FEWEST) return [];
  const column = (stations: Stocks, at: number) => shared.map((code) => stations.get(code)![at]!);
  const was = stocks.map((_, at) => column(before, at));
  const is = stocks.map((_, at) => column(now, at));
  const suspects = stocks.flatMap((name, own) =>
    stocks.flatMap((_, other) =>
      other !== own && holds(is[own]!, was[other]!, was[own]!) ? [{ name, own, other }] : [],
    ),
  );
  if (suspects.length === 0) return [];
  const free = freeCounts(shared, header, rows, columns);
  const found = suspects.filter(
    ({ own, other }) =>
      stocks.some((_, at) => holds(is[at]!, was[own]!, was[at]!)) ||
      free.some((field) => holds(field, was[own]!, was[other]!)),
  );
  return [...new Set(found.map(({ name }) => name))];
}

/** What stations hold in the fields that no column is mapped to. */
function freeCounts(
  stations: readonly string[],
  header: readonly string[],
  rows: readonly TextRow[],
  columns: Columns,
): Values[] {
  const code = textAt(columns.station_code!);
  const at = new Map(rows.map((row, index) => [code(row), index]));
  const placed = Object.values(columns).flatMap((place) => (place ? [fieldAt(place, header, [])] : []));
  return freeOf(fieldsOf(header, rows), placed).map(({ texts }) =>
    stations.map((station) => countIn(texts[at.get(station)!] ?? null)),
  );
}

/** Whether a field holds what one count held and not what another did, where the two differed. */
function holds(field: Values, one: Values, other: Values): boolean {
  const told: number[] = [];
  let [same, away] = [0, 0];
  for (const [i, value] of field.entries()) {
    const [a, b] = [one[i] ?? null, other[i] ?? null];
    if (value === null || a === null || b === null || a === b) continue;
    told.push(i);
    same += Math.abs(value - a);
    away += Math.abs(value - b);
  }
  if (told.length < FEWEST || same * NEARER.otherCount > away) return false;
  const half = told.length >> 1;
  const elsewhere = told.reduce((sum, i, k) => {
    return sum + Math.abs(field[i]! - one[told[(k + half) % told.length]!]!);
  }, 0);
  return same * NEARER.otherStation <= elsewhere;
}

function countIn(text: string | null): number | null {
  return text !== null && isKind('count', text) ? numberOf(text) : null;
}
