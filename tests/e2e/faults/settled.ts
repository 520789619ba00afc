import type { Page } from '@playwright/test';
import type { FileEntry, JournalEvent } from '../../../src/lake/journal.ts';
import { listFiles, readFile } from '../opfs.ts';
import { native } from '../oracle.ts';
import { attemptsOf, events, filesOf, sha256 } from './bronze.ts';

const HOUR = 3_600_000;

/** What the lake has still to do at an instant of its clock: Silver to write, hours to pack, files to sweep. */
export async function unsettled(page: Page, now: number): Promise<string[]> {
  const journal = await events(page);
  const files = filesOf(journal);
  const good = goodSnapshots(journal).size;
  const inSilver = statuses(files).reduce((sum, { snapshots }) => sum + snapshots, 0);
  const open = [...files.values()].filter(({ table, from }) => {
    return table === 'snapshot' && Math.floor(from! / HOUR) < Math.floor(now / HOUR);
  });
  return [
    ...(inSilver === good ? [] : [`Silver has ${inSilver} of ${good} snapshots`]),
    ...open.map(({ path }) => `to pack: ${path}`),
    ...(await strays(page, files)).map((path) => `to sweep: ${path}`),
  ];
}

/** Files on disk that are not in the lake. */
async function strays(page: Page, files: ReadonlyMap<string, FileEntry>): Promise<string[]> {
  const paths = await listFiles(page, 'live');
  return paths.filter((path) => !/^(journal|damaged)\//.test(path) && !files.has(path));
}

/** Files of the lake that are not, byte for byte, what the journal says of them. */
export async function unsound(page: Page): Promise<string[]> {
  const files = filesOf(await events(page));
  const onDisk = new Set(await listFiles(page, 'live'));
  const found: string[] = [];
  for (const { path, bytes, sha256: hash } of files.values()) {
    if (!onDisk.has(path)) {
      found.push(`missing: ${path}`);
      continue;
    }
    const read = await readFile(page, 'live', path);
    if (read.length !== bytes || sha256(read) !== hash) found.push(`other content: ${path}`);
  }
  return found;
}

/**
 * Silver's rows as native DuckDB counts them: each station once a snapshot, and every good snapshot there. Of the files
 * that events leave in the lake, or, where the journal itself is damaged, that are on disk.
 */
export async function silverCounts(
  page: Page,
  by: 'journal' | 'disk' = 'journal',
): Promise<{ rows: number; keys: number; snapshots: number; good: number }> {
  const journal = await events(page);
  const onDisk = (await listFiles(page, 'live')).filter((path) => path.startsWith('silver/station_status/'));
  const paths = by === 'disk' ? onDisk : statuses(filesOf(journal)).map(({ path }) => path);
  const good = goodSnapshots(journal).size;
  if (paths.length === 0) return { rows: 0, keys: 0, snapshots: 0, good };
  const bytes = await Promise.all(paths.map((path) => readFile(page, 'live', path)));
  const files = Object.fromEntries(bytes.map((one, index) => [`${index}.parquet`, one]));
  const list = Object.keys(files).map((name) => `{${name}}`);
  const [row] = await native(
    `SELECT count(*)::INTEGER AS rows, count(DISTINCT (station_code, fetched_at))::INTEGER AS keys,
      count(DISTINCT fetched_at)::INTEGER AS snapshots FROM read_parquet([${list.join()}], hive_partitioning = false)`,
    files,
  );
  return { ...(row as { rows: number; keys: number; snapshots: number }), good };
}

function statuses(files: ReadonlyMap<string, FileEntry>): FileEntry[] {
  return [...files.values()].filter(({ table }) => table === 'station_status');
}

/** Instants of the snapshots that Silver takes, recorded and imported. */
function goodSnapshots(journal: readonly JournalEvent[]): Set<number> {
  const recorded = attemptsOf(journal).filter(({ outcome }) => outcome === 'ok');
  const imported = journal.flatMap((event) => (event.kind === 'import' ? event.snapshots : []));
  const good = imported.filter(([, outcome]) => outcome === 'ok');
  return new Set([...recorded.map(({ fetched_at }) => fetched_at), ...good.map(([at]) => at)]);
}
