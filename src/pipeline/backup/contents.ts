import type { Damage, FileEntry, SnapshotRow } from '../../lake/journal.ts';
import { DAMAGED, Lake } from '../../lake/lake.ts';
import { parseJournal } from '../../lake/lines.ts';
import { bronzeName } from '../../lake/names.ts';
import type { LakeState } from '../../lake/state.ts';
import { strayDamage } from '../repair/setAside.ts';
import { parseSums, SUMS } from './texts.ts';
import type { ZipTree } from './zipTree.ts';

/** Bronze that a backup's lake had set aside as damaged. `sha256` is null where nothing that could be read tells it. */
export interface AsideFile {
  readonly damage: Damage & { readonly moved: string };
  readonly sha256: string | null;
}

/** A file of Bronze in a backup. `sha256` is null where nothing that could be read tells it. */
export type BronzeFile = Pick<FileEntry, 'path' | 'table' | 'source' | 'rows' | 'snapshots' | 'csv_bytes'> & {
  readonly from: number;
  readonly to: number;
  readonly sha256: string | null;
};

/** What a backup holds, as far as it can be read. */
export interface Contents {
  readonly tree: ZipTree;
  readonly state: LakeState;
  /** What was recorded, and answers that were no snapshot. */
  readonly bronze: readonly BronzeFile[];
  /** Bronze that had been set aside as damaged. */
  readonly aside: readonly AsideFile[];
  /** Attempts by the path of their Bronze. */
  readonly attempts: ReadonlyMap<string, SnapshotRow>;
  /** Attempts that brought nothing. */
  readonly failed: readonly SnapshotRow[];
  /** Signs (`signOf`) of the snapshots that were recorded, and not imported. */
  readonly recorded: ReadonlySet<string>;
}

/** What tells a snapshot of a source from its others. */
export function signOf({ source, fetched_at }: Pick<SnapshotRow, 'source' | 'fetched_at'>): string {
  return `${source} ${fetched_at}`;
}

/**
 * Reads a backup's journal, and which files there are. A file that the journal has lost counts, too: a backup holds
 * nothing that was not in its lake. Rejects with `lake.newer` for a lake by a newer version of the page.
 */
export async function readContents(tree: ZipTree, now: () => number): Promise<Contents> {
  const { state } = await Lake.open(tree, now);
  const sums = await readSums(tree);
  const known = Object.values(state.files).flatMap((file): BronzeFile[] => {
    const { layer, table, from, to } = file;
    if (layer !== 'bronze' || table === 'import' || from === null || to === null) return [];
    return [{ ...file, from, to }];
  });
  const paths = new Set(known.map(({ path }) => path));
  // A path that neither tells of is damaged itself, and may name another instant.
  const others = sums.size > 0 ? [...sums.keys()] : await tree.paths();
  const lost = others.flatMap((path) => {
    const file = paths.has(path) ? null : bronzeFile(path, sums.get(path) ?? null);
    return file ? [file] : [];
  });
  const aside = asideIn(others, sums, state);
  return { tree, state, bronze: [...known, ...lost], aside, ...(await readAttempts(tree)) };
}

/** Every attempt that a journal tells of. Events of a term that is over do not count. */
export async function readAttempts(
  storage: Pick<ZipTree, 'list' | 'read'>,
): Promise<Pick<Contents, 'attempts' | 'failed' | 'recorded'>> {
  const attempts = new Map<string, SnapshotRow>();
  const failed: SnapshotRow[] = [];
  const recorded = new Set<string>();
  let term = 0;
  for (const name of await storage.list('journal')) {
    if (!name.endsWith('.jsonl')) continue;
    for (const event of parseJournal(await storage.read(`journal/${name}`)).events) {
      if (event.term < term) continue;
      term = event.term;
      const rows =
        event.kind === 'attempt' ? [event.snapshot] : event.kind === 'restore' ? event.snapshots : [];
      if (event.kind === 'restore') {
        for (const [fetched_at] of event.briefs) recorded.add(signOf({ source: event.source, fetched_at }));
      }
      for (const row of rows) {
        recorded.add(signOf(row));
        if (row.bronze_path === null) failed.push(row);
        else attempts.set(row.bronze_path, row);
      }
    }
  }
  return { attempts, failed, recorded };
}

/** SHA-256 by path, as the backup's list tells; none where it is gone. */
async function readSums(tree: ZipTree): Promise<ReadonlyMap<string, string>> {
  const isThere = (await tree.paths()).includes(SUMS);
  return parseSums(isThere ? new TextDecoder().decode(await tree.read(SUMS)) : '');
}

/** What the path of a file of Bronze tells of it; null for another file, or a path that is damaged. */
function bronzeFile(path: string, sha256: string | null): BronzeFile | null {
  const name = bronzeName(path);
  const snapshots = name?.table === 'snapshot' ? 1 : 0;
  return name && { path, ...name, rows: null, snapshots, csv_bytes: 0, sha256 };
}

/** What lies below `damaged/` in a backup. No path of it leads elsewhere: no part of one begins with a dot. */
function asideIn(
  paths: readonly string[],
  sums: ReadonlyMap<string, string>,
  { damages }: Lake['state'],
): AsideFile[] {
  const aside = paths.filter((path) => /^damaged\/bronze(?:\/[^/.][^/]*)+$/.test(path));
  return aside.map((moved) => {
    const told =
      damages.find((one) => one.moved === moved) ?? strayDamage(moved.slice(DAMAGED.length + 1), moved);
    return { damage: { ...told, moved }, sha256: sums.get(moved) ?? null };
  });
}
