import { packHour, type Member } from '../../bronze/archive.ts';
import { toVelolacError } from '../../errors.ts';
import type { Damage, FileEntry, Problem } from '../../lake/journal.ts';
import { copyBlob, DAMAGED, type Lake } from '../../lake/lake.ts';
import { bronzeHour, bronzeName, dayOf, instantOf, openFolder, sha256Of } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { readRows } from '../../bronze/csv.ts';
import { entryOf } from './finds.ts';
import { freePath } from '../compact.ts';
import { salvageHour } from './salvageHour.ts';

/** A file of the lake that is not as the journal says. */
export interface Fault {
  readonly entry: FileEntry;
  readonly problem: Problem;
}

/** What is to be made again from Bronze, by source. */
export interface Remainder {
  /** UTC days whose Silver is gone or damaged. */
  readonly days: ReadonlyMap<string, ReadonlySet<string>>;
  /** Sources all of whose Silver is to be written anew: the sets of attributes are of no one day. */
  readonly whole: ReadonlySet<string>;
  /** Sources whose station versions are to be decided anew. */
  readonly versions: ReadonlySet<string>;
}

export function noRemainder(): Remainder {
  return { days: new Map(), whole: new Set(), versions: new Set() };
}

export function faultsOf(lake: Lake, paths: readonly string[], problem: Problem): Fault[] {
  return paths.flatMap((path) => {
    const entry = lake.state.files[path];
    return entry ? [{ entry, problem }] : [];
  });
}

/**
 * Deals with damaged files. Bronze is set aside, below `damaged/`, with the journal telling of it; sound snapshots of a
 * damaged hour are kept. Gold is dropped: it is made again by itself. What of Silver is to be written anew comes back.
 */
export async function setAside(lake: Lake, faults: readonly Fault[]): Promise<Remainder> {
  const days = new Map<string, Set<string>>();
  const whole = new Set<string>();
  const versions = new Set<string>();
  for (const fault of faults) {
    const { path, layer, table, source, from } = fault.entry;
    lake.doubt(path);
    if (layer === 'bronze') await setBronzeAside(lake, fault);
    else if (layer === 'gold') await lake.append([{ kind: 'commit', source, files: [], replaces: [path] }]);
    else if (table === 'station_attributes') whole.add(source);
    else if (table === 'station_information') versions.add(source);
    else days.set(source, (days.get(source) ?? new Set()).add(dayOf(from!)));
  }
  const gone = faults.filter(({ entry }) => entry.layer !== 'silver').map(({ entry }) => entry.path);
  await lake.sweep(gone);
  return { days, whole, versions };
}

/** Sets a file aside that no event tells of, and that may be what is left of one that was acknowledged. */
export async function setAsideStray(lake: Lake, path: string): Promise<void> {
  const damage = strayDamage(path, await move(lake, path));
  await lake.append([{ kind: 'damage', damages: [damage], files: [] }]);
  await lake.sweep([path]);
}

/** What its path tells of a damaged file that no event tells of. */
export function strayDamage(path: string, moved: string): Damage {
  const name = bronzeName(path);
  const lost = name?.table === 'snapshot' ? [name.from] : [];
  return { path, source: name?.source ?? null, problem: 'content', moved, lost };
}

async function setBronzeAside(lake: Lake, { entry, problem }: Fault): Promise<void> {
  const { path, source, table } = entry;
  const moved = problem === 'missing' ? null : await move(lake, path);
  const within = instantsOf(lake, entry);
  const sound = table === 'hour' && moved !== null ? await soundOf(lake, entry, within) : [];
  const held = new Set(sound.map(({ name }) => instantOf(name)));
  const lost = within.filter((at) => !held.has(at));
  const files = sound.length > 0 ? [await repack(lake, entry, sound)] : [];
  await lake.append([{ kind: 'damage', damages: [{ path, source, problem, moved, lost }], files }]);
}

/** Copies what is left of a file below `damaged/`; the file itself is removed once the journal tells of it. */
async function move(lake: Lake, path: string): Promise<string> {
  return putAside(lake, path, await lake.storage.blob(path));
}

/**
 * Copies the remains of a file below `damaged/`, under its path, and gives where they lie. What lies there stays, which
 * may be the last of its kind: other remains get a number behind their name. Rejects like `Storage.write`.
 */
export async function putAside({ storage, fence }: Lake, path: string, remains: Blob): Promise<string> {
  for (let number = 1; ; number += 1) {
    const moved = number === 1 ? `${DAMAGED}/${path}` : `${DAMAGED}/${path}.${number}`;
    const there = await blobOrNull(storage, moved);
    // A copy that was ended in the middle is the beginning of what is copied.
    if (there && !(await isBeginning(there, remains))) continue;
    if (there?.size !== remains.size) await copyBlob(storage, moved, remains, fence);
    return moved;
  }
}

async function blobOrNull(storage: Lake['storage'], path: string): Promise<Blob | null> {
  try {
    return await storage.blob(path);
  } catch (thrown) {
    if (toVelolacError(thrown).code !== 'lake.missing_file') throw thrown;
    return null;
  }
}

async function isBeginning(start: Blob, of: Blob): Promise<boolean> {
  return start.size <= of.size && (await sha256Of(start)) === (await sha256Of(of.slice(0, start.size)));
}

/** The instants of the snapshots that a file of Bronze holds; of an import, none: what Silver has of it stays. */
function instantsOf(lake: Lake, { table, source, path, from, to }: FileEntry): number[] {
  if (table === 'snapshot') return [from!];
  if (table !== 'hour') return [];
  const others = lake
    .entries('snapshot', source)
    .filter((other) => other.path.startsWith(`${openFolder(path)}/`))
    .map((other) => other.from);
  const { days } = sourceState(lake.state, source);
  return (days[dayOf(from!)] ?? [])
    .map(([at]) => at)
    .filter((at) => at >= from! && at <= to! && !others.includes(at));
}

async function soundOf(
  lake: Lake,
  { path, source }: FileEntry,
  within: readonly number[],
): Promise<Member[]> {
  const isKnown = (name: string) => name.startsWith(`${source}_`) && within.includes(instantOf(name) ?? NaN);
  return salvageHour(await lake.storage.read(path), isKnown);
}

async function repack(lake: Lake, entry: FileEntry, sound: readonly Member[]): Promise<FileEntry> {
  const { source, from } = entry;
  async function* each() {
    yield* sound;
  }
  const bytes = await packHour(each());
  const path = freePath((one) => one in lake.state.files, bronzeHour(source, from!));
  const rows = sound.map(({ name, bytes: csv }) => {
    const fetched_at = instantOf(name)!;
    return { fetched_at, bytes: csv.length, rows: readRows(new TextDecoder().decode(csv)).length };
  });
  return lake.put(entryOf(path, 'hour', source, bytes, rows), bytes);
}
