import { contract } from './contract.ts';
import { indexesOf, present, textAt, type Columns, type TextRow } from './place.ts';
import { areSerial, fits, readTime } from './values.ts';

/** How nearly a column must be one-to-one with names to be one of codes: a few stations share a name, or were renamed. */
const ONE_TO_ONE = 0.9;

/** What a code has, beside what the contract says: a number of a row within a poll has less, in a short table. */
const codeLike = /\d{3}/;

/** Share of rows that follow the one before by one, from which a column counts rows, be it poll by poll. */
const COUNTING = 0.99;

const code = contract.find(({ name }) => name === 'station_code')!;

/**
 * Whether a table tells its stations by name alone: no column is known as their code, and none that nothing maps to
 * looks like one, as it would if the code's name had been changed.
 */
export function goesByName(header: readonly string[], rows: readonly TextRow[], columns: Columns): boolean {
  if (columns.station_code !== null || columns.name === null) return false;
  const names = rows.map(textAt(columns.name));
  const textsAt = (index: number) => rows.map((row) => present(row[index]));
  return (
    names.some((name) => name !== null) &&
    !unmappedIn(header, columns).some((index) => areCodes(textsAt(index), names))
  );
}

/** The columns of a header that nothing maps to. */
export function unmappedIn(header: readonly string[], columns: Columns): number[] {
  const mapped = new Set(Object.values(columns).flatMap((place) => (place ? indexesOf(place) : [])));
  return [...header.keys()].filter((index) => !mapped.has(index));
}

/** Whether texts tell stations apart just as names do, and may be codes or ids. */
function areCodes(texts: readonly (string | null)[], names: readonly (string | null)[]): boolean {
  const told = texts.flatMap((text, row) => {
    const name = names[row];
    return text !== null && name != null ? [{ text, name }] : [];
  });
  const distinct = (of: (one: (typeof told)[number]) => string) => new Set(told.map(of)).size;
  const [values, stations] = [distinct(({ text }) => text), distinct(({ name }) => name)];
  const pairs = distinct(({ text, name }) => `${text}\n${name}`);
  const alike = told.filter(({ text }) => codeLike.test(text) && fits(code, text)).length;
  return (
    stations > 1 &&
    alike * 2 >= told.length &&
    Math.min(values, stations) >= pairs * ONE_TO_ONE &&
    !areCounted(texts) &&
    !areSerial(texts) &&
    told.some(({ text }) => readTime(text) === null)
  );
}

function areCounted(texts: readonly (string | null)[]): boolean {
  const next = texts.slice(1).filter((text, row) => Number(text) === Number(texts[row]) + 1);
  return next.length >= (texts.length - 1) * COUNTING;
}
