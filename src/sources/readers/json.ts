import { parse } from 'lossless-json';
import { VelolacError } from '../../errors.ts';
import { flatten } from '../flatten.ts';
import { bytesOf, whole, type Content } from './content.ts';
import { openEnvelope } from './envelopes.ts';
import { refuseWide, SLICE_ROWS, type OpenTable, type Slice } from './reader.ts';
import { decodeWhole } from './text.ts';

/** JSON is read whole, and takes several times its size in memory; a poll of all stations has half a megabyte. */
const MAX_BYTES = 200e6;

/** The deepest real one has 7 levels; some thousand would overflow the stack. */
const MAX_DEPTH = 100;

/**
 * JSON as a table, whatever envelope its records are in. Rejects with `import.too_large`, `import.too_deep`,
 * `import.cut`, `import.not_json`, `import.not_a_table`, `import.no_rows`, `import.too_wide`, and what reading
 * `content` rejects with.
 */
export async function openJson(content: Content): Promise<OpenTable> {
  const text = decodeWhole(await bytesOf(await whole(content, MAX_BYTES)));
  const { envelope, records, feed_time } = openEnvelope(parseJson(text));
  if (records.length === 0) throw new VelolacError('import.no_rows', 'the list of records is empty');
  const { header, rows } = flatten(records);
  refuseWide(header);
  return { name: content.name, envelope, header, feed_time, slices: () => slices(rows) };
}

async function* slices(rows: Slice['rows']): AsyncGenerator<Slice> {
  for (let from = 0; from < rows.length; from += SLICE_ROWS) {
    yield { rows: rows.slice(from, from + SLICE_ROWS), malformed: [] };
  }
}

/** A JSON text, or JSON Lines as an array. Of a key that stands twice in an object, the last counts, as in `JSON.parse`. */
function parseJson(text: string): unknown {
  const open = openAtEnd(text);
  const listed = isLines(text) ? `[${text.replaceAll(/\}\s*\n\s*\{/g, '},{')}]` : text;
  const json = /\bNaN\b/.test(listed) ? withoutNaN(listed) : listed;
  try {
    return parse(json, null, { onDuplicateKey: ({ newValue }) => newValue });
  } catch (cause) {
    if (open > 0) throw new VelolacError('import.cut', 'the JSON ends in the middle', {}, { cause });
    throw new VelolacError('import.not_json', 'the text is not JSON', {}, { cause });
  }
}

/** One object a line. A line feed cannot stand inside a text of JSON: where `}` and `{` are on two lines, a new object begins. */
function isLines(text: string): boolean {
  const end = text.trimStart().indexOf('\n') + text.length - text.trimStart().length;
  const line = text.slice(0, Math.max(end, 0)).trim();
  return line.startsWith('{') && line.endsWith('}') && /^\s*\{/.test(text.slice(end));
}

/** Python writes NaN for a missing number, which JSON does not have; texts are left as they are. */
function withoutNaN(text: string): string {
  return text.replaceAll(/"(?:[^"\\]|\\.)*"|\bNaN\b/g, (token) => (token === 'NaN' ? 'null' : token));
}

/** How many brackets and quotes are open at the end. Throws `import.too_deep`. */
function openAtEnd(text: string): number {
  let level = 0;
  for (let at = 0; at < text.length; at++) {
    const char = text[at];
    if (char === '{' || char === '[') level++;
    else if (char === '}' || char === ']') level--;
    else if (char === '"') {
      at = closingQuote(text, at);
      if (at < 0) return level + 1;
    }
    if (level > MAX_DEPTH) throw new VelolacError('import.too_deep', `more than ${MAX_DEPTH} levels of JSON`);
  }
  return level;
}

function closingQuote(text: string, opening: number): number {
  for (let at = opening + 1; at < text.length; at++) {
    if (text[at] === '\\') at++;
    else if (text[at] === '"') return at;
  }
  return -1;
}
