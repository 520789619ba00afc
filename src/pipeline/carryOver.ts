import type { Engine } from '../engine/engine.ts';
import { literals, parquetRows } from '../engine/sql.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { sourceState } from '../lake/state.ts';
import type { Draft } from './draft.ts';

/** The instants of a source's snapshots that Silver has, on the UTC days that are wanted. */
export function castInstants(lake: Lake, source: string, wants: (day: string) => boolean): number[] {
  const { days, waiting, quarantine } = sourceState(lake.state, source);
  const open = [...Object.values(waiting), ...Object.values(quarantine)].map(({ fetched_at }) => fetched_at);
  const left = new Set(open);
  return Object.entries(days).flatMap(([day, briefs]) =>
    wants(day) ? briefs.map(([at]) => at).filter((at) => !left.has(at)) : [],
  );
}

/**
 * What Silver has of snapshots whose Bronze is gone: goes into the draft as it is, from the `old` files that the draft
 * takes the place of. `instants` are those that the draft should have. Gives those that nothing holds any more, since
 * what held them is damaged itself.
 */
export async function carryOver(
  lake: Lake,
  engine: Engine,
  draft: Draft,
  old: readonly FileEntry[],
  instants: readonly number[],
): Promise<number[]> {
  const gone = instants.filter((at) => !draft.has(at));
  for (const file of old) {
    const inside = gone.filter((at) => at >= file.from! && at <= file.to!);
    const isData = file.table === 'station_status' || file.table === 'rejects';
    if (isData && inside.length > 0 && !lake.isDoubted(file.path))
      await carry(lake, engine, draft, file, inside);
  }
  return gone.filter((at) => !draft.has(at));
}

async function carry(lake: Lake, engine: Engine, draft: Draft, file: FileEntry, instants: readonly number[]) {
  const { path, table, csv_bytes, snapshots } = file;
  await engine.registerAll([path], (one) => lake.readSound(one));
  const times = literals(instants.map((at) => new Date(at)));
  const rows = `SELECT * FROM ${parquetRows([path])} WHERE fetched_at IN (${times})`;
  const found = await engine.query<{ at: number; rows: number }>(
    `SELECT epoch_ms(fetched_at) AS at, CAST(count(*) AS INTEGER) AS rows FROM (${rows}) GROUP BY 1 ORDER BY 1`,
  );
  if (found.length === 0) return;
  const facts = {
    from: found[0]!.at,
    to: found.at(-1)!.at,
    snapshots: found.length,
    csv_bytes: Math.round((csv_bytes * found.length) / Math.max(1, snapshots)),
  };
  const total = found.reduce((sum, one) => sum + one.rows, 0);
  await draft.put(table, { bytes: await engine.parquet(rows), rows: total }, facts);
  if (table === 'station_status') draft.note(found.map(({ at }) => at));
}
