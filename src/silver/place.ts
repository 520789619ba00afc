import type { ColumnName } from './contract.ts';

/**
 * Where a table holds a column of the contract: in a column; at a key inside its JSON or Python text
 * (`[{"mechanical":1},{"ebike":4}]`, `{'lon': 2.27, 'lat': 48.86}`, and as GBFS counts vehicles,
 * `[{"vehicle_type_id":"ebike","count":4}]`); as one half of its "48.86, 2.27", "[48.86, 2.27]" or
 * "POINT (2.27 48.86)"; or as the sum of several columns, which is unknown as soon as one of them is.
 */
export type Place =
  | { readonly kind: 'column'; readonly index: number }
  | { readonly kind: 'key'; readonly index: number; readonly key: string }
  | { readonly kind: 'part'; readonly index: number; readonly part: 0 | 1 }
  | { readonly kind: 'sum'; readonly indexes: readonly number[] };

/** The place of each column of the contract; null where a table does not have it. */
export type Columns = Readonly<Record<ColumnName, Place | null>>;

/** A row of a table; a row that ends early has null there. */
export type TextRow = readonly (string | null)[];

/** Texts that say that there is no value: pandas, R, Python and SQL write these. */
export const missingTexts = ['', 'NA', 'NaN', 'nan', 'None', 'null', 'NULL'] as const;
const missing = new Set<string>(missingTexts);

/** The two numbers of a pair: as RE2 and JavaScript both read it. */
export const pairPattern = String.raw`^\s*(?:POINT)?\s*[\[(]?\s*(-?[0-9]+(?:\.[0-9]+)?)\s*[,;\s]\s*(-?[0-9]+(?:\.[0-9]+)?)\s*[\])]?\s*$`;
const pair = new RegExp(pairPattern);

/** Leads a text that is no pair, so that it is lost as a value and not read as half of one. */
export const noPair = 'no pair: ';

/** What stands behind a key, up to the next one or the end of the object. */
export function keyPattern(key: string): string {
  const name = key.replace(/[^\w]/g, (sign) => (sign.codePointAt(0)! < 128 ? `\\${sign}` : sign));
  return String.raw`["']${name}["']\s*(?::|,\s*["']count["']\s*:)\s*["']?(.*?)["']?\s*(?:,\s*["'][^"']+["']\s*:|[}\]]|$)`;
}

/** A text, or null where it says that there is none. */
export function present(text: string | null | undefined): string | null {
  const trimmed = text?.trim() ?? '';
  return missing.has(trimmed) ? null : trimmed;
}

/** The columns of a table that a place reads. */
export function indexesOf(place: Place): readonly number[] {
  return place.kind === 'sum' ? place.indexes : [place.index];
}

/** A reader of the text at a place, as the cast reads it; null where there is none. */
export function textAt(place: Place): (row: TextRow) => string | null {
  switch (place.kind) {
    case 'column':
      return (row) => present(row[place.index]);
    case 'key': {
      const value = new RegExp(keyPattern(place.key));
      return (row) => present(value.exec(row[place.index] ?? '')?.[1]);
    }
    case 'part':
      return (row) => {
        const text = present(row[place.index]);
        return text && (pair.exec(text)?.[place.part + 1] ?? noPair + text);
      };
    case 'sum':
      return (row) => {
        const terms = place.indexes.map((index) => present(row[index]));
        if (terms.includes(null)) return null;
        const numbers = terms.map(Number);
        const isSum = numbers.every((number) => number >= 0);
        return isSum ? String(numbers.reduce((sum, number) => sum + number, 0)) : terms.join(' + ');
      };
  }
}
