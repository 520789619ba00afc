import { packHour, unpackHour, type Member } from '../../bronze/archive.ts';
import type { SnapshotRow } from '../../lake/journal.ts';
import type { FileDraft, Lake } from '../../lake/lake.ts';
import { bronzeHour, dayOf, HOUR, instantOf, sha256 } from '../../lake/names.ts';
import { sourceState } from '../../lake/state.ts';
import { bytesOf, whole } from '../../sources/readers/content.ts';
import { entries, member } from '../../sources/readers/zip.ts';
import { freePath } from '../compact.ts';
import type { LostFile } from '../protocol.ts';
import { attemptOf } from './attemptOf.ts';
import { snapshotInstant, type BronzeFile, type Contents } from './contents.ts';
import { lossBy } from './loss.ts';

/** A snapshot that the lake does not have. */
export interface Fresh {
  readonly snapshot: SnapshotRow;
  readonly csv: string;
}

/** The most bytes of one snapshot's CSV: a hundred times the city's. */
const MAX_CSV = 20e6;

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
    if (merge.#loose.length > 0) {
      const path = freePath(merge.#isTaken, bronzeHour(source, hour * HOUR));
      const bytes = await packHour(each(merge.#loose));
      merge.#add(path, 'hour', merge.#loose, bytes);
    }
    return merge;
  }

  async #take(file: BronzeFile): Promise<void> {
    const { path, table, from, sha256: expected } = file;
    if (table === 'snapshot' && !this.#isFresh(path, from)) return;
    if (table === 'body' && path in this.lake.state.files) return;
    const bytes = await this.#read(file);
    if (!bytes) return;
    const hash = sha256(bytes);
    const isSound = expected === null ? table === 'snapshot' && isNamed(path, hash) : hash === expected;
    if (table === 'hour') return this.#takeZip(file, bytes, isSound);
    if (!isSound) this.#lose(file, 'damaged');
    else if (table === 'snapshot') this.#add(path, table, [this.#note(path, bytes)], bytes);
    else this.#takeBody(file, bytes);
  }

  async #takeZip(file: BronzeFile, bytes: Uint8Array<ArrayBuffer>, isSound: boolean): Promise<void> {
    const zip = new Blob([bytes]);
    const members = await entries(zip).catch(lossBy);
    if (typeof members === 'string') {
      this.#lose(file, members);
      return;
    }
    const fresh = members.filter((entry) => {
      const at = snapshotInstant(this.source, entry.path);
      const isInside = at !== null && Math.floor(at / HOUR) === Math.floor(file.from / HOUR);
      return isInside && this.#isFresh(`${file.path}/${entry.path}`, at);
    });
    const folder = file.path.replace(/(-\d+)?\.zip$/, '');
    if (isSound && fresh.length === members.length && !this.#isTaken(file.path)) {
      const found = unpackHour(bytes).map(({ name, bytes: csv }) => this.#note(`${folder}/${name}`, csv));
      this.#add(file.path, 'hour', found, bytes);
      return;
    }
    for (const entry of fresh) {
      const csv = await whole(member(zip, entry), MAX_CSV).then(bytesOf).catch(lossBy);
      const path = `${folder}/${entry.path}`;
      const attempt = this.contents.attempts.get(path);
      const hash = typeof csv === 'string' ? '' : sha256(csv);
      if (typeof csv === 'string' || !(attempt ? attempt.content_hash === hash : isNamed(path, hash))) {
        this.lost.push({ path: `${file.path}/${entry.path}`, reason: 'damaged', snapshots: 1 });
      } else {
        this.#loose.push({ ...this.#note(path, csv), name: entry.path, bytes: csv });
      }
    }
  }

  #takeBody({ path, source, from, to }: BronzeFile, bytes: Uint8Array<ArrayBuffer>): void {
    const attempt = this.contents.attempts.get(path);
    if (attempt) this.bodies.push(attempt);
    const facts = { rows: null, snapshots: 0, from, to, csv_bytes: 0 };
    this.files.push({ draft: { path, layer: 'bronze', table: 'body', source, ...facts }, bytes });
  }

  /** Whether the lake lacks a snapshot; takes note of what it has, and of two that cannot both be there. */
  #isFresh(path: string, at: number): boolean {
    const name = path.slice(path.lastIndexOf('/') + 1);
    const names = this.here.get(at);
    if (!names) {
      this.here.set(at, new Set([name]));
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
    this.#lose(file, bytes);
    return null;
  }

  #lose({ path, snapshots }: BronzeFile, reason: LostFile['reason']): void {
    this.lost.push({ path, reason, snapshots });
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

/** Whether the name of a snapshot tells this hash of its content. */
function isNamed(path: string, hash: string): boolean {
  return path.endsWith(`_${hash.slice(0, 6)}.csv`);
}

async function* each(members: readonly Member[]): AsyncGenerator<Member> {
  yield* members;
}
