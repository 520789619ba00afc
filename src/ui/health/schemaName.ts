import type { SchemaEntry } from '../../pipeline/protocol.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { ViewMessages } from '../messages/views.ts';
import { inWords } from '../words.ts';

/**
 * What schemas are called: their era, in words; as long as that is another's name, too, also what tells each from the
 * one before, since when it came, and its fingerprint.
 */
export function schemaNames(schemas: readonly SchemaEntry[], words: ViewMessages, f: Format): string[] {
  const { data, health } = words;
  const eras = schemas.map(({ era }) => f.opening(era === null ? data.unknownEra : inWords(data.eras, era)));
  const further: readonly ((schema: SchemaEntry) => string)[] = [
    (schema) => ` · ${factOf(schema, words, f)}`,
    ({ first }) => `, ${health.schemas.factSince(f.dayTime(first))}`,
    ({ fingerprint }) => `, ${fingerprint.slice(0, 6)}`,
  ];
  return further.reduce((names, more) => {
    const isShared = (name: string) => names.indexOf(name) !== names.lastIndexOf(name);
    return names.map((name, index) => (isShared(name) ? name + more(schemas[index]!) : name));
  }, eras);
}

/** The most telling change against the schema before, in a few words. */
function factOf(
  { changes, contradicts, content }: SchemaEntry,
  { health, imports }: ViewMessages,
  f: Format,
): string {
  const m = health.schemas;
  const told = (names: readonly string[], fact: typeof m.factNew) =>
    names[0] === undefined ? m.factOrder : fact(names.length, f.count(names.length), names[0]);
  if (contradicts.length > 0) return told(contradicts, m.factValues);
  if (changes === null) return content === 'information' ? imports.information : m.factFirst;
  const { renamed, added, removed } = changes;
  const news = [...renamed.map(({ to }) => to), ...added];
  return news.length > 0 ? told(news, m.factNew) : told(removed, m.factGone);
}

/** What came in a schema: snapshots, or the rows of files that wait for a mapping. */
export function holdings(
  { snapshots, rows_waiting: rows }: SchemaEntry,
  { health }: ViewMessages,
  m: Messages,
  f: Format,
): string {
  const parts = [
    m.files.snapshots(snapshots, f.count(snapshots)),
    health.drift.rowsWait(rows, f.count(rows)),
  ];
  return parts.filter((_, index) => (index === 0 ? snapshots > 0 || rows === 0 : rows > 0)).join(', ');
}

/** Who mapped a schema, in words. */
export function mapper({ by, aside }: SchemaEntry, { data }: ViewMessages): string {
  if (aside) return data.aside;
  return by === null ? data.nobody : data.by[by];
}
