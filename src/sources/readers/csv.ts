import type { Content } from './content.ts';
import { layoutOf, type Layout } from './layout.ts';
import { SLICE_ROWS, type OpenTable, type Slice } from './reader.ts';
import { parse, parseLines, type Row } from './rows.ts';
import { longLine, MAX_LINE, stretches } from './text.ts';

/** Characters after which a slice is given even if it has few rows: rows may be wide. */
const SLICE_CHARS = 8e6;

/** Lines after the header from which the layout is found. */
const SAMPLE_LINES = 200;

/**
 * A text as a table: comma, semicolon, tab or bar, RFC 4180 quoting, any line ends, any encoding that `text.ts`
 * reads. The first line that is not blank is the header, unless half of it are values. An empty field is null, quoted or not: PapaParse does
 * not tell them apart, and Silver reads both as missing. No more than one slice is held at a time, whatever the
 * file's size. Rejects with what `layoutOf` throws, `import.long_line`, and what reading `content` rejects with.
 */
export async function openCsv(content: Content, start: Uint8Array): Promise<OpenTable> {
  const { sample, complete } = await firstLines(texts(content, start));
  const layout = layoutOf(sample, complete);
  return {
    name: content.name,
    envelope: 'csv',
    header: layout.header,
    feed_time: null,
    slices: () => slices(content, start, layout),
  };
}

/** Excel's own first line, which tells it the delimiter. */
const excelLine = /^sep=.\r?\n/i;

async function* texts(content: Content, start: Uint8Array): AsyncGenerator<string> {
  let isFirst = true;
  for await (const text of stretches(content, start)) {
    yield isFirst ? text.replace(excelLine, '') : text;
    isFirst = false;
  }
}

async function firstLines(from: AsyncIterable<string>): Promise<{ sample: string; complete: boolean }> {
  let text = '';
  for await (const next of from) {
    text += next;
    const lines = text.split('\n', SAMPLE_LINES + 2);
    if (lines.length < SAMPLE_LINES + 2 && text.length <= 2 * MAX_LINE) continue;
    return { sample: `${lines.slice(0, SAMPLE_LINES + 1).join('\n')}\n`, complete: false };
  }
  return { sample: text, complete: true };
}

async function* slices(content: Content, start: Uint8Array, layout: Layout): AsyncGenerator<Slice> {
  const width = layout.header.length;
  let [rows, malformed]: [(string | null)[][], string[]] = [[], []];
  let chars = 0;
  let isHeader = !layout.headless;
  for await (const parsed of blocks(content, start, layout)) {
    for (const { fields, text } of parsed) {
      if (isHeader) {
        isHeader = false;
        continue;
      }
      if (fields.length === width) rows.push(fields.map((field) => (field === '' ? null : field)));
      else malformed.push(text);
      chars += text.length;
      if (rows.length + malformed.length < SLICE_ROWS && chars < SLICE_CHARS) continue;
      yield { rows, malformed };
      [rows, malformed, chars] = [[], [], 0];
    }
  }
  if (rows.length + malformed.length > 0) yield { rows, malformed };
}

/** The rows, the header's first, as they are read. A quote that does not close within `MAX_LINE` was none. */
async function* blocks(content: Content, start: Uint8Array, layout: Layout): AsyncGenerator<Row[]> {
  const width = layout.header.length;
  let rest = '';
  for await (const text of texts(content, start)) {
    let parsed = parse(rest + text, layout, false, width);
    yield parsed.rows;
    if (parsed.rest.length > MAX_LINE) {
      parsed = parseLines(parsed.rest, layout, false);
      yield parsed.rows;
    }
    rest = parsed.rest;
    if (rest.length > MAX_LINE) throw longLine();
  }
  yield parse(rest, layout, true, width).rows;
}
