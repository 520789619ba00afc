import type { Engine } from '../engine/engine.ts';
import { VelolacError } from '../errors.ts';
import type { InspectedTable, Schema, TableReport } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import type { SchemaState } from '../lake/state.ts';
import type { AttributeSet } from '../silver/attributes.ts';
import { instantOf } from '../silver/clocks.ts';
import { SAMPLE_ROWS, tryMapTable, type Mapping } from '../silver/mapping.ts';
import { areElsewhere } from '../silver/position.ts';
import { garbledIn, type RowSlice } from '../silver/slice.ts';
import { readTime } from '../silver/values.ts';
import type { OpenTable, Slice } from '../sources/readers/reader.ts';
import { timeOf, type TimeClues } from './basis.ts';
import { BESIDE, CastSlices } from './castSlices.ts';
import type { Draft } from './draft.ts';
import { settleDays } from './importDays.ts';
import type { References } from './references.ts';
import { fingerprintOf, schemaOf } from './schema.ts';
import { Tally } from './tally.ts';

/** A file on its way into the lake. */
export interface Brought {
  readonly file: Blob;
  readonly name: string;
  /** Milliseconds since the epoch: the lowest rung of the ladder of trust. */
  readonly file_date: number;
  /** When its snapshot was taken, as the user corrected it. */
  readonly fetched_at: number | null;
}

/** What a table is read with. */
export interface TableContext {
  readonly engine: Engine;
  readonly lake: Lake;
  readonly schemas: Readonly<Record<string, SchemaState>>;
  readonly references: Pick<References, 'stations'>;
  readonly file: Brought;
  /** Whether the lake does not have the file yet: a table of another city is refused then, with `import.elsewhere`. */
  readonly isNew: boolean;
  readonly signal: AbortSignal;
}

/** Hears how far a table is. */
export interface TableProgress {
  readonly onSlice: (characters: number) => void;
  readonly onDays: (share: number) => void;
}

/** What a table became, written into a draft. */
export interface RefinedTable extends Pick<Tally, 'snapshots' | 'withdrawn'> {
  readonly report: TableReport;
  readonly schema: Schema;
  readonly attributes: readonly AttributeSet[];
  /** Characters of text that it holds. */
  readonly characters: number;
}

/** What the beginning of a table tells. Rejects with `import.*`, `engine.*`. */
export async function inspectTable(context: TableContext, table: OpenTable): Promise<InspectedTable> {
  const first = await firstSlice(table);
  const { mapping, missing } = mapOf(context, table, first.rows);
  const slices = new CastSlices(context.engine, context.lake, context.file.file_date);
  if (missing.length === 0) await slices.cast(await sliceOf(context, table, mapping, first, 0), false);
  return described(context, table, { mapping, missing, rows: first.rows, slices });
}

/**
 * Casts a table into the draft: those of its UTC days that are wanted. `onSlice` hears of each slice how many characters
 * it had, `onDays` what share of the days is written. Rejects with `import.*`, `engine.*`, `lake.*`.
 */
export async function refineTable(
  context: TableContext,
  table: OpenTable,
  draft: Draft,
  wants: (day: string) => boolean,
  { onSlice, onDays }: TableProgress,
): Promise<RefinedTable> {
  const { engine, lake, file, signal } = context;
  const slices = new CastSlices(engine, lake, file.file_date);
  let told: ReturnType<typeof mapOf> | null = null;
  let first: Slice['rows'] = [];
  let [rows, malformed, characters] = [0, 0, 0];
  const garbled = new Set<string>();
  try {
    for await (const slice of table.slices()) {
      signal.throwIfAborted();
      if (!told) first = slice.rows;
      const { mapping, missing } = (told ??= mapOf(context, table, slice.rows));
      if (missing.length === 0) await slices.cast(await sliceOf(context, table, mapping, slice, rows), true);
      for (const name of garbledIn(slice.rows, mapping)) garbled.add(name);
      rows += slice.rows.length;
      malformed += slice.malformed.length;
      const width = charactersOf(slice);
      characters += width;
      onSlice(width);
    }
    if (!told) throw noRows();
    const { mapping, missing } = told;
    const sample = { header: table.header, rows: first.slice(0, SAMPLE_ROWS) };
    const schema = schemaOf(sample, mapping, missing, 'import');
    const { fingerprint } = schema;
    const inspected = described(context, table, { mapping, missing, rows: first, slices });
    const tally = new Tally(inspected.content);
    tally.reject('malformed_row', malformed);
    const rowWidth = characters / Math.max(1, rows);
    const settling = { slices, inspected, draft, wants, rowWidth, onDays };
    if (missing.length === 0) await settleDays(context, settling, tally);
    else tally.at(inspected.fetched_at);
    const quarantined = missing.length > 0 ? rows : 0;
    const { snapshots, withdrawn, attributes } = tally;
    const all = { ...inspected, ...tally.totals(), fingerprint, rows: rows + malformed, quarantined };
    const report = garbled.size > 0 ? { ...all, garbled: garbled.size } : all;
    return { report, schema, snapshots, withdrawn, attributes, characters };
  } finally {
    await slices.drop();
  }
}

/** The rows a table begins with. Rejects with `import.*`. */
export async function firstSlice(table: OpenTable): Promise<Slice> {
  for await (const slice of table.slices()) return slice;
  throw noRows();
}

function noRows(): VelolacError {
  return new VelolacError('import.no_rows', 'the table has no rows');
}

function mapOf({ schemas, isNew }: TableContext, { header }: OpenTable, rows: Slice['rows']) {
  const accepted = schemas[fingerprintOf(header)]?.accepted?.columns ?? {};
  const mapped = tryMapTable(header, rows, accepted);
  if (isNew && areElsewhere(rows.slice(0, SAMPLE_ROWS), mapped.mapping.columns)) {
    throw new VelolacError('import.elsewhere', 'its stations do not lie in the region');
  }
  return mapped;
}

function charactersOf({ rows }: Slice): number {
  return rows.reduce((sum, row) => sum + row.reduce((width, text) => width + (text?.length ?? 0) + 1, 0), 0);
}

/** A slice with what it is cast with. */
async function sliceOf(
  context: TableContext,
  table: OpenTable,
  mapping: Mapping,
  { rows }: Slice,
  firstRow: number,
): Promise<RowSlice> {
  const told = timeOf(cluesOf(context, table, mapping, null));
  return {
    ...{ header: table.header, mapping, rows, firstRow, fetchedAt: mapping.poll ? null : 0 },
    around: told.basis === 'file_date' ? null : told.fetched_at,
    ...(await context.references.stations(mapping)),
  };
}

/** What tells the time of a table that holds one snapshot. */
function cluesOf(
  { file }: TableContext,
  { name, feed_time }: Pick<OpenTable, 'name' | 'feed_time'>,
  { clocks }: Mapping,
  last_reported: number | null,
): TimeClues {
  return {
    ...{ corrected: file.fetched_at, feed_time, clock: clocks.file_name, last_reported },
    names: name === file.name ? [name] : [name, file.name],
    file_date: file.file_date,
  };
}

/** How a table's time is known, from the slices of it that are given. */
function described(
  context: TableContext,
  { name, envelope, feed_time }: OpenTable,
  { mapping, missing, rows, slices }: Read,
): InspectedTable {
  const { era, content, clocks, poll, station } = mapping;
  const columns = missing.join(', ');
  const error =
    columns === '' ? null : new VelolacError('silver.schema', `no column maps to ${columns}`, { columns });
  const told = {
    ...{ name, envelope, era, content, series: poll !== null, error: error?.toRecord() ?? null },
    ...(station !== 'code' && { station }),
  };
  if (poll) {
    const polled = readTime(rows[0]?.[poll.index] ?? '');
    return {
      ...told,
      basis: poll.basis,
      fetched_at: slices.first ?? (polled && instantOf(polled, clocks.poll)),
    };
  }
  const { fetched_at, basis } = timeOf(cluesOf(context, { name, feed_time }, mapping, slices.reported));
  return { ...told, basis, fetched_at: content === 'information' ? fetched_at + BESIDE : fetched_at };
}

/** What was read of a table: its first rows, and its slices as far as they were cast. */
interface Read {
  readonly mapping: Mapping;
  readonly missing: readonly string[];
  readonly rows: Slice['rows'];
  readonly slices: CastSlices;
}
