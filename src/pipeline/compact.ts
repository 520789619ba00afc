import { packHour, type Member } from '../bronze/archive.ts';
import type { Engine } from '../engine/engine.ts';
import { parquetRows } from '../engine/sql.ts';
import { withEngine } from '../engine/withEngine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { bronzeHour, DAY, dayOf, HOUR, nameOf, partPath, sha256, timeless } from '../lake/names.ts';
import { knownAreaMap } from './areaMap.ts';
import { groupBy } from './groupBy.ts';
import { notRolledUp, rollUp, rollupsOf } from './rollup.ts';

/** A file larger than its parts together would be: what the parts are sorted by, so that equal values lie side by side. */
const order: Readonly<Record<string, string>> = {
  station_status: 'station_code, fetched_at',
  station_information: 'station_code, valid_from',
  station_attributes: 'attributes_id',
  rejects: 'fetched_at, station_code',
};

interface Merge {
  readonly table: string;
  readonly grain: 'hour' | 'day';
  readonly parts: readonly FileEntry[];
}

/**
 * Compacts what is over: the CSVs of a closed hour into a ZIP, Silver parts of a closed hour into one file, and
 * those of a closed day into one, and makes rollups of both. Uses an engine of its own, whose memory is
 * given back at the end. Snapshots that still wait for their Silver keep their hour open. Gives whether anything
 * was done. Rejects with the signal's reason when that is aborted: what is done stays.
 */
export async function compact(
  lake: Lake,
  source: string,
  now: number,
  signal?: AbortSignal,
): Promise<boolean> {
  let done = 0;
  for (const parts of closedHours(lake, source, now)) {
    signal?.throwIfAborted();
    await pack(lake, source, parts);
    done += 1;
  }
  const closed = (table: string) => closedParts(lake.entries(table, source), table, now);
  const isDue = Object.keys(order).some((table) => closed(table).length > 0);
  // An engine that waits for other work ends when none comes.
  if (!isDue && notRolledUp(lake, source, knownAreaMap(lake, source)).length === 0) return done > 0;
  await withEngine(async (engine) => {
    for (const table of Object.keys(order)) {
      for (const merge of closed(table)) {
        await mergeParts(lake, engine, source, merge);
        done += 1;
      }
    }
    // What was merged now has rollups to be made.
    done += await rollUp(lake, engine, source);
  }, signal);
  return done > 0;
}

function closedHours(lake: Lake, source: string, now: number): FileEntry[][] {
  const waiting = lake.state.sources[source]?.waiting ?? {};
  const groups = groupBy(lake.entries('snapshot', source), ({ from }) => Math.floor(from! / HOUR));
  return [...groups].flatMap(([hour, files]) => {
    const closed = (hour + 1) * HOUR <= now && !files.some(({ path }) => path in waiting);
    return closed ? [files] : [];
  });
}

/** The parts to merge: of days that are over, all of them; of today's closed hours, an hour's. */
function closedParts(files: readonly FileEntry[], table: string, now: number): Merge[] {
  if (timeless.includes(table)) {
    const old = files.some(({ to }) => dayOf(to!) < dayOf(now));
    return old && files.length > 1 ? [{ table, grain: 'day', parts: files }] : [];
  }
  return [...groupBy(files, ({ from }) => dayOf(from!))].flatMap(([day, inDay]): Merge[] => {
    if (Date.parse(day) + DAY <= now) {
      const done = inDay.length === 1 && inDay[0]!.path.includes('/day_');
      return done ? [] : [{ table, grain: 'day', parts: inDay }];
    }
    const parts = inDay.filter(({ path, to }) => path.includes('/part_') && to! < now - (now % HOUR));
    const hours = groupBy(parts, ({ from }) => Math.floor(from! / HOUR));
    return [...hours.values()].map((inHour) => ({ table, grain: 'hour', parts: inHour }));
  });
}

async function pack(lake: Lake, source: string, parts: readonly FileEntry[]): Promise<void> {
  const first = parts[0]!;
  async function* members(): AsyncGenerator<Member> {
    for (const { path } of parts) yield { name: nameOf(path), bytes: await lake.readSound(path) };
  }
  const path = freePath((one) => one in lake.state.files, bronzeHour(source, first.from!));
  await replace(lake, source, 'hour', path, parts, await packHour(members()));
}

/** `16.zip`, or `16-2.zip` when a snapshot came late into an hour that is packed already. */
export function freePath(isTaken: (path: string) => boolean, hour: string): string {
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? `${hour}.zip` : `${hour}-${number}.zip`;
    if (!isTaken(path)) return path;
  }
}

async function mergeParts(lake: Lake, engine: Engine, source: string, { table, grain, parts }: Merge) {
  const paths = parts.map(({ path }) => path);
  for (const path of paths) await engine.register(path, await lake.readSound(path));
  const rows = `SELECT * FROM ${parquetRows(paths)}`;
  const bytes = await engine.parquet(`${rows} ORDER BY ${order[table]}`);
  for (const path of paths) await engine.unregister(path);
  const path = partPath('silver', table, source, parts[0]!.from!, grain, sha256(bytes));
  if (paths.length === 1 && paths[0] === path) return;
  await replace(lake, source, table, path, parts, bytes);
}

async function replace(
  lake: Lake,
  source: string,
  table: string,
  path: string,
  parts: readonly FileEntry[],
  bytes: Uint8Array,
): Promise<void> {
  const total = (value: (file: FileEntry) => number | null) =>
    parts.reduce((sum, file) => sum + (value(file) ?? 0), 0);
  const file = await lake.put(
    {
      ...{ path, layer: parts[0]!.layer, table, source },
      rows: total(({ rows }) => rows),
      snapshots: total(({ snapshots }) => snapshots),
      from: Math.min(...parts.map(({ from }) => from!)),
      to: Math.max(...parts.map(({ to }) => to!)),
      csv_bytes: total(({ csv_bytes }) => csv_bytes),
    },
    bytes,
  );
  const rollups = table === 'station_status' ? rollupsOf(lake, source, file.from!, file.to!) : [];
  const replaces = [...parts.map((part) => part.path), ...rollups];
  await lake.append([{ kind: 'commit', source, files: [file], replaces }]);
  await lake.sweep(replaces);
}
