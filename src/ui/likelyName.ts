import type { Health } from '../pipeline/protocol.ts';

/** The columns that quarantined snapshots lack, and the likeliest new name of the first; null where none is known. */
export function likelyName(health: Health | null): { columns: string; likely: string } | null {
  const waiting = health?.drift.findLast(({ quarantined }) => quarantined);
  const missing = waiting?.proposal.columns.filter(({ required }) => required) ?? [];
  const likely = missing[0]?.candidates[0];
  if (likely === undefined) return null;
  return { columns: missing.map(({ column }) => column).join(', '), likely: likely.name };
}
