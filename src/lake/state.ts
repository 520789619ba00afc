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

/** What the lake knows of one source. */
export interface SourceState {
  /** Snapshots of each UTC day in the order of `fetched_at`; failed attempts are left to the journal. */
  readonly days: Record<string, SnapshotBrief[]>;
  /** Snapshots whose Bronze is committed and whose Silver is not yet, by Bronze path. */
  readonly waiting: Record<string, SnapshotRow>;
  /** The newest snapshot that answers may stand on. */
  newest: SnapshotRow | null;
  /** The newest attempt of all. */
  last: SnapshotRow | null;
  /** Station attributes seen but not yet long enough to open a version (`silver/versions.ts`). */
  pending: unknown;
}

/** The lake as it stands: the fold of its journal, and nothing else. As JSON it is a checkpoint. */
export interface LakeState {
  /** Version of this form. */
  readonly format: 1;
  term: number;
  readonly files: Record<string, FileEntry>;
  readonly sources: Record<string, SourceState>;
}

export function emptyState(): LakeState {
  return { format: 1, term: 0, files: {}, sources: {} };
}

/** A source's part of the state, made if the source is new. */
export function sourceState(state: LakeState, source: string): SourceState {
  return (state.sources[source] ??= { days: {}, waiting: {}, newest: null, last: null, pending: null });
}

/** Applies one event. An event of an older term than one already seen changes nothing. */
export function apply(state: LakeState, event: JournalEvent): void {
  if (event.term < state.term) return;
  state.term = event.term;
  if (event.kind === 'attempt') applyAttempt(state, event.snapshot, event.file);
  if (event.kind === 'commit') {
    for (const path of event.replaces) delete state.files[path];
    for (const file of event.files) state.files[file.path] = file;
    const source = sourceState(state, event.source);
    for (const report of event.reports ?? []) applyReport(source, report);
    if (event.pending !== undefined) source.pending = event.pending;
  }
  if (event.kind === 'drop') {
    const source = sourceState(state, event.source);
    for (const path of event.paths) {
      delete state.files[path];
      delete source.waiting[path];
    }
    delete source.days[event.day];
    if (source.newest && dayOf(source.newest.fetched_at) === event.day)
      source.newest = newestLeft(event.source, source);
  }
}

function applyAttempt(state: LakeState, snapshot: SnapshotRow, file: FileEntry | null): void {
  const source = sourceState(state, snapshot.source);
  if (file) state.files[file.path] = file;
  if (!source.last || snapshot.fetched_at >= source.last.fetched_at) source.last = snapshot;
  if (snapshot.outcome === 'failed') return;
  const { fetched_at, outcome, stations, bytes } = snapshot;
  insert((source.days[dayOf(fetched_at)] ??= []), [fetched_at, outcome, stations, bytes, null]);
  if (file?.table === 'snapshot' && outcome !== 'quarantined') source.waiting[file.path] = snapshot;
}

function applyReport(source: SourceState, report: SilverReport): void {
  const brief = source.days[dayOf(report.fetched_at)]?.find(([at]) => at === report.fetched_at);
  if (brief) {
    if (report.accepted === 0) brief[1] = 'partial';
    brief[2] = report.accepted;
    brief[4] = report.bikes;
  }
  const path = Object.keys(source.waiting).find(
    (key) => source.waiting[key]!.fetched_at === report.fetched_at,
  );
  if (path === undefined) return;
  const snapshot = { ...source.waiting[path]!, stations: report.accepted };
  delete source.waiting[path];
  const good = snapshot.outcome === 'ok' && report.accepted > 0;
  if (good && (!source.newest || snapshot.fetched_at >= source.newest.fetched_at)) source.newest = snapshot;
}

/** The newest good snapshot of the days that are left, as far as its short form tells. */
function newestLeft(source: string, { days }: SourceState): SnapshotRow | null {
  const briefs = Object.keys(days)
    .sort()
    .flatMap((day) => days[day]!.filter(([, outcome]) => outcome === 'ok'));
  const newest = briefs.at(-1);
  if (!newest) return null;
  const [fetched_at, outcome, stations, bytes] = newest;
  return {
    ...{
      fetched_at,
      fetched_at_basis: 'clock',
      source,
      origin: 'live',
      outcome,
      stations,
      bytes,
      rows: stations,
    },
    ...{ http_status: null, duration_ms: null, schema_fingerprint: null, error_code: null },
    ...{ bronze_path: null, content_hash: null, unchanged: false },
  };
}

function insert(briefs: SnapshotBrief[], brief: SnapshotBrief): void {
  let at = briefs.length;
  while (at > 0 && briefs[at - 1]![0] > brief[0]) at -= 1;
  briefs.splice(at, 0, brief);
}
