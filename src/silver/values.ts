import type { Column, Kind } from './contract.ts';

/** Texts of a flag, in lower case. 2019 tells a station's state in words, 2014 in a shop's, other cities in theirs. */
export const flagTexts = {
  true: [
    ...['oui', '1', '1.0', 'true', 't', 'yes', 'y', 'o', 'vrai', 'open', 'operative'],
    ...['en fonctionnement', 'en service', 'connectee', 'connectée', 'ouverte'],
  ],
  false: [
    ...['non', '0', '0.0', 'false', 'f', 'no', 'n', 'faux', 'closed', 'close', 'work in progress'],
    ...['hors service', 'en maintenance', 'maintenance', 'deconnectee', 'déconnectée', 'fermée'],
  ],
} as const;
const flags = new Set<string>([...flagTexts.true, ...flagTexts.false]);

/** Shapes of values, as RE2 and JavaScript both read them. */
export const patterns = {
  count: String.raw`^[0-9]+(?:\.0+|,0)?$`,
  /** Seconds since the epoch, 2001–2033, and milliseconds. */
  seconds: String.raw`^1[0-9]{9}(?:\.[0-9]+)?$`,
  milliseconds: String.raw`^1[0-9]{12}(?:\.0+)?$`,
  dayFirst: String.raw`^([0-9]{2})/([0-9]{2})/([0-9]{4})`,
  /** The same, of this century. */
  shortYear: String.raw`^([0-9]{2})/([0-9]{2})/([0-9]{2})($|[T ])`,
  /** A time of day without seconds, and what follows it. */
  noSeconds: String.raw`([T ][0-9]{2}:[0-9]{2})($|Z|[+-]|\s)`,
  spacedOffset: String.raw`\s+([+-][0-9]{2}:?[0-9]{2})$`,
  namedUtc: String.raw`\s*(?:UTC|GMT)$`,
  /** GBFS station_ids of Vélib' have up to eleven digits; codes have three to five. */
  stationId: String.raw`^[0-9]{6,}$`,
  /** A code that pandas made a number of. */
  decimalCode: String.raw`^([0-9]+)\.0+$`,
} as const;

const expressions = Object.fromEntries(
  Object.entries(patterns).map(([name, pattern]) => [name, new RegExp(pattern)]),
) as Record<keyof typeof patterns, RegExp>;

const TIME =
  /^(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ](\d{2}):(\d{2}):(\d{2})(?:\.(\d{1,9}))?\s*(Z|UTC|GMT|[+-]\d{2}(?::?\d{2})?)?)?$/;

/** A time as a text tells it. */
export interface Told {
  /** Milliseconds since the epoch; of a time without an offset, as if it were UTC. */
  readonly ms: number;
  /** False where the text does not say which clock it was read from. */
  readonly zoned: boolean;
  readonly day: boolean;
}

/** The time that a text tells, in any form that the cast reads; null for none. */
export function readTime(text: string): Told | null {
  if (expressions.seconds.test(text)) return { ms: Number(text) * 1000, zoned: true, day: false };
  if (expressions.milliseconds.test(text)) return { ms: Number(text), zoned: true, day: false };
  const iso = text
    .replace(expressions.dayFirst, '$3-$2-$1')
    .replace(expressions.shortYear, '20$3-$2-$1$4')
    .replace(expressions.noSeconds, '$1:00$2');
  const match = TIME.exec(iso);
  if (!match) return null;
  const part = (index: number) => Number(match[index] ?? 0);
  const [month, day, hour, minute, second] = [part(2), part(3), part(4), part(5), part(6)];
  if (month < 1 || month > 12 || day < 1 || day > 31 || hour > 23 || minute > 59 || second > 59) return null;
  const fraction = Number(`0.${match[7] ?? '0'}`) * 1000;
  const local = Date.UTC(part(1), month - 1, day, hour, minute, second, fraction);
  return { ms: local - offsetMs(match[8]), zoned: match[8] !== undefined, day: match[4] === undefined };
}

function offsetMs(offset: string | undefined): number {
  const match = /^([+-])(\d{2}):?(\d{2})?$/.exec(offset ?? '');
  if (!match) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3] ?? 0);
  return (match[1] === '-' ? -1 : 1) * minutes * 60_000;
}

/** A text as a number, with a decimal comma where Excel's user writes one; NaN where it is none. */
export function numberOf(text: string): number {
  return Number(text.replace(',', '.'));
}

/** Whether a text is a value of a kind; the cast makes NULL of one that is not. */
export function isKind(kind: Kind, text: string): boolean {
  switch (kind) {
    case 'text':
      return true;
    case 'count':
      return expressions.count.test(text) && numberOf(text) <= 32767;
    case 'flag':
      return flags.has(text.toLowerCase());
    case 'time':
      return readTime(text) !== null;
    case 'latitude':
      return isDegrees(text, 90);
    case 'longitude':
      return isDegrees(text, 180);
  }
}

function isDegrees(text: string, most: number): boolean {
  const degrees = text === '' ? NaN : numberOf(text);
  return Math.abs(degrees) <= most && degrees !== 0;
}

const number = /^-?[0-9.,]+$/;

/** What only one column expects of its texts, beside their kind. */
const ofColumn: Partial<Record<Column['name'], (text: string) => boolean>> = {
  station_code: (text) =>
    /^\S{1,20}$/.test(text) && (!/[.,]/.test(text) || expressions.decimalCode.test(text)),
  name: (text) => !number.test(text) && readTime(text) === null && !/^[[{]/.test(text),
  commune: (text) => !number.test(text) && readTime(text) === null,
};

/** Whether a text may be a value of a column: what decides between two names, and against one. */
export function fits({ name, kind }: Column, text: string): boolean {
  return isKind(kind, text) && (ofColumn[name]?.(text) ?? true);
}

/** Fewer rows may hold codes one after the other. */
const FEW_ROWS = 20;

/** Whether the texts of rows that are evenly apart are numbers that are, too: those of a row, and no codes. */
export function areRowNumbers(texts: readonly (string | null)[]): boolean {
  const numbers = texts.map((text) => (text === null ? NaN : Number(text)));
  const [first = NaN, second = NaN] = numbers;
  const step = second - first;
  return (
    numbers.length >= FEW_ROWS && step !== 0 && numbers.every((number, row) => number === first + row * step)
  );
}

/** More numbers than any arrondissement has stations, one after the other: the codes of an area are dense, too. */
const SERIAL = 250;

/**
 * Whether texts are numbers that leave few gaps, as those do that a database gives: codes lead with an arrondissement
 * or a commune, so that those of a network fill one in ten of the numbers between them, or fewer.
 */
export function areSerial(texts: Iterable<string | null>): boolean {
  const numbers = new Set<number>();
  let [least, most] = [Infinity, -Infinity];
  for (const text of texts) {
    if (text === null) continue;
    const number = Number(text);
    numbers.add(number);
    [least, most] = [Math.min(least, number), Math.max(most, number)];
  }
  return numbers.size > SERIAL && numbers.size * 2 > most - least + 1;
}

/** Whether texts are GBFS station_ids rather than station codes: more than half have more than five digits. */
export function areStationIds(texts: Iterable<string>): boolean {
  const distinct = [...new Set(Array.from(texts, (text) => text.replace(expressions.decimalCode, '$1')))];
  return distinct.filter((text) => expressions.stationId.test(text)).length > distinct.length / 2;
}
