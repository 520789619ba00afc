import { VelolacError, type ErrorCode } from '../errors.ts';
import { startDuckDB, type DuckDB } from './duckdb.ts';
import { identifier, literal } from './sql.ts';
import { unless } from './unless.ts';

/** A value as it leaves the engine: timestamps as milliseconds since the epoch, lists as arrays. */
export type Cell = string | number | boolean | null | readonly Cell[];
export type Row = Readonly<Record<string, Cell>>;

/** A column of numbers: the type is that of the SQL (TINYINT, SMALLINT, INTEGER, DOUBLE). */
export type Numbers = Int8Array | Int16Array | Int32Array | Float64Array;

export interface CallOptions {
  readonly signal?: AbortSignal;
  /** Milliseconds until the call rejects with `engine.timeout` and the worker is replaced. */
  readonly timeout?: number;
}

/** A hung worker is found before the next minute's snapshot is due, with time left to do the work again. */
const DEFAULT_TIMEOUT = 30_000;

/** Bytes of Parquet kept registered: an eighth of the device's memory (4 GB where it does not tell), at most 1 GiB. */
function defaultBudget(): number {
  const { deviceMemory = 4 } = navigator as Navigator & { deviceMemory?: number };
  return Math.min(deviceMemory / 8, 1) * 2 ** 30;
}

/** How many files are read at the same time: a file of OPFS takes milliseconds, most of them spent waiting. */
const AT_ONCE = 32;

/** How a call fails whose worker is lost, with all that was registered: another worker may do what this one could not. */
const lost: readonly string[] = [
  'engine.start',
  'engine.died',
  'engine.timeout',
  'engine.memory',
  'engine.trap',
];

/**
 * The one door to DuckDB. Starts its worker at the first call and again after a death; every call races the
 * worker's death, a timeout and an abort signal, since duckdb-wasm itself rejects nothing when its worker dies.
 * Work that goes through `use` is done again once when its worker is lost.
 *
 * Files are registered as bytes, never as handles (reading Parquet through a handle is ten times slower), and
 * the least recently used are dropped beyond the budget.
 */
export class Engine {
  #duckdb: Promise<DuckDB> | null = null;
  #files = new Map<string, number>();
  #turn: Promise<unknown> = Promise.resolve();
  #outputs = 0;
  #moved = 0;
  #uses = 0;
  #generation = 0;
  #whenUnused: () => void = () => undefined;

  /** `budget` in bytes, `timeout` of a call in milliseconds. */
  constructor(
    private readonly budget = defaultBudget(),
    private readonly timeout = DEFAULT_TIMEOUT,
  ) {}

  /** How many files this worker has written: its memory grows with them, and never shrinks. */
  get outputs(): number {
    return this.#outputs;
  }

  /** Bytes of files that went into this worker and came out of it. */
  get moved(): number {
    return this.#moved;
  }

  /** Counts the workers that were given up: what a worker was told is there while this stays the same. */
  get generation(): number {
    return this.#generation;
  }

  /** Starts the worker if it is not running. Rejects with `engine.start`. */
  async start(): Promise<void> {
    await this.#running();
  }

  /**
   * Runs work that registers files and asks of them, on one worker from its beginning to its end; once more when that
   * worker is lost. What cannot be done twice must come after the last call. Must not be nested.
   */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#uses += 1;
    try {
      return await work().catch((thrown: unknown) => {
        if (thrown instanceof VelolacError && lost.includes(thrown.code)) return work();
        throw thrown;
      });
    } finally {
      this.#uses -= 1;
      if (this.#uses === 0) this.#whenUnused();
    }
  }

  /** Gives memory back, as only a new worker does: it takes the old one's place when no work uses that. */
  async recycle(): Promise<void> {
    const next = await startDuckDB();
    while (this.#uses > 0) await new Promise<void>((resolve) => (this.#whenUnused = resolve));
    const before = this.#duckdb;
    void this.#adopt(Promise.resolve(next));
    await end(before);
  }

  /** Runs a sequence of calls with no other sequence between them: for work that goes through temporary tables. */
  exclusive<T>(work: () => Promise<T>): Promise<T> {
    const result = this.#turn.then(work);
    this.#turn = Promise.allSettled([result]);
    return result;
  }

  /** Runs a statement and gives its rows. Rejects with `engine.query`, `.timeout`, `.aborted`, `.memory`, `.trap` or `.died`. */
  async query<T extends object = Row>(sql: string, options?: CallOptions): Promise<T[]> {
    const table = await this.#call(({ connection }) => connection.query(sql), options, sql);
    const names = table.schema.fields.map((field) => field.name);
    return table.toArray().map((row: Record<string, unknown>) => {
      return Object.fromEntries(names.map((name) => [name, toCell(row[name])])) as T;
    });
  }

  /** Runs a `SELECT` of numbers without NULL and gives its columns, in the order of its rows: for what is too much as rows. */
  async columns(sql: string, options?: CallOptions): Promise<Readonly<Record<string, Numbers>>> {
    const table = await this.#call(({ connection }) => connection.query(sql), options, sql);
    const column = (name: string) => table.getChild(name)!.toArray() as Numbers;
    return Object.fromEntries(table.schema.fields.map(({ name }) => [name, column(name)]));
  }

  /** Runs a `SELECT` and gives its rows as one ZSTD Parquet file. */
  async parquet(select: string, options?: CallOptions): Promise<Uint8Array<ArrayBuffer>> {
    const name = `out-${++this.#outputs}.parquet`;
    const copy = `COPY (${select}) TO ${literal(name)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`;
    await this.#call(({ db }) => db.registerEmptyFileBuffer(name), options, name);
    await this.query(copy, options);
    const bytes = await this.#call(({ db }) => db.copyFileToBuffer(name), options, name);
    await this.#call(({ db }) => db.dropFile(name), options, name);
    this.#moved += bytes.byteLength;
    return bytes as Uint8Array<ArrayBuffer>;
  }

  /** Gives DuckDB a file by name. The bytes are transferred: the caller's array is empty afterwards. */
  async register(name: string, bytes: Uint8Array, options?: CallOptions): Promise<void> {
    const size = bytes.byteLength;
    await this.#call(({ db }) => db.registerFileBuffer(name, bytes), options, name);
    this.#files.set(name, size);
    this.#moved += size;
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
    const sizes = names.map((name) => [name, this.#files.get(name)] as const);
    for (const [name, size] of sizes) {
      if (size === undefined) continue;
      this.#files.delete(name);
      this.#files.set(name, size);
    }
    const missing = sizes.flatMap(([name, size]) => (size === undefined ? [name] : []));
    const queue = missing.values();
    const readers = Array.from({ length: AT_ONCE }, async () => {
      for (const name of queue) await this.register(name, await load(name), options);
    });
    await Promise.all(readers);
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

  /** Forgets all files, tables and views, for other work; does nothing where no worker runs. */
  async empty(): Promise<void> {
    if (!this.#duckdb) return;
    for (const name of [...this.#files.keys()]) await this.unregister(name);
    const made = await this.query<{ kind: string; name: string }>(
      `SELECT 'VIEW' AS kind, view_name AS name FROM duckdb_views() WHERE NOT internal
        UNION ALL SELECT 'TABLE', table_name FROM duckdb_tables() WHERE NOT internal`,
    );
    for (const { kind, name } of made) await this.query(`DROP ${kind} IF EXISTS ${identifier(name)}`);
  }

  /** Ends the worker and gives its memory back; calls under way reject with `engine.aborted`. The next call starts a new one. */
  async terminate(): Promise<void> {
    const running = this.#duckdb;
    this.#forget();
    await end(running);
  }

  #running(): Promise<DuckDB> {
    return this.#duckdb ?? this.#adopt(startDuckDB());
  }

  #adopt(duckdb: Promise<DuckDB>): Promise<DuckDB> {
    this.#forget();
    this.#duckdb = duckdb;
    const forget = () => {
      if (this.#duckdb === duckdb) this.#forget();
    };
    duckdb.then(({ dead }) => {
      if (dead.aborted) forget();
      else dead.addEventListener('abort', forget);
    }, forget);
    return duckdb;
  }

  #forget(): void {
    this.#duckdb = null;
    this.#generation += 1;
    this.#files.clear();
    this.#outputs = 0;
    this.#moved = 0;
  }

  async #call<T>(
    call: (duckdb: DuckDB) => Promise<T>,
    { signal, timeout = this.timeout }: CallOptions = {},
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
      return await unless(duckdb.dead, Promise.race([call(duckdb), stop]));
    } catch (thrown) {
      if (!(thrown instanceof VelolacError)) throw this.#queryError(duckdb, thrown, subject);
      duckdb.terminate();
      throw thrown;
    } finally {
      cancel.abort();
    }
  }

  /** After a wasm trap every later query fails, and memory that ran out does not come back: the worker is given up. */
  #queryError(duckdb: DuckDB, cause: unknown, subject: string): VelolacError {
    const message = cause instanceof Error ? cause.message : String(cause);
    const code = codeOf(message);
    if (code !== 'engine.query') duckdb.terminate();
    return new VelolacError(code, `${message}\nin: ${subject.slice(0, 2000)}`, { message }, { cause });
  }
}

/** One that did not start needs no end. */
async function end(running: Promise<DuckDB> | null): Promise<void> {
  const aborted = new VelolacError('engine.aborted', 'the engine was ended');
  await running?.then(
    (duckdb) => duckdb.terminate(aborted),
    () => undefined,
  );
}

function codeOf(message: string): ErrorCode {
  if (/out of memory|bad_alloc|allocation failed|memory\.grow/i.test(message)) return 'engine.memory';
  const trapped = /unreachable|memory access|function signature|table index|RuntimeError|aborted\(/i;
  return trapped.test(message) ? 'engine.trap' : 'engine.query';
}

function toCell(value: unknown): Cell {
  if (value === null || value === undefined) return null;
  if (value instanceof Date) return value.getTime();
  if (typeof value === 'bigint') return Number(value);
  if (typeof value === 'object' && Symbol.iterator in value)
    return Array.from(value as Iterable<unknown>, toCell);
  return value as Cell;
}
