import type { Health } from '../pipeline/protocol.ts';
import { isLikely } from './health/proposal.ts';

/** A column that the portal no longer sends, by the portal's own name, and its likely new name where there is one. */
export interface Renamed {
  readonly name: string;
  readonly likely: string | null;
}

/** The columns that quarantined snapshots lack; none where nothing is known of them. */
export function likelyNames(health: Health | null): Renamed[] {
  const entry = health?.drift.findLast(({ quarantined, snapshots }) => quarantined && snapshots > 0);
  const before = health?.schemas.findLast(({ by, origin }) => by !== null && origin === 'live');
  const nameOf = (column: string): string =>
    before?.mapped.find((one) => one.column === column)?.from ?? column;
  const missing =
    entry?.proposal.columns.filter(({ required, contradicted }) => required && contradicted === null) ?? [];
  return missing.map(({ column, candidates: [best] }) => ({
    name: nameOf(column),
    likely: best !== undefined && isLikely(best) ? best.name : null,
  }));
}
