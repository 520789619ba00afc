import type { FileEntry, JournalEvent } from './journal.ts';
import { folderOf } from './names.ts';

/** Where files may lie that no event vouches for, since the last sweep: none of it needs the whole lake listed. */
export interface Leftovers {
  /** Folders in which files were written, replaced or dropped. */
  folders: string[];
  /** Bronze that was dropped, or written by a writer whose term was over: not to be taken for lost. */
  dropped: string[];
}

export function noLeftovers(): Leftovers {
  return { folders: [], dropped: [] };
}

/** Takes note of what an event says was replaced or dropped. */
export function noteLeftovers(left: Leftovers, event: JournalEvent): void {
  switch (event.kind) {
    case 'touch':
      return addFolders(left, event.folders);
    case 'swept':
      left.folders = [];
      left.dropped = [];
      return;
    case 'commit':
      return addFolders(left, event.replaces.map(folderOf));
    case 'import':
      return addDropped(left, event.replaces);
    case 'drop':
      return addDropped(left, event.paths);
    case 'damage':
      return addDropped(
        left,
        event.damages.map(({ path }) => path),
      );
    default:
  }
}

/** Takes note of what a writer wrote after its term was over. */
export function noteStale(
  left: Leftovers,
  event: JournalEvent,
  files: Readonly<Record<string, FileEntry>>,
): void {
  const paths = filesIn(event).map(({ path }) => path);
  addDropped(
    left,
    paths.filter((path) => !(path in files)),
  );
}

function filesIn(event: JournalEvent): readonly FileEntry[] {
  if (event.kind === 'attempt') return event.file ? [event.file] : [];
  return 'files' in event ? event.files : [];
}

/** Takes note of files that are no more in the lake. */
export function addDropped(left: Leftovers, paths: readonly string[]): void {
  addFolders(left, paths.map(folderOf));
  for (const path of paths) if (path.startsWith('bronze/')) left.dropped.push(path);
}

function addFolders(left: Leftovers, folders: readonly string[]): void {
  for (const folder of new Set(folders)) {
    if (isOfLayer(folder) && !left.folders.includes(folder)) left.folders.push(folder);
  }
}

/** Whether every file there is one that an event tells of: no event tells of the journal's own. */
export function isOfLayer(path: string): boolean {
  return /^(?:bronze|silver|gold)\//.test(path);
}
