import type { Gap, SnapshotRow } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { sourceState } from '../../lake/state.ts';
import { readAttempts, signOf, type Contents } from './contents.ts';

/** Attempts of a backup that brought no file, and that the lake does not know. */
export async function failedAttempts(lake: Lake, { failed }: Contents): Promise<SnapshotRow[]> {
  const known = new Set((await readAttempts(lake.storage)).failed.map(signOf));
  return failed.filter((row) => !known.has(signOf(row)));
}

/** Tells a lake of attempts of a source, and of the backup's gaps in which the lake has nothing. */
export async function restoreFacts(
  lake: Lake,
  { state }: Contents,
  source: string,
  snapshots: readonly SnapshotRow[],
): Promise<void> {
  const ours = sourceState(lake.state, source);
  const isInside = (at: number, [from, to]: Gap) => at > from && at < to;
  const gaps = sourceState(state, source).gaps.filter((gap) => {
    const isTold = ours.gaps.some(([from, to]) => from < gap[1] && to > gap[0]);
    return !isTold && !Object.values(ours.days).some((day) => day.some(([at]) => isInside(at, gap)));
  });
  if (snapshots.length + gaps.length === 0) return;
  await lake.append([{ kind: 'restore', source, files: [], snapshots, briefs: [], gaps }]);
}
