import { readRows } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { parquetRows } from '../engine/sql.ts';
import { withEngine } from '../engine/withEngine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf, HOUR, sha256 } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import { bronzeHours } from './bronze.ts';
import { groupBy } from './groupBy.ts';

/**
 * Drops the Bronze of days that are older than `keep` days, where Silver vouches for it: its files read back as they
 * were committed, and hold every row of every snapshot, accepted or rejected. Answers that were no snapshot, and files
 * that the user brought, stay. `refused` are the days that were looked at before and did not pass; those that do not
 * now are added to it. Gives the days whose Bronze is gone.
 */
export async function retain(
  lake: Lake,
  source: string,
  keep: number,
  now: number,
  refused: Set<string>,
  signal?: AbortSignal,
): Promise<string[]> {
  const dropped: string[] = [];
  await withEngine(async (engine) => {
    const due = [...groupBy(recorded(lake, source), ({ from }) => dayOf(from!))].filter(
      ([day]) => Date.parse(day) + (keep + 1) * DAY <= now && !refused.has(day),
    );
    for (const [day, bronze] of due) {
      signal?.throwIfAborted();
      if (!(await vouches(lake, engine, source, day))) {
        refused.add(day);
        continue;
      }
      const paths = bronze.map(({ path }) => path);
      await lake.append([{ kind: 'drop', source, day, paths, reason: 'retention' }]);
      await lake.sweep(paths);
      dropped.push(day);
    }
  }, signal);
  return dropped;
}

function recorded(lake: Lake, source: string): FileEntry[] {
  return [...lake.entries('hour', source), ...lake.entries('snapshot', source)];
}

/** Whether Silver has all that Bronze has of a day. */
async function vouches(lake: Lake, engine: Engine, source: string, day: string): Promise<boolean> {
  const { waiting, quarantine } = sourceState(lake.state, source);
  const open = [...Object.values(waiting), ...Object.values(quarantine)];
  if (open.some(({ fetched_at }) => dayOf(fetched_at) === day)) return false;
  const silver = ['station_status', 'rejects'].flatMap((table) =>
    lake.entries(table, source).filter(({ from }) => dayOf(from!) === day),
  );
  const status = silver.filter(({ table }) => table === 'station_status');
  if (status.length !== 1 || !status[0]!.path.includes('/day_')) return false;
  for (const file of silver) {
    const bytes = await lake.read(file.path);
    if (bytes.length !== file.bytes || sha256(bytes) !== file.sha256) return false;
    await engine.register(file.path, bytes);
  }
  const held = await rowsBySnapshot(engine, silver);
  for (const { path } of silver) await engine.unregister(path);
  for await (const csvs of bronzeHours(lake, source, (hour) => dayOf(hour * HOUR) === day)) {
    if (csvs.some(({ fetched_at, csv }) => readRows(csv).length !== held.get(fetched_at))) return false;
  }
  return true;
}

/** How many rows files of Silver have of each snapshot, accepted and rejected. */
async function rowsBySnapshot(engine: Engine, files: readonly FileEntry[]): Promise<Map<number, number>> {
  const held = new Map<number, number>();
  for (const { path } of files) {
    const rows = await engine.query<{ fetched_at: number; rows: number }>(
      `SELECT fetched_at, CAST(count(*) AS INTEGER) AS rows FROM ${parquetRows([path])} GROUP BY fetched_at`,
    );
    for (const row of rows) held.set(row.fetched_at, (held.get(row.fetched_at) ?? 0) + row.rows);
  }
  return held;
}
