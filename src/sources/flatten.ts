import { LosslessNumber, stringify } from 'lossless-json';
import { isObject, type JsonObject, type JsonValue } from './records.ts';

/** A snapshot as a table: the source's names, and each value as the text it was sent as; null is null. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/**
 * Records as a table. A nested object becomes dotted columns (`coordonnees_geo.lon`), an array JSON text; a
 * dot that is part of a name is written `\.`. The header holds every name in the order of its first
 * appearance; a name that a record does not have reads as null. Where an object is null in some records, its
 * dotted columns are null there.
 */
export function flatten(records: readonly JsonObject[]): Table {
  const columns = new Map<string, number>();
  const nulls = new Set<string>();
  const cells = records.map((record) => {
    const row: (string | null)[] = [];
    for (const [name, value] of leaves(record, '')) {
      if (value === null) nulls.add(name);
      let column = columns.get(name);
      if (column === undefined) columns.set(name, (column = columns.size));
      row[column] = value;
    }
    return row;
  });
  const keep = [...columns].filter(([name, column]) => !isEmptyParent(name, column, columns, nulls, cells));
  return {
    header: keep.map(([name]) => name),
    rows: cells.map((row) => keep.map(([, column]) => row[column] ?? null)),
  };
}

function* leaves(object: JsonObject, prefix: string): Generator<[string, string | null]> {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key.replaceAll('.', String.raw`\.`);
    if (isObject(value) && Object.keys(value).length > 0) yield* leaves(value, `${name}.`);
    else yield [name, cellText(value)];
  }
}

function cellText(value: JsonValue): string | null {
  if (value === null) return null;
  if (typeof value === 'string') return value;
  if (typeof value === 'boolean') return String(value);
  if (value instanceof LosslessNumber) return value.value;
  return stringify(value) ?? null;
}

/** A column that is null throughout because what it names is an object in other records. */
function isEmptyParent(
  name: string,
  column: number,
  columns: ReadonlyMap<string, number>,
  nulls: ReadonlySet<string>,
  cells: readonly (readonly (string | null)[])[],
): boolean {
  if (!nulls.has(name) || ![...columns.keys()].some((other) => other.startsWith(`${name}.`))) return false;
  return cells.every((row) => (row[column] ?? null) === null);
}
