import { parquetRows } from '../engine/sql.ts';
import { attributeColumns } from './attributes.ts';
import type { SilverEngine } from './part.ts';

/** Columns that files of earlier builds lack, or that are asked for where there is no file. */
const columns = {
  station_status: { attributes_id: 'VARCHAR' },
  station_attributes: attributeColumns,
} as const;

type Table = keyof typeof columns;

/**
 * A query for the rows of registered files of a table of Silver. A lake may be older than a column: the rows of its
 * files have NULL there.
 */
export function silverRows(table: Table, paths: readonly string[]): string {
  const nulls = Object.entries(columns[table]).map(([name, type]) => `CAST(NULL AS ${type}) AS ${name}`);
  const none = `SELECT ${nulls.join(', ')} WHERE FALSE`;
  return paths.length === 0 ? none : `${none} UNION ALL BY NAME SELECT * FROM ${parquetRows(paths)}`;
}

/** Makes views of tables of Silver, by their registered files. */
export async function viewSilver(
  engine: Pick<SilverEngine, 'query'>,
  files: Readonly<Record<Table, readonly string[]>>,
): Promise<void> {
  for (const table of Object.keys(columns) as Table[]) {
    await engine.query(`CREATE OR REPLACE TEMP VIEW ${table} AS ${silverRows(table, files[table])}`);
  }
}
