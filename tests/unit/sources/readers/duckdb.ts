import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Blocking from '@duckdb/duckdb-wasm/blocking';
import type { Engine } from '../../../../src/engine/engine.ts';
import { VelolacError } from '../../../../src/errors.ts';

const require = createRequire(import.meta.url);
const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
const wasm = require(path) as typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime };

/** The engine of the page, in Node, without a worker. */
export async function engine(): Promise<Pick<Engine, 'register' | 'query' | 'unregister'>> {
  const bundle = { mainModule: join(dirname(path), 'duckdb-eh.wasm'), mainWorker: '' };
  const database = await wasm.createDuckDB(
    { mvp: bundle, eh: bundle },
    new wasm.VoidLogger(),
    wasm.NODE_RUNTIME,
  );
  await database.instantiate(() => undefined);
  const connection = database.connect();
  const query = <T extends object>(sql: string): T[] => {
    try {
      return connection
        .query(sql)
        .toArray()
        .map((row: { toJSON(): T }) => ({ ...row.toJSON() }));
    } catch (cause) {
      throw new VelolacError('engine.query', String(cause), {}, { cause });
    }
  };
  return {
    register: async (name, bytes) => database.registerFileBuffer(name, bytes),
    unregister: async (name) => {
      database.dropFile(name);
    },
    query: async <T extends object>(sql: string) => query<T>(sql),
  };
}
