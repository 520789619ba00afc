import { VelolacError } from '../../errors.ts';
import { joined, type Content } from './content.ts';

/** The most bytes in a line of text, and the most characters in a quoted record of several lines. */
export const MAX_LINE = 1e6;

const utf8 = new TextDecoder('utf-8', { fatal: true });
const windows1252 = new TextDecoder('windows-1252');
const LF = 10;
const CR = 13;

/**
 * Bytes as text. UTF-8; a line that is not valid UTF-8 is Windows-1252, so that a file put together from both
 * is read right, and a broken byte costs one line its accents.
 */
export function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    const end = bytes.indexOf(LF) + 1;
    if (end === 0 || end === bytes.length) return windows1252.decode(bytes);
    return [...lines(bytes)].map((line) => decode(line)).join('');
  }
}

function* lines(bytes: Uint8Array): Generator<Uint8Array> {
  for (let from = 0; from < bytes.length;) {
    const at = bytes.indexOf(LF, from);
    const end = at < 0 ? bytes.length : at + 1;
    yield bytes.subarray(from, end);
    from = end;
  }
}

/** The encoding that a byte order mark tells, when it is none that `decode` reads. */
export function utf16Of(start: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le';
  return start[0] === 0xfe && start[1] === 0xff ? 'utf-16be' : null;
}

/** All of a text, without its byte order mark. */
export function decodeWhole(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes);
  return utf16 ? new TextDecoder(utf16).decode(bytes) : decode(bytes);
}

/**
 * A text in stretches, each of which ends where a line does (UTF-16: anywhere). Rejects with
 * `import.long_line`, having held no more than twice that, and what reading `content` rejects with.
 */
export async function* stretches(content: Content, start: Uint8Array): AsyncGenerator<string> {
  const utf16 = utf16Of(start);
  const decoder = utf16 && new TextDecoder(utf16);
  let carry = new Uint8Array(0);
  for await (const chunk of content.read()) {
    for (let from = 0; from < chunk.length; from += MAX_LINE) {
      const piece = chunk.subarray(from, from + MAX_LINE);
      if (decoder) {
        yield decoder.decode(piece, { stream: true });
        continue;
      }
      const lineBreak = piece.includes(LF) ? LF : CR;
      const end = piece.lastIndexOf(lineBreak) + 1;
      if (carry.length + (end > 0 ? piece.indexOf(lineBreak) : piece.length) > MAX_LINE) throw longLine();
      if (end > 0) yield decode(joined([carry, piece.subarray(0, end)]));
      carry = end > 0 ? piece.slice(end) : joined([carry, piece]);
    }
  }
  if (carry.length > 0) yield decode(carry);
}

/** A line, or a quote that never closes, above what any row of a table needs. */
export function longLine(): VelolacError {
  return new VelolacError('import.long_line', `a line above ${MAX_LINE} bytes`, {
    megabytes: MAX_LINE / 1e6,
  });
}
