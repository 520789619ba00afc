import type { SchemaEntry } from '../../pipeline/protocol.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { ViewMessages } from '../messages/views.ts';
import { inWords } from '../words.ts';

/** What a schema is called: its era, in words. */
export function schemaName({ era }: SchemaEntry, { data }: ViewMessages, f: Format): string {
  return f.opening(era === null ? data.unknownEra : inWords(data.eras, era));
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
export function mapper({ by }: SchemaEntry, { data }: ViewMessages): string {
  return by === null ? data.nobody : data.by[by];
}
