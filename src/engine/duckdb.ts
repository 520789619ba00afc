import { AsyncDuckDB, VoidLogger, type AsyncDuckDBConnection } from '@duckdb/duckdb-wasm';
import wasmUrl from '@duckdb/duckdb-wasm/dist/duckdb-eh.wasm?url';
import workerUrl from '@duckdb/duckdb-wasm/dist/duckdb-browser-eh.worker.js?url';
import { VelolacError } from '../errors.ts';

/** One running DuckDB: the worker, its one connection, and the promise that rejects when the worker dies. */
export interface DuckDB {
  readonly db: AsyncDuckDB;
  readonly connection: AsyncDuckDBConnection;
  /** Never resolves; rejects with `engine.died`. */
  readonly death: Promise<never>;
  terminate(): void;
}

/**
 * Starts an in-memory DuckDB in a worker of its own (the `eh` bundle, with Parquet linked in: docs/adr/0001).
 * Rejects with `engine.start` when the wasm cannot be loaded or compiled.
 */
export async function startDuckDB(): Promise<DuckDB> {
  const worker = new Worker(workerUrl);
  const db = new AsyncDuckDB(new VoidLogger(), worker);
  let die: (error: VelolacError) => void;
  const death = new Promise<never>((_, reject) => (die = reject));
  death.catch(() => worker.terminate());
  worker.addEventListener('error', (event) => {
    event.preventDefault();
    die(new VelolacError('engine.died', event.message || 'the DuckDB worker died'));
  });
  const terminate = () => die(new VelolacError('engine.died', 'the DuckDB worker was terminated'));
  try {
    const connection = await Promise.race([connect(db), death]);
    return { db, connection, death, terminate };
  } catch (cause) {
    terminate();
    throw new VelolacError('engine.start', 'DuckDB did not start', {}, { cause });
  }
}

async function connect(db: AsyncDuckDB): Promise<AsyncDuckDBConnection> {
  await db.instantiate(wasmUrl);
  await db.open({
    path: ':memory:',
    query: { castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: true },
  });
  return db.connect();
}
