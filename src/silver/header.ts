import type { Alias } from './contract.ts';
import { repair } from './repair.ts';
import type { Place } from './place.ts';

/** A name as names are compared: letters and digits only, letter case and accents ignored, mojibake undone. */
export function normalise(name: string): string {
  return repair(name)
    .normalize('NFD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** The names of a table, ready to be looked up. A name may be empty or stand twice. */
export class Header {
  readonly #full = new Map<string, number[]>();
  readonly #leaf = new Map<string, number[]>();

  /**
   * A dotted name goes by its leaf, too (`/` is a dot to some), and one that pandas made in a merge by what stands
   * before its `_x`, unless the full name is one of `known`.
   */
  constructor(
    readonly names: readonly string[],
    known: ReadonlySet<string>,
  ) {
    for (const [index, name] of names.entries()) {
      const full = normalise(name);
      push(this.#full, full, index);
      const leaf = /(?<!\\)[./]([^./]+)$/.exec(name)?.[1] ?? /^(.+)_x$/.exec(name)?.[1];
      if (leaf !== undefined && !known.has(full)) push(this.#leaf, normalise(leaf), index);
    }
  }

  /** The places that an alias may mean. */
  find(alias: Alias): Place[] {
    if (typeof alias === 'string') return this.#indexes(alias).map((index) => ({ kind: 'column', index }));
    if ('sum' in alias) {
      const indexes = alias.sum.map((name) => this.#indexes(name)[0]);
      return indexes.every((index) => index !== undefined) ? [{ kind: 'sum', indexes }] : [];
    }
    return this.#indexes(alias.of).map((index) =>
      'key' in alias ? { kind: 'key', index, key: alias.key } : { kind: 'part', index, part: alias.part },
    );
  }

  /** Columns of that name, else the only one whose leaf it is. */
  #indexes(name: string): readonly number[] {
    const wanted = normalise(name);
    const full = this.#full.get(wanted);
    if (full) return full;
    const leaves = this.#leaf.get(wanted) ?? [];
    return leaves.length === 1 ? leaves : [];
  }
}

function push(map: Map<string, number[]>, key: string, index: number): void {
  const indexes = map.get(key);
  if (indexes) indexes.push(index);
  else map.set(key, [index]);
}
