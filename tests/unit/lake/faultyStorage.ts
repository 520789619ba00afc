import { VelolacError } from '../../../src/errors.ts';
import type { MemoryStorage } from '../../../src/lake/memory.ts';
import type { Storage } from '../../../src/lake/storage.ts';

/** What a `FaultyStorage` throws once the power is off: nothing after it reaches the files. */
export class PowerCut extends Error {}

/**
 * Files whose writing fails at a byte. `cut`: the power is off, and what was written of the file stays. `quota`: the
 * file system is full, and a write ends as `Storage` promises, until there is room again. A removal counts as a byte.
 */
export class FaultyStorage implements Storage {
  readonly persistent = true;
  /** Bytes written and files removed so far. */
  written = 0;

  constructor(
    readonly files: MemoryStorage,
    private readonly limit = Infinity,
    private readonly fault: 'cut' | 'quota' = 'cut',
  ) {}

  read(path: string, from?: number) {
    return this.files.read(path, from);
  }

  blob(path: string) {
    return this.files.blob(path);
  }

  size(path: string) {
    return this.files.size(path);
  }

  list(folder: string) {
    return this.files.list(folder);
  }

  walk(folder: string) {
    return this.files.walk(folder);
  }

  async write(path: string, bytes: Uint8Array): Promise<void> {
    const room = this.#take(bytes.length);
    if (room >= bytes.length) return this.files.write(path, bytes);
    if (this.fault === 'quota') {
      await this.files.remove(path);
      throw new VelolacError('lake.quota', `no room for ${path}`, { path });
    }
    await this.files.write(path, bytes.subarray(0, room));
    throw new PowerCut(path);
  }

  async append(path: string, bytes: Uint8Array): Promise<void> {
    const room = this.#take(bytes.length);
    if (room >= bytes.length) return this.files.append(path, bytes);
    if (this.fault === 'quota') throw new VelolacError('lake.quota', `no room for ${path}`, { path });
    if (room > 0) await this.files.append(path, bytes.subarray(0, room));
    throw new PowerCut(path);
  }

  async remove(path: string): Promise<void> {
    if (this.fault === 'cut' && this.#take(1) < 1) throw new PowerCut(path);
    return this.files.remove(path);
  }

  #take(bytes: number): number {
    const room = Math.max(0, this.limit - this.written);
    this.written += bytes;
    return room;
  }
}
