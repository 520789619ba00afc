import type { Engine } from '../../engine/engine.ts';
import { parquetRows } from '../../engine/sql.ts';
import type { FileEntry } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { dayOf, sha256 } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { attributesPart, newSets, readAttributeIds, type AttributeSet } from '../../silver/attributes.ts';
import { Draft } from '../draft.ts';
import type { LostFile } from '../protocol.ts';
import type { Contents } from './contents.ts';
import { lossBy } from './loss.ts';

/** What came of a day. */
interface Outcome {
  /** Snapshots that are in the lake now. */
  readonly added: number;
  /** Snapshots that were in it before. */
  readonly known: number;
  readonly lost: readonly LostFile[];
}

/**
 * Takes the Silver of a day of which a backup has no Bronze, where the lake has nothing of that day; else its files
 * are told as lost (`held`). All of the day, or nothing.
 */
export async function restoreSilverDay(
  { lake, engine }: { readonly lake: Lake; readonly engine: Engine },
  { tree, state }: Contents,
  source: string,
  day: string,
): Promise<Outcome> {
  const of = (table: string) =>
    Object.values(state.files).filter((file) => file.source === source && file.table === table);
  const files = ['station_status', 'rejects'].flatMap((table) =>
    of(table).filter(({ from }) => dayOf(from!) === day),
  );
  const briefs = sourceState(state, source).days[day] ?? [];
  const here = new Set((sourceState(lake.state, source).days[day] ?? []).map(([at]) => at));
  const left = (lost: readonly LostFile[], known = 0) => ({ added: 0, known, lost });
  if (here.size > 0) {
    const isKnown = briefs.every(([at]) => here.has(at));
    return isKnown ? left([], briefs.length) : left(files.map((file) => lostFile(file, 'held')));
  }
  const found = await readAll(tree, files);
  if ('lost' in found) return left(found.lost);
  const sets = await readAll(tree, of('station_attributes'));
  if ('lost' in sets) return left(files.map((file) => lostFile(file, 'damaged')));
  const attributes = await attributesOf(engine, sets.files);
  const paths = lake.entries('station_attributes', source).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  const fresh = newSets(await readAttributeIds(engine, paths), attributes);
  const draft = new Draft(lake, source);
  const from = Date.parse(day);
  const facts = { from, to: from, snapshots: 0, csv_bytes: 0 };
  await draft.put('station_attributes', await attributesPart(engine, source, fresh), facts);
  const written = [...draft.written];
  for (const { file, bytes } of found.files) written.push(await lake.put(file, bytes));
  await lake.append([{ kind: 'restore', source, files: written, snapshots: [], briefs, gaps: [] }]);
  return { added: briefs.length, known: 0, lost: [] };
}

interface ReadFile {
  readonly file: FileEntry;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The bytes of all files, verified; or those of them that are not as they were. */
async function readAll(
  tree: Contents['tree'],
  files: readonly FileEntry[],
): Promise<{ readonly files: ReadFile[] } | { readonly lost: LostFile[] }> {
  const read: ReadFile[] = [];
  const lost: LostFile[] = [];
  for (const file of files) {
    const bytes = await tree.read(file.path).catch(lossBy);
    if (typeof bytes === 'string') lost.push(lostFile(file, bytes));
    else if (sha256(bytes) === file.sha256) read.push({ file, bytes });
    else lost.push(lostFile(file, 'damaged'));
  }
  return lost.length > 0 ? { lost } : { files: read };
}

async function attributesOf(engine: Engine, files: readonly ReadFile[]): Promise<AttributeSet[]> {
  if (files.length === 0) return [];
  const names = files.map((_, index) => `backup-${index}.parquet`);
  for (const [index, name] of names.entries()) await engine.register(name, files[index]!.bytes);
  try {
    return await engine.query<AttributeSet & Record<string, string | number | null>>(
      `SELECT attributes_id, name, lat, lon, capacity, commune FROM ${parquetRows(names)}`,
    );
  } finally {
    for (const name of names) await engine.unregister(name);
  }
}

function lostFile({ path, table, snapshots }: FileEntry, reason: LostFile['reason']): LostFile {
  return { path, reason, snapshots: table === 'station_status' ? snapshots : 0 };
}
