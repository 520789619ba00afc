import { VelolacError } from '../errors.ts';
import { startDuckDB, type DuckDB } from './duckdb.ts';
import { identifier, literal } from './sql.ts';

/** A value as it leaves the engine: timestamps as milliseconds since the epoch, lists as arrays. */
export type Cell = string | number | boolean | null | readonly Cell[];
export type Row = Readonly<Record<string, Cell>>;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the call rejects with `engine.timeout` and the worker is replaced. */
  readonly timeout?: number;
}

const DEFAULT_TIMEOUT = 60_000;

/** Bytes of Parquet kept registered: an eighth of the device's memory (4 GB where it does not tell), at most 1 GiB. */
function defaultBudget(): number {
  const { deviceMemory = 4 } = navigator as Navigator & { deviceMemory?: number };
  return Math.min(deviceMemory / 8, 1) * 2 ** 30;
}

/**
 * The one door to DuckDB. Starts its worker at the first call and again after a death; every call races the
 * worker's death, a timeout and an abort signal, since duckdb-wasm itself rejects nothing when its worker dies.
 *
 * Files are registered as bytes, never as handles (reading Parquet through a handle is ten times slower), and
 * the least recently used are dropped beyond the budget.
 */
export class Engine {
  #duckdb: Promise<DuckDB> | null = null;
  #files = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  #outputs = 0;

  constructor(private readonly budget = defaultBudget()) {}

  /** Starts the worker if it is not running. Rejects with `engine.start`. */
  async start(): Promise<void> {
    await this.#running();
  }

  /** Runs a sequence of calls with no other sequence between them: for work that goes through temporary tables. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = Promise.allSettled([result]);
    return result;
  }

  /** Runs a statement and gives its rows. Rejects with `engine.query`, `.timeout`, `.aborted` or `.died`. */
  async query<T extends object = Row>(sql: string, options?: CallOptions): Promise<T[]> {
    const table = await this.#call(({ connection }) => connection.query(sql), options, sql);
    const names = table.schema.fields.map((field) => field.name);
    return table.toArray().map((row: Record<string, unknown>) => {
      return Object.fromEntries(names.map((name) => [name, toCell(row[name])])) as T;
    });
  }

  /** Runs a `SELECT` and gives its rows as one ZSTD Parquet file. */
  async parquet(select: string, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>> {
    const name = `out-${++this.#outputs}.parquet`;
    const copy = `COPY (${select}) TO ${literal(name)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`;
    await this.#call(({ db }) => db.registerEmptyFileBuffer(name), options, name);
    await this.query(copy, options);
    const bytes = await this.#call(({ db }) => db.copyFileToBuffer(name), options, name);
    await this.#call(({ db }) => db.dropFile(name), options, name);
    return bytes as Uint8Array<ArrayBuffer>;
  }

  /** Gives DuckDB a file by name. The bytes are transferred: the caller's array is empty afterwards. */
  async register(name: string, bytes: Uint8Array, options?: CallOptions): Promise<void> {
    const size = bytes.byteLength;
    await this.#call(({ db }) => db.registerFileBuffer(name, bytes), options, name);
    this.#files.set(name, size);
  }

  /** Makes a temporary table of a CSV text without header, its columns' types given; an empty field is NULL. */
  async load(table: string, columns: Readonly<Record<string, string>>, csv: string): Promise<void> {
    const name = `${table}.csv`;
    const types = Object.entries(columns).map(([column, type]) => `${literal(column)}: ${literal(type)}`);
    const options = `header=false, auto_detect=false, delim=',', quote='"', escape='"', allow_quoted_nulls=false`;
    await this.register(name, new TextEncoder().encode(csv));
    const read = `read_csv(${literal(name)}, ${options}, max_line_size=10000000, columns={${types.join(', ')}})`;
    await this.query(`CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS SELECT * FROM ${read}`);
    await this.unregister(name);
  }

  /** Registers those of `names` that are not yet, and makes room by dropping the least recently used others. */
  async registerAll(
    names: readonly string[],
    load: (name: string) => Promise<Uint8Array>,
    options?: CallOptions,
  ): Promise<void> {
    await this.#running();
    for (const name of names) {
      const size = this.#files.get(name);
      if (size === undefined) await this.register(name, await load(name), options);
      else {
        this.#files.delete(name);
        this.#files.set(name, size);
      }
    }
    const wanted = new Set(names);
    let used = [...this.#files.values()].reduce((sum, size) => sum + size, 0);
    for (const [name, size] of this.#files) {
      if (used <= this.budget) break;
      if (wanted.has(name)) continue;
      await this.unregister(name);
      used -= size;
    }
  }

  /** Forgets a file; one that is not registered is no error. */
  async unregister(name: string): Promise<void> {
    if (!this.#files.delete(name)) return;
    await this.#call(({ db }) => db.dropFile(name), undefined, name);
  }

  /** Ends the worker and gives its memory back; calls under way reject with `engine.died`. The next call starts a new one. */
  async terminate(): Promise<void> {
    const running = this.#duckdb;
    this.#forget();
    (await running)?.terminate();
  }

  #running(): Promise<DuckDB> {
    if (this.#duckdb) return this.#duckdb;
    const starting = startDuckDB();
    this.#duckdb = starting;
    const forget = () => {
      if (this.#duckdb === starting) this.#forget();
    };
    starting.then(({ death }) => death).catch(forget);
    return starting;
  }

  #forget(): void {
    this.#duckdb = null;
    this.#files.clear();
  }

  async #call<T>(
    call: (duckdb: DuckDB) => Promise<T>,
    { signal, timeout = DEFAULT_TIMEOUT }: CallOptions = {},
    subject: string,
  ): Promise<T> {
    const duckdb = await this.#running();
    const cancel = new AbortController();
    const stop = new Promise<never>((_, reject) => {
      const timer = setTimeout(() => {
        reject(
          new VelolacError('engine.timeout', `no answer after ${timeout} ms: ${subject}`, { ms: timeout }),
        );
      }, timeout);
      const abort = () => reject(new VelolacError('engine.aborted', `aborted: ${subject}`));
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { signal: cancel.signal });
      cancel.signal.addEventListener('abort', () => clearTimeout(timer));
    });
    try {
      return await Promise.race([call(duckdb), duckdb.death, stop]);
    } catch (thrown) {
      if (!(thrown instanceof VelolacError)) throw this.#queryError(duckdb, thrown, subject);
      if (thrown.code !== 'engine.died') duckdb.terminate();
      throw thrown;
    } finally {
      cancel.abort();
    }
  }

  /** After a wasm trap every later query fails: the worker is given up, and the next call starts a new one. */
  #queryError(duckdb: DuckDB, cause: unknown, subject: string): VelolacError {
    const message = cause instanceof Error ? cause.message : String(cause);
    const trapped = /unreachable|memory access|function signature|table index|out of memory|RuntimeError/i;
    if (trapped.test(message)) duckdb.terminate();
    return new VelolacError(
      'engine.query',
      `${message}\nin: ${subject.slice(0, 2000)}`,
      { message },
      { cause },
    );
  }
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && Symbol.iterator in value)
    return Array.from(value as Iterable<unknown>, toCell);
  return value as Cell;
}
