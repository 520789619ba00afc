import type { Lake } from '../../lake/lake.ts';
import { dayOf, HOUR, instantOf, nameOf } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { entries } from '../../sources/readers/zip.ts';
import type { Contents } from './contents.ts';
import { lossBy } from './loss.ts';

/** Those of a lake's snapshots that have only Silver since their Bronze was damaged, where a backup has just these. */
export function bareOf(
  lake: Lake,
  { state }: Contents,
  source: string,
  here: ReadonlyMap<number, ReadonlySet<string>>,
): Set<number> {
  const { days, without_bronze } = sourceState(lake.state, source);
  const theirs = sourceState(state, source).days;
  const damaged = lake.state.damages.filter((one) => one.source === source && one.path.startsWith('bronze/'));
  const bytesAt = (at: number, of: typeof days) => of[dayOf(at)]?.find(([instant]) => instant === at)?.[3];
  const isBare = (at: number) =>
    here.get(at)?.size === 0 &&
    !without_bronze.includes(dayOf(at)) &&
    bytesAt(at, days) === bytesAt(at, theirs);
  return new Set(damaged.flatMap(({ lost }) => lost).filter(isBare));
}

/** The snapshots of an hour that a lake has: names by instant. */
export async function snapshotsOf(
  lake: Lake,
  source: string,
  hour: number,
): Promise<Map<number, Set<string>>> {
  const isInside = (at: number | null) => at !== null && Math.floor(at / HOUR) === hour;
  const found = new Map<number, Set<string>>();
  for (const [at] of sourceState(lake.state, source).days[dayOf(hour * HOUR)] ?? []) {
    if (isInside(at)) found.set(at, new Set());
  }
  const add = (name: string) => {
    const at = instantOf(name);
    if (at !== null) found.get(at)?.add(name);
  };
  for (const { path, from } of lake.entries('snapshot', source)) {
    if (isInside(from)) add(nameOf(path));
  }
  for (const { path, from } of lake.entries('hour', source)) {
    if (!isInside(from)) continue;
    for (const name of await namesIn(lake, path)) add(name);
  }
  return found;
}

/** What is in a ZIP of the lake; nothing where that is lost: then its snapshots are known by their instants. */
async function namesIn(lake: Lake, zip: string): Promise<string[]> {
  const found = await lake.storage.blob(zip).then(entries).catch(lossBy);
  return typeof found === 'string' ? [] : found.map(({ path }) => path);
}
