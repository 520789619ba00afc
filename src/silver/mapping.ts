import { VelolacError } from '../errors.ts';
import { contract, type Column } from './contract.ts';

/** Where a Silver column's text stands in a Bronze header: a column's index, and the key inside its JSON text. */
export interface Place {
  readonly index: number;
  readonly key: string | null;
}

/** How a header maps to the contract; a column that the source does not have is null. */
export type Mapping = Readonly<Record<string, Place | null>>;

/**
 * Maps a header by the contract's aliases. Throws `silver.schema` when a required column is gone: the snapshot
 * is then quarantined.
 */
export function mapHeader(header: readonly string[]): Mapping {
  const names = header.map((name) => name.toLowerCase());
  const mapping = Object.fromEntries(contract.map((column) => [column.name, findColumn(names, column)]));
  const missing = contract.filter(({ name, required }) => required && mapping[name] === null);
  if (missing.length > 0) {
    const columns = missing.map(({ name }) => name).join(', ');
    throw new VelolacError('silver.schema', `no column maps to ${columns}`, {
      columns,
      header: header.join(', '),
    });
  }
  return mapping;
}

function findColumn(names: readonly string[], { aliases, inside }: Column): Place | null {
  const find = (alias: string) => names.indexOf(alias.toLowerCase());
  const index = aliases.map(find).find((at) => at >= 0);
  if (index !== undefined) return { index, key: null };
  const outer = inside?.aliases.map(find).find((at) => at >= 0);
  return inside && outer !== undefined ? { index: outer, key: inside.key } : null;
}
