import { gunzipSync } from 'node:zlib';
import { expect } from '@playwright/test';
import type { FileEntry, JournalEvent, SnapshotRow } from '../../src/lake/journal.ts';
import { stampOf } from '../../src/lake/names.ts';

/** A page of any driver: runs a function in the page and gives what it resolves with. */
interface Browsing {
  evaluate(work: (path: string) => Promise<unknown>, path: string): Promise<unknown>;
}

export type World = 'live' | 'sample';
/** A world's folder, or one beside the page's own that stands for a folder on disk. */
export type Place = World | { readonly folder: string };

/** Paths of all files that the browser's file system holds in a place, sorted. */
export async function listFiles(page: Browsing, place: Place): Promise<string[]> {
  const paths = (await page.evaluate(walk, rootOf(place))) as string[];
  return paths.sort();
}

/** The bytes of a file in a place, read beside the page's own code. */
export async function readFile(page: Browsing, place: Place, path: string): Promise<Uint8Array<ArrayBuffer>> {
  const text = (await page.evaluate(toBase64, `${rootOf(place)}/${path}`)) as string;
  return new Uint8Array(Buffer.from(text, 'base64'));
}

function rootOf(place: Place): string {
  return typeof place === 'string' ? `velolac/${place}` : place.folder;
}

/** A file of a world that was gzipped, as it was before. */
export async function readGzip(page: Browsing, world: World, path: string): Promise<Buffer> {
  return gunzipSync(await readFile(page, world, path));
}

/** All events of a world's journal, in order. */
export async function journal(page: Browsing, world: World): Promise<JournalEvent[]> {
  const days = (await listFiles(page, world)).filter((path) => /^journal\/.*\.jsonl$/.test(path));
  const texts = await Promise.all(days.map((path) => readFile(page, world, path)));
  return texts.flatMap((bytes) =>
    Buffer.from(bytes)
      .toString()
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => JSON.parse(line) as JournalEvent),
  );
}

/** All attempts to take a snapshot that a world's journal tells of, in order. */
export async function attempts(page: Browsing, world: World = 'live'): Promise<SnapshotRow[]> {
  return (await journal(page, world)).flatMap((event) => (event.kind === 'attempt' ? [event.snapshot] : []));
}

/** The files that a world's journal says are in the lake. */
export async function entries(page: Browsing, world: World = 'live'): Promise<FileEntry[]> {
  const files = new Map<string, FileEntry>();
  for (const event of await journal(page, world)) {
    if (event.kind === 'attempt' && event.file) files.set(event.file.path, event.file);
    if (event.kind === 'commit' || event.kind === 'import') {
      for (const path of event.replaces) files.delete(path);
      for (const file of event.files) files.set(file.path, file);
    }
    if (event.kind === 'restore') for (const file of event.files) files.set(file.path, file);
    if (event.kind === 'drop') for (const path of event.paths) files.delete(path);
  }
  return [...files.values()];
}

/** The newest snapshot that Silver can take: whole, of a schema that is mapped, be it later. */
async function newestGood(page: Browsing, world: World): Promise<SnapshotRow | undefined> {
  const events = await journal(page, world);
  const mapped = events.flatMap((event) => (event.kind === 'mapping' ? [event.fingerprint] : []));
  const taken = events.flatMap((event) => (event.kind === 'attempt' ? [event.snapshot] : []));
  return taken.findLast(({ outcome, schema_fingerprint }) => {
    return outcome === 'ok' || (outcome === 'quarantined' && mapped.includes(schema_fingerprint ?? ''));
  });
}

/** Resolves once the newest snapshot has gone all the way: its Gold is kept, and what it replaces is swept. */
export async function untilKept(page: Browsing, world: World = 'live'): Promise<void> {
  await expect
    .poll(
      async () => {
        const newest = await newestGood(page, world);
        const gold = (await listFiles(page, world)).filter((path) =>
          /^gold\/(?!(station_(day|interval|edge|hour|frame)|area_hour)\/)/.test(path),
        );
        const stamp = newest && stampOf(newest.fetched_at);
        return gold.length === 4 && gold.every((path) => path.includes(`_${stamp}_`));
      },
      { message: 'the Gold of the newest snapshot' },
    )
    .toBe(true);
}

async function walk(root: string): Promise<string[]> {
  const visit = async (folder: FileSystemDirectoryHandle, prefix: string): Promise<string[]> => {
    const found: string[] = [];
    for await (const [name, handle] of folder.entries()) {
      if (handle.kind === 'file') found.push(prefix + name);
      else found.push(...(await visit(handle, `${prefix}${name}/`)));
    }
    return found;
  };
  try {
    let folder = await navigator.storage.getDirectory();
    for (const name of root.split('/')) folder = await folder.getDirectoryHandle(name);
    return await visit(folder, '');
  } catch (error) {
    if (error instanceof DOMException && error.name === 'NotFoundError') return [];
    throw error;
  }
}

async function toBase64(path: string): Promise<string> {
  const names = path.split('/');
  const last = names.pop()!;
  let folder = await navigator.storage.getDirectory();
  for (const name of names) folder = await folder.getDirectoryHandle(name);
  const file = await folder.getFileHandle(last);
  // What another thread appends to between the two steps cannot be read: it is asked for anew.
  const read = async (): Promise<ArrayBuffer> => {
    try {
      return await (await file.getFile()).arrayBuffer();
    } catch (error) {
      if (error instanceof DOMException && error.name === 'NotReadableError') return read();
      throw error;
    }
  };
  const bytes = new Uint8Array(await read());
  let text = '';
  for (let at = 0; at < bytes.length; at += 32_768)
    text += String.fromCharCode(...bytes.subarray(at, at + 32_768));
  return btoa(text);
}
