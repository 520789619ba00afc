import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { identifier, literal, literals } from '../../../src/engine/sql.ts';
import type { GoldEngine } from '../../../src/gold/tables.ts';
import type { Lake } from './lake.ts';

/** A native DuckDB behind the face of the page's engine, and a folder for its files. */
export class NativeEngine implements GoldEngine {
  readonly #folder = mkdtempSync(join(tmpdir(), 'velolac-'));
  #files = 0;

  constructor(private readonly lake: Lake) {}

  exclusive<T>(work: () => Promise<T>): Promise<T> {
    return work();
  }

  async query<T extends object>(sql: string): Promise<T[]> {
    return this.lake.rows<T>(sql);
  }

  /** Of texts without commas. */
  async load(table: string, columns: Readonly<Record<string, string>>, csv: string): Promise<void> {
    const types = Object.entries(columns).map(([name, type]) => `${identifier(name)} ${type}`);
    await this.lake.run(`CREATE OR REPLACE TEMP TABLE ${table} (${types.join(', ')})`);
    const rows = csv
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => `(${literals(line.split(','))})`);
    if (rows.length > 0) await this.lake.run(`INSERT INTO ${table} VALUES ${rows.join(', ')}`);
  }

  async parquet(select: string): Promise<Uint8Array<ArrayBuffer>> {
    const path = this.#path();
    await this.lake.run(`COPY (${select}) TO ${literal(path)} (FORMAT parquet)`);
    return new Uint8Array(readFileSync(path));
  }

  /** Keeps bytes as a file that SQL can read. */
  keep(bytes: Uint8Array): string {
    const path = this.#path();
    writeFileSync(path, bytes);
    return path;
  }

  close(): void {
    this.lake.close();
    rmSync(this.#folder, { recursive: true });
  }

  #path(): string {
    return join(this.#folder, `${++this.#files}.parquet`);
  }
}
