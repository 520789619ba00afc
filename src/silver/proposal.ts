import { assign } from './assignment.ts';
import { contract, type Column, type ColumnName } from './contract.ts';
import { Comparison, type Evidence, type Known, type Reason } from './evidence.ts';
import { fieldAt, fieldsOf, freeOf, isSame, type Field } from './fields.ts';
import { indexesOf, type Place, type TextRow } from './place.ts';

export type { Known, Reason } from './evidence.ts';

/** A place where the column may be. */
export interface Candidate {
  readonly place: Place;
  /** The source's name of the column. */
  readonly name: string;
  /** 0–1. */
  readonly confidence: number;
  readonly reasons: readonly Reason[];
}

/** What a column of the contract is likely called now that nothing maps to, or whose name leads to something else. */
export interface ColumnProposal {
  /** The contract's column. */
  readonly column: ColumnName;
  readonly required: boolean;
  /** The source's name of the field that the column's name leads to and its values contradict; null where it is gone. */
  readonly contradicted: string | null;
  /** The likeliest first; empty where nothing fits. */
  readonly candidates: readonly Candidate[];
  /** Other columns of the contract that the values cannot tell from this one. */
  readonly ambiguous_with: readonly ColumnName[];
}

/** A mapping that an unknown header proposes for itself. */
export interface Proposal {
  readonly columns: readonly ColumnProposal[];
  /** Of the least certain required column, 0–1; 0 where one has no candidate or is ambiguous; 1 where none is gone. */
  readonly confidence: number;
}

/** A new table of stations whose header does not map, or whose values are not those that its names tell of. */
export interface Unmapped {
  readonly header: readonly string[];
  /** The whole snapshot, as text. */
  readonly rows: readonly TextRow[];
  /** What names map already. */
  readonly mapped: Readonly<Partial<Record<ColumnName, Place | null>>>;
  /** Columns of the contract that the last good snapshot had, and that nothing maps to or only a wrong name. */
  readonly missing: readonly ColumnName[];
  readonly known: Known;
}

/**
 * At or above this confidence a candidate may be applied without asking: of the thousands of such candidates in
 * the property tests (real polls up to an hour apart, columns renamed, gone and added) none is wrong, and about
 * nine in ten of the columns that are found reach it.
 */
export const AUTOMATIC_FROM = 0.95;

/** Odds that a field holds a column are even at this weight of evidence, and grow by e with each 1 / STEEP of it. */
const EVEN = 0.6;
const STEEP = 20;

/** Weight of evidence below which a field does not resemble a column. */
const RESEMBLES = 0.1;

/** Confidence, at most, in one of several columns that no value tells apart. */
const AMBIGUOUS = 0.5;

/** By how much more another field must speak for a column than the one its name leads to. */
const CONTRADICTED = 0.3;

/** Counts that a schema may have in two parts: the docks of 2019 were of two kinds, and so are the bikes. */
const divisible: readonly ColumnName[] = ['num_bikes_available', 'num_docks_available', 'capacity'];

/** Columns that are parts of another one, so that they may serve twice. */
const parts: readonly ColumnName[] = ['num_mechanical_available', 'num_ebikes_available'];

/** Weight of evidence that a sum must have, where chance has many pairs to choose from; and its confidence, at most. */
const SUM = { enough: 0.8, most: 0.9 } as const;

/** A candidate of this confidence is taken for the column, and no sum is looked for. */
const LIKELY = 0.5;

/** Candidates of a column that are worth showing. */
const SHOWN = 3;

/**
 * Finds what the missing columns are called now, by what the same stations said before. A column whose name
 * leads to a field that its values contradict is proposed anew, too, after the missing ones.
 */
export function propose({ header, rows, mapped, missing, known }: Unmapped): Proposal {
  const offered = fieldsOf(header, rows);
  const placed = new Map<ColumnName, Field>();
  for (const { name } of contract) {
    const place = mapped[name];
    if (!place) continue;
    placed.set(name, offered.find((field) => isSame(field.place, place)) ?? fieldAt(place, header, rows));
  }
  const among = (column: ColumnName) => [placed.get(column) ?? freeOf(offered, placed.values())].flat();
  const comparison = new Comparison(known, among('station_code'), among('name'));
  const misnamed = contradicted(comparison, offered, placed).filter(({ name }) => !missing.includes(name));
  const wanted = [...contract.filter(({ name }) => missing.includes(name)), ...misnamed];
  const misled = new Map(wanted.map(({ name }) => [name, placed.get(name)?.name ?? null]));
  for (const { name } of wanted) placed.delete(name);
  const found = match(wanted, freeOf(offered, placed.values()), placed, comparison);
  const terms = freeOf(offered, occupied(found, offered, placed).values()).filter(
    ({ place }) => place.kind === 'column',
  );
  const columns = found.map((column): ColumnProposal => {
    const sum = sumFor(column, terms, comparison, (place) => fieldAt(place, header, rows));
    const candidates = sum ? [sum, ...column.candidates].slice(0, SHOWN) : column.candidates;
    return { ...column, candidates, contradicted: misled.get(column.column) ?? null };
  });
  const required = columns.filter((column) => column.required);
  const sure = required.map(({ candidates: [first], ambiguous_with: others }) =>
    first && others.length === 0 ? first.confidence : 0,
  );
  return { columns, confidence: Math.min(1, ...sure) };
}

type Found = Omit<ColumnProposal, 'contradicted'>;

/** The fields that columns have, or are likely to have, but for those that are parts of another column. */
function occupied(
  found: readonly Found[],
  offered: readonly Field[],
  placed: ReadonlyMap<ColumnName, Field>,
): Map<ColumnName, Field> {
  const likely = found.flatMap(({ column, candidates: [best] }) => {
    const field = best && best.confidence >= LIKELY && offered.find(({ place }) => place === best.place);
    return field ? [[column, field] as const] : [];
  });
  return new Map([...placed, ...likely].filter(([column]) => !parts.includes(column)));
}

/** The sum of two fields that a count is likely to be where no field is; null where none is near enough. */
function sumFor(
  { column: name, candidates: [best] }: Found,
  terms: readonly Field[],
  comparison: Comparison,
  read: (place: Place) => Field,
): Candidate | null {
  const column = contract.find((one) => one.name === name)!;
  if (!divisible.includes(name) || (best && best.confidence >= LIKELY)) return null;
  const pair = comparison.nearestSum(column, terms);
  if (!pair) return null;
  const field = read({ kind: 'sum', indexes: pair.flatMap(({ place }) => indexesOf(place)) });
  const evidence = comparison.evidence(column, field);
  const alone = pair.map((term) => comparison.evidence(column, term).weight);
  if (evidence.weight < SUM.enough || evidence.weight < Math.max(...alone) + RESEMBLES) return null;
  const confidence = Math.min(SUM.most, confidenceOf(evidence, []));
  return { place: field.place, name: field.name, confidence, reasons: evidence.reasons };
}

/** Columns whose values stand in another field than the one that their name leads to. */
function contradicted(
  comparison: Comparison,
  offered: readonly Field[],
  placed: ReadonlyMap<ColumnName, Field>,
): Column[] {
  const weight = (column: Column, field: Field) => comparison.evidence(column, field).weight;
  const strongest = (field: Field) => Math.max(...contract.map((column) => weight(column, field)));
  return contract.filter((column) => {
    const field = placed.get(column.name);
    if (!field) return false;
    const enough = weight(column, field) + CONTRADICTED;
    return offered.some(
      (other) => weight(column, other) >= enough && weight(column, other) === strongest(other),
    );
  });
}

/** Assigns fields to columns twice: by each column's own evidence, then also by the sums that they make. */
function match(
  wanted: readonly Column[],
  free: readonly Field[],
  placed: ReadonlyMap<ColumnName, Field>,
  comparison: Comparison,
): Found[] {
  const alone = wanted.map((column) => free.map((field) => comparison.evidence(column, field)));
  const at = new Map(placed);
  assign(weights(alone)).forEach((field, i) => field !== null && at.set(wanted[i]!.name, free[field]!));
  const matrix = wanted.map((column) =>
    free.map((field) => resembling(comparison.withSums(column, field, at, placed))),
  );
  const chosen = assign(weights(matrix));

  const columns = wanted.map((column, i) => {
    const row = matrix[i]!;
    const alike = comparison.alike(column.name);
    const others = contract.filter(({ name }) => name !== column.name && !alike.includes(name));
    const elsewhere = new Set(chosen.filter((_, k) => k !== i && !alike.includes(wanted[k]!.name)));
    const candidate = (j: number): Candidate => {
      const { place, name } = free[j]!;
      const rivals = [
        ...others.map((other) => comparison.evidence(other, free[j]!)),
        ...row.filter(({ weight }, k) => weight > 0 && !comparison.twins(column, free[j]!, free[k]!)),
      ];
      const confidence = Math.min(confidenceOf(row[j]!, rivals), alike.length > 0 ? AMBIGUOUS : 1);
      return { place, name, confidence, reasons: row[j]!.reasons };
    };
    const likeliest = (j: number) => (j === chosen[i] ? Infinity : row[j]!.weight);
    const candidates = [...free.keys()]
      .filter((j) => row[j]!.weight > 0 && !elsewhere.has(j))
      .sort((a, b) => likeliest(b) - likeliest(a))
      .slice(0, SHOWN)
      .map(candidate);
    return { column: column.name, required: column.required, candidates, ambiguous_with: alike };
  });
  const [code] = columns.find(({ column }) => column === 'station_code')?.candidates ?? [];
  return code ? columns.map((column) => capped(column, code.confidence)) : columns;
}

/** Evidence that is too little counts for nothing. */
function resembling(evidence: Evidence): Evidence {
  return evidence.weight < RESEMBLES ? { ...evidence, weight: 0 } : evidence;
}

/**
 * How likely it is that a field holds a column: rather than that no field does, that another one does, or that it
 * holds another column, as `rivals` have it.
 */
function confidenceOf({ weight, doubt }: Evidence, rivals: readonly Evidence[]): number {
  const odds = (weight: number) => (weight > 0 ? Math.exp(STEEP * (weight - EVEN)) : 0);
  const own = odds(weight - doubt);
  return own / rivals.reduce((sum, rival) => sum + odds(rival.weight), 1 + own);
}

/** All columns depend on the stations: none is surer than their code. */
function capped<T extends Pick<ColumnProposal, 'candidates'>>(column: T, most: number): T {
  const candidates = column.candidates.map((candidate) => ({
    ...candidate,
    confidence: Math.min(candidate.confidence, most),
  }));
  return { ...column, candidates };
}

function weights(matrix: readonly (readonly Evidence[])[]): number[][] {
  return matrix.map((row) => row.map(({ weight }) => weight));
}
