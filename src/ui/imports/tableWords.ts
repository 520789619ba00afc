import type { ErrorRecord } from '../../errors.ts';
import type { InspectedTable } from '../../pipeline/protocol.ts';
import { sentence } from '../failure.ts';
import type { Format } from '../format.ts';
import type { Messages } from '../messages/en.ts';
import type { ViewMessages } from '../messages/views.ts';
import { inWords } from '../words.ts';

/** What a table was recognised as: its schema, its envelope, and what tells its stations if not their codes. */
export function kindOf(table: InspectedTable, words: ViewMessages, f: Format): string {
  const { era, envelope, content, station } = table;
  const { data, imports } = words;
  if (isUnreadable({ envelope })) return f.opening(inWords(data.envelopes, envelope));
  const schema = era === null ? data.unknownEra : inWords(data.eras, era);
  const what = content === 'information' ? [imports.information] : [];
  const by = station ? [imports.stations(data.stationsBy[station])] : [];
  return f.opening([schema, inWords(data.envelopes, envelope), ...what, ...by].join(' · '));
}

/** Whether it is a member of an archive that is no table: it has neither a schema nor a time. */
export const isUnreadable = ({ envelope }: Pick<InspectedTable, 'envelope'>): boolean =>
  envelope === 'unreadable';

/** Why a file or a table in it is refused, or waits: a schema is the file's here, and not the portal's. */
export function troubleOf(error: ErrorRecord, words: ViewMessages, m: Messages, f: Format): string {
  if (error.code !== 'silver.schema') return sentence(error, m, f, false);
  const columns = String(error.details['columns'] ?? '').split(', ');
  return words.imports.unmapped(columns.map((column) => inWords(words.data.columns, column)).join(', '));
}
