import type { Engine } from '../../engine/engine.ts';
import { parquetRows } from '../../engine/sql.ts';
import type { Damage, FileEntry, SnapshotBrief } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { dayOf, sha256 } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { attributesPart, newSets, readAttributeIds, type AttributeSet } from '../../silver/attributes.ts';
import { carryRows, rowsByInstant } from '../carryOver.ts';
import { Draft } from '../draft.ts';
import type { Contents } from './contents.ts';
import { lossBy, type Missed } from './loss.ts';

/** What came of the Silver of a day. */
interface Outcome {
  /** Instants of the snapshots that came. */
  readonly added: readonly number[];
  readonly missed: readonly Missed[];
}

type Bytes = Uint8Array<ArrayBuffer>;

/**
 * Takes what a backup has only as Silver of a UTC day: `gone` are the snapshots, oldest first, whose Bronze was dropped,
 * or damaged, before or with one of the files that `lost` tells of: then the lake tells of that as of damage of its own.
 * A snapshot comes with all of its stations or not at all; rows that were rejected stay away where their file is damaged,
 * which is told. Rejects with `engine.*`, `lake.*`.
 */
export async function restoreSilverDay(
  { lake, engine }: { readonly lake: Lake; readonly engine: Engine },
  { tree, state }: Contents,
  source: string,
  gone: readonly SnapshotBrief[],
  lost: readonly Missed[],
): Promise<Outcome> {
  const day = dayOf(gone[0]![0]);
  const of = (table: string) =>
    Object.values(state.files).filter((file) => file.source === source && file.table === table);
  const isOf = ({ from, to }: FileEntry) => gone.some(([at]) => at >= from! && at <= to!);
  const files = ['station_status', 'rejects'].flatMap((table) =>
    of(table).filter((file) => dayOf(file.from!) === day && isOf(file)),
  );
  if (files.length === 0) return { added: [], missed: [] };
  const missed: Missed[] = [];
  const sets: Bytes[] = [];
  for (const file of of('station_attributes')) {
    const bytes = await soundBytes(tree, file);
    // Without what its stations are a snapshot is not whole; its files are, but of no use.
    if (typeof bytes === 'string')
      return { added: [], missed: files.map((one) => missedFile(one, 'damaged')) };
    sets.push(bytes);
  }
  const draft = new Draft(lake, source);
  const came = new Set<number>();
  try {
    for (const file of files) {
      const isData = file.table === 'station_status';
      const wanted = gone.filter(([at, , stations]) =>
        isData ? !came.has(at) : came.has(at) || stations === 0,
      );
      const bytes = await soundBytes(tree, file);
      if (typeof bytes === 'string') missed.push(missedFile(file, bytes));
      else for (const at of await takeRows(lake, engine, draft, file, bytes, wanted)) came.add(at);
    }
    if (came.size === 0) return { added: [], missed };
    await putAttributes(lake, engine, draft, source, Date.parse(day), sets);
    const ours = sourceState(lake.state, source);
    const isDropped = sourceState(state, source).without_bronze.includes(day);
    const isAlone = (ours.days[day] ?? []).length === 0 || ours.without_bronze.includes(day);
    const briefs = gone.filter(([at]) => came.has(at));
    const damages = damagesOf(source, briefs, lost, state.damages, lake.state.damages);
    const told = { ...(!(isDropped && isAlone) && { mixed: true as const }), damages };
    const event = { kind: 'restore', source, files: draft.written, snapshots: [], briefs, gaps: [] } as const;
    await lake.append([{ ...event, ...told }]);
    return { added: briefs.map(([at]) => at), missed };
  } catch (thrown) {
    await draft.discard();
    throw thrown;
  }
}

/** Puts the rows of some snapshots into a draft, and a file that has no others as it is; gives the instants it has. */
async function takeRows(
  lake: Lake,
  engine: Engine,
  draft: Draft,
  file: FileEntry,
  bytes: Bytes,
  briefs: readonly SnapshotBrief[],
): Promise<number[]> {
  const instants = new Set(briefs.map(([at]) => at));
  const name = `backup/${file.path}`;
  await engine.register(name, bytes.slice());
  try {
    const all = await rowsByInstant(engine, name);
    const wanted = all.map(({ at }) => at).filter((at) => instants.has(at));
    if (wanted.length < all.length) await carryRows(engine, draft, file, name, wanted);
    else if (wanted.length > 0) draft.written.push(await lake.put(file, bytes));
    return wanted;
  } finally {
    await engine.unregister(name);
  }
}

/** Puts those sets of attributes into a draft that the lake lacks. */
async function putAttributes(
  lake: Lake,
  engine: Engine,
  draft: Draft,
  source: string,
  at: number,
  files: readonly Bytes[],
): Promise<void> {
  const names = files.map((_, index) => `backup/attributes-${index}.parquet`);
  for (const [index, name] of names.entries()) await engine.register(name, files[index]!);
  try {
    const sets =
      names.length === 0
        ? []
        : await engine.query<AttributeSet & Record<string, string | number | null>>(
            `SELECT attributes_id, name, lat, lon, capacity, commune FROM ${parquetRows(names)}`,
          );
    const paths = lake.entries('station_attributes', source).map(({ path }) => path);
    await engine.registerAll(paths, (path) => lake.read(path));
    const fresh = newSets(await readAttributeIds(engine, paths), sets);
    const facts = { from: at, to: at, snapshots: 0, csv_bytes: 0 };
    await draft.put('station_attributes', await attributesPart(engine, source, fresh), facts);
  } finally {
    for (const name of names) await engine.unregister(name);
  }
}

/** What the lake is to know of the Bronze of snapshots that came as Silver: as if it had been damaged here. */
function damagesOf(
  source: string,
  briefs: readonly SnapshotBrief[],
  lost: readonly Missed[],
  theirs: readonly Damage[],
  ours: readonly Damage[],
): Damage[] {
  const found = new Map<string, Damage & { readonly lost: number[] }>();
  const before = new Set<Damage>();
  for (const [at] of briefs) {
    const inside = lost.filter(({ from, to }) => at >= from && at <= to);
    const [one] = inside.sort((a, b) => a.to - a.from - (b.to - b.from));
    if (one) {
      const problem = one.reason === 'missing' ? 'missing' : 'content';
      const none = { path: one.file, source, problem, moved: null, lost: [] } as const;
      const damage = found.get(one.file) ?? { ...none, lost: [] };
      damage.lost.push(at);
      found.set(one.file, damage);
      continue;
    }
    // What was set aside comes by itself (`aside.ts`).
    const told = theirs.find(
      (damage) => damage.moved === null && damage.source === source && damage.lost.includes(at),
    );
    if (told && !ours.some(({ path, moved }) => path === told.path && moved === null)) before.add(told);
  }
  return [...found.values(), ...before];
}

/** A file's bytes, or why they cannot be taken. */
async function soundBytes(tree: Contents['tree'], { path, sha256: sum }: FileEntry) {
  const bytes = await tree.read(path).catch(lossBy);
  return typeof bytes === 'string' || sha256(bytes) === sum ? bytes : 'damaged';
}

function missedFile({ path, table, from, to, snapshots }: FileEntry, reason: Missed['reason']): Missed {
  const inside = table === 'station_status' ? snapshots : 0;
  return { path, file: path, reason, snapshots: inside, from: from!, to: to! };
}
