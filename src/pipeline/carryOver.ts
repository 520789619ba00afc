import type { Engine } from '../engine/engine.ts';
import { literals, parquetRows } from '../engine/sql.ts';
import type { FileEntry, SnapshotBrief } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { sourceState } from '../lake/state.ts';
import type { Draft } from './draft.ts';

/** A source's snapshots that Silver has, on the UTC days that are wanted. */
export function castBriefs(lake: Lake, source: string, wants: (day: string) => boolean): SnapshotBrief[] {
  const { days, waiting, quarantine } = sourceState(lake.state, source);
  const open = [...Object.values(waiting), ...Object.values(quarantine)].map(({ fetched_at }) => fetched_at);
  const left = new Set(open);
  return Object.entries(days).flatMap(([day, briefs]) =>
    wants(day) ? briefs.filter(([at]) => !left.has(at)) : [],
  );
}

/**
 * What Silver has of snapshots whose Bronze is gone: goes into the draft as it is, from the `old` files that the draft
 * takes the place of. `briefs` are those that the draft should have. Gives the instants of those whose rows nothing
 * holds any more, since what held them is damaged itself.
 */
export async function carryOver(
  lake: Lake,
  engine: Engine,
  draft: Draft,
  old: readonly FileEntry[],
  briefs: readonly SnapshotBrief[],
): Promise<number[]> {
  const gone = briefs.filter(([at]) => !draft.has(at));
  for (const file of old) {
    const inside = gone.map(([at]) => at).filter((at) => at >= file.from! && at <= file.to!);
    if (inside.length === 0 || lake.isDoubted(file.path)) continue;
    await engine.registerAll([file.path], (path) => lake.readSound(path));
    await carryRows(engine, draft, file, file.path, inside);
  }
  return gone.filter(([at, , stations]) => stations > 0 && !draft.has(at)).map(([at]) => at);
}

/** How many rows a registered file has of each of its instants, oldest first. */
export function rowsByInstant(engine: Pick<Engine, 'query'>, name: string) {
  return engine.query<{ at: number; rows: number }>(
    `SELECT epoch_ms(fetched_at) AS at, CAST(count(*) AS INTEGER) AS rows
    FROM ${parquetRows([name])} GROUP BY 1 ORDER BY 1`,
  );
}

/** Puts the rows of some instants of a file, registered under a name, into a draft. */
export async function carryRows(
  engine: Pick<Engine, 'query' | 'parquet'>,
  draft: Draft,
  { table, csv_bytes, snapshots }: FileEntry,
  name: string,
  instants: readonly number[],
): Promise<void> {
  const found = (await rowsByInstant(engine, name)).filter(({ at }) => instants.includes(at));
  if (found.length === 0) return;
  const facts = {
    from: found[0]!.at,
    to: found.at(-1)!.at,
    snapshots: found.length,
    csv_bytes: Math.round((csv_bytes * found.length) / Math.max(1, snapshots)),
  };
  const total = found.reduce((sum, one) => sum + one.rows, 0);
  const times = literals(found.map(({ at }) => new Date(at)));
  const rows = `SELECT * FROM ${parquetRows([name])} WHERE fetched_at IN (${times})`;
  await draft.put(table, { bytes: await engine.parquet(rows), rows: total }, facts);
  if (table === 'station_status') draft.note(found.map(({ at }) => at));
}
