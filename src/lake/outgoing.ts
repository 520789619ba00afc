import { toVelolacError, VelolacError } from '../errors.ts';
import { estimateFree } from './estimate.ts';
import { OpfsStorage } from './opfs.ts';

/** A file that takes bytes at its end, and is there only when it is closed. */
export interface Outgoing {
  write(bytes: Uint8Array<ArrayBuffer>): Promise<void>;
  /** Gives the file where the page has still to hand it to the visitor; null where it lies where it was wished. */
  close(): Promise<File | null>;
  /** Leaves nothing behind. */
  abort(): Promise<void>;
}

/** Where files wait that the browser is to download: beside the worlds, in no lake. */
const FOLDER = 'outgoing';

/** A file that the visitor has chosen on disk. What is written shows there when it is closed. */
export async function openChosen(handle: FileSystemFileHandle): Promise<Outgoing> {
  const writable = await handle.createWritable();
  return {
    write: (bytes) => writable.write(bytes),
    close: async () => {
      await writable.close();
      return null;
    },
    abort: () => writable.abort(),
  };
}

/**
 * A file on its way to the browser's downloads, in the browser's own file system, so that its `bytes` are never in
 * memory: as many as the lake's own. It stays until `sweepOutgoing`. Rejects with `backup.no_room` where it would not fit beside what is there.
 */
export async function openDownload(name: string, bytes: number): Promise<Outgoing> {
  const free = await estimateFree(bytes);
  const noRoom = (cause?: unknown) =>
    new VelolacError(
      'backup.no_room',
      `${bytes} bytes, ${free} free`,
      { bytes, megabytes: free / 1e6 },
      { cause },
    );
  if (bytes > free) throw noRoom();
  await sweepOutgoing();
  const storage = await beginning(name).catch((thrown: unknown) => {
    // The lake lies in the same file system: what is refused here for any of these is room, whatever was estimated.
    const { code } = toVelolacError(thrown);
    throw roomless.includes(code) ? noRoom(thrown) : thrown;
  });
  return {
    write: (piece) => storage.append(name, piece),
    close: async () => new File([await storage.blob(name)], name, { type: 'application/zip' }),
    abort: () => storage.remove(name),
  };
}

const roomless: readonly string[] = ['lake.unavailable', 'lake.quota', 'lake.short_write'];

async function beginning(name: string): Promise<OpfsStorage> {
  const storage = await OpfsStorage.open(`velolac/${FOLDER}`);
  await storage.write(name, new Uint8Array());
  return storage;
}

/** A file in memory, for browsers that grant no file system: the lake is in memory, too. */
export function openHeld(name: string): Outgoing {
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  return {
    write: async (piece) => void pieces.push(piece),
    close: async () => new File(pieces, name, { type: 'application/zip' }),
    abort: async () => void pieces.splice(0),
  };
}

/** Removes what was handed to the browser's downloads. */
export async function sweepOutgoing(): Promise<void> {
  const root = await OpfsStorage.open('velolac');
  await root.remove(FOLDER);
}
