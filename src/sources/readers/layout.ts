import Papa from 'papaparse';
import { VelolacError } from '../../errors.ts';
import { refuseWide } from './reader.ts';

/** How a CSV is written, and the names in its header. */
export interface Layout {
  readonly delimiter: string;
  readonly newline: '\n' | '\r';
  /** As wide as the rows: an index that R leaves without a name has the empty one. */
  readonly header: readonly string[];
}

/** One row of a CSV: its fields, and the text that it came as, without the line's end. */
export interface Row {
  readonly fields: readonly string[];
  readonly text: string;
}

const delimiters = [',', ';', '\t', '|'];

/** Where fewer rows than this share have the header's width, it is prose, or something else with commas. */
const MIN_ALIKE = 0.5;

/**
 * The rows of a text, blank lines left out. When it is not `final`, its last row may go on in the text that
 * follows: it is the `rest`.
 */
export function parse(
  text: string,
  { delimiter, newline }: Pick<Layout, 'delimiter' | 'newline'>,
  final: boolean,
): { readonly rows: Row[]; readonly rest: string } {
  const input = newline === '\n' ? text.replaceAll('\r\n', '\n') : text;
  const rows: Row[] = [];
  let [from, to] = [0, 0];
  const held: Row[] = [];
  Papa.parse<string[]>(input, {
    delimiter,
    newline,
    step: ({ data, meta }) => {
      rows.push(...held.splice(0));
      [from, to] = [to, meta.cursor];
      const isBlank = data.length === 1 && data[0]!.trim() === '';
      if (isBlank) return;
      held.push({ fields: data, text: input.slice(from, input.endsWith(newline, to) ? to - 1 : to) });
    },
  });
  if (final) rows.push(...held);
  return { rows, rest: final ? '' : input.slice(from) };
}

/**
 * The layout of a CSV from its first lines (`complete` when there are no others): the delimiter under which
 * most rows are as wide as the header, then the one that gives more columns. Throws `import.empty`,
 * `import.not_a_table`, `import.too_wide` and `import.no_rows`.
 */
export function layoutOf(sample: string, complete: boolean): Layout {
  const start = sample.trimStart();
  if (start === '' && complete) throw new VelolacError('import.empty', 'the file holds nothing');
  const newline = sample.includes('\n') ? '\n' : '\r';
  const [best] = delimiters
    .map((delimiter) => candidate(sample, { delimiter, newline }, complete))
    .filter(({ header, alike }) => header.length > 1 && alike >= MIN_ALIKE)
    .sort((a, b) => b.alike - a.alike || b.header.length - a.header.length);
  if (!best || start.startsWith('<')) {
    throw new VelolacError('import.not_a_table', 'the lines of the text are no rows of one table');
  }
  const { delimiter, header, rows } = best;
  refuseWide(header);
  if (complete && rows === 0) throw new VelolacError('import.no_rows', 'the table has a header only');
  return { delimiter, newline, header };
}

interface Candidate {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Share of the rows that are as wide as the header; 1 without rows. */
  readonly alike: number;
  readonly rows: number;
}

function candidate(sample: string, how: Pick<Layout, 'delimiter' | 'newline'>, complete: boolean): Candidate {
  const [first = [], ...data] = parse(sample, how, complete).rows.map(({ fields }) => fields);
  const header = widened(first, data);
  const alike = data.filter(({ length }) => length === header.length).length;
  const share = data.length === 0 ? 1 : alike / data.length;
  return { delimiter: how.delimiter, header, alike: share, rows: data.length };
}

/** R leaves the column of row names without a name; others end every row, but not the header, with a delimiter. */
function widened(header: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const wider = rows.length > 0 && rows.every(({ length }) => length === header.length + 1);
  if (header.length < 2 || !wider) return header;
  return rows.every((row) => row.at(-1) === '') ? [...header, ''] : ['', ...header];
}
