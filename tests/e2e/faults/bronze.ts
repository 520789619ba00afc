import { createHash } from 'node:crypto';
import type { Page } from '@playwright/test';
import { unzipSync } from 'fflate';
import type { FileEntry, JournalEvent, SnapshotRow } from '../../../src/lake/journal.ts';
import { listFiles, readFile } from '../opfs.ts';

export const sha256 = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');

/** The last part of a path: what a file is called inside its hour's ZIP, too. */
export const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);

/** The events that count of the live lake's journal, in order. Lines that are not whole are passed over. */
export async function events(page: Page): Promise<JournalEvent[]> {
  const days = (await listFiles(page, 'live')).filter((path) => /^journal\/.*\.jsonl$/.test(path));
  const texts = await Promise.all(days.map((path) => readFile(page, 'live', path)));
  const all = texts.flatMap((bytes) => Buffer.from(bytes).toString().split('\n').flatMap(parse));
  let term = 0;
  return all.filter((event) => {
    term = Math.max(term, event.term);
    return event.term === term;
  });
}

function parse(line: string): JournalEvent[] {
  try {
    return [JSON.parse(line) as JournalEvent];
  } catch (error) {
    if (error instanceof SyntaxError) return [];
    throw error;
  }
}

/** The files that events leave in the lake, by path. */
export function filesOf(journal: readonly JournalEvent[]): Map<string, FileEntry> {
  const files = new Map<string, FileEntry>();
  const change = (gone: readonly string[], come: readonly FileEntry[]) => {
    for (const path of gone) files.delete(path);
    for (const file of come) files.set(file.path, file);
  };
  for (const event of journal) {
    if (event.kind === 'attempt') change([], event.file ? [event.file] : []);
    if (event.kind === 'commit' || event.kind === 'import') change(event.replaces, event.files);
    if (event.kind === 'restore') change([], event.files);
    if (event.kind === 'drop') change(event.paths, []);
    if (event.kind === 'damage')
      change(
        event.damages.map(({ path }) => path),
        event.files,
      );
  }
  return files;
}

/** Attempts to record that events tell of: as they were made, or as files that a writer left behind tell of them. */
export function attemptsOf(journal: readonly JournalEvent[]): SnapshotRow[] {
  return journal.flatMap((event) => {
    if (event.kind === 'attempt') return [event.snapshot];
    return event.kind === 'restore' ? event.snapshots : [];
  });
}

/** Paths of recorded Bronze that events leave in the lake, or, where the journal itself is damaged, that are on disk. */
export async function bronzePaths(page: Page, by: 'journal' | 'disk'): Promise<string[]> {
  const onDisk = (await listFiles(page, 'live')).filter((path) => /^bronze\/(?!imports\/)/.test(path));
  if (by === 'disk') return onDisk;
  const files = filesOf(await events(page));
  return onDisk.filter((path) => files.has(path));
}

/** Snapshots and answers kept verbatim, as Bronze holds them: the name of each, and the SHA-256 of its bytes. */
export async function bronze(page: Page, paths: readonly string[]): Promise<(readonly [string, string])[]> {
  const held: (readonly [string, string])[] = [];
  for (const path of paths) {
    const bytes = await readFile(page, 'live', path);
    if (!path.endsWith('.zip')) held.push([nameOf(path), sha256(bytes)]);
    else for (const [name, member] of Object.entries(unzipped(bytes))) held.push([name, sha256(member)]);
  }
  return held;
}

/** The members of a ZIP; none of one that cannot be read. */
function unzipped(bytes: Uint8Array): Record<string, Uint8Array> {
  try {
    return unzipSync(bytes);
  } catch {
    return {};
  }
}
