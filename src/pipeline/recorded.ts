import type { Lake } from '../lake/lake.ts';
import type { RecordedQuarters } from './protocol.ts';
import { goodSnapshots } from './status.ts';

const QUARTER = 900_000;

/** The quarter-hours of a source's good snapshots; null where it has none. */
export function recordedQuarters(lake: Lake, source: string): RecordedQuarters | null {
  const briefs = goodSnapshots(lake, source);
  const [oldest, newest] = [briefs[0], briefs.at(-1)];
  if (oldest === undefined || newest === undefined) return null;
  const quarterOf = (at: number) => Math.ceil(at / QUARTER);
  const start = quarterOf(oldest[0]);
  const bikes = new Int32Array(quarterOf(newest[0]) - start + 1).fill(-1);
  for (const [at, , , , told] of briefs) bikes[quarterOf(at) - start] = told ?? 0;
  return { first: start * QUARTER, bikes };
}
