import { join, readRows, toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import { VelolacError } from '../errors.ts';
import { bronzeColumn, castSql, rowText, type FetchedAt } from './cast.ts';
import type { Mapping } from './mapping.ts';
import { indexesOf, type TextRow } from './place.ts';
import { withCodes } from './namedRows.ts';
import { isGarbled, isSuspicious, repair } from './repair.ts';
import { loadStationIds, type StationIds } from './stationIds.ts';
import type { StationNames } from './stationNames.ts';

/** What casting asks of the engine. */
export type CastEngine = Pick<Engine, 'load' | 'query'>;

/** What stations are told by where it is not by their codes: needed where `mapping.station` is `id`, or `name`. */
export interface StationTables {
  readonly stationIds?: StationIds;
  readonly stationNames?: StationNames;
}

/** A table's header, and how it maps to the contract. */
export interface Mapped extends StationTables {
  readonly header: readonly string[];
  readonly mapping: Mapping;
}

/** A stretch of a table's rows. */
export interface RowSlice extends Mapped {
  readonly rows: readonly TextRow[];
  /** The number of the first row within its file: what `bronze_row` counts from. */
  readonly firstRow: number;
  /** Milliseconds since the epoch; null where `mapping.poll` tells it row by row. */
  readonly fetchedAt: number | null;
  /** About when the rows were seen, for names that went from one station to another; null where nobody knows. */
  readonly around?: number | null;
}

/**
 * Loads a slice and leaves two temporary views over it. `cast_rows`: fetched_at, bronze_row, row_text, the
 * contract's columns, `lost_` flags, attributes_id, reason (`no_poll_time`, `no_station_code`,
 * `unknown_station_id`, those of `stationNames.ts`, or NULL). `bronze_texts`: bronze_row, row_text. Call it within `engine.exclusive`, and
 * `dropSlice` afterwards. Rejects with `engine.*` errors.
 */
export async function loadSlice(engine: CastEngine, slice: RowSlice): Promise<void> {
  const { firstRow, fetchedAt } = slice;
  const { mapping, rows, width } = translated(slice);
  const csv = toCsv({ header: null, rows });
  await engine.load('bronze_lines', bronzeTypes(width), csv);
  const polled = fetchedAt === null && mapping.poll !== null;
  const at = literal(fetchedAt === null ? null : new Date(fetchedAt));
  const columns = polled ? '*' : `CAST(${at} AS TIMESTAMP) AS fetched_at, *`;
  await createViews(engine, { ...slice, mapping }, columns, firstRow, polled ? 'poll' : 'column');
}

/** The rows of a slice, repaired; of one that goes by names with a code for each, as if its file had told it. */
function translated({ header, mapping, rows, stationNames, around = null }: RowSlice) {
  const width = header.length;
  const own = repaired(rows, mapping, width);
  if (mapping.station !== 'name') return { mapping, rows: own, width };
  if (!stationNames)
    throw new VelolacError('unexpected', 'stations by name without the table of their codes');
  const columns = { ...mapping.columns, station_code: { kind: 'column', index: width } } as const;
  const coded = withCodes(own, mapping, stationNames, around);
  return { mapping: { ...mapping, columns }, rows: coded, width: width + 2 };
}

/** The same for whole snapshots as CSV, each with its own time and the header line. */
export async function loadSnapshots(
  engine: CastEngine,
  snapshots: readonly { readonly fetched_at: number; readonly csv: string }[],
  mapped: Mapped,
): Promise<void> {
  const { header, mapping } = mapped;
  const parts = snapshots.map(({ fetched_at, csv }) => ({
    prefix: new Date(fetched_at).toISOString(),
    csv: isSuspicious(csv) ? toCsv({ header, rows: repaired(readRows(csv), mapping, header.length) }) : csv,
  }));
  await engine.load('bronze_lines', { fetched_at: 'TIMESTAMP', ...bronzeTypes(header.length) }, join(parts));
  await createViews(engine, mapped, '*', 0, 'column');
}

export async function dropSlice(engine: CastEngine): Promise<void> {
  await engine.query('DROP VIEW cast_rows; DROP VIEW bronze_texts; DROP TABLE bronze_lines');
}

const bronzeTypes = (width: number) =>
  Object.fromEntries(Array.from({ length: width }, (_, index) => [bronzeColumn(index), 'VARCHAR']));

async function createViews(
  engine: CastEngine,
  { header, mapping, stationIds }: Mapped,
  columns: string,
  firstRow: number,
  fetchedAt: FetchedAt,
): Promise<void> {
  if (mapping.station === 'id') {
    if (!stationIds) throw new VelolacError('unexpected', 'station_ids without the table of their codes');
    await loadStationIds(engine, stationIds);
  }
  const texts = `SELECT rowid + ${firstRow} AS bronze_row, ${rowText(header)} AS row_text`;
  const from = `(${texts}, ${columns} FROM bronze_lines)`;
  await engine.query(`CREATE OR REPLACE TEMP VIEW bronze_texts AS ${texts} FROM bronze_lines`);
  await engine.query(
    `CREATE OR REPLACE TEMP VIEW cast_rows AS ${castSql(mapping, from, ['bronze_row', 'row_text'], fetchedAt)}`,
  );
}

/** The columns that hold names. */
function namedIn({ columns }: Mapping): ReadonlySet<number> {
  return new Set([columns.name, columns.commune].flatMap((place) => (place ? indexesOf(place) : [])));
}

/** The names in rows that are garbled beyond repair, each as often as it stands there. */
export function garbledIn(rows: readonly TextRow[], mapping: Mapping): string[] {
  const named = [...namedIn(mapping)];
  return rows.flatMap((row) =>
    named.flatMap((index) => {
      const text = row[index] ?? null;
      return text !== null && isGarbled(text) ? [text] : [];
    }),
  );
}

/** Rows with the names in them repaired, each as long as the header. */
function repaired(rows: readonly TextRow[], mapping: Mapping, width: number): readonly TextRow[] {
  const named = namedIn(mapping);
  return rows.map((row) =>
    Array.from({ length: width }, (_, index) => {
      const text = row[index] ?? null;
      return text !== null && named.has(index) ? repair(text) : text;
    }),
  );
}
