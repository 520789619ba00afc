import Papa from 'papaparse';
import type { Table } from '../sources/flatten.ts';

/**
 * A table as CSV: comma, LF, a header line, RFC 4180 quoting. Null is an empty field, empty text is `""`, so
 * that a reader that tells quoted from unquoted (DuckDB with `allow_quoted_nulls = false`, PostgreSQL) gets
 * both back. Without a header (null) there is no header line. Rows of one column that is null are written as
 * empty lines.
 */
export function toCsv({
  header,
  rows,
}: Pick<Table, 'rows'> & { readonly header: Table['header'] | null }): string {
  const data = (header ? [header, ...rows] : rows) as unknown[][];
  return `${Papa.unparse(data, { newline: '\n', quotes: (value) => value === '' })}\n`;
}

/** The names in the header line of such a CSV. */
export function readHeader(csv: string): string[] {
  return Papa.parse<string[]>(csv, { preview: 1, newline: '\n', delimiter: ',' }).data[0] ?? [];
}

/** The rows of such a CSV below its header, all or the first `limit`; null and empty text both read as empty text. */
export function readRows(csv: string, limit = Infinity): string[][] {
  const preview = limit === Infinity ? 0 : limit + 1;
  const { data } = Papa.parse<string[]>(csv.replace(/\n$/, ''), { preview, newline: '\n', delimiter: ',' });
  return data.slice(1);
}

/**
 * CSVs of one header joined into one without header, each line led by its snapshot's `prefix`: what DuckDB
 * reads in one pass. A line feed inside quotes is left alone.
 */
export function join(parts: readonly { readonly prefix: string; readonly csv: string }[]): string {
  return parts
    .map(({ prefix, csv }) => {
      const lines = csv.replace(/("[^"]*")|\n(?!$)/g, (_, quoted?: string) => quoted ?? `\n${prefix},`);
      return lines.slice(headerEnd(lines) + 1);
    })
    .join('');
}

/** Where the first line ends: a line feed inside a quoted name does not end it. */
function headerEnd(csv: string): number {
  const end = /^(?:"[^"]*"|[^"\n])*\n/.exec(csv);
  return end ? end[0].length - 1 : csv.length;
}
