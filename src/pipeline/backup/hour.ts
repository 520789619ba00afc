import { packHour, unpackHour, type Member } from '../../bronze/archive.ts';
import type { SnapshotRow } from '../../lake/journal.ts';
import type { FileDraft, Lake } from '../../lake/lake.ts';
import { bronzeHour, dayOf, HOUR, nameOf, openFolder, sha256, snapshotInstant } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { entries } from '../../sources/readers/zip.ts';
import { freePath } from '../compact.ts';
import type { LostFile } from '../protocol.ts';
import { isNamed } from '../repair/finds.ts';
import { salvageHour } from '../repair/salvageHour.ts';
import { attemptOf } from './attemptOf.ts';
import type { BronzeFile, Contents } from './contents.ts';
import { bareOf, snapshotsOf } from './hourHere.ts';
import { lossBy, type Missed } from './loss.ts';

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
  /** Snapshots that the lake has otherwise. */
  readonly conflicts: LostFile[] = [];
  /** Files, or members of a ZIP, that gave nothing. */
  readonly missed: Missed[] = [];
  /** Instants of the snapshots that the files hold. */
  readonly held = new Set<number>();
  /** Snapshots of ZIPs that cannot be taken as they are. */
  readonly #loose: (Fresh & Member)[] = [];

  private constructor(
    private readonly lake: Lake,
    private readonly contents: Contents,
    private readonly source: string,
    /** Names of the snapshots of each instant that the lake has; none where it has only their Silver. */
    private readonly here: Map<number, Set<string>>,
    /** Instants of those of them whose Bronze was damaged, and may come back. */
    private readonly bare: ReadonlySet<number>,
  ) {}

  static async of(lake: Lake, contents: Contents, files: readonly BronzeFile[]): Promise<HourMerge> {
    const { source, from } = files[0]!;
    const hour = Math.floor(from / HOUR);
    const here = await snapshotsOf(lake, source, hour);
    const merge = new HourMerge(lake, contents, source, here, bareOf(lake, contents, source, here));
    for (const file of files) await merge.#take(file);
    if (merge.#loose.length > 0) {
      const path = freePath(merge.#isTaken, bronzeHour(source, hour * HOUR));
      const bytes = await packHour(each(merge.#loose));
      merge.#add(path, 'hour', merge.#loose, bytes);
    }
    return merge;
  }

  async #take(file: BronzeFile): Promise<void> {
    const { path, table, from, sha256: expected } = file;
    if (table === 'snapshot' && !this.#lacks(path, from)) return;
    if (table === 'body' && path in this.lake.state.files) return;
    const bytes = await this.#read(file);
    if (!bytes) return;
    const hash = sha256(bytes);
    const isSound =
      expected === null ? table === 'snapshot' && isNamed({ name: path, bytes }) : hash === expected;
    if (table === 'hour') return this.#takeZip(file, bytes, isSound);
    if (!isSound) this.#miss(file, 'damaged');
    else if (table === 'body') this.#takeBody(file, bytes);
    else if (this.#takes(path, from)) this.#add(path, table, [this.#note(path, bytes)], bytes);
  }

  async #takeZip(file: BronzeFile, bytes: Uint8Array<ArrayBuffer>, isSound: boolean): Promise<void> {
    const members = await entries(new Blob([bytes])).catch(lossBy);
    const names = typeof members === 'string' ? [] : members.map(({ path }) => path);
    if (!isSound || typeof members === 'string') return this.#salvage(file, bytes, names);
    const folder = openFolder(file.path);
    const fresh = names.filter((name) => {
      const at = this.#instantIn(file, name);
      return at !== null && this.#takes(`${file.path}/${name}`, at);
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
    const sound = new Set<string>();
    for (const one of found) {
      const path = `${folder}/${one.name}`;
      const told = this.contents.attempts.get(path)?.content_hash;
      if (told !== undefined && told !== sha256(one.bytes)) continue;
      sound.add(one.name);
      if (!this.#takes(`${file.path}/${one.name}`, this.#instantIn(file, one.name)!)) continue;
      this.#loose.push({ ...this.#note(path, one.bytes), ...one });
    }
    const expected = new Set([...names, ...recorded].filter(isKnown));
    for (const name of expected) if (!sound.has(name)) this.#miss(file, 'damaged', name);
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
    // An answer without stations is a snapshot of none: the lake may have it still, and have lost its body.
    if (attempt && !this.here.has(attempt.fetched_at)) this.bodies.push(attempt);
    const facts = { rows: null, snapshots: 0, from, to, csv_bytes: 0 };
    this.files.push({ draft: { path, layer: 'bronze', table: 'body', source, ...facts }, bytes });
  }

  /** Whether the lake lacks the Bronze of a snapshot; notes what is here otherwise. */
  #lacks(path: string, at: number): boolean {
    const names = this.here.get(at);
    if (!names || (names.size === 0 && this.bare.has(at))) return true;
    this.held.add(at);
    if (names.size > 0 && !names.has(nameOf(path)))
      this.conflicts.push({ path, reason: 'conflict', snapshots: 1 });
    return false;
  }

  /** Whether the lake lacks the Bronze of a snapshot: from then on it has it. */
  #takes(path: string, at: number): boolean {
    if (!this.#lacks(path, at)) return false;
    this.here.set(at, new Set([nameOf(path)]));
    this.held.add(at);
    return true;
  }

  #note(path: string, bytes: Uint8Array<ArrayBuffer>): Fresh {
    const snapshot = this.contents.attempts.get(path) ?? attemptOf(this.source, path, bytes);
    const one = { snapshot, csv: new TextDecoder().decode(bytes) };
    if (!this.bare.has(snapshot.fetched_at)) this.fresh.push(one);
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

  /** Notes a file, or a member of it, that cannot be taken. */
  #miss(file: BronzeFile, reason: LostFile['reason'], name: string | null = null): void {
    const { path, from, to, snapshots } = file;
    const at = name === null ? null : this.#instantIn(file, name)!;
    const one =
      at === null
        ? { path, from, to, snapshots }
        : { path: `${path}/${name}`, from: at, to: at, snapshots: 1 };
    this.missed.push({ ...one, file: path, reason });
  }

  readonly #isTaken = (path: string): boolean => {
    return path in this.lake.state.files || this.files.some(({ draft }) => draft.path === path);
  };
}

async function* each(members: readonly Member[]): AsyncGenerator<Member> {
  yield* members;
}
