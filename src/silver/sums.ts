import type { Cell } from './agreement.ts';

/** Counts of a station that add up: the first always, the second where no dock is blocked and no bike is waiting. */
const sums = [
  ['num_bikes_available', 'num_mechanical_available', 'num_ebikes_available'],
  ['capacity', 'num_bikes_available', 'num_docks_available'],
] as const;

/** What it weighs that a sum of which names tell the other terms holds always, as it did; of guessed terms. */
const HOLDS = 0.4;
const HOLDS_GUESSED = 0.15;

/** Share of stations that is always; and what it weighs that a sum does not hold as it did. */
const ALWAYS = 0.95;
const BREAKS = 0.3;

/** A sum no longer holds as it did when its exceptions are this many times more or fewer; so few are nothing. */
const FACTOR = 4;
const EXCEPTIONS = 4;

type Columns = ReadonlyMap<string, readonly Cell[]>;

/**
 * Compares how the sums of a column held before with how they hold now. `before` and `now` are values of the
 * same stations by column, `now` with the field in question as `column`; `certain` are the columns whose place
 * is no guess. Gives what speaks for the field and what against it, and the greatest share of stations where a sum
 * holds; null where the column is part of no sum that is known.
 */
export function checkSums(
  column: string,
  before: Columns,
  now: Columns,
  certain: ReadonlySet<string>,
): { readonly support: number; readonly doubt: number; readonly holds: number } | null {
  const checks = sums
    .filter((terms) => terms.some((term) => term === column))
    .flatMap((terms) => {
      const was = exceptions(terms.map((term) => before.get(term)));
      const is = exceptions(terms.map((term) => now.get(term)));
      if (was === null || is === null) return [];
      const [fewer, more] = [Math.min(was.share, is.share), Math.max(was.share, is.share)];
      const breaks = more * is.of + EXCEPTIONS > FACTOR * (fewer * is.of + EXCEPTIONS);
      const alone = terms.every((term) => term === column || certain.has(term));
      const support = was.share <= 1 - ALWAYS ? (alone ? HOLDS : HOLDS_GUESSED) : 0;
      return [{ support: breaks ? 0 : support, doubt: breaks ? BREAKS : 0, holds: 1 - is.share }];
    });
  if (checks.length === 0) return null;
  return {
    support: Math.max(...checks.map(({ support }) => support)),
    doubt: Math.max(...checks.map(({ doubt }) => doubt)),
    holds: Math.max(...checks.map(({ holds }) => holds)),
  };
}

/**
 * The two of several columns whose sum is nearest to what a count was, by the mean distance of the stations that have
 * all three; null where none has.
 */
export function nearestSum(
  was: readonly Cell[],
  columns: readonly (readonly Cell[])[],
): readonly [a: number, b: number] | null {
  let [nearest, least]: [readonly [number, number] | null, number] = [null, Infinity];
  for (const [j, b] of columns.entries()) {
    for (const [i, a] of columns.slice(0, j).entries()) {
      const distance = meanDistance(was, a, b);
      if (distance < least) [nearest, least] = [[i, j], distance];
    }
  }
  return nearest;
}

function meanDistance(was: readonly Cell[], a: readonly Cell[], b: readonly Cell[]): number {
  let [sum, of] = [0, 0];
  for (const [i, value] of was.entries()) {
    const terms = [a[i] ?? null, b[i] ?? null];
    if (value === null || terms.includes(null)) continue;
    of += 1;
    sum += Math.abs(Number(value) - Number(terms[0]) - Number(terms[1]));
  }
  return of === 0 ? Infinity : sum / of;
}

/** Share of stations where total = a + b does not hold, of those that have all three. */
function exceptions(columns: readonly (readonly Cell[] | undefined)[]): { share: number; of: number } | null {
  const [total, a, b] = columns;
  if (!total || !a || !b) return null;
  let [broken, of] = [0, 0];
  for (const [i, value] of total.entries()) {
    const terms = [a[i] ?? null, b[i] ?? null];
    if (value === null || terms.includes(null)) continue;
    of += 1;
    if (Number(value) !== Number(terms[0]) + Number(terms[1])) broken += 1;
  }
  return of === 0 ? null : { share: broken / of, of };
}
