/** How many of a column's best fields are tried. */
const TRIED = 6;

/**
 * The assignment of columns to fields with the greatest sum of weights, where no field serves two columns: an
 * exhaustive search, cut where even each column's own best field could not beat the best sum so far.
 * `weights[column][field]` is ≥ 0, 0 where they do not fit. Gives each column's field, or null.
 */
export function assign(weights: readonly (readonly number[])[]): (number | null)[] {
  const options = weights.map((row) =>
    row
      .map((weight, field) => ({ weight, field }))
      .filter(({ weight }) => weight > 0)
      .sort((a, b) => b.weight - a.weight)
      .slice(0, TRIED),
  );
  /** The sum of the best weights from a column on: what the rest can add at most. */
  const rest = options.map((_, from) =>
    options.slice(from).reduce((sum, [best]) => sum + (best?.weight ?? 0), 0),
  );
  const chosen: (number | null)[] = weights.map(() => null);
  const taken = new Set<number>();
  let best = { sum: -1, fields: [...chosen] };

  const search = (column: number, sum: number): void => {
    if (column === weights.length) {
      if (sum > best.sum) best = { sum, fields: [...chosen] };
      return;
    }
    if (sum + rest[column]! <= best.sum) return;
    for (const { weight, field } of options[column]!) {
      if (taken.has(field)) continue;
      taken.add(field);
      chosen[column] = field;
      search(column + 1, sum + weight);
      taken.delete(field);
    }
    chosen[column] = null;
    search(column + 1, sum);
  };
  search(0, 0);
  return best.fields;
}
