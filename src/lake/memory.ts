import { VelolacError } from '../errors.ts';
import type { Storage } from './storage.ts';

/** Files in memory, gone with the visit: for browsers and windows that grant no file system. */
export class MemoryStorage implements Storage {
  readonly persistent = false;
  #files = new Map<string, Uint8Array<ArrayBuffer>>();

  async read(path: string, from = 0): Promise<Uint8Array<ArrayBuffer>> {
    const bytes = this.#files.get(path);
    if (!bytes) throw new VelolacError('lake.missing_file', `no file ${path}`, { path });
    return bytes.slice(from);
  }

  async blob(path: string): Promise<Blob> {
    return new Blob([await this.read(path)]);
  }

  async size(path: string): Promise<number> {
    return (await this.read(path)).length;
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(path, new Uint8Array(bytes));
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    const before = this.#files.get(path) ?? new Uint8Array();
    const after = new Uint8Array(before.length + bytes.length);
    after.set(before);
    after.set(bytes, before.length);
    this.#files.set(path, after);
  }

  async remove(path: string): Promise<void> {
    for (const name of this.#files.keys()) {
      if (name === path || name.startsWith(`${path}/`)) this.#files.delete(name);
    }
  }

  async list(folder: string): Promise<string[]> {
    const inside = [...this.#files.keys()].filter((name) => name.startsWith(`${folder}/`));
    return [...new Set(inside.map((name) => name.slice(folder.length + 1).split('/')[0]!))].sort();
  }

  async *walk(folder: string): AsyncGenerator<string> {
    for (const name of this.#files.keys()) if (name.startsWith(`${folder}/`)) yield name;
  }
}
