import { bytesOf } from '../../sources/readers/content.ts';
import type { Entry } from '../../sources/readers/zip.ts';
import { LOCAL } from '../../sources/readers/zipRecords.ts';

const MAX_NAME = 1024;
/** Bytes that are looked through at a time. */
const WINDOW = 4 * 2 ** 20;

/** What members of a backup are called, and no member of an archive inside one. */
const ours = /^(README\.md|LICENCE\.txt|SHA256SUMS|(journal|damaged|bronze|silver|gold)\/.+)$/;

/**
 * The members of a backup whose directory is gone, by the headers before each. From a header the next one is where
 * the length in it says; where there is none, it is looked for, byte by byte. What a member holds is to be verified.
 */
export async function salvage(blob: Blob): Promise<Found[]> {
  const found: Found[] = [];
  for (let at = 0; at < blob.size;) {
    const entry = await headerAt(blob, at);
    if (!entry) {
      at = await nextHeader(blob, at + 1);
      continue;
    }
    const follows = entry.end >= blob.size ? null : await headerAt(blob, entry.end);
    found.push(entry);
    at = follows ? entry.end : await nextHeader(blob, entry.data);
  }
  return found;
}

/** What the header before a member tells. */
export interface Found extends Entry {
  /** Where its bytes begin. */
  readonly data: number;
}

/** The first place at or after `from` where a header of ours stands, or the end. */
async function nextHeader(blob: Blob, from: number): Promise<number> {
  for (let start = from; start < blob.size; start += WINDOW) {
    const window = await bytesOf(blob.slice(start, start + WINDOW + 3));
    const view = new DataView(window.buffer);
    const first = LOCAL.signature & 0xff;
    for (let at = window.indexOf(first); at >= 0; at = window.indexOf(first, at + 1)) {
      const isSigned = at + 4 <= window.length && view.getUint32(at, true) === LOCAL.signature;
      if (isSigned && (await headerAt(blob, start + at))) return start + at;
    }
  }
  return blob.size;
}

async function headerAt(blob: Blob, at: number): Promise<Found | null> {
  const found = await localHeader(blob, at);
  return found && ours.test(found.path) ? found : null;
}

/** The header that stands at a place; null where none does. */
export async function localHeader(blob: Blob, at: number): Promise<Found | null> {
  const bytes = await bytesOf(blob.slice(at, at + LOCAL.length + MAX_NAME));
  const view = new DataView(bytes.buffer);
  if (bytes.length < LOCAL.length || view.getUint32(0, true) !== LOCAL.signature) return null;
  const [name, extra] = [view.getUint16(26, true), view.getUint16(28, true)];
  if (name > MAX_NAME) return null;
  const path = new TextDecoder().decode(bytes.subarray(LOCAL.length, LOCAL.length + name));
  const field = LOCAL.length + name;
  const isLong = extra >= 20 && bytes.length >= field + 20 && view.getUint16(field, true) === 1;
  const size = isLong ? Number(view.getBigUint64(field + 4, true)) : view.getUint32(18, true);
  const data = at + LOCAL.length + name + extra;
  const packed = Math.min(size, Math.max(0, blob.size - data));
  return {
    ...{ path, at, data, end: data + packed, packed, unpacked: packed, crc: view.getUint32(14, true) },
    ...{ method: view.getUint16(8, true), encrypted: false },
  };
}
