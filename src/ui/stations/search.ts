import type { AreaRow, StationRow } from '../../gold/answers.ts';

export const filters = ['ebikes', 'mechanical', 'docks', 'open', 'favourites'] as const;
export type Filter = (typeof filters)[number];

/** Text without case, accents and ligatures, what is neither letter nor digit as one space. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/**
 * What a search looks through: code (and what it begins with, the number of an area), name and area of each station, and
 * in Paris the arrondissement as it is written (11, 11e, 11ème, 75011), which is known by the name of the quartier. A
 * blank before and after each word.
 */
export function searchTexts(
  rows: readonly StationRow[],
  quartiers: readonly Pick<AreaRow, 'area_name' | 'arrondissement'>[],
): ReadonlyMap<StationRow, string> {
  const arrondissements = new Map(
    quartiers.map(({ area_name, arrondissement }) => [area_name, arrondissement]),
  );
  const within = (area: string): string => {
    const number = arrondissements.get(area) ?? null;
    if (number === null) return area;
    const nth = number === 1 ? '1er' : `${number}e ${number}eme`;
    return `${area} ${number} ${nth} arrondissement ${75_000 + number} Paris`;
  };
  return new Map(
    rows.map((row) => {
      const code = row.station_code;
      const text = plain(`${code} ${code.slice(0, -3)} ${row.name ?? ''} ${within(row.area_name ?? '')}`);
      return [row, ` ${text} `];
    }),
  );
}

/**
 * Whether a word is in a text of `searchTexts`: anywhere, but one that begins with a digit only where a word does, and
 * a number of one or two digits only as a word: 16 is the arrondissement, and not what codes happen to hold.
 */
export function finds(text: string, word: string): boolean {
  if (/^\d{1,2}$/.test(word)) return text.includes(` ${word} `);
  return text.includes(/^\d/.test(word) ? ` ${word}` : word);
}

/** What an address calls a way, and what joins the words of its name: stations' names leave most of it out. */
const joints = new Set(
  (
    'rue avenue av boulevard boul bd place pl quai square sq allee cours impasse passage ' +
    'de du des d la le les l a au aux et'
  ).split(' '),
);

/** The words of a search, all of which are looked for; those of a name alone where they are found in no text together. */
export function wordsOf(query: string, texts: Iterable<string>): readonly string[] {
  const words = plain(query).split(' ');
  const names = words.filter((word) => !joints.has(word));
  if (names.length === 0 || names.length === words.length) return words;
  for (const text of texts) if (words.every((word) => finds(text, word))) return words;
  return names;
}

export function setOf<T>(items: readonly T[]): ReadonlySet<T> {
  return new Set(items);
}

/** Whether a station has what is wished for: bikes and docks count only where it is open. */
export function passes(row: StationRow, wanted: readonly Filter[], favourites: ReadonlySet<string>): boolean {
  const open = row.state !== 'closed';
  const has: Readonly<Record<Filter, () => boolean>> = {
    ebikes: () => open && (row.ebikes ?? 0) >= 1,
    mechanical: () => open && (row.mechanical ?? 0) >= 1,
    docks: () => open && (row.docks ?? 0) >= 1,
    open: () => open,
    favourites: () => favourites.has(row.station_code),
  };
  return wanted.every((filter) => has[filter]());
}
