import { VelolacError } from '../../errors.ts';

/** Bytes that can be read more than once: a file's own, or what comes out of an archive. */
export interface Content {
  /** The name of the file or of the member, without folders. */
  readonly name: string;
  /** The bytes as they lie there, when nothing has to be unpacked. */
  readonly blob: Blob | null;
  /** The bytes from the start, in pieces of any length. Rejects with `import.*`. */
  read(): AsyncIterable<Uint8Array<ArrayBuffer>>;
}

/** Bytes read from a file at a time. */
const PIECE = 2 ** 18;

/** What lies in a file, read piece by piece. Reading rejects with `import.unreadable` or `import.aborted`. */
export function blobContent(name: string, blob: Blob, signal?: AbortSignal): Content {
  return { name: name.slice(name.lastIndexOf('/') + 1), blob, read: () => pieces(blob, signal) };
}

async function* pieces(blob: Blob, signal?: AbortSignal): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let from = 0; from < blob.size; from += PIECE) {
    if (signal?.aborted) throw new VelolacError('import.aborted', 'the import was cancelled');
    yield await bytesOf(blob.slice(from, from + PIECE));
  }
}

/** The bytes of a blob. Rejects with `import.unreadable`: a file may be moved or changed while it is read. */
export async function bytesOf(blob: Blob): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.arrayBuffer());
  } catch (cause) {
    throw new VelolacError('import.unreadable', 'the browser cannot read the file', {}, { cause });
  }
}

/** The first bytes, at most `length`. */
export async function head(content: Content, length: number): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of content.read()) {
    parts.push(piece);
    size += piece.length;
    if (size >= length) break;
  }
  return joined(parts).slice(0, length);
}

/** All bytes, of which there may be `limit`. Rejects with `import.too_large`, before more than that is held. */
export async function whole(content: Content, limit: number): Promise<Blob> {
  const tooLarge = (bytes: number) =>
    new VelolacError('import.too_large', `more than ${limit} bytes`, { bytes, megabytes: limit / 1e6 });
  if (content.blob) {
    if (content.blob.size > limit) throw tooLarge(content.blob.size);
    return content.blob;
  }
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of content.read()) {
    size += piece.length;
    if (size > limit) throw tooLarge(size);
    parts.push(piece);
  }
  return new Blob(parts);
}

/** Pieces as one. */
export function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
