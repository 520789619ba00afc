import { VelolacError, type ErrorCode } from '../../errors.ts';
import { DiskFolder } from '../../lake/diskFolder.ts';
import { forgetFolder, keepFolder, keptFolder } from '../../lake/keptFolder.ts';
import type { MirrorState, PipelineEvent } from '../protocol.ts';
import type { Mirror, MirrorWork } from './mirror.ts';

/**
 * The folder on disk that the visitor chose, and its mirror in the tab that writes. When this tab writes no more, the
 * lake's fence ends the mirror, and the tab that writes next goes on with it.
 */
export class Mirroring {
  #mirror: Mirror | null = null;
  /** The failure that was told last. */
  #failure: ErrorCode | null = null;

  constructor(
    private readonly work: Omit<MirrorWork, 'folder' | 'tell'>,
    private readonly tell: (event: PipelineEvent) => void,
  ) {}

  /**
   * A new writer goes on with the folder that was chosen before; where the browser wants to be asked again, the page is
   * told so.
   */
  async resume(): Promise<void> {
    await this.#end();
    const kept = await keptFolder();
    if (!kept?.on) return;
    const { handle } = kept;
    if ((await handle.queryPermission({ mode: 'readwrite' })) === 'granted') return this.#begin(handle, true);
    const error = new VelolacError('mirror.permission', `not allowed: ${handle.name}`, { path: handle.name });
    const nothing = { files: 0, bytes: 0, lost: 0, at: null, running: false };
    this.#tell(handle, { ...nothing, error: error.toRecord() });
  }

  /**
   * Mirrors the lake to a folder from now on; null stops, and leaves the folder as it is. Rejects with `mirror.*`, and
   * with `lake.not_writer` in a tab that only reads.
   */
  async choose(handle: FileSystemDirectoryHandle | null): Promise<void> {
    await this.work.lake.fence();
    await this.#end();
    const kept = await keptFolder();
    if (handle) return this.#begin(handle, (await kept?.handle.isSameEntry(handle)) === true);
    if (kept) await keepFolder({ ...kept, on: false });
    this.tell({ kind: 'mirror', mirror: null });
  }

  /** The lake is about to be deleted: the folder keeps what was copied, and is taken for somebody else's from then on. */
  async forget(): Promise<void> {
    await this.work.lake.fence();
    await this.#end();
    await forgetFolder();
    this.tell({ kind: 'mirror', mirror: null });
  }

  /** The lake has changed. */
  wake(): void {
    void this.#mirror?.wake();
  }

  async #begin(handle: FileSystemDirectoryHandle, isOurs: boolean): Promise<void> {
    const { Mirror } = await import('./mirror.ts');
    const folder = await DiskFolder.open(handle, isOurs);
    await keepFolder({ handle, on: true });
    this.#mirror = new Mirror({ ...this.work, folder, tell: (state) => this.#tell(handle, state) });
    this.wake();
  }

  async #end(): Promise<void> {
    await this.#mirror?.stop();
    this.#mirror = null;
  }

  #tell(folder: FileSystemDirectoryHandle, state: MirrorState): void {
    this.tell({ kind: 'mirror', mirror: { ...state, folder } });
    const { error } = state;
    if (error && error.code !== this.#failure) this.tell({ kind: 'error', error });
    this.#failure = error?.code ?? null;
  }
}
