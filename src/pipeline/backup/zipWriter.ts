import { CENTRAL, END, END_64, LOCAL, LOCATOR_64, type ZipRecord } from '../../sources/readers/zipRecords.ts';

/** A file inside a ZIP. `crc` is its CRC-32 (IEEE 802.3), `bytes` its length. */
export interface ZipMember {
  readonly path: string;
  readonly bytes: number;
  readonly crc: number;
}

/** Fields of records: PKWARE's APPNOTE 6.3.10, sections 4.3.7 to 4.3.16 and 4.5.3. */
const UTF8 = 0x0800;
/** Version 4.5 has ZIP64; 3 in the upper byte is Unix, as the mode of a file is (a plain one, `rw-r--r--`). */
const VERSION = 45;
const UNIX = 3 << 8;
const MODE = 0o100644 << 16;
const MAX_16 = 0xffff;
const MAX_32 = 0xffffffff;

/**
 * Writes a ZIP of stored members, of any number and size, as they come: nothing of a member is held. Each header
 * tells its member's length and check sum, so that what is left of a cut ZIP can be read without its directory.
 */
export class ZipWriter {
  #offset = 0;
  #count = 0;
  readonly #directory: Uint8Array<ArrayBuffer>[] = [];

  /** `at` becomes the date of every member, milliseconds since the epoch. */
  constructor(
    private readonly sink: (bytes: Uint8Array<ArrayBuffer>) => Promise<void>,
    private readonly at: number,
  ) {}

  /** Adds a member. `content` must give just `bytes` bytes. */
  async add(member: ZipMember, content: AsyncIterable<Uint8Array<ArrayBuffer>>): Promise<void> {
    this.#directory.push(centralHeader(member, this.#offset, this.at));
    this.#count += 1;
    await this.#write(localHeader(member, this.at));
    const end = this.#offset + member.bytes;
    for await (const chunk of content) await this.#write(chunk);
    if (this.#offset !== end) throw new RangeError(`${member.path} is not of ${member.bytes} bytes`);
  }

  /** Writes the directory. */
  async end(): Promise<void> {
    const start = this.#offset;
    for (const header of this.#directory) await this.#write(header);
    await this.#write(endRecords(this.#count, start, this.#offset - start));
  }

  async #write(bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    await this.sink(bytes);
    this.#offset += bytes.length;
  }
}

/** How long the ZIP of these members is, in bytes. */
export function zipLength(members: readonly Omit<ZipMember, 'crc'>[]): number {
  let [offset, directory] = [0, 0];
  for (const member of members) {
    directory += centralHeader({ ...member, crc: 0 }, offset, 0).length;
    offset += localHeader({ ...member, crc: 0 }, 0).length + member.bytes;
  }
  return offset + directory + endRecords(members.length, offset, directory).length;
}

function localHeader(member: ZipMember, at: number): Uint8Array<ArrayBuffer> {
  const long = member.bytes >= MAX_32 ? [member.bytes, member.bytes] : [];
  const { view, bytes } = record(LOCAL, member.path, long);
  common(view, 4, member, at, long.length);
  return bytes;
}

function centralHeader(member: ZipMember, offset: number, at: number): Uint8Array<ArrayBuffer> {
  const long = member.bytes >= MAX_32 ? [member.bytes, member.bytes] : [];
  if (offset >= MAX_32) long.push(offset);
  const { view, bytes } = record(CENTRAL, member.path, long);
  view.setUint16(4, UNIX | VERSION, true);
  common(view, 6, member, at, long.length);
  view.setUint32(38, MODE, true);
  view.setUint32(42, Math.min(offset, MAX_32), true);
  return bytes;
}

/** A header with its name, and the ZIP64 field where a number needs it. */
function record({ signature, length }: ZipRecord, path: string, long: readonly number[]) {
  const name = new TextEncoder().encode(path);
  const extra = long.length === 0 ? 0 : 4 + long.length * 8;
  const bytes = new Uint8Array(length + name.length + extra);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, signature, true);
  bytes.set(name, length);
  if (extra > 0) {
    view.setUint16(length + name.length, 1, true);
    view.setUint16(length + name.length + 2, extra - 4, true);
    for (const [index, value] of long.entries())
      view.setBigUint64(length + name.length + 4 + index * 8, BigInt(value), true);
  }
  return { view, bytes };
}

/** What both headers of a member tell, from the version that reads it on. */
function common(view: DataView, from: number, { path, bytes, crc }: ZipMember, at: number, long: number) {
  const date = new Date(at);
  view.setUint16(from, long > 0 ? VERSION : 20, true);
  view.setUint16(from + 2, UTF8, true);
  view.setUint16(from + 6, timeOf(date), true);
  view.setUint16(from + 8, dateOf(date), true);
  view.setUint32(from + 10, crc, true);
  view.setUint32(from + 14, Math.min(bytes, MAX_32), true);
  view.setUint32(from + 18, Math.min(bytes, MAX_32), true);
  view.setUint16(from + 22, new TextEncoder().encode(path).length, true);
  view.setUint16(from + 24, long === 0 ? 0 : 4 + long * 8, true);
}

function timeOf(date: Date): number {
  return (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1);
}

/** MS-DOS counts years from 1980. */
function dateOf(date: Date): number {
  const year = Math.max(0, date.getUTCFullYear() - 1980);
  return (year << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate();
}

/** The end of the directory, with the records of ZIP64 before it where a number needs them. */
function endRecords(count: number, start: number, size: number): Uint8Array<ArrayBuffer> {
  const isLong = count >= MAX_16 || start >= MAX_32 || size >= MAX_32;
  const before = isLong ? END_64.length + LOCATOR_64.length : 0;
  const bytes = new Uint8Array(before + END.length);
  const view = new DataView(bytes.buffer);
  if (isLong) {
    view.setUint32(0, END_64.signature, true);
    view.setBigUint64(4, BigInt(END_64.length - 12), true);
    view.setUint16(12, UNIX | VERSION, true);
    view.setUint16(14, VERSION, true);
    for (const [index, value] of [count, count, size, start].entries())
      view.setBigUint64(24 + index * 8, BigInt(value), true);
    view.setUint32(END_64.length, LOCATOR_64.signature, true);
    view.setBigUint64(END_64.length + 8, BigInt(start + size), true);
    view.setUint32(END_64.length + 16, 1, true);
  }
  view.setUint32(before, END.signature, true);
  view.setUint16(before + 8, Math.min(count, MAX_16), true);
  view.setUint16(before + 10, Math.min(count, MAX_16), true);
  view.setUint32(before + 12, Math.min(size, MAX_32), true);
  view.setUint32(before + 16, Math.min(start, MAX_32), true);
  return bytes;
}
