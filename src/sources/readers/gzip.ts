import { Gunzip } from 'fflate';
import { bytesOf, type Content } from './content.ts';
import { Crc32 } from './crc32.ts';
import { damaged, inflate } from './inflate.ts';

/**
 * What a gzip file holds; several members one after the other (what appending to a `.gz` makes) are one text.
 * fflate does it, since the browsers' `DecompressionStream` refuses a second member. Reading rejects with
 * `import.damaged` at a wrong check sum, `import.bomb`, and what reading `file` rejects with.
 */
export function gunzip(file: Content, blob: Blob): Content {
  return { name: file.name, blob: null, read: () => unpack(file, blob) };
}

async function* unpack(file: Content, blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  const ended: { readonly sum: Crc32; readonly at: number }[] = [];
  let sum = new Crc32();
  const stream = new Gunzip((chunk) => {
    sum.add(chunk);
    chunks.push(chunk);
  });
  stream.onmember = (at) => {
    ended.push({ sum, at });
    sum = new Crc32();
  };
  const push = (bytes: Uint8Array, final: boolean) => {
    stream.push(bytes, final);
    return chunks.splice(0);
  };
  for await (const chunk of inflate(file.read(), push)) {
    yield chunk;
    for (const member of ended.splice(0)) await verify(member.sum, blob, member.at);
  }
  for (const member of ended) await verify(member.sum, blob, member.at);
  await verify(sum, blob, blob.size);
}

/** A member ends with its check sum and its size modulo 2³², four bytes each (RFC 1952, section 2.3.1). */
async function verify({ value, size }: Crc32, blob: Blob, end: number): Promise<void> {
  const trailer = await bytesOf(blob.slice(Math.max(end - 8, 0), end));
  if (trailer.length < 8) throw damaged('the gzip data ends before its check sum');
  const view = new DataView(trailer.buffer);
  if (view.getUint32(0, true) === value && view.getUint32(4, true) === size % 2 ** 32) return;
  throw damaged('the gzip data does not have the check sum that it tells');
}
