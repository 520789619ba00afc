import type { SchemaEntry } from '../../pipeline/protocol.ts';
import type { Format } from '../format.ts';
import type { ViewMessages } from '../messages/views.ts';
import { inWords } from '../words.ts';

/** What a schema is called: its era, in words. */
export function schemaName({ era }: SchemaEntry, { data }: ViewMessages, f: Format): string {
  return f.opening(era === null ? data.unknownEra : inWords(data.eras, era));
}

/** Who mapped a schema, in words. */
export function mapper({ by }: SchemaEntry, { data }: ViewMessages): string {
  return by === null ? data.nobody : data.by[by];
}
