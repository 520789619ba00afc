/** A value that may stand in a statement. A `Date` becomes a UTC TIMESTAMP with milliseconds. */
export type SqlValue = string | number | boolean | Date | null;

/** A quoted identifier: safe for any text, whatever quotes or semicolons a source put into a column's name. */
export function identifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/**
 * A literal. Throws a `RangeError` for numbers and dates that SQL has no literal for (NaN, infinities), since
 * such a value in a statement is a mistake of ours and not of the data.
 */
export function literal(value: SqlValue): string {
  if (value === null) return 'NULL';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  if (typeof value === 'boolean') return value ? 'TRUE' : 'FALSE';
  const number = typeof value === 'number' ? value : value.getTime();
  if (!Number.isFinite(number)) throw new RangeError(`no SQL literal for ${String(value)}`);
  if (typeof value === 'number') return String(value);
  return `TIMESTAMP '${value.toISOString().replace('T', ' ').replace('Z', '')}'`;
}

/** A list of literals, for `read_parquet([...])` and `IN (...)`. */
export function literals(values: readonly SqlValue[]): string {
  return values.map(literal).join(', ');
}

/**
 * The rows of registered Parquet files, columns that a file lacks as NULL. Paths are Hive style, and what they say is
 * in the files as well: DuckDB must not add it again.
 */
export function parquetRows(paths: readonly string[]): string {
  return `read_parquet([${literals(paths)}], union_by_name=true, hive_partitioning=false)`;
}

/** Values by name; a list stands between the parentheses of `IN (:name)`, and an empty one matches nothing. */
export type SqlValues = Readonly<Record<string, SqlValue | readonly SqlValue[]>>;

/**
 * Puts values in the place of a statement's `:names`, outside its quoted texts and comments. Throws a
 * `RangeError` for a name without a value.
 */
export function bind(sql: string, values: SqlValues): string {
  const tokens = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|::|:([a-z_][a-z0-9_]*)/gi;
  return sql.replace(tokens, (token, name: string | undefined) => {
    if (name === undefined) return token;
    const value = values[name];
    if (value === undefined) throw new RangeError(`no value for :${name}`);
    return isList(value) ? literals(value.length > 0 ? value : [null]) : literal(value);
  });
}

function isList(value: SqlValue | readonly SqlValue[]): value is readonly SqlValue[] {
  return Array.isArray(value);
}
