import { packHour, unpackHour, type Member } from '../../bronze/archive.ts';
import type { SnapshotRow } from '../../lake/journal.ts';
import type { FileDraft, Lake } from '../../lake/lake.ts';
import { bronzeHour, dayOf, HOUR, instantOf, sha256 } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { entries } from '../../sources/readers/zip.ts';
import { freePath } from '../compact.ts';
import type { LostFile } from '../protocol.ts';
import { isNamed, openFolder } from '../repair/finds.ts';
import { salvageHour } from '../repair/salvageHour.ts';
import { attemptOf } from './attemptOf.ts';
import { snapshotInstant, type BronzeFile, type Contents } from './contents.ts';
import { lossBy } from './loss.ts';

/** A snapshot that the lake does not have. */
export interface Fresh {
  readonly snapshot: SnapshotRow;
  readonly csv: string;
}

/**
 * What a backup has of one hour of a source that the lake does not have. A snapshot is known by its instant and its
 * content, which its name tells (`names.ts`). Every file, or of a damaged ZIP every member, is verified.
 */
export class HourMerge {
  readonly fresh: Fresh[] = [];
  /** Answers that were no snapshot. */
  readonly bodies: SnapshotRow[] = [];
  /** What is to be written. */
  readonly files: { readonly draft: FileDraft; readonly bytes: Uint8Array<ArrayBuffer> }[] = [];
  readonly lost: LostFile[] = [];
  /** Snapshots that the lake has. */
  known = 0;
  /** Snapshots of ZIPs that cannot be taken as they are. */
  readonly #loose: (Fresh & Member)[] = [];
  /** Files that gave nothing. A snapshot in another file of the hour is not lost: `at` is its instant, or null. */
  readonly #missed: { readonly at: number | null; readonly file: LostFile }[] = [];

  private constructor(
    private readonly lake: Lake,
    private readonly contents: Contents,
    private readonly source: string,
    /** Names of the snapshots of each instant that the lake has; none where it has only their Silver. */
    private readonly here: Map<number, Set<string>>,
  ) {}

  static async of(lake: Lake, contents: Contents, files: readonly BronzeFile[]): Promise<HourMerge> {
    const { source, from } = files[0]!;
    const hour = Math.floor(from / HOUR);
    const merge = new HourMerge(lake, contents, source, await snapshotsOf(lake, source, hour));
    for (const file of files) await merge.#take(file);
    for (const { at, file } of merge.#missed) {
      if (at !== null && merge.here.has(at)) continue;
      if (at !== null) merge.here.set(at, new Set());
      merge.lost.push(file);
    }
    if (merge.#loose.length > 0) {
      const path = freePath(merge.#isTaken, bronzeHour(source, hour * HOUR));
      const bytes = await packHour(each(merge.#loose));
      merge.#add(path, 'hour', merge.#loose, bytes);
    }
    return merge;
  }

  async #take(file: BronzeFile): Promise<void> {
    const { path, table, from, sha256: expected } = file;
    if (table === 'snapshot' && !this.#isFresh(path, from, false)) return;
    if (table === 'body' && path in this.lake.state.files) return;
    const bytes = await this.#read(file);
    if (!bytes) return;
    const hash = sha256(bytes);
    const isSound =
      expected === null ? table === 'snapshot' && isNamed({ name: path, bytes }) : hash === expected;
    if (table === 'hour') return this.#takeZip(file, bytes, isSound);
    if (!isSound) this.#miss(file, 'damaged');
    else if (table === 'body') this.#takeBody(file, bytes);
    else if (this.#isFresh(path, from)) this.#add(path, table, [this.#note(path, bytes)], bytes);
  }

  async #takeZip(file: BronzeFile, bytes: Uint8Array<ArrayBuffer>, isSound: boolean): Promise<void> {
    const members = await entries(new Blob([bytes])).catch(lossBy);
    const names = typeof members === 'string' ? [] : members.map(({ path }) => path);
    if (!isSound || typeof members === 'string') return this.#salvage(file, bytes, names);
    const folder = openFolder(file.path);
    const fresh = names.filter((name) => {
      const at = this.#instantIn(file, name);
      return at !== null && this.#isFresh(`${file.path}/${name}`, at);
    });
    if (fresh.length === 0) return;
    const found = unpackHour(bytes)
      .filter(({ name }) => fresh.includes(name))
      .map((one) => ({ ...this.#note(`${folder}/${one.name}`, one.bytes), ...one }));
    if (fresh.length < names.length || this.#isTaken(file.path)) this.#loose.push(...found);
    else this.#add(file.path, 'hour', found, bytes);
  }

  /** Takes of a damaged ZIP, or of one that nothing vouches for, the members that are what their names say. */
  async #salvage(file: BronzeFile, bytes: Uint8Array<ArrayBuffer>, names: readonly string[]): Promise<void> {
    const folder = openFolder(file.path);
    const recorded = this.#recordedIn(folder);
    const isKnown = (name: string) => {
      return this.#instantIn(file, name) !== null && (recorded.length === 0 || recorded.includes(name));
    };
    const found = await salvageHour(bytes, isKnown);
    for (const one of found) {
      const path = `${folder}/${one.name}`;
      const told = this.contents.attempts.get(path)?.content_hash;
      if (told !== undefined && told !== sha256(one.bytes)) continue;
      if (!this.#isFresh(`${file.path}/${one.name}`, this.#instantIn(file, one.name)!)) continue;
      this.#loose.push({ ...this.#note(path, one.bytes), ...one });
    }
    const expected = new Set([...names, ...recorded].filter(isKnown));
    for (const name of expected) {
      const path = `${file.path}/${name}`;
      this.#miss({ ...file, path, snapshots: 1 }, 'damaged', this.#instantIn(file, name));
    }
    const rest = Math.max(file.snapshots - found.length, 0);
    if (expected.size === 0) this.#miss({ ...file, snapshots: rest }, 'damaged');
  }

  /** Names of the snapshots that the backup's journal tells of in an hour. */
  #recordedIn(folder: string): string[] {
    const { attempts, state } = this.contents;
    const held = sourceState(state, this.source).days;
    return [...attempts].flatMap(([path, { fetched_at }]) => {
      const isIn = path.startsWith(`${folder}/`) && path.endsWith('.csv');
      const isHeld = isIn && held[dayOf(fetched_at)]?.some(([at]) => at === fetched_at);
      return isHeld ? [path.slice(folder.length + 1)] : [];
    });
  }

  /** The instant of a member of an hour's ZIP; null for a name that is none of the hour's. */
  #instantIn({ from }: BronzeFile, name: string): number | null {
    const at = snapshotInstant(this.source, name);
    return at !== null && Math.floor(at / HOUR) === Math.floor(from / HOUR) ? at : null;
  }

  #takeBody({ path, source, from, to }: BronzeFile, bytes: Uint8Array<ArrayBuffer>): void {
    const attempt = this.contents.attempts.get(path);
    if (attempt) this.bodies.push(attempt);
    const facts = { rows: null, snapshots: 0, from, to, csv_bytes: 0 };
    this.files.push({ draft: { path, layer: 'bronze', table: 'body', source, ...facts }, bytes });
  }

  /** Whether the lake lacks a snapshot, which it has from then on if it `isTaken`; notes what it has, and what conflicts. */
  #isFresh(path: string, at: number, isTaken = true): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const names = this.here.get(at);
    if (!names) {
      if (isTaken) this.here.set(at, new Set([name]));
      return true;
    }
    if (names.size === 0 || names.has(name)) this.known += 1;
    else this.lost.push({ path, reason: 'conflict', snapshots: 1 });
    return false;
  }

  #note(path: string, bytes: Uint8Array<ArrayBuffer>): Fresh {
    const snapshot = this.contents.attempts.get(path) ?? attemptOf(this.source, path, bytes);
    const one = { snapshot, csv: new TextDecoder().decode(bytes) };
    this.fresh.push(one);
    return one;
  }

  #add(path: string, table: string, found: readonly Fresh[], bytes: Uint8Array<ArrayBuffer>): void {
    const snapshots = found.map(({ snapshot }) => snapshot);
    const times = snapshots.map(({ fetched_at }) => fetched_at);
    const total = (key: 'rows' | 'bytes') => snapshots.reduce((sum, one) => sum + one[key], 0);
    const { source } = this;
    const draft: FileDraft = {
      ...{ path, layer: 'bronze', table, source, snapshots: found.length },
      ...{ rows: total('rows'), csv_bytes: total('bytes') },
      ...{ from: Math.min(...times), to: Math.max(...times) },
    };
    this.files.push({ draft, bytes });
  }

  async #read(file: BronzeFile): Promise<Uint8Array<ArrayBuffer> | null> {
    const bytes = await this.contents.tree.read(file.path).catch(lossBy);
    if (typeof bytes !== 'string') return bytes;
    this.#miss(file, bytes);
    return null;
  }

  #miss(
    { path, table, from, snapshots }: BronzeFile,
    reason: LostFile['reason'],
    at = table === 'snapshot' ? from : null,
  ): void {
    this.#missed.push({ at, file: { path, reason, snapshots } });
  }

  readonly #isTaken = (path: string): boolean => {
    return path in this.lake.state.files || this.files.some(({ draft }) => draft.path === path);
  };
}

/** The snapshots of an hour that a lake has: names by instant. */
async function snapshotsOf(lake: Lake, source: string, hour: number): Promise<Map<number, Set<string>>> {
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
    if (isInside(from)) add(path.slice(path.lastIndexOf('/') + 1));
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

async function* each(members: readonly Member[]): AsyncGenerator<Member> {
  yield* members;
}
