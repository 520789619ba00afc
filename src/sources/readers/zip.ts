import { Inflate } from 'fflate';
import { blobContent, bytesOf, type Content } from './content.ts';
import { Crc32 } from './crc32.ts';
import { damaged, inflate, MAX_UNPACKED, refuseBomb } from './inflate.ts';
import { decode } from './text.ts';
import { CENTRAL, END, END_64, LOCAL, LOCATOR_64, type ZipRecord } from './zipRecords.ts';

/** What a ZIP's directory tells of a member. Offsets and sizes in bytes. */
export interface Entry {
  /** With its folders. */
  readonly path: string;
  readonly encrypted: boolean;
  /** 0 is stored, 8 is deflate. */
  readonly method: number;
  readonly crc: number;
  readonly packed: number;
  readonly unpacked: number;
  readonly at: number;
  /** Where the member that follows begins, or the directory. */
  readonly end: number;
}

const MAX_COMMENT = 2 ** 16 - 1;

/** A directory larger than this is no recording: half a million members, a year of minutes, need 60 MB. */
const MAX_DIRECTORY = 100e6;

/**
 * The members of a ZIP in the order of its directory, without folders. Rejects with `import.damaged` for a ZIP
 * that is cut, and with `import.bomb` for one that says itself that it unpacks to more than `most` bytes, or than is
 * likely.
 */
export async function entries(blob: Blob, most = MAX_UNPACKED): Promise<Entry[]> {
  const { at, size } = await directory(blob);
  if (at + size > blob.size || size > MAX_DIRECTORY) throw damaged('the ZIP has no directory where it says');
  const view = await viewOf(blob, at, size);
  const all: Omit<Entry, 'end'>[] = [];
  for (let from = 0; from < size;) {
    expect(view, from, CENTRAL);
    const [name, extra, comment] = [28, 30, 32].map((field) => view.getUint16(from + field, true));
    const end = from + CENTRAL.length + name! + extra! + comment!;
    if (end > size) throw damaged('the ZIP’s directory ends in the middle');
    all.push(entry(view, from, name!, extra!));
    from = end;
  }
  const sum = (key: 'packed' | 'unpacked') => all.reduce((total, member) => total + member[key], 0);
  refuseBomb(sum('packed'), sum('unpacked'), most);
  const starts = [...all.map((member) => member.at), at].sort((a, b) => a - b);
  const ends = new Map(starts.map((start, index) => [start, starts[index + 1] ?? start]));
  return all.flatMap((member) =>
    member.path.endsWith('/') ? [] : [{ ...member, end: ends.get(member.at)! }],
  );
}

/** A member's bytes. Reading rejects with `import.damaged` or `import.bomb`. */
export function member(blob: Blob, entry: Entry, signal?: AbortSignal): Content {
  const { name } = blobContent(entry.path, blob);
  return { name, blob: null, read: () => unpack(blob, entry, signal) };
}

async function* unpack(
  blob: Blob,
  entry: Entry,
  signal?: AbortSignal,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const { method, encrypted } = entry;
  if (encrypted || (method !== 0 && method !== 8)) throw damaged(`encrypted, or packed by method ${method}`);
  const packed = blobContent(entry.path, await packedBytes(blob, entry), signal).read();
  const sum = new Crc32();
  for await (const chunk of method === 0 ? packed : inflate(packed, inflater())) {
    sum.add(chunk);
    if (sum.size > entry.unpacked) throw damaged('a member is longer than the ZIP says');
    yield chunk;
  }
  if (sum.size !== entry.unpacked || sum.value !== entry.crc) {
    throw damaged('a member does not have the size or the check sum that the ZIP tells');
  }
}

/** A member's bytes as they lie in the ZIP. Rejects with `import.damaged` where no member begins. */
async function packedBytes(blob: Blob, { at, packed }: Entry): Promise<Blob> {
  const view = await viewOf(blob, at, LOCAL.length);
  expect(view, 0, LOCAL);
  const from = at + LOCAL.length + view.getUint16(26, true) + view.getUint16(28, true);
  return blob.slice(from, from + packed);
}

function inflater() {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const stream = new Inflate((chunk) => chunks.push(chunk));
  return (bytes: Uint8Array, final: boolean) => {
    stream.push(bytes, final);
    return chunks.splice(0);
  };
}

/** Where the directory lies: told by the record at the end, or by that of ZIP64 where the numbers are too large. */
async function directory(blob: Blob): Promise<{ at: number; size: number }> {
  const start = Math.max(blob.size - END.length - MAX_COMMENT, 0);
  const view = await viewOf(blob, start, blob.size - start);
  let end = view.byteLength - END.length;
  while (end >= 0 && view.getUint32(end, true) !== END.signature) end--;
  if (end < 0) throw damaged('the ZIP has no end: it is cut');
  const [size, at] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  const locator = end - LOCATOR_64.length;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR_64.signature) return { at, size };
  const end64 = await viewOf(blob, long(view, locator + 8), END_64.length);
  expect(end64, 0, END_64);
  return { size: long(end64, 40), at: long(end64, 48) };
}

function entry(view: DataView<ArrayBuffer>, from: number, name: number, extra: number): Omit<Entry, 'end'> {
  const path = decode(new Uint8Array(view.buffer, from + CENTRAL.length, name));
  const long = zip64(view, from + CENTRAL.length + name, extra);
  const size = (field: number) => {
    const value = view.getUint32(from + field, true);
    return value === 0xffffffff ? (long.shift() ?? value) : value;
  };
  // The order is that of the long numbers in the extra field.
  const unpacked = size(24);
  const packed = size(20);
  const at = size(42);
  const encrypted = (view.getUint16(from + 8, true) & 1) === 1;
  const [method, crc] = [view.getUint16(from + 10, true), view.getUint32(from + 16, true)];
  return { path, encrypted, method, crc, packed, unpacked, at };
}

/** The numbers of the ZIP64 extra field (section 4.5.3), or none. */
function zip64(view: DataView, from: number, length: number): number[] {
  for (let at = from; at + 4 <= from + length;) {
    const size = view.getUint16(at + 2, true);
    const count = Math.floor(Math.min(size, from + length - at - 4) / 8);
    if (view.getUint16(at, true) === 1)
      return Array.from({ length: count }, (_, i) => long(view, at + 4 + i * 8));
    at += 4 + size;
  }
  return [];
}

function expect(view: DataView, at: number, record: ZipRecord): void {
  const whole = at + record.length <= view.byteLength;
  if (!whole || view.getUint32(at, true) !== record.signature) throw damaged('the ZIP is not what it says');
}

function long(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

async function viewOf(blob: Blob, at: number, length: number): Promise<DataView<ArrayBuffer>> {
  return new DataView((await bytesOf(blob.slice(at, at + length))).buffer);
}
