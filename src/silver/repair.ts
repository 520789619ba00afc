/** What windows-1252 has at 0x80–0x9f; the places it leaves empty are the C1 controls of Latin-1. */
const upper = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';
const windows1252 = new Map(Array.from(upper, (character, index) => [character.charCodeAt(0), 0x80 + index]));

/** A lead byte of UTF-8 and the byte after it, each read as a character of its own. */
const suspicious =
  /[\u00c2-\u00f4][\u0080-\u00bf\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]/;

/** Nobody has been seen to decode a text more often. */
const LEVELS = 5;

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether a text holds what `repair` may undo: cheap, for a whole file's text. */
export function isSuspicious(text: string): boolean {
  return suspicious.test(text);
}

/**
 * A text whose UTF-8 was read as Latin-1 or windows-1252 once or several times ("HÃ´pital"), as it was. A text that
 * is not wholly made of such bytes is kept: the repair must round-trip.
 */
export function repair(text: string): string {
  let repaired = text;
  for (let level = 0; level < LEVELS && isSuspicious(repaired); level += 1) {
    const decoded = decodeOnce(repaired);
    if (decoded === null) break;
    repaired = decoded;
  }
  return repaired;
}

/** U+FFFD, or a question mark within a word, stands where another program lost a letter. */
const lost = /\ufffd|\p{L}\?\p{L}/u;

/** Whether letters of a text are wrong and no repair brings them back. */
export function isGarbled(text: string): boolean {
  return lost.test(text) || (isSuspicious(text) && isSuspicious(repair(text)));
}

function decodeOnce(text: string): string | null {
  const bytes = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    const byte = windows1252.get(code) ?? code;
    if (byte > 0xff) return null;
    bytes[index] = byte;
  }
  try {
    return utf8.decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return null;
    throw error;
  }
}
