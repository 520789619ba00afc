/**
 * A tree of files by path (`bronze/velib/…`, no slash in front). The lake is written against this interface:
 * `opfs.ts` keeps files in the browser's own file system, `memory.ts` for the length of a visit.
 */
export interface Storage {
  /** Whether what is written outlives the visit. */
  readonly persistent: boolean;
  /** A file's bytes, those from a place on where one is given. Rejects with `lake.missing_file`. */
  read(path: string, from?: number): Promise<Uint8Array<ArrayBuffer>>;
  /** A file that is read as its stream is, for those too large for memory. Rejects with `lake.missing_file`. */
  blob(path: string): Promise<Blob>;
  /** Bytes of a file. Rejects with `lake.missing_file`. */
  size(path: string): Promise<number>;
  /** Writes a whole file and makes sure of its length. Rejects with `lake.quota` or `lake.short_write`; then nothing of it stays. */
  write(path: string, bytes: Uint8Array): Promise<void>;
  /** Adds to the end of a file, which is made if need be. Rejects like `write`; then the file is as long as before. */
  append(path: string, bytes: Uint8Array): Promise<void>;
  /** Removes a file, or a folder with all it holds; what is not there is no error. */
  remove(path: string): Promise<void>;
  /** The names in a folder, sorted; none where there is no folder. */
  list(folder: string): Promise<string[]>;
  /** The paths of all files below a folder, in no order; none where there is no folder. */
  walk(folder: string): AsyncIterable<string>;
}
