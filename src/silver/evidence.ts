import { compare, valueOf, type Cell } from './agreement.ts';
import { contract, type Column, type ColumnName, type Kind } from './contract.ts';
import type { Field } from './fields.ts';
import { letterPairs, likeness as nameLikeness } from './names.ts';
import { checkSums, nearestSum } from './sums.ts';
import { patterns } from './values.ts';

type Values = Readonly<Record<string, Cell>>;

/** What is known of a source before its header changed. */
export interface Known {
  /**
   * The last good snapshots, one to three, the newest first: by station code, the value of each column of the
   * contract. Times in ms since the epoch.
   */
  readonly snapshots: readonly ReadonlyMap<string, Values>[];
  /** What the last good header called each column of the contract. */
  readonly names: Readonly<Record<string, string>>;
}

/** Why a field is thought to hold what a column held. `score` is 0–1. */
export interface Reason {
  /**
   * `name`: the names are alike. `type`, `range`: share of stations whose value is of the kind, and of the size.
   * `agreement`: share of stations whose value is that of the last good snapshot; for times, that or a later one.
   * `sum`: share of stations where bikes = mechanical + e-bikes, or capacity = bikes + docks, holds with it.
   */
  readonly kind: 'name' | 'type' | 'range' | 'agreement' | 'sum';
  readonly score: number;
}

/** What speaks for a field to hold a column, and what against it. */
export interface Evidence {
  /** 0 where nothing speaks for it, about 1 where every station agrees. */
  readonly weight: number;
  /** To be taken off: a sum no longer holds, but another of its terms may be to blame. */
  readonly doubt: number;
  readonly reasons: readonly Reason[];
}

/** What a name weighs: it decides between fields that no value tells apart, and nothing else. */
const NAME = 0.01;

/** What a name weighs where no station is found again, so that nothing else can be compared. */
const NAME_ALONE = 0.4;

/** What agreement weighs that chance explains: of columns that hold one value throughout. */
const PLAIN = 0.25;

/** Agreement of this many stations weighs half. */
const FEW_STATIONS = 10;

/** Share of rows whose station must be found again by its code, or else by its name. */
const FOUND = 0.5;

/** A new table beside the last good snapshots of the same stations. */
export class Comparison {
  readonly #snapshots: Known['snapshots'];
  readonly #names: Known['names'];
  readonly #known: ReadonlyMap<string, Values>;
  readonly #stations: readonly { readonly was: Values; readonly row: number }[];
  readonly #pairs = new Map<string, ReadonlySet<string>>();
  readonly #were = new Map<ColumnName, readonly Cell[]>();
  readonly #are = new Map<Kind, Map<Field, readonly Cell[]>>();
  readonly #evidence = new Map<Column, Map<Field, Evidence>>();

  /** `codes` and `names` are the fields that may hold the station's code and name: one where they are mapped. */
  constructor(known: Known, codes: readonly Field[], names: readonly Field[]) {
    this.#snapshots = known.snapshots;
    this.#names = known.names;
    this.#known = merge(known.snapshots);
    const byName = new Map(Array.from(this.#known.values(), (was) => [String(was['name']), was]));
    this.#stations = join(this.#known, codes) ?? join(byName, names) ?? [];
  }

  /** The known values of a column, one a station that both have. */
  #before({ name, kind }: Column): readonly Cell[] {
    return memo(this.#were, name, () =>
      this.#stations.map(({ was: { [name]: value = null } }) =>
        kind === 'text' && value !== null ? valueOf(String(value), kind) : value,
      ),
    );
  }

  /** The values of a field, in the same order; null where it holds none of the kind. */
  #now(field: Field, kind: Kind): readonly Cell[] {
    const fields = memo(this.#are, kind, () => new Map<Field, readonly Cell[]>());
    return memo(fields, field, () =>
      this.#stations.map(({ row }) => valueOf(field.texts[row] ?? null, kind)),
    );
  }

  /** What speaks for a field to hold a column. */
  evidence(column: Column, field: Field): Evidence {
    const fields = memo(this.#evidence, column, () => new Map<Field, Evidence>());
    return memo(fields, field, () => this.#weigh(column, field));
  }

  /**
   * The same, with the sums that the column is part of, where the others stand at `guessed`. Where names tell
   * that they do (`placed`), the sum is evidence of its own.
   */
  withSums(
    column: Column,
    field: Field,
    guessed: ReadonlyMap<ColumnName, Field>,
    placed: ReadonlyMap<ColumnName, Field>,
  ): Evidence {
    const alone = this.evidence(column, field);
    if (column.kind !== 'count') return alone;
    const fields = new Map([...guessed, [column.name, field]]);
    const counts = contract.filter(({ name }) => fields.has(name));
    const check = checkSums(
      column.name,
      new Map(counts.map((count) => [count.name, this.#before(count)])),
      new Map(counts.map((count) => [count.name, this.#now(fields.get(count.name)!, count.kind)])),
      new Set(placed.keys()),
    );
    if (!check) return alone;
    return {
      weight: alone.weight + check.support,
      doubt: check.doubt,
      reasons: [...alone.reasons, { kind: 'sum', score: check.holds }],
    };
  }

  /** The two fields whose sum is nearest to what a count was. */
  nearestSum(column: Column, fields: readonly Field[]): readonly [Field, Field] | null {
    const counts = fields.filter((field) => this.#now(field, column.kind).some((value) => value !== null));
    const values = counts.map((field) => this.#now(field, column.kind));
    const [a, b] = nearestSum(this.#before(column), values) ?? [];
    return a === undefined || b === undefined ? null : [counts[a]!, counts[b]!];
  }

  /** Whether two fields hold the same values of a column's kind throughout. */
  twins({ kind }: Column, a: Field, b: Field): boolean {
    const values = this.#now(b, kind);
    return this.#now(a, kind).every((value, i) => value === values[i]);
  }

  /** Other columns of the contract that had the same value at every station of all known snapshots. */
  alike(column: ColumnName): ColumnName[] {
    const stations = this.#snapshots.flatMap((snapshot) => [...snapshot.values()]);
    const valued = stations.filter((was) => (was[column] ?? null) !== null);
    return contract
      .map(({ name }) => name)
      .filter(
        (name) => name !== column && valued.length > 0 && valued.every((was) => was[name] === was[column]),
      );
  }

  #nameLikeness({ name, aliases }: Column, field: Field): number {
    const pairs = (text: string) => memo(this.#pairs, text, () => letterPairs(text));
    const called = [this.#names[name] ?? '', name, ...aliases];
    return Math.max(...called.map((text) => nameLikeness(pairs(text), pairs(field.name))));
  }

  #weigh(column: Column, field: Field): Evidence {
    const name = this.#nameLikeness(column, field);
    if (column.name === 'station_code') {
      const agreement = overlap(this.#known, field);
      return { weight: agreement + NAME * name, doubt: 0, reasons: reasons({ agreement, name }) };
    }
    const stations = this.#stations.length;
    if (stations === 0) return { weight: NAME_ALONE * name, doubt: 0, reasons: reasons({ name }) };
    const before = this.#before(column);
    const { type, range, same, likeness } = compare(column, before, this.#now(field, column.kind));
    const agreement = Math.max(likeness, PLAIN * same) * (stations / (stations + FEW_STATIONS));
    return {
      weight: agreement + NAME * name,
      doubt: 0,
      reasons: reasons({ agreement: same, range, type, name }),
    };
  }
}

function reasons(scores: Partial<Record<Reason['kind'], number | null>>): Reason[] {
  const kinds = ['agreement', 'range', 'type', 'name'] as const;
  return kinds.flatMap((kind) => {
    const score = scores[kind] ?? null;
    return score === null ? [] : [{ kind, score }];
  });
}

/** The newest value that is known of each station and column. */
function merge(snapshots: readonly ReadonlyMap<string, Values>[]): Map<string, Values> {
  const merged = new Map<string, Record<string, Cell>>();
  for (const snapshot of snapshots) {
    for (const [code, values] of snapshot) {
      const newer = merged.get(code) ?? {};
      for (const column of Object.keys(values)) newer[column] ??= values[column] ?? null;
      merged.set(code, newer);
    }
  }
  return merged;
}

/** Share of rows that hold a known key, each key counted once. */
function overlap(known: ReadonlyMap<string, unknown>, field: Field): number {
  const found = new Set(field.texts.map(keyOf).filter((key) => known.has(key)));
  return found.size / Math.max(1, field.texts.length);
}

/** Stations with their rows, by the field that holds most of the known keys; null where none holds enough. */
function join(
  known: ReadonlyMap<string, Values>,
  fields: readonly Field[],
): { was: Values; row: number }[] | null {
  const shares = fields.map((field) => overlap(known, field));
  const share = Math.max(...shares);
  const field = fields[shares.indexOf(share)];
  if (!field || share < FOUND) return null;
  const rows = new Map(field.texts.map((text, row) => [keyOf(text), row]));
  return [...known].flatMap(([key, was]) => {
    const row = rows.get(key);
    return row === undefined ? [] : [{ was, row }];
  });
}

const decimal = new RegExp(patterns.decimalCode);

/** A code as it was before pandas made a number of it. */
function keyOf(text: string | null): string {
  return text?.includes('.') ? text.replace(decimal, '$1') : (text ?? '');
}

function memo<K, V>(map: Map<K, V>, key: K, compute: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = compute()));
  return value;
}
