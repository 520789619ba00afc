import type { Engine } from '../engine/engine.ts';
import { rollUpDay, stationDaySql } from '../gold/station_day.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf, partPath, sha256 } from '../lake/names.ts';
import { groupBy } from './groupBy.ts';
import { goodSnapshots } from './status.ts';

const TABLE = 'station_day';

/** What a lake holds of a UTC day that has Silver. */
interface Day {
  /** 00:00 UTC. */
  readonly start: number;
  readonly status: readonly FileEntry[];
  /** `fetched_at` of its good snapshots, oldest first. */
  readonly instants: readonly number[];
  /** The rollups that were made of it; at most one is still true of it. */
  readonly rollups: readonly FileEntry[];
}

/** What answers a span: rollups where they stand for whole days of it, Silver elsewhere. */
export interface Chosen {
  readonly station_status: readonly FileEntry[];
  readonly station_day: readonly FileEntry[];
}

/** Chooses what answers a span (milliseconds since the epoch, both ends included). */
export function choose(lake: Lake, source: string, from: number, to: number): Chosen {
  const station_status: FileEntry[] = [];
  const station_day: FileEntry[] = [];
  for (const day of days(lake, source, from, to)) {
    const inside = day.instants.filter((at) => at >= from && at <= to);
    if (inside.length === 0) continue;
    const rollup = inside.length === day.instants.length ? trueRollup(day) : undefined;
    if (rollup) station_day.push(rollup);
    else station_status.push(...day.status.filter((file) => file.from! <= to && file.to! >= from));
  }
  return { station_status, station_day };
}

/**
 * Rolls up the days that are over and compacted, the newest first, and replaces what is no longer true of its
 * day. Gives how many.
 */
export async function rollUp(lake: Lake, engine: Engine, source: string, now: number): Promise<number> {
  const due = days(lake, source).filter((day) => {
    const over = day.start + DAY <= now;
    return over && isCompacted(day.status) && day.instants.length > 0 && !trueRollup(day);
  });
  for (const day of due.reverse()) await write(lake, engine, source, day);
  return due.length;
}

/** The paths of a day's rollups: they go when its Silver does. */
export function rollupsOf(lake: Lake, source: string, day: string): string[] {
  return lake.entries(TABLE, source).flatMap(({ path, from }) => (dayOf(from!) === day ? [path] : []));
}

async function write(lake: Lake, engine: Engine, source: string, { status, instants, rollups }: Day) {
  const paths = status.map(({ path }) => path);
  for (const path of paths) await engine.register(path, await lake.readSound(path));
  const { bytes, rows } = await rollUpDay(engine, paths, instants);
  for (const path of paths) await engine.unregister(path);
  const [from, to] = [instants[0]!, instants.at(-1)!];
  const path = partPath('gold', TABLE, source, from, 'day', sha256(bytes));
  const file = await lake.put(
    {
      ...{ path, layer: 'gold', table: TABLE, source, rows, snapshots: instants.length, from, to },
      ...{ csv_bytes: 0, made_of: madeOf(status, instants) },
    },
    bytes,
  );
  const replaces = rollups.map((old) => old.path).filter((old) => old !== path);
  await lake.append([{ kind: 'commit', source, files: [file], replaces }]);
  await lake.sweep(replaces);
}

/** The days that have Silver and lie in a span at least in part, oldest first. */
function days(lake: Lake, source: string, from = -Infinity, to = Infinity): Day[] {
  const byDay = (file: FileEntry) => dayOf(file.from!);
  const rollups = groupBy(lake.entries(TABLE, source), byDay);
  return [...groupBy(lake.entries('station_status', source), byDay)].flatMap(([name, status]): Day[] => {
    const start = Date.parse(name);
    if (start > to || start + DAY <= from) return [];
    const instants = goodSnapshots(lake, source, start, start + DAY - 1).map(([at]) => at);
    return [{ start, status, instants, rollups: rollups.get(name) ?? [] }];
  });
}

function isCompacted(status: readonly FileEntry[]): boolean {
  return status.length === 1 && status[0]!.path.includes('/day_');
}

/** The rollup that was made of what the day now holds. */
function trueRollup({ status, instants, rollups }: Day): FileEntry | undefined {
  if (rollups.length === 0) return undefined;
  const hash = madeOf(status, instants);
  return rollups.find(({ made_of }) => made_of === hash);
}

/** The statements of a day of two snapshots: they tell how a rollup is computed, limits included. */
const recipe = new TextEncoder().encode(stationDaySql([0, 1]).join('\n'));

/** SHA-256 of all that a rollup follows from: how it is computed, the Silver files, the good snapshots. */
export function madeOf(status: readonly FileEntry[], instants: readonly number[]): string {
  const files = new TextEncoder().encode(status.map((file) => file.sha256).join('\n'));
  const times = new Uint8Array(Float64Array.from(instants).buffer);
  const parts = [recipe, files, times].map((part) => sha256(part));
  return sha256(new TextEncoder().encode(parts.join('\n')));
}
