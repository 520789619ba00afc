import { VelolacError } from '../errors.ts';
import type { Schema, SnapshotRow } from '../lake/journal.ts';
import type { SchemaState } from '../lake/state.ts';
import { sha256 } from '../lake/names.ts';
import { contract } from '../silver/contract.ts';
import type { Mapping, Place } from '../silver/mapping.ts';
import type { SchemaChanges, SchemaEntry } from './protocol.ts';

type Columns = Readonly<Record<string, Place | null>>;

/** First 16 hex digits of the SHA-256 of the header's names in order. */
export function fingerprintOf(header: readonly string[]): string {
  return sha256(new TextEncoder().encode(header.join('\n'))).slice(0, 16);
}

/** Why snapshots of a schema wait: what nothing maps to, or what names no longer hold, by the source's own names. */
export function waitingError({ contradicts, missing, mapped }: Partial<Schema>): VelolacError {
  if (contradicts === undefined) {
    const columns = missing?.join(', ') ?? '';
    return new VelolacError('silver.schema', `no column maps to ${columns}`, { columns });
  }
  const columns = misleading(missing, mapped).join(', ');
  return new VelolacError('silver.contradicted', `other values than before in ${columns}`, { columns });
}

/** The source's names of the columns that are missing because other values stand under them. */
function misleading(missing: Schema['missing'] = [], mapped?: Schema['mapped']): string[] {
  return missing.map((name) => mapped?.[name] ?? name);
}

/** What the journal keeps of a schema when it is first seen. `rows` is a sample. */
export function schemaOf(
  {
    header,
    rows,
  }: { readonly header: readonly string[]; readonly rows: readonly (readonly (string | null)[])[] },
  { columns, era, content, station }: Pick<Mapping, 'columns' | 'content' | 'era' | 'station'>,
  missing: readonly string[],
  origin: SnapshotRow['origin'],
): Schema {
  const byName = station === 'name' && !missing.includes('station_code');
  const own = { ...columns, station_code: byName ? columns.name : columns.station_code };
  return {
    ...{ fingerprint: fingerprintOf(header), header, era, origin, content, missing },
    ...((byName || station === 'id') && { station }),
    mapped: namesOf(header, own),
    kinds: header.map((_, index) => kindOf(rows.map((row) => row[index] ?? null))),
  };
}

/**
 * The schemas of a source in the order in which they came, each against the one before that told of the same, with
 * the rows of files that wait for a mapping (`waiting`, by fingerprint).
 */
export function schemaHistory(
  schemas: Readonly<Record<string, SchemaState>>,
  waiting: ReadonlyMap<string, number>,
): SchemaEntry[] {
  const seen = Object.values(schemas)
    .filter(({ first }) => first !== null)
    .sort((a, b) => a.first! - b.first! || a.fingerprint.localeCompare(b.fingerprint));
  return seen.map((schema, index) => {
    const { fingerprint, header, era, origin, first, last, snapshots, discarded, rejected, station } = schema;
    const { aside = false, contradicts, content } = schema;
    const mapped = mappedBy(schema);
    return {
      ...{ fingerprint, header, era, origin, first: first!, last: last!, snapshots, discarded, rejected },
      ...{
        content,
        aside,
        contradicts: contradicts === undefined ? [] : misleading(schema.missing, schema.mapped),
      },
      station: station ?? null,
      rows_waiting: waiting.get(fingerprint) ?? 0,
      by: schema.accepted?.by ?? (schema.missing.length === 0 ? 'built_in' : null),
      mapped: contract.map(({ name }) => ({ column: name, from: mapped[name] ?? null })),
      changes: changes(
        seen.slice(0, index).findLast((before) => before.content === content),
        schema,
      ),
    };
  });
}

/** The source's names that a schema's columns of the contract come from, accepted ones included. */
function mappedBy({ header, mapped, accepted }: SchemaState): Readonly<Record<string, string | null>> {
  return { ...mapped, ...namesOf(header, (accepted?.columns ?? {}) as Columns) };
}

function changes(before: SchemaState | undefined, after: SchemaState): SchemaChanges | null {
  if (!before) return null;
  const [was, is] = [mappedBy(before), mappedBy(after)];
  const renamed = contract.flatMap(({ name: column }) => {
    const [from, to] = [was[column], is[column]];
    if (from == null || to == null || from === to) return [];
    if (after.contradicts !== undefined) return [{ column, from, to }];
    return after.header.includes(from) || before.header.includes(to) ? [] : [{ column, from, to }];
  });
  const without = (header: readonly string[], other: readonly string[], names: readonly string[]) =>
    header.filter((name) => !other.includes(name) && !names.includes(name));
  const kind = ({ header, kinds }: SchemaState, name: string) => kinds[header.indexOf(name)] ?? null;
  return {
    added: without(
      after.header,
      before.header,
      renamed.map(({ to }) => to),
    ),
    removed: without(
      before.header,
      after.header,
      renamed.map(({ from }) => from),
    ),
    renamed,
    retyped: after.header.flatMap((name) => {
      const [from, to] = [kind(before, name), kind(after, name)];
      return from !== null && to !== null && from !== to ? [{ name, from, to }] : [];
    }),
  };
}

function namesOf(header: readonly string[], columns: Columns): Record<string, string | null> {
  return Object.fromEntries(
    Object.entries(columns).map(([column, place]) => [column, place && placeName(header, place)]),
  );
}

/** A place as a person names it: `mechanical`, `num_bikes_available_types.ebike`, `nbdock + nbedock`. */
export function placeName(header: readonly string[], place: Place): string {
  const name = (index: number) => header[index] ?? '';
  switch (place.kind) {
    case 'sum':
      return place.indexes.map(name).join(' + ');
    case 'key':
      return `${name(place.index)}.${place.key}`;
    default:
      return name(place.index);
  }
}

/** What kind of values a column holds, for the eye: the one that nine in ten of its values are of. */
function kindOf(values: readonly (string | null)[]): string | null {
  const texts = values.filter((value) => value !== null && value.trim() !== '');
  if (texts.length === 0) return null;
  const share = (pattern: RegExp) => texts.filter((text) => pattern.test(text!)).length / texts.length;
  return kinds.find(([, pattern]) => share(pattern) >= 0.9)?.[0] ?? 'text';
}

const kinds: readonly (readonly [name: string, pattern: RegExp])[] = [
  ['flag', /^(oui|non|yes|no|true|false|t|f)$/i],
  ['integer', /^-?\d+$/],
  ['number', /^-?\d+(\.\d+)?([eE][-+]?\d+)?$/],
  ['time', /^\d{4}-\d\d-\d\d([T ]\d\d:\d\d|$)|^\d\d\/\d\d\/\d{4}/],
  ['json', /^[[{]/],
];
