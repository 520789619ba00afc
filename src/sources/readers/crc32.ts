/** The polynomial of gzip and ZIP, bits reversed (RFC 1952, section 8). */
const POLYNOMIAL = 0xedb88320;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ POLYNOMIAL : rest >>> 1;
  return rest;
});

/** The check sum of gzip and ZIP, which fflate does not verify, and the number of bytes it is of. */
export class Crc32 {
  #rest = -1;
  size = 0;

  add(bytes: Uint8Array): void {
    let rest = this.#rest;
    // eslint-disable-next-line @typescript-eslint/prefer-for-of -- an iterator takes twice as long
    for (let at = 0; at < bytes.length; at += 1) rest = table[(rest ^ bytes[at]!) & 0xff]! ^ (rest >>> 8);
    this.#rest = rest;
    this.size += bytes.length;
  }

  get value(): number {
    return ~this.#rest >>> 0;
  }
}
