import Papa from 'papaparse';

/** How the rows of a CSV are written. */
export interface Dialect {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
}

/** One row of a CSV: its fields, and the text that it came as, without the line's end. */
export interface Row {
  readonly fields: readonly string[];
  readonly text: string;
}

/** What a stretch of text holds; the `rest` is a last row that may go on in the text that follows. */
export interface Parsed {
  readonly rows: Row[];
  readonly rest: string;
}

/**
 * The rows of a text, blank lines left out; when it is `final` there is no rest. A quote that joins lines to a row
 * that is not `width` wide was none: from there on the text is read line by line, so that one broken byte costs
 * one line.
 */
export function parse(text: string, dialect: Dialect, final: boolean, width?: number): Parsed {
  const { delimiter, newline } = dialect;
  const input = newline === '\n' ? text.replaceAll('\r\n', '\n') : text;
  const rows: (Row & { readonly from: number })[] = [];
  let [from, to] = [0, 0];
  Papa.parse<string[]>(input, {
    delimiter,
    newline,
    step: ({ data, meta }) => {
      [from, to] = [to, meta.cursor];
      if (isBlank(data)) return;
      rows.push({ fields: data, text: input.slice(from, input.endsWith(newline, to) ? to - 1 : to), from });
    },
  });
  if (!final && rows.at(-1)?.from === from) rows.pop();
  const isStray = ({ fields, text: joined }: Row) => fields.length !== width && joined.includes(newline);
  const stray = width === undefined ? -1 : rows.findIndex(isStray);
  if (stray < 0) return { rows, rest: final ? '' : input.slice(from) };
  const lines = parseLines(input.slice(rows[stray]!.from), dialect, final);
  return { rows: [...rows.slice(0, stray), ...lines.rows], rest: lines.rest };
}

/** The rows of a text in which no quote holds a line's end. */
export function parseLines(text: string, { delimiter, newline }: Dialect, final: boolean): Parsed {
  const lines = text.split(newline);
  const rest = final ? '' : lines.pop()!;
  const rows = lines.map((line) => {
    const quoted = line.includes('"');
    const fields = quoted
      ? Papa.parse<string[]>(line, { delimiter, newline }).data[0]!
      : line.split(delimiter);
    return { fields, text: line };
  });
  return { rows: rows.filter(({ fields }) => !isBlank(fields)), rest };
}

function isBlank(fields: readonly string[]): boolean {
  return fields.length === 1 && fields[0]!.trim() === '';
}
