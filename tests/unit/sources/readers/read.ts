import { VelolacError } from '../../../../src/errors.ts';
import { openTables } from '../../../../src/sources/readers/open.ts';
import type { ParquetReader } from '../../../../src/sources/readers/parquet.ts';
import type { OpenTable } from '../../../../src/sources/readers/reader.ts';

/** A table as a test looks at it: all slices as one, or the code of what failed. */
export interface Read extends Pick<OpenTable, 'name' | 'envelope' | 'header' | 'feed_time'> {
  readonly rows: (string | null)[][];
  readonly malformed: string[];
}

const noParquet: ParquetReader = () => Promise.reject(new Error('this test has no Parquet'));

/** Everything in a file; a member that is no table is its error's code. */
export async function readAll(
  content: string | Uint8Array<ArrayBuffer>,
  name = 'file',
  parquet = noParquet,
): Promise<(Read | string)[]> {
  const found: (Read | string)[] = [];
  for await (const table of openTables(new Blob([content]), name, { parquet })) {
    found.push('error' in table ? table.error.code : await readTable(table));
  }
  return found;
}

async function readTable(table: OpenTable): Promise<Read> {
  const { name, envelope, header, feed_time } = table;
  const read: Read = { name, envelope, header, feed_time, rows: [], malformed: [] };
  for await (const { rows, malformed } of table.slices()) {
    for (const row of rows) read.rows.push([...row]);
    read.malformed.push(...malformed);
  }
  return read;
}

/** The one table of a file. */
export async function readOne(
  content: string | Uint8Array<ArrayBuffer>,
  name?: string,
  parquet?: ParquetReader,
) {
  const [table, ...others] = await readAll(content, name, parquet);
  if (!table || typeof table === 'string' || others.length > 0) throw new Error('not one table');
  return table;
}

/** The code with which a file is refused. */
export async function refusal(
  content: string | Uint8Array<ArrayBuffer>,
  parquet?: ParquetReader,
): Promise<string> {
  try {
    await readAll(content, 'file', parquet);
    return 'none';
  } catch (thrown) {
    if (thrown instanceof VelolacError) return thrown.code;
    throw thrown;
  }
}
