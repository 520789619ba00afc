import { indexesOf, pairPattern, textAt, type Place, type TextRow } from './place.ts';

/** A place of a table that may hold a column of the contract, and the text of each row there. */
export interface Field {
  readonly place: Place;
  /** The source's name of the column, with the key or the part behind it. */
  readonly name: string;
  readonly texts: readonly (string | null)[];
}

/** How many texts of a column tell whether it holds keys or pairs, and how many of its keys are looked at. */
const SAMPLE = 20;
const KEYS = 20;

const key = /["']([\w-]+)["']\s*(?::|,\s*["']count["']\s*:)/g;
const pair = new RegExp(pairPattern);

/** All fields of a table: its columns, the keys inside JSON text, and the two parts of a "48.86, 2.35". */
export function fieldsOf(header: readonly string[], rows: readonly TextRow[]): Field[] {
  return header.flatMap((_, index) => {
    const column = fieldAt({ kind: 'column', index }, header, rows);
    const sample = column.texts.filter((text) => text !== null).slice(0, SAMPLE);
    const inside: Place[] = keysIn(sample).map((key) => ({ kind: 'key', index, key }));
    if (sample.length > 0 && sample.every((text) => pair.test(text))) {
      inside.push({ kind: 'part', index, part: 0 }, { kind: 'part', index, part: 1 });
    }
    return [column, ...inside.map((place) => fieldAt(place, header, rows))];
  });
}

/** The field at a place. */
export function fieldAt(place: Place, header: readonly string[], rows: readonly TextRow[]): Field {
  return { place, name: nameOf(place, header), texts: rows.map(textAt(place)) };
}

function nameOf(place: Place, header: readonly string[]): string {
  if (place.kind === 'sum') return place.indexes.map((index) => header[index] ?? '').join(' + ');
  const name = header[place.index] ?? '';
  if (place.kind === 'key') return `${name}.${place.key}`;
  return place.kind === 'part' ? `${name}.${place.part}` : name;
}

function keysIn(texts: readonly string[]): string[] {
  const objects = texts.filter((text) => /^[[{]/.test(text));
  return [...new Set(objects.flatMap((text) => Array.from(text.matchAll(key), (match) => match[1]!)))].slice(
    0,
    KEYS,
  );
}

/** The fields that none of others has: neither itself, nor inside it. */
export function freeOf(offered: readonly Field[], placed: Iterable<Field>): Field[] {
  const taken = Array.from(placed, ({ place }) => place);
  return offered.filter(({ place }) => !taken.some((other) => covers(other, place)));
}

/** Whether a place is another one, or has it inside. */
function covers(place: Place, other: Place): boolean {
  if (place.kind === 'key' || place.kind === 'part') return isSame(place, other);
  return indexesOf(other).every((index) => indexesOf(place).includes(index));
}

/** Whether two places are one. */
export function isSame(a: Place, b: Place): boolean {
  const inside = (place: Place) =>
    place.kind === 'key' ? place.key : place.kind === 'part' ? place.part : null;
  return a.kind === b.kind && String(indexesOf(a)) === String(indexesOf(b)) && inside(a) === inside(b);
}
