import type { FileEntry, JournalEvent, Outcome, SilverReport, SnapshotRow } from './journal.ts';
import { dayOf } from './names.ts';

/** A snapshot in short, for the years that a lake may hold: `[fetched_at, outcome, stations, CSV bytes, bikes]`. */
export type SnapshotBrief = [
  at: number,
  outcome: Outcome,
  stations: number,
  bytes: number,
  bikes: number | null,
];

/** The lake as it stands: the fold of its journal, and nothing else. As JSON it is a checkpoint. */
export interface LakeState {
  /** Version of this form. */
  readonly format: 1;
  term: number;
  readonly files: Record<string, FileEntry>;
  /** Snapshots of each UTC day in the order of `fetched_at`; the failed ones are left to the journal. */
  readonly days: Record<string, SnapshotBrief[]>;
  /** Snapshots whose Bronze is committed and whose Silver is not yet, by Bronze path. */
  readonly waiting: Record<string, SnapshotRow>;
  /** The newest snapshot that answers may stand on. */
  newest: SnapshotRow | null;
  /** The newest attempt of all. */
  last: SnapshotRow | null;
  pending: unknown;
}

export function emptyState(): LakeState {
  return { format: 1, term: 0, files: {}, days: {}, waiting: {}, newest: null, last: null, pending: null };
}

/** Applies one event. An event of an older term than one already seen changes nothing. */
export function apply(state: LakeState, event: JournalEvent): void {
  if (event.term < state.term) return;
  state.term = event.term;
  if (event.kind === 'attempt') applyAttempt(state, event.snapshot, event.file);
  if (event.kind === 'commit') {
    for (const path of event.replaces) delete state.files[path];
    for (const file of event.files) state.files[file.path] = file;
    for (const report of event.reports ?? []) applyReport(state, report);
    if (event.pending !== undefined) state.pending = event.pending;
  }
  if (event.kind === 'drop') {
    for (const path of event.paths) {
      delete state.files[path];
      delete state.waiting[path];
    }
    delete state.days[event.day];
    if (state.newest && dayOf(state.newest.fetched_at) === event.day) state.newest = null;
  }
}

function applyAttempt(state: LakeState, snapshot: SnapshotRow, file: FileEntry | null): void {
  if (file) state.files[file.path] = file;
  if (!state.last || snapshot.fetched_at >= state.last.fetched_at) state.last = snapshot;
  if (snapshot.outcome === 'failed') return;
  const { fetched_at, outcome, stations, bytes } = snapshot;
  insert((state.days[dayOf(fetched_at)] ??= []), [fetched_at, outcome, stations, bytes, null]);
  if (file?.table === 'snapshot' && outcome !== 'quarantined') state.waiting[file.path] = snapshot;
}

function applyReport(state: LakeState, report: SilverReport): void {
  const brief = state.days[dayOf(report.fetched_at)]?.find(([at]) => at === report.fetched_at);
  const path = Object.keys(state.waiting).find((key) => state.waiting[key]!.fetched_at === report.fetched_at);
  if (brief) {
    if (report.accepted === 0) brief[1] = 'partial';
    brief[2] = report.accepted;
    brief[4] = report.bikes;
  }
  if (path === undefined) return;
  const snapshot = { ...state.waiting[path]!, stations: report.accepted };
  delete state.waiting[path];
  const good = snapshot.outcome === 'ok' && report.accepted > 0;
  if (good && (!state.newest || snapshot.fetched_at >= state.newest.fetched_at)) state.newest = snapshot;
}

function insert(briefs: SnapshotBrief[], brief: SnapshotBrief): void {
  let at = briefs.length;
  while (at > 0 && briefs[at - 1]![0] > brief[0]) at -= 1;
  briefs.splice(at, 0, brief);
}
