import { VelolacError } from '../errors.ts';
import { folderOf, nameOf } from './names.ts';

declare global {
  /** Of the File System Access API (WICG), which Chromium has. */
  interface FileSystemHandle {
    queryPermission(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
    /** In a gesture, and in a page only. */
    requestPermission(options: { readonly mode: 'readwrite' }): Promise<PermissionState>;
  }
}

/** The folder that the page makes inside the one that is chosen: all below it is the page's. */
const NAME = 'velolac';

/** A folder of the page's own inside one on the visitor's disk. Paths have no slash in front. */
export class DiskFolder {
  private constructor(private readonly root: FileSystemDirectoryHandle) {}

  /**
   * Opens the page's folder in the one that was chosen, and makes it if need be. Rejects with `mirror.taken` where
   * something is in it that this browser did not put there (`isOurs` false), with `mirror.permission`, and with
   * `mirror.gone` where the chosen folder is no more.
   */
  static async open(chosen: FileSystemDirectoryHandle, isOurs: boolean): Promise<DiskFolder> {
    return named(chosen.name, async () => {
      const root = await chosen.getDirectoryHandle(NAME, { create: true });
      if (!isOurs && (await root.keys().next()).done !== true) {
        throw new VelolacError('mirror.taken', `${chosen.name} has a folder ${NAME}`, { path: chosen.name });
      }
      return new DiskFolder(root);
    });
  }

  /** The paths of all files. */
  paths(): Promise<Set<string>> {
    return named(this.root.name, () => pathsIn(this.root, '', new Set()));
  }

  /** A file's text; null where there is none. */
  text(path: string): Promise<string | null> {
    return named(path, async () => {
      try {
        const folder = await this.#folder(folderOf(path), false);
        return await (await (await folder.getFileHandle(nameOf(path))).getFile()).text();
      } catch (thrown) {
        if (isNamed(thrown, 'NotFoundError')) return null;
        throw thrown;
      }
    });
  }

  /** Writes a whole file: it is as it was until all is written. Rejects with `mirror.no_room` and `mirror.permission`. */
  write(path: string, content: Blob): Promise<void> {
    return named(path, async () => {
      const folder = await this.#folder(folderOf(path), true);
      const file = await folder.getFileHandle(nameOf(path), { create: true });
      await content.stream().pipeTo(await file.createWritable());
      const { size } = await file.getFile();
      if (size !== content.size) throw noRoom(path);
    });
  }

  /** Removes a file, and the folders above it that it leaves empty. What is not there is no error. */
  remove(path: string): Promise<void> {
    return named(path, async () => {
      for (let at = path; at !== ''; at = folderOf(at)) {
        try {
          await (await this.#folder(folderOf(at), false)).removeEntry(nameOf(at));
        } catch (thrown) {
          // A folder with something in it stays, and those above it.
          if (isNamed(thrown, 'InvalidModificationError')) return;
          if (!isNamed(thrown, 'NotFoundError')) throw thrown;
        }
      }
    });
  }

  async #folder(path: string, create: boolean): Promise<FileSystemDirectoryHandle> {
    let folder = this.root;
    for (const name of path.split('/').filter(Boolean))
      folder = await folder.getDirectoryHandle(name, { create });
    return folder;
  }
}

async function pathsIn(folder: FileSystemDirectoryHandle, prefix: string, paths: Set<string>) {
  for await (const handle of folder.values()) {
    if (handle.kind === 'file') paths.add(prefix + handle.name);
    else await pathsIn(handle, `${prefix}${handle.name}/`, paths);
  }
  return paths;
}

function isNamed(thrown: unknown, name: string): boolean {
  return thrown instanceof DOMException && thrown.name === name;
}

/** Gives what the file system throws its code (File System Access, section 3). */
async function named<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (isNamed(cause, 'NotAllowedError'))
      throw new VelolacError('mirror.permission', `not allowed: ${path}`, { path }, { cause });
    if (isNamed(cause, 'QuotaExceededError')) throw noRoom(path, cause);
    if (isNamed(cause, 'NotFoundError'))
      throw new VelolacError('mirror.gone', `gone: ${path}`, { path }, { cause });
    throw cause;
  }
}

function noRoom(path: string, cause?: unknown): VelolacError {
  return new VelolacError('mirror.no_room', `no room for ${path}`, { path }, { cause });
}
