import type { Engine } from '../engine/engine.ts';
import { literals, parquetRows } from '../engine/sql.ts';
import type { TableReport } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf } from '../lake/names.ts';
import { sourceState, type ImportState } from '../lake/state.ts';
import { covers } from './attempts.ts';
import { timeInName } from './basis.ts';
import type { Draft } from './draft.ts';
import { groupBy } from './groupBy.ts';
import type { Brought } from './importTable.ts';
import { withdraw } from './settle.ts';

/** Rungs of the ladder on which the time of a snapshot is a guess. */
const guesses: readonly string[] = ['last_reported', 'file_date'];

/**
 * Whether a file of the same bytes is the same file: not where another name tells a time for them that a name told
 * before, or nothing but a guess, nor where the user tells another, nor where days of it were deleted since.
 */
export function isRepeated(
  { report, ...before }: ImportState,
  { name, fetched_at }: Brought,
  dropped: readonly string[],
): boolean {
  if (before.dropped.some((day) => !dropped.includes(day))) return false;
  if (fetched_at !== null && fetched_at !== before.fetched_at) return false;
  if (report.name === name || !tellsTime(name)) return true;
  return report.tables.every(
    ({ basis, envelope }) => envelope === 'unreadable' || !(basis === 'file_name' || guesses.includes(basis)),
  );
}

/**
 * The tables of an earlier import of the same bytes whose time gives way: a guess to what a name or the user tells, and
 * what a file told to the user's word on that very file. One word of the user's does not outdo another: which was the
 * last is not known of a lake that is restored.
 */
export function outdatedIn(
  { report, fetched_at: corrected }: ImportState,
  { name, fetched_at }: Brought,
): TableReport[] {
  if (fetched_at === null ? !tellsTime(name) : fetched_at === corrected) return [];
  const isCorrected = fetched_at !== null && name === report.name;
  return report.tables.filter(({ series, snapshots, basis }) => {
    return !series && snapshots > 0 && (guesses.includes(basis) || (isCorrected && basis !== 'user'));
  });
}

/**
 * Takes what is outdated of an earlier import out of a draft, and gives its tables. A snapshot stays that is another's by
 * now: that has a better known time, or that another import told, too. Rejects with `engine.*`, `lake.*`.
 */
export async function takeBack(
  engine: Engine,
  lake: Lake,
  draft: Draft,
  before: ImportState,
  brought: Brought,
): Promise<TableReport[]> {
  const others = sourceState(lake.state, draft.source).imports.filter((one) => one !== before);
  const isOurs = (at: number) => !others.some(({ report }) => isToldBy(report, at));
  const taken: TableReport[] = [];
  const tables = outdatedIn(before, brought).filter(({ from }) => isOurs(from!));
  for (const [day, inDay] of groupBy(tables, ({ from }) => dayOf(from!))) {
    const paths = draft.files('station_status', day).map(({ path }) => path);
    if (paths.length === 0) continue;
    await engine.registerAll(paths, (path) => lake.read(path));
    const found = await engine.query<{ at: number }>(
      `SELECT DISTINCT epoch_ms(fetched_at) AS at FROM ${parquetRows(paths)}
      WHERE (fetched_at, fetched_at_basis) IN (${inDay.map(signOf).join(', ')})`,
    );
    const instants = found.map(({ at }) => at);
    await withdraw(engine, lake, draft, day, instants);
    draft.forget(instants);
    taken.push(...inDay.filter(({ from }) => instants.includes(from!)));
  }
  return taken;
}

function isToldBy(report: ImportState['report'], at: number): boolean {
  return covers(report, at) && report.tables.some(({ known }) => known > 0);
}

function signOf({ from, basis }: TableReport): string {
  return `(${literals([new Date(from!), basis])})`;
}

function tellsTime(name: string): boolean {
  return timeInName(name, 'utc').length > 0;
}
