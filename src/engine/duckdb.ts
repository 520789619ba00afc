import { AsyncDuckDB, VoidLogger, type AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { VelolacError } from '../errors.ts';
import { unless } from './unless.ts';

/** One running DuckDB: the worker, its one connection, and the signal that is aborted when the worker dies. */
export interface DuckDB {
  readonly db: AsyncDuckDB;
  readonly connection: AsyncDuckDBConnection;
  /** Its reason is `engine.died`, or what the worker was ended for. */
  readonly dead: AbortSignal;
  terminate(reason?: VelolacError): void;
}

/** Milliseconds for the wasm to be fetched and compiled. */
const START_TIMEOUT = 60_000;

/**
 * Starts an in-memory DuckDB in a worker of its own (the `eh` bundle, with Parquet linked in: docs/adr/0001).
 * Rejects with `engine.start` when the wasm cannot be loaded or compiled.
 */
export async function startDuckDB(): Promise<DuckDB> {
  const life = `duckdb-${Math.random()}`;
  const script = URL.createObjectURL(new Blob([livingScript(life)], { type: 'text/javascript' }));
  const worker = new Worker(script);
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  const dying = new AbortController();
  const dead = dying.signal;
  dead.addEventListener('abort', () => worker.terminate());
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    terminate(new VelolacError('engine.died', event.message || 'the DuckDB worker died'));
  });
  const terminate = (reason = new VelolacError('engine.died', 'the DuckDB worker was ended')) =>
    dying.abort(reason);
  const timer = setTimeout(terminate, START_TIMEOUT);
  try {
    const connection = await unless(dead, connect(db));
    onceFree(life, terminate);
    return { db, connection, dead, terminate };
  } catch (cause) {
    terminate();
    throw new VelolacError('engine.start', 'DuckDB did not start', {}, { cause });
  } finally {
    clearTimeout(timer);
    URL.revokeObjectURL(script);
  }
}

/**
 * DuckDB's own worker, which holds a lock for as long as it lives. It would count the bytes of the wasm on their way to
 * the compiler, and a browser keeps compiled code only of an answer that comes as it was fetched (docs/adr/0026).
 */
function livingScript(lock: string): string {
  return `navigator.locks?.request(${JSON.stringify(lock)}, () => new Promise(() => undefined));
    self.TransformStream = undefined;
    const { warn } = console;
    console.warn = (...said) => /without progress handler/.test(said[0]) || warn(...said);
    importScripts(${JSON.stringify(absolute(workerUrl))});`;
}

/** The browser tells nobody that a worker is gone, but it frees the lock that the worker held. */
function onceFree(lock: string, then: () => void): void {
  if ('locks' in navigator) void navigator.locks.request(lock, () => then());
}

async function connect(db: AsyncDuckDB): Promise<AsyncDuckDBConnection> {
  await db.instantiate(absolute(wasmUrl));
  await db.open({
    path: ':memory:',
    query: { castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: true },
  });
  return db.connect();
}

/** A script without an address of its own has none to resolve others against. */
function absolute(url: string): string {
  return new URL(url, import.meta.url).href;
}
