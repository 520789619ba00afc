import type { Engine } from '../engine/engine.ts';
import { literal, parquetRows } from '../engine/sql.ts';
import { VelolacError } from '../errors.ts';
import type { InspectedTable, Schema, TableReport } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf } from '../lake/names.ts';
import type { SchemaState } from '../lake/state.ts';
import type { AttributeSet } from '../silver/attributes.ts';
import { instantOf } from '../silver/clocks.ts';
import { SAMPLE_ROWS, tryMapTable, type Mapping } from '../silver/mapping.ts';
import { castObserved, forget, observe } from '../silver/silver.ts';
import { dropSlice, loadSlice } from '../silver/slice.ts';
import { readTime } from '../silver/values.ts';
import type { StationIds } from '../silver/stationIds.ts';
import type { OpenTable, Slice } from '../sources/readers/reader.ts';
import { timeOf } from './basis.ts';
import type { Draft } from './draft.ts';
import { fingerprintOf, schemaOf } from './schema.ts';
import { settle, withdraw } from './settle.ts';
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
  readonly stationIds: () => Promise<StationIds>;
  readonly file: Brought;
  readonly signal: AbortSignal;
}

/** What a table became, written into a draft. */
export interface RefinedTable extends Pick<Tally, 'snapshots' | 'withdrawn'> {
  readonly report: TableReport;
  readonly schema: Schema;
  readonly attributes: readonly AttributeSet[];
  /** Characters of text that it holds. */
  readonly characters: number;
}

/** Rows that lie in the engine's memory at a time, beside the compressed slices. */
const PASS_ROWS = 1_000_000;

/** What the beginning of a table tells. Rejects with `import.*`, `engine.*`. */
export async function inspectTable(context: TableContext, table: OpenTable): Promise<InspectedTable> {
  const first = await firstSlice(table);
  const { mapping, missing } = mapOf(context, table, first.rows);
  const slices = missing.length > 0 ? [] : [await castSlice(context, table, mapping, first, 0)];
  try {
    return await described(context, table, { mapping, missing, rows: first.rows, slices });
  } finally {
    for (const name of slices) await context.engine.unregister(name);
  }
}

/**
 * Casts a table into the draft: those of its UTC days that are wanted. `onSlice` hears of each slice how many characters
 * it had. Rejects with `import.*`, `engine.*`, `lake.*`.
 */
export async function refineTable(
  context: TableContext,
  table: OpenTable,
  draft: Draft,
  wants: (day: string) => boolean,
  onSlice: (characters: number) => void,
): Promise<RefinedTable> {
  const { engine, signal } = context;
  const slices: string[] = [];
  let told: ReturnType<typeof mapOf> | null = null;
  let first: Slice['rows'] = [];
  let [rows, malformed, characters] = [0, 0, 0];
  try {
    for await (const slice of table.slices()) {
      signal.throwIfAborted();
      if (!told) first = slice.rows;
      const { mapping, missing } = (told ??= mapOf(context, table, slice.rows));
      if (missing.length === 0) slices.push(await castSlice(context, table, mapping, slice, rows));
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
    const inspected = await described(context, table, { mapping, missing, rows: first, slices });
    const tally = new Tally(inspected.content);
    tally.reject('malformed_row', malformed);
    const rowWidth = characters / Math.max(1, rows);
    if (missing.length === 0) await settleDays(context, { slices, inspected, draft, wants, rowWidth }, tally);
    else tally.at(inspected.fetched_at);
    const quarantined = missing.length > 0 ? rows : 0;
    const { snapshots, withdrawn, attributes } = tally;
    const report = { ...inspected, ...tally.totals(), fingerprint, rows: rows + malformed, quarantined };
    return { report, schema, snapshots, withdrawn, attributes, characters };
  } finally {
    for (const name of slices) await engine.unregister(name);
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

function mapOf({ schemas }: TableContext, { header }: OpenTable, rows: Slice['rows']) {
  const accepted = schemas[fingerprintOf(header)]?.accepted?.columns ?? {};
  return tryMapTable(header, rows, accepted);
}

function charactersOf({ rows }: Slice): number {
  return rows.reduce((sum, row) => sum + row.reduce((width, text) => width + (text?.length ?? 0) + 1, 0), 0);
}

let slicesCast = 0;

/** A slice as rows of the contract, in a Parquet file that only the engine has. */
async function castSlice(
  { engine, stationIds }: TableContext,
  { header }: OpenTable,
  mapping: Mapping,
  { rows }: Slice,
  firstRow: number,
): Promise<string> {
  const name = `slice-${++slicesCast}.parquet`;
  const ids = mapping.station === 'id' ? await stationIds() : null;
  const fetchedAt = mapping.poll ? null : 0;
  await engine.exclusive(async () => {
    await loadSlice(engine, { header, mapping, stationIds: ids, rows, firstRow, fetchedAt });
    await engine.register(name, await engine.parquet('SELECT * FROM cast_rows'));
    await dropSlice(engine);
  });
  return name;
}

/** How a table's time is known, from the slices of it that are given. */
async function described(
  { engine, file }: TableContext,
  { name, envelope, feed_time }: OpenTable,
  { mapping, missing, rows, slices }: Read,
): Promise<InspectedTable> {
  const { era, content, clocks, poll } = mapping;
  const columns = missing.join(', ');
  const error =
    columns === '' ? null : new VelolacError('silver.schema', `no column maps to ${columns}`, { columns });
  const told = { name, envelope, era, content, series: poll !== null, error: error?.toRecord() ?? null };
  const [{ first, reported } = { first: null, reported: null }] =
    slices.length === 0
      ? []
      : await engine.query<{ first: number | null; reported: number | null }>(`SELECT
          epoch_ms(min(fetched_at)) AS first,
          epoch_ms(max(CASE WHEN last_reported <= ${literal(new Date(file.file_date))} THEN last_reported END))
            AS reported
        FROM ${parquetRows(slices)}`);
  if (poll) {
    const polled = readTime(rows[0]?.[poll.index] ?? '');
    return { ...told, basis: poll.basis, fetched_at: first ?? (polled && instantOf(polled, clocks.poll)) };
  }
  const clues = { corrected: file.fetched_at, feed_time, clock: clocks.file_name, last_reported: reported };
  const names = name === file.name ? [name] : [name, file.name];
  return { ...told, ...timeOf({ ...clues, names, file_date: file.file_date }) };
}

/** What was read of a table: its first rows, and its slices as far as they were cast. */
interface Read {
  readonly mapping: Mapping;
  readonly missing: readonly string[];
  readonly rows: Slice['rows'];
  readonly slices: readonly string[];
}

interface Settling {
  readonly slices: readonly string[];
  readonly inspected: InspectedTable;
  readonly draft: Draft;
  readonly wants: (day: string) => boolean;
  /** Characters of a row, on average. */
  readonly rowWidth: number;
}

/** Writes a table's rows day by day, a few days in memory at a time. */
async function settleDays(context: TableContext, settling: Settling, tally: Tally): Promise<void> {
  const { engine, signal } = context;
  const { slices, inspected, wants } = settling;
  const at = inspected.series
    ? 'fetched_at'
    : `CAST(${literal(new Date(inspected.fetched_at!))} AS TIMESTAMP)`;
  const from = parquetRows(slices);
  const [{ lost } = { lost: 0 }] = await engine.query<{ lost: number }>(
    `SELECT CAST(count(*) AS INTEGER) AS lost FROM ${from} WHERE ${at} IS NULL`,
  );
  tally.reject('no_poll_time', lost);
  for (const days of await passes(engine, `SELECT ${at} AS fetched_at FROM ${from}`)) {
    await engine.query(
      `CREATE OR REPLACE TEMP TABLE pass AS
        SELECT * REPLACE (${at} AS fetched_at, CAST(NULL AS VARCHAR) AS row_text) FROM ${from}
        WHERE ${at} >= ${midnight(days[0]!)} AND ${at} < ${midnight(days.at(-1)!, DAY)}`,
      LONG,
    );
    for (const day of days.filter(wants)) {
      signal.throwIfAborted();
      await engine.exclusive(() => settleDay(context, settling, day, tally));
    }
    await engine.query('DROP TABLE pass');
  }
}

async function settleDay(
  { engine, lake }: TableContext,
  { slices, inspected: { basis }, draft, rowWidth }: Settling,
  day: string,
  tally: Tally,
): Promise<void> {
  await engine.query(`CREATE OR REPLACE TEMP VIEW cast_rows AS SELECT * FROM pass
    WHERE fetched_at >= ${midnight(day)} AND fetched_at < ${midnight(day, DAY)}`);
  await engine.query(
    `CREATE OR REPLACE TEMP VIEW bronze_texts AS SELECT bronze_row, row_text FROM ${parquetRows(slices)}`,
  );
  const reports = await observe(engine);
  const instants = reports.map(({ fetched_at }) => fetched_at);
  const { known, withdrawn } = await settle(engine, lake, draft, { instants, basis, day });
  if (withdrawn.length > 0) await withdraw(engine, lake, draft, day, withdrawn);
  tally.add(reports, known, withdrawn);
  const fresh = reports.filter(({ fetched_at }) => !known.includes(fetched_at));
  if (known.length > 0) await forget(engine, known);
  if (fresh.length > 0) {
    const cast = await castObserved(engine, { source: draft.source, basis }, fresh);
    const [from, to] = [fresh[0]!.fetched_at, fresh.at(-1)!.fetched_at];
    const facts = {
      from,
      to,
      snapshots: fresh.length,
      csv_bytes: Math.round((cast.status?.rows ?? 0) * rowWidth),
    };
    await draft.put('station_status', cast.status, facts);
    await draft.put('rejects', cast.rejects, facts);
    draft.note(fresh.map(({ fetched_at }) => fetched_at));
    tally.attributes.push(...cast.attributes);
  }
  await engine.query('DROP VIEW cast_rows; DROP VIEW bronze_texts; DROP TABLE IF EXISTS observed');
}

const LONG = { timeout: 600_000 };

function midnight(day: string, later = 0): string {
  return literal(new Date(Date.parse(day) + later));
}

/** The days of a table in groups of as many rows as may lie in memory. */
async function passes(engine: Engine, instants: string): Promise<string[][]> {
  const days = await engine.query<{ day: number; rows: number }>(
    `SELECT epoch_ms(CAST(CAST(fetched_at AS DATE) AS TIMESTAMP)) AS day, CAST(count(*) AS DOUBLE) AS rows
      FROM (${instants}) WHERE fetched_at IS NOT NULL GROUP BY 1 ORDER BY 1`,
    LONG,
  );
  const groups: string[][] = [];
  let room = 0;
  for (const { day, rows } of days) {
    if (groups.length === 0 || rows > room) {
      groups.push([]);
      room = PASS_ROWS;
    }
    groups.at(-1)!.push(dayOf(day));
    room -= rows;
  }
  return groups;
}
