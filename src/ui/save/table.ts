import Papa from 'papaparse';
import { toInstant } from '../time.ts';

/** What a table's rows were true of: an instant, or the first and last one of a period. Milliseconds. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

export const attribution = '© Ville de Paris / Smovengo / Agemob — ODbL';

/**
 * Rows as CSV that any reader takes as it is: comma, LF, a header line of Gold's own names, figures as they were
 * counted, nothing where a figure is not known, and no comments. What the rows are true of and their licence stand in
 * columns at the end, so that they stay with the rows wherever those go. Without a licence its column is blank: tables
 * are alike.
 */
export function toCsvTable(rows: readonly object[], { from, to }: Span, licence: string): string {
  const when =
    from === to ? { as_of: toInstant(to) } : { period_from: toInstant(from), period_to: toInstant(to) };
  const whole = rows.map((row) => ({ ...row, ...when, licence }));
  return `${Papa.unparse(whole, { newline: '\n' })}\n`;
}
