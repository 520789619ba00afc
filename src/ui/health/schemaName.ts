import type { SchemaEntry } from '../../pipeline/protocol.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { ViewMessages } from '../messages/views.ts';
import { inWords } from '../words.ts';

/**
 * What schemas are called: their era, in words; of several of one era, also what tells each from the one before, and
 * where that is not enough, since when.
 */
export function schemaNames(schemas: readonly SchemaEntry[], words: ViewMessages, f: Format): string[] {
  const { data } = words;
  const m = words.health.schemas;
  const eras = schemas.map(({ era }) => f.opening(era === null ? data.unknownEra : inWords(data.eras, era)));
  const isShared = (names: readonly string[], name: string) =>
    names.indexOf(name) !== names.lastIndexOf(name);
  const facts = schemas.map((schema, index) => {
    const era = eras[index]!;
    return isShared(eras, era) ? `${era} · ${factOf(schema, words, f)}` : era;
  });
  return facts.map((name, index) =>
    isShared(facts, name) ? `${name}, ${m.factSince(f.dayTime(schemas[index]!.first))}` : name,
  );
}

/** The most telling change against the schema before, in a few words. */
function factOf({ changes, contradicts }: SchemaEntry, { health }: ViewMessages, f: Format): string {
  const m = health.schemas;
  const told = (names: readonly string[], fact: typeof m.factNew) =>
    names[0] === undefined ? m.factOrder : fact(names.length, f.count(names.length), names[0]);
  if (contradicts.length > 0) return told(contradicts, m.factValues);
  if (changes === null) return m.factFirst;
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
