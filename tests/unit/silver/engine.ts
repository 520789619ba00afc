import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import type * as Blocking from '@duckdb/duckdb-wasm/blocking';
import type { Row } from '../../../src/engine/engine.ts';
import { identifier, literal } from '../../../src/engine/sql.ts';
import type { SilverEngine } from '../../../src/silver/silver.ts';

const require = createRequire(import.meta.url);
const path = require.resolve('@duckdb/duckdb-wasm/dist/duckdb-node-blocking.cjs');
const wasm = require(path) as typeof Blocking & { NODE_RUNTIME: Blocking.DuckDBRuntime };

/** The engine the page runs (DuckDB 0.9.1 in wasm), in Node and without its worker. */
export class NodeEngine implements SilverEngine {
  private constructor(
    private readonly db: Blocking.DuckDBBindings,
    private readonly connection: Blocking.DuckDBConnection,
  ) {}

  static async start(): Promise<NodeEngine> {
    const bundle = { mainModule: join(dirname(path), 'duckdb-eh.wasm'), mainWorker: '' };
    const db = await wasm.createDuckDB({ mvp: bundle, eh: bundle }, new wasm.VoidLogger(), wasm.NODE_RUNTIME);
    await db.instantiate(() => undefined);
    db.open({
      path: ':memory:',
      query: { castBigIntToDouble: true, castDecimalToDouble: true, castTimestampToDate: true },
    });
    return new NodeEngine(db, db.connect());
  }

  close(): void {
    this.connection.close();
  }

  exclusive<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async query<T extends object = Row>(sql: string): Promise<T[]> {
    const rows = this.connection.query(sql).toArray() as { toJSON(): Record<string, unknown> }[];
    return rows.map((row) => {
      const cells = Object.entries(row.toJSON()).map(([name, cell]) => [
        name,
        cell instanceof Date ? cell.getTime() : cell,
      ]);
      return Object.fromEntries(cells) as T;
    });
  }

  async load(table: string, columns: Readonly<Record<string, string>>, csv: string): Promise<void> {
    const types = Object.entries(columns).map(([column, type]) => `${literal(column)}: ${literal(type)}`);
    this.db.registerFileBuffer('load.csv', new TextEncoder().encode(csv));
    this.connection
      .query(`CREATE OR REPLACE TEMP TABLE ${identifier(table)} AS SELECT * FROM read_csv('load.csv',
      header=false, auto_detect=false, delim=',', quote='"', escape='"', allow_quoted_nulls=false,
      max_line_size=10000000, columns={${types.join(', ')}})`);
    this.db.dropFile('load.csv');
  }

  async register(name: string, bytes: Uint8Array): Promise<void> {
    this.db.registerFileBuffer(name, bytes);
  }

  async unregister(name: string): Promise<void> {
    this.db.dropFile(name);
  }

  async parquet(select: string): Promise<Uint8Array<ArrayBuffer>> {
    this.db.registerFileBuffer('out.parquet', new Uint8Array());
    this.connection.query(`COPY (${select}) TO 'out.parquet' (FORMAT parquet, COMPRESSION zstd)`);
    const bytes = this.db.copyFileToBuffer('out.parquet');
    this.db.dropFile('out.parquet');
    return bytes as Uint8Array<ArrayBuffer>;
  }
}
