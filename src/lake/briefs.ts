import type { SnapshotBrief, SnapshotRow } from './journal.ts';
import { dayOf } from './names.ts';
import type { SourceState } from './state.ts';

/** Adds a snapshot to those of its day, in the order of time. */
export function insertBrief({ days }: SourceState, brief: SnapshotBrief): void {
  const briefs = (days[dayOf(brief[0])] ??= []);
  let at = briefs.length;
  while (at > 0 && briefs[at - 1]![0] > brief[0]) at -= 1;
  briefs.splice(at, 0, brief);
}

/** A snapshot in short, as it comes: with its schema where its header alone does not tell. */
export function briefOf({ schemas }: SourceState, snapshot: SnapshotRow): SnapshotBrief {
  const { fetched_at, outcome, stations, bytes, schema_fingerprint } = snapshot;
  const brief: SnapshotBrief = [fetched_at, outcome, stations, bytes, null];
  if (schema_fingerprint !== null && schemas[schema_fingerprint]?.contradicts !== undefined)
    brief.push(schema_fingerprint);
  return brief;
}

/** Takes the snapshot of an instant out of its day. */
export function removeBrief({ days }: SourceState, at: number): void {
  const briefs = days[dayOf(at)];
  const index = briefs?.findIndex(([instant]) => instant === at) ?? -1;
  if (index >= 0) briefs!.splice(index, 1);
}

/** The newest good snapshot of the days that are left, as far as its short form tells. */
export function newestLeft(source: string, { days }: SourceState): SnapshotRow | null {
  const briefs = Object.keys(days)
    .sort()
    .flatMap((day) => days[day]!.filter(([, outcome]) => outcome === 'ok'));
  const newest = briefs.at(-1);
  return newest ? rowOf(source, newest, 'live', 'clock') : null;
}

/** A snapshot as far as its short form tells. */
export function rowOf(
  source: string,
  [fetched_at, outcome, stations, bytes]: SnapshotBrief,
  origin: SnapshotRow['origin'],
  fetched_at_basis: string,
): SnapshotRow {
  return {
    ...{ fetched_at, fetched_at_basis, source, origin, outcome, stations, bytes, rows: stations },
    ...{ http_status: null, duration_ms: null, schema_fingerprint: null, error_code: null },
    ...{ bronze_path: null, content_hash: null, unchanged: false },
  };
}
