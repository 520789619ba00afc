import { bytesOf } from '../../sources/readers/content.ts';
import type { Entry } from '../../sources/readers/zip.ts';

/** A local header: PKWARE's APPNOTE 6.3.10, section 4.3.7. */
const LENGTH = 30;
const SIGNATURE = [0x50, 0x4b, 0x03, 0x04] as const;
const MAX_NAME = 1024;
/** Bytes that are looked through at a time. */
const WINDOW = 4 * 2 ** 20;

/** What members of a backup are called, and no member of an archive inside one. */
const ours = /^(README\.md|LICENCE\.txt|SHA256SUMS|(journal|bronze|silver|gold)\/.+)$/;

/**
 * The members of a backup whose directory is gone, by the headers before each. From a header the next one is where
 * the length in it says; where there is none, it is looked for, byte by byte. What a member holds is to be verified.
 */
export async function salvage(blob: Blob): Promise<Entry[]> {
  const found: Entry[] = [];
  for (let at = 0; at < blob.size;) {
    const entry = await headerAt(blob, at);
    if (!entry) {
      at = await nextHeader(blob, at + 1);
      continue;
    }
    const next = entry.data + entry.packed;
    const follows = next >= blob.size ? null : await headerAt(blob, next);
    found.push(entry);
    at = follows ? next : await nextHeader(blob, entry.data);
  }
  return found;
}

interface Found extends Entry {
  /** Where its bytes begin. */
  readonly data: number;
}

/** The first place at or after `from` where a header of ours stands, or the end. */
async function nextHeader(blob: Blob, from: number): Promise<number> {
  for (let start = from; start < blob.size; start += WINDOW) {
    const window = await bytesOf(blob.slice(start, start + WINDOW + SIGNATURE.length - 1));
    for (let at = window.indexOf(SIGNATURE[0]); at >= 0; at = window.indexOf(SIGNATURE[0], at + 1)) {
      const isSigned = SIGNATURE.every((byte, index) => window[at + index] === byte);
      if (isSigned && (await headerAt(blob, start + at))) return start + at;
    }
  }
  return blob.size;
}

async function headerAt(blob: Blob, at: number): Promise<Found | null> {
  const bytes = await bytesOf(blob.slice(at, at + LENGTH + MAX_NAME));
  if (bytes.length < LENGTH || !SIGNATURE.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer);
  const [name, extra] = [view.getUint16(26, true), view.getUint16(28, true)];
  const path = new TextDecoder().decode(bytes.subarray(LENGTH, LENGTH + name));
  if (!ours.test(path) || name > MAX_NAME) return null;
  const field = LENGTH + name;
  const isLong = extra >= 20 && bytes.length >= field + 20 && view.getUint16(field, true) === 1;
  const size = isLong ? Number(view.getBigUint64(field + 4, true)) : view.getUint32(18, true);
  const data = at + LENGTH + name + extra;
  const packed = Math.min(size, Math.max(0, blob.size - data));
  return {
    ...{ path, at, data, packed, unpacked: packed, crc: view.getUint32(14, true) },
    ...{ method: view.getUint16(8, true), encrypted: false },
  };
}
