import { toVelolacError, VelolacError } from '../errors.ts';
import type { Storage } from './storage.ts';

/**
 * The browser's own file system (OPFS), below one folder. In a worker, files are written through a sync access
 * handle, elsewhere through `createWritable`.
 *
 * Over quota a sync handle's `write()` does not throw: it returns another number than was asked for. So each
 * write's count is compared, and the file's size after it.
 */
export class OpfsStorage implements Storage {
  readonly persistent = true;
  #folders = new Map<string, Promise<FileSystemDirectoryHandle>>();

  private constructor(private readonly root: FileSystemDirectoryHandle) {}

  /** Opens (and makes) a folder of the file system, by path. Rejects with `lake.unavailable` where the browser grants none. */
  static async open(folder: string): Promise<OpfsStorage> {
    try {
      let root = await navigator.storage.getDirectory();
      for (const name of folder.split('/')) root = await root.getDirectoryHandle(name, { create: true });
      const storage = new OpfsStorage(root);
      await storage.#probe();
      return storage;
    } catch (cause) {
      throw new VelolacError(
        'lake.unavailable',
        'the browser grants this page no file system',
        {},
        { cause },
      );
    }
  }

  /**
   * Rejects where no file can be written. One that is full can be read, and has room again one day. The file is this
   * tab's own: of two that open at the same moment, each would take the other's away.
   */
  async #probe(): Promise<void> {
    const name = `.probe-${crypto.randomUUID()}`;
    try {
      await this.write(name, new Uint8Array(1));
    } catch (error) {
      const { code } = toVelolacError(error);
      if (code !== 'lake.quota' && code !== 'lake.short_write') throw error;
    }
    await this.remove(name);
  }

  async read(path: string, from = 0): Promise<Uint8Array<ArrayBuffer>> {
    for (let tries = 1; ; tries += 1) {
      try {
        const file = await this.#snapshot(path);
        return new Uint8Array(await file.slice(from).arrayBuffer());
      } catch (cause) {
        if (!wasWrittenMeanwhile(cause) || tries === READS) throw failure(cause, path);
      }
    }
  }

  async blob(path: string): Promise<Blob> {
    try {
      return await this.#snapshot(path);
    } catch (cause) {
      throw failure(cause, path);
    }
  }

  async size(path: string): Promise<number> {
    try {
      return (await this.#snapshot(path)).size;
    } catch (cause) {
      throw failure(cause, path);
    }
  }

  write(path: string, bytes: Uint8Array): Promise<void> {
    return this.#put(path, bytes, false);
  }

  append(path: string, bytes: Uint8Array): Promise<void> {
    return this.#put(path, bytes, true);
  }

  async remove(path: string): Promise<void> {
    const { folder, name } = split(path);
    this.#folders.clear();
    try {
      await (await this.#folder(folder, false)).removeEntry(name, { recursive: true });
    } catch (cause) {
      if (!isMissing(cause)) throw failure(cause, path);
    }
  }

  async list(folder: string): Promise<string[]> {
    try {
      const names: string[] = [];
      for await (const name of (await this.#folder(folder, false)).keys()) names.push(name);
      return names.sort();
    } catch (cause) {
      if (isMissing(cause)) return [];
      throw failure(cause, folder);
    }
  }

  async *walk(folder: string): AsyncGenerator<string> {
    try {
      for await (const [name, { kind }] of (await this.#folder(folder, false)).entries()) {
        const path = `${folder}/${name}`;
        if (kind === 'directory') yield* this.walk(path);
        else yield path;
      }
    } catch (cause) {
      if (!isMissing(cause)) throw failure(cause, folder);
    }
  }

  async #put(path: string, bytes: Uint8Array, append: boolean): Promise<void> {
    try {
      const handle = await this.#file(path, true);
      const put = 'createSyncAccessHandle' in handle ? putSync : putStaged;
      await put(handle, path, bytes, append);
    } catch (cause) {
      if (!append) await this.remove(path);
      throw failure(cause, path);
    }
  }

  async #snapshot(path: string): Promise<File> {
    return (await this.#file(path, false)).getFile();
  }

  async #file(path: string, create: boolean): Promise<FileSystemFileHandle> {
    const { folder, name } = split(path);
    return (await this.#folder(folder, create)).getFileHandle(name, { create });
  }

  /** A folder's handle, kept: walking down six levels costs as much as the write itself. */
  #folder(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    if (path === '') return Promise.resolve(this.root);
    const known = this.#folders.get(path);
    if (known) return known;
    const { folder, name } = split(path);
    const opening = this.#folder(folder, create).then((parent) =>
      parent.getDirectoryHandle(name, { create }),
    );
    this.#folders.set(path, opening);
    opening.catch(() => this.#folders.delete(path));
    return opening;
  }
}

declare global {
  interface FileSystemFileHandle {
    /** `mode` is of the File System standard's proposal; a browser that does not know it locks the file. */
    createSyncAccessHandle(options: {
      readonly mode: 'readwrite-unsafe';
    }): Promise<FileSystemSyncAccessHandle>;
  }
}

/** No lock on the file: a frozen tab would hold it for ever, against the writer that took over from it. */
async function putSync(handle: FileSystemFileHandle, path: string, bytes: Uint8Array, append: boolean) {
  const access = await handle.createSyncAccessHandle({ mode: 'readwrite-unsafe' });
  try {
    const start = append ? access.getSize() : 0;
    if (!append) access.truncate(0);
    const written = access.write(bytes, { at: start });
    if (written !== bytes.length || access.getSize() !== start + bytes.length) {
      access.truncate(start);
      throw shortWrite(path, bytes.length, written);
    }
    access.flush();
  } finally {
    access.close();
  }
}

async function putStaged(handle: FileSystemFileHandle, path: string, bytes: Uint8Array, append: boolean) {
  const start = append ? (await handle.getFile()).size : 0;
  const writable = await handle.createWritable({ keepExistingData: append });
  await writable.write({ type: 'write', position: start, data: bytes as Uint8Array<ArrayBuffer> });
  await writable.close();
  const { size } = await handle.getFile();
  if (size !== start + bytes.length) throw shortWrite(path, bytes.length, size - start);
}

function split(path: string): { folder: string; name: string } {
  const at = path.lastIndexOf('/');
  return { folder: path.slice(0, Math.max(at, 0)), name: path.slice(at + 1) };
}

function shortWrite(path: string, wanted: number, written: number): VelolacError {
  return new VelolacError('lake.short_write', `${written} of ${wanted} bytes written to ${path}`, {
    path,
    wanted,
    written,
  });
}

/** How often a file is read that another tab goes on writing: the journal, by a tab that follows. */
const READS = 20;

/** A `File` is a snapshot: it cannot be read once the file behind it has changed (File API, section 4). */
function wasWrittenMeanwhile(thrown: unknown): boolean {
  return thrown instanceof DOMException && thrown.name === 'NotReadableError';
}

function isMissing(thrown: unknown): boolean {
  return (
    thrown instanceof DOMException && (thrown.name === 'NotFoundError' || thrown.name === 'TypeMismatchError')
  );
}

function failure(cause: unknown, path: string): VelolacError {
  if (cause instanceof VelolacError) return cause;
  if (isMissing(cause)) return new VelolacError('lake.missing_file', `no file ${path}`, { path }, { cause });
  const full = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  if (full) return new VelolacError('lake.quota', `no room for ${path}`, { path }, { cause });
  const message = cause instanceof Error ? cause.message : String(cause);
  return new VelolacError('unexpected', `${message} (${path})`, { path, message }, { cause });
}
