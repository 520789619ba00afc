import type { Engine } from '../engine/engine.ts';
import { recipeOf, rollUpDay, rollups, type Rollup } from '../gold/rollups.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf, partPath, sha256 } from '../lake/names.ts';
import { groupBy } from './groupBy.ts';
import { goodSnapshots } from './status.ts';

/** What a lake holds of a UTC day that has Silver. */
export interface Day {
  /** 00:00 UTC. */
  readonly start: number;
  readonly status: readonly FileEntry[];
  /** `fetched_at` of its good snapshots, oldest first. */
  readonly instants: readonly number[];
  /** The rollups that were made of it; at most one of a table is still true of it. */
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
    const rollup = inside.length === day.instants.length ? trueRollup(day, 'station_day') : undefined;
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
  const due = days(lake, source).flatMap((day) => {
    const over = day.start + DAY <= now;
    if (!over || !isCompacted(day.status) || day.instants.length === 0) return [];
    const wanted = rollups.filter((rollup) => !trueRollup(day, rollup));
    return wanted.length > 0 ? [{ day, wanted }] : [];
  });
  for (const { day, wanted } of due.reverse()) await write(lake, engine, source, day, wanted);
  return due.length;
}

/** The paths of a day's rollups: they go when its Silver does. */
export function rollupsOf(lake: Lake, source: string, day: string): string[] {
  return entries(lake, source).flatMap(({ path, from }) => (dayOf(from!) === day ? [path] : []));
}

async function write(lake: Lake, engine: Engine, source: string, day: Day, wanted: readonly Rollup[]) {
  const { status, instants } = day;
  const paths = status.map(({ path }) => path);
  for (const path of paths) await engine.register(path, await lake.readSound(path));
  const made = await rollUpDay(engine, wanted, paths, instants);
  for (const path of paths) await engine.unregister(path);
  const [from, to] = [instants[0]!, instants.at(-1)!];
  const files: FileEntry[] = [];
  for (const { rollup, bytes, rows } of made) {
    const path = partPath('gold', rollup, source, from, 'day', sha256(bytes));
    const made_of = madeOf(rollup, status, instants);
    const facts = { rows, snapshots: instants.length, from, to, csv_bytes: 0, made_of };
    files.push(await lake.put({ path, layer: 'gold', table: rollup, source, ...facts }, bytes));
  }
  const replaces = day.rollups.flatMap(({ path, table }) => {
    return wanted.some((one) => one === table) && !files.some((file) => file.path === path) ? [path] : [];
  });
  await lake.append([{ kind: 'commit', source, files, replaces }]);
  await lake.sweep(replaces);
}

/** The days that have Silver and lie in a span at least in part, oldest first. */
export function days(lake: Lake, source: string, from = -Infinity, to = Infinity): Day[] {
  const byDay = (file: FileEntry) => dayOf(file.from!);
  const made = groupBy(entries(lake, source), byDay);
  return [...groupBy(lake.entries('station_status', source), byDay)].flatMap(([name, status]): Day[] => {
    const start = Date.parse(name);
    if (start > to || start + DAY <= from) return [];
    const instants = goodSnapshots(lake, source, start, start + DAY - 1).map(([at]) => at);
    return [{ start, status, instants, rollups: made.get(name) ?? [] }];
  });
}

function entries(lake: Lake, source: string): FileEntry[] {
  return rollups.flatMap((rollup) => lake.entries(rollup, source));
}

function isCompacted(status: readonly FileEntry[]): boolean {
  return status.length === 1 && status[0]!.path.includes('/day_');
}

/** The rollup that was made of what the day now holds. */
export function trueRollup({ status, instants, rollups }: Day, rollup: Rollup): FileEntry | undefined {
  const made = rollups.filter(({ table }) => table === rollup);
  if (made.length === 0) return undefined;
  const hash = madeOf(rollup, status, instants);
  return made.find(({ made_of }) => made_of === hash);
}

const text = (value: string) => new TextEncoder().encode(value);

const recipes = new Map(rollups.map((rollup) => [rollup, sha256(text(recipeOf(rollup)))]));

/** SHA-256 of all that a rollup follows from: how it is computed, the Silver files, the good snapshots. */
export function madeOf(rollup: Rollup, status: readonly FileEntry[], instants: readonly number[]): string {
  const files = sha256(text(status.map((file) => file.sha256).join('\n')));
  const times = sha256(new Uint8Array(Float64Array.from(instants).buffer));
  return sha256(text([recipes.get(rollup), files, times].join('\n')));
}
