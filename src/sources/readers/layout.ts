import { VelolacError } from '../../errors.ts';
import { refuseWide } from './reader.ts';
import { parse, type Dialect } from './rows.ts';

/** How a CSV is written, and the names in its header. */
export interface Layout extends Dialect {
  /** As wide as the rows: an index that R leaves without a name has the empty one. */
  readonly header: readonly string[];
  /** Whether the first line is a row already, and the names are ours: `column 1`, `column 2`, … */
  readonly headless: boolean;
}

/** A number or a date, which a name may be, too, but not half of all names. */
const valued = /^\s*-?\d+([.,]\d+)?\s*$|^\s*\d{4}-\d\d-\d\d|^\s*\d\d\/\d\d\/\d{4}/;

const delimiters = [',', ';', '\t', '|'];

/** Where fewer rows than this share have the header's width, it is prose, or something else with commas. */
const MIN_ALIKE = 0.5;

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
  const { delimiter, header: first, rows } = best;
  const headless = first.filter((text) => valued.test(text)).length * 2 >= first.length;
  const header = headless ? first.map((_, index) => `column ${index + 1}`) : first;
  refuseWide(header);
  if (complete && rows === 0 && !headless)
    throw new VelolacError('import.no_rows', 'the table has a header only');
  return { delimiter, newline, header, headless };
}

interface Candidate {
  readonly delimiter: string;
  readonly header: readonly string[];
  /** Share of the rows that are as wide as the header; 1 without rows. */
  readonly alike: number;
  readonly rows: number;
}

function candidate(sample: string, how: Dialect, complete: boolean): Candidate {
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
