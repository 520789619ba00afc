import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';

/** Milliseconds in a UTC hour and day: the two grains of the lake's folders. */
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** The UTC day of an instant, YYYY-MM-DD. */
export function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The UTC hour of an instant, two digits. */
export function hourOf(at: number): string {
  return new Date(at).toISOString().slice(11, 13);
}

/** The folder that a file lies in. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf('/'), 0));
}

/** The name of a file, without its folder. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** `20261123T162400.123Z`: an instant that sorts as text and may stand in a file's name. */
export function stampOf(at: number): string {
  return new Date(at).toISOString().replaceAll('-', '').replaceAll(':', '');
}

/** The instant in a snapshot's file name (`…_20261123T162400.123Z_…`), or null. */
export function instantOf(name: string): number | null {
  const stamp = /_(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)([\d.]+Z)_/.exec(name);
  if (!stamp) return null;
  const [, year, month, day, hour, minute, second] = stamp;
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}`);
}

/** The instant of a source's snapshot, by its name or path; null for another name. */
export function snapshotInstant(source: string, path: string): number | null {
  const name = nameOf(path);
  const at = name.startsWith(`${source}_`) ? instantOf(name) : null;
  return at === null || Number.isNaN(at) ? null : at;
}

/** What the path of a file of Bronze that was recorded says. Milliseconds since the epoch. */
export interface BronzeName {
  readonly source: string;
  readonly table: 'snapshot' | 'hour' | 'body';
  /** When its snapshot or answer came; of an hour when it begins and ends. */
  readonly from: number;
  readonly to: number;
}

/** Reads a path of Bronze; null for an import, for what is no file of ours, and where the name is of another hour. */
export function bronzeName(path: string): BronzeName | null {
  const parts = /^bronze\/([^/]+)\/([\d-]+)\/(\d\d)(?:(?:-\d+)?\.zip|\/[^/]+\.(csv|body\.gz))$/.exec(path);
  const [, source = '', day, hour, extension] = parts ?? [];
  const from = extension === undefined ? Date.parse(`${day}T${hour}:00:00Z`) : snapshotInstant(source, path);
  if (from === null || Number.isNaN(from) || !path.startsWith(bronzeHour(source, from))) return null;
  if (extension === undefined) return { source, table: 'hour', from, to: from + HOUR - 1 };
  return { source, table: extension === 'csv' ? 'snapshot' : 'body', from, to: from };
}

/** `bronze/velib/2026-11-23/16`: the folder of an open hour; with `.zip`, the file of a closed one. */
export function bronzeHour(source: string, at: number): string {
  return `bronze/${source}/${dayOf(at)}/${hourOf(at)}`;
}

/** Where the snapshots of an hour's ZIP lay before they were packed. */
export function openFolder(zip: string): string {
  return zip.replace(/(-\d+)?\.zip$/, '');
}

/** The path of a snapshot's CSV (`csv`) or of an answer kept verbatim (`body.gz`). */
export function bronzePath(source: string, at: number, hash: string, extension: 'csv' | 'body.gz'): string {
  return `${bronzeHour(source, at)}/${source}_${stampOf(at)}_${hash.slice(0, 6)}.${extension}`;
}

/** The path of a file the user brought: the day it came, its hash, and its own name as far as a path can hold it. */
export function importPath(at: number, hash: string, name: string): string {
  const plain = name.replaceAll(/[\\/:*?"<>|\p{Cc}]/gu, '_').slice(-100);
  return `bronze/imports/${dayOf(at)}/${hash.slice(0, 8)}_${plain}`;
}

/** `journal/2026-11-23.jsonl`: the events of a UTC day. */
export function journalPath(day: string): string {
  return `journal/${day}.jsonl`;
}

/** The days that have a file in the journal's folder, in order. */
export function journalDays(names: readonly string[]): string[] {
  return names.flatMap((name) => /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1] ?? []).sort();
}

/** Tables that belong to no day: what stations are outlives the day it was told on. */
export const timeless: readonly string[] = ['station_information', 'station_attributes'];

/**
 * The path of a Silver or Gold part, in Hive style. `grain` says what it holds: one write's rows (`part`), an
 * hour's or a day's.
 */
export function partPath(
  layer: 'silver' | 'gold',
  table: string,
  source: string,
  at: number,
  grain: 'part' | 'hour' | 'day',
  hash: string,
): string {
  const day = timeless.includes(table) ? '' : `date=${dayOf(at)}/`;
  return `${layer}/${table}/source=${source}/${day}${grain}_${stampOf(at)}_${hash.slice(0, 6)}.parquet`;
}

/** Bytes that are hashed at a time: a tenth of a second. */
const SLICE = 8 * 2 ** 20;

/**
 * SHA-256 in hex of a file of any size. It is read slice by slice and not as a stream, whose chunks come without a
 * turn for anything else: the recorder's beat, and the word to stop. Rejects with the signal's reason.
 */
export async function sha256Of(blob: Blob, signal?: AbortSignal): Promise<string> {
  const digest = hash.create();
  for (let at = 0; at < blob.size; at += SLICE) {
    signal?.throwIfAborted();
    digest.update(new Uint8Array(await blob.slice(at, at + SLICE).arrayBuffer()));
  }
  return bytesToHex(digest.digest());
}

/** SHA-256 in hex; computed here, since `crypto.subtle` is missing on plain HTTP. */
export function sha256(bytes: Uint8Array): string {
  return bytesToHex(hash(bytes));
}
