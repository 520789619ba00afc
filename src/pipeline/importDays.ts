import type { Engine } from '../engine/engine.ts';
import { literal } from '../engine/sql.ts';
import type { InspectedTable } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf } from '../lake/names.ts';
import { castObserved, forget, observe } from '../silver/silver.ts';
import type { CastSlices } from './castSlices.ts';
import type { Draft } from './draft.ts';
import { settle, withdraw } from './settle.ts';
import type { Tally } from './tally.ts';

/** What days are written with. */
interface Means {
  readonly engine: Engine;
  readonly lake: Lake;
  readonly signal: AbortSignal;
}

/** A table whose slices are cast, on its way into a draft. */
export interface Settling {
  readonly slices: CastSlices;
  readonly inspected: InspectedTable;
  readonly draft: Draft;
  /** Which UTC days of it. */
  readonly wants: (day: string) => boolean;
  /** Characters of a row, on average. */
  readonly rowWidth: number;
  /** Hears what share of the days is written. */
  readonly onDays: (share: number) => void;
}

/** Rows that lie in the engine's memory at a time. */
const PASS_ROWS = 1_000_000;

const LONG = { timeout: 600_000 };

/** Writes a table's rows day by day, a few days in memory at a time. Rejects with `engine.*`, `lake.*`. */
export async function settleDays(means: Means, settling: Settling, tally: Tally): Promise<void> {
  const { engine, signal } = means;
  const { slices, inspected, onDays } = settling;
  const at = inspected.series
    ? 'fetched_at'
    : `CAST(${literal(new Date(inspected.fetched_at!))} AS TIMESTAMP)`;
  tally.reject('no_poll_time', slices.rows.get(null) ?? 0);
  const all = passes(settling);
  for (const [index, days] of all.entries()) {
    const [from, to] = [days[0]!, days.at(-1)! + DAY];
    const rows = await (inspected.series ? slices.ofSpan(from, to) : slices.all());
    await engine.query(
      `CREATE OR REPLACE TEMP TABLE pass AS
        SELECT * REPLACE (${at} AS fetched_at, CAST(NULL AS VARCHAR) AS row_text) FROM ${rows}
        WHERE ${at} >= ${instant(from)} AND ${at} < ${instant(to)}`,
      LONG,
    );
    await slices.free();
    for (const day of days) {
      signal.throwIfAborted();
      await engine.exclusive(() => settleDay(means, settling, day, tally));
    }
    await engine.query('DROP TABLE pass');
    onDays((index + 1) / all.length);
  }
}

/** The days of a table that are wanted, oldest first, in groups of as many rows as may lie in memory. */
function passes({ slices, inspected, wants }: Settling): number[][] {
  const all: (readonly [day: number | null, rows: number])[] = inspected.series
    ? [...slices.rows]
    : [[Date.parse(dayOf(inspected.fetched_at!)), 0]];
  const days = all.flatMap(([day, rows]) => (day !== null && wants(dayOf(day)) ? [{ day, rows }] : []));
  const groups: number[][] = [];
  let room = 0;
  for (const { day, rows } of days.sort((a, b) => a.day - b.day)) {
    if (groups.length === 0 || rows > room) {
      groups.push([]);
      room = PASS_ROWS;
    }
    groups.at(-1)!.push(day);
    room -= rows;
  }
  return groups;
}

async function settleDay(
  { engine, lake }: Means,
  { slices, inspected: { basis }, draft, rowWidth }: Settling,
  start: number,
  tally: Tally,
): Promise<void> {
  const day = dayOf(start);
  await engine.query(`CREATE OR REPLACE TEMP VIEW cast_rows AS SELECT * FROM pass
    WHERE fetched_at >= ${instant(start)} AND fetched_at < ${instant(start + DAY)}`);
  const reports = await observe(engine);
  const instants = reports.map(({ fetched_at }) => fetched_at);
  const texts = () => viewTexts(engine, slices);
  const { known, withdrawn } = await settle(engine, lake, draft, { instants, basis, day, texts });
  if (withdrawn.length > 0) await withdraw(engine, lake, draft, day, withdrawn);
  tally.add(reports, known, withdrawn);
  const fresh = reports.filter(({ fetched_at }) => !known.includes(fetched_at));
  if (known.length > 0) await forget(engine, known);
  if (fresh.length > 0) {
    await viewTexts(engine, slices);
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
    tally.describe(cast.attributes);
  }
  await slices.free();
  await engine.query('DROP VIEW cast_rows; DROP VIEW IF EXISTS bronze_texts; DROP TABLE IF EXISTS observed');
}

/** The texts of rejected rows, from the slices that have any: those of all slices take long to read, day by day. */
async function viewTexts(engine: Engine, slices: CastSlices): Promise<void> {
  const rejecting = await engine.query<{ slice: number }>(
    'SELECT DISTINCT slice FROM observed WHERE reason IS NOT NULL',
  );
  if (rejecting.length === 0) return;
  const rows = await slices.ofNumbers(new Set(rejecting.map(({ slice }) => slice)));
  await engine.query(`CREATE OR REPLACE TEMP VIEW bronze_texts AS SELECT bronze_row, row_text FROM ${rows}`);
}

function instant(at: number): string {
  return literal(new Date(at));
}
