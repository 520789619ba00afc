import { unpackHour } from '../bronze/archive.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { HOUR, instantOf, openFolder } from '../lake/names.ts';

/** A snapshot's CSV as Bronze holds it. */
export interface BronzeCsv {
  /** The path it was committed under, whether it is in its hour's ZIP by now or not. */
  readonly path: string;
  readonly fetched_at: number;
  readonly csv: string;
}

/**
 * The snapshots of a source in Bronze, an hour at a time and in the order of time: those of open hours from their
 * own files, those of closed ones from their ZIPs. `wants` chooses hours (hours since the epoch). What is listed
 * is what the lake holds at the first step.
 */
export async function* bronzeHours(
  lake: Lake,
  source: string,
  wants: (hour: number) => boolean,
): AsyncGenerator<BronzeCsv[]> {
  const hours = new Map<number, FileEntry[]>();
  for (const entry of [...lake.entries('hour', source), ...lake.entries('snapshot', source)]) {
    const hour = Math.floor(entry.from! / HOUR);
    if (wants(hour)) hours.set(hour, [...(hours.get(hour) ?? []), entry]);
  }
  for (const [, entries] of [...hours].sort(([a], [b]) => a - b)) {
    const csvs = (await Promise.all(entries.map((entry) => csvsIn(lake, entry)))).flat();
    yield csvs.sort((a, b) => a.fetched_at - b.fetched_at);
  }
}

/** A snapshot in Bronze: the one of a path, or of an instant (ms since the epoch); null where there is none. */
export async function readSnapshot(
  lake: Lake,
  source: string,
  at: number,
  path: string | null,
): Promise<BronzeCsv | null> {
  const hour = Math.floor(at / HOUR);
  for await (const csvs of bronzeHours(lake, source, (one) => one === hour)) {
    const found = csvs.find((one) => (path === null ? one.fetched_at === at : one.path === path));
    if (found) return found;
  }
  return null;
}

async function csvsIn(lake: Lake, { path, table, from }: FileEntry): Promise<BronzeCsv[]> {
  const bytes = await lake.readSound(path);
  const decoder = new TextDecoder();
  if (table === 'snapshot') return [{ path, fetched_at: from!, csv: decoder.decode(bytes) }];
  const folder = openFolder(path);
  return unpackHour(bytes).map(({ name, bytes: csv }) => {
    return { path: `${folder}/${name}`, fetched_at: instantOf(name)!, csv: decoder.decode(csv) };
  });
}
