import type { Engine } from '../../engine/engine.ts';
import { identifier, literal } from '../../engine/sql.ts';
import { VelolacError } from '../../errors.ts';
import { bytesOf, whole, type Content } from './content.ts';
import { refuseWide, SLICE_ROWS, type OpenTable, type Slice } from './reader.ts';

/** A Parquet file that is open until it is closed. */
export interface ParquetFile {
  readonly header: readonly string[];
  /** Rows `from` to `to` (exclusive), counted from 0; none beyond the last. Rejects with `import.damaged` or `engine.*`. */
  rows(from: number, to: number): Promise<Slice['rows']>;
  close(): Promise<void>;
}

/** Opens the bytes of a Parquet file, which are transferred. Rejects with `import.damaged` or `engine.*`. */
export type ParquetReader = (bytes: Uint8Array<ArrayBuffer>) => Promise<ParquetFile>;

/** Parquet is read from memory, and the engine has no more than 4 GB. */
const MAX_BYTES = 1e9;

/**
 * Parquet as a table. A time that the file says is in UTC is ISO 8601 with a `Z`, one without a zone stays without
 * one; a struct or a list is DuckDB's text of it (`{'lon': 2.3, 'lat': 48.8}`). Rejects with `import.too_large`,
 * `import.damaged`, `import.no_rows`, `import.too_wide`, what reading `content` rejects with, and `engine.*`.
 */
export async function openParquet(content: Content, read: ParquetReader): Promise<OpenTable> {
  const file = await read(await bytesOf(await whole(content, MAX_BYTES)));
  try {
    const { header } = file;
    refuseWide(header);
    const first = await file.rows(0, 1);
    if (first.length === 0) throw new VelolacError('import.no_rows', 'the table has no rows');
    return {
      name: content.name,
      envelope: 'parquet',
      header,
      feed_time: null,
      slices: () => slices(content, read),
    };
  } finally {
    await file.close();
  }
}

async function* slices(content: Content, read: ParquetReader): AsyncGenerator<Slice> {
  const file = await read(await bytesOf(await whole(content, MAX_BYTES)));
  try {
    for (let from = 0; ; from += SLICE_ROWS) {
      const rows = await file.rows(from, from + SLICE_ROWS);
      if (rows.length > 0) yield { rows, malformed: [] };
      if (rows.length < SLICE_ROWS) return;
    }
  } finally {
    await file.close();
  }
}

/**
 * Milliseconds for one question to a file. A slice takes half a second; a damaged file may send DuckDB 0.9 into
 * an endless loop, which only the end of its worker stops.
 */
const TIMEOUT = 20_000;

let files = 0;

/** Parquet through DuckDB, which skips the row groups that a stretch of rows does not need. */
export function duckdbParquet(
  engine: Pick<Engine, 'register' | 'query' | 'unregister'>,
  signal?: AbortSignal,
): ParquetReader {
  const options = { timeout: TIMEOUT, ...(signal ? { signal } : {}) };
  const query = async <T extends object>(sql: string): Promise<T[]> => {
    try {
      return await engine.query<T>(sql, options);
    } catch (cause) {
      const isOfFile = cause instanceof VelolacError && /^engine\.(query|timeout|trap)$/.test(cause.code);
      if (!isOfFile) throw cause;
      throw new VelolacError('import.damaged', 'DuckDB cannot read the Parquet file', {}, { cause });
    }
  };
  return async (bytes) => {
    const name = `import-${++files}.parquet`;
    const close = () => engine.unregister(name);
    const table = `read_parquet(${literal(name)}, binary_as_string = true, file_row_number = true)`;
    await engine.register(name, bytes, options);
    try {
      const described = await query<Described>(`DESCRIBE SELECT * EXCLUDE (file_row_number) FROM ${table}`);
      const columns = described.map((column, at) => `${text(column)} AS c${at}`).join(', ');
      return {
        header: described.map(({ column_name }) => column_name),
        rows: async (from, to) => {
          const stretch = `file_row_number >= ${from} AND file_row_number < ${to}`;
          const sql = `SELECT ${columns} FROM ${table} WHERE ${stretch} ORDER BY file_row_number`;
          return (await query<Record<string, string | null>>(sql)).map((row) => Object.values(row));
        },
        close,
      };
    } catch (thrown) {
      await close();
      throw thrown;
    }
  };
}

interface Described {
  readonly column_name: string;
  readonly column_type: string;
}

function text({ column_name, column_type }: Described): string {
  const value = `CAST(${identifier(column_name)} AS STRING)`;
  if (column_type === 'TIMESTAMP WITH TIME ZONE') return `replace(replace(${value}, ' ', 'T'), '+00', 'Z')`;
  return column_type.startsWith('TIMESTAMP') ? `replace(${value}, ' ', 'T')` : value;
}
