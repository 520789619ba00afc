import type {
  Damage,
  FileEntry,
  Gap,
  ImportReport,
  JournalEvent,
  MappedBy,
  Recovery,
  Schema,
  SilverReport,
  SnapshotBrief,
  SnapshotRow,
} from './journal.ts';
import { noLeftovers, noteLeftovers, noteStale, type Leftovers } from './leftovers.ts';
import { dayOf } from './names.ts';

/** A schema with what came in it. */
export interface SchemaState extends Schema {
  /** `fetched_at` of the first and the last snapshot in it; null before the first. */
  first: number | null;
  last: number | null;
  snapshots: number;
  /** What an accepted mapping maps beyond the built-in aliases (places in the header), and whose word that was. */
  accepted: { readonly columns: Readonly<Record<string, unknown>>; readonly by: MappedBy } | null;
  readonly discarded: Record<string, number>;
  readonly rejected: Record<string, number>;
}

/** A file that was imported, or an attempt to. */
export interface ImportState {
  readonly report: ImportReport;
  /** SHA-256 of the original; null where it was not kept. */
  readonly sha256: string | null;
  /** When its snapshot was taken, as the user corrected it; and the file's own date. */
  readonly fetched_at: number | null;
  readonly file_date: number;
  /** UTC days that were deleted since: a rebuild leaves them out. */
  readonly dropped: string[];
}

/** What the lake knows of one source. */
export interface SourceState {
  /** Snapshots of each UTC day in the order of `fetched_at`; failed attempts are left to the journal. */
  readonly days: Record<string, SnapshotBrief[]>;
  /** Snapshots whose Bronze is committed and whose Silver is not yet, by Bronze path. */
  readonly waiting: Record<string, SnapshotRow>;
  /** Snapshots that wait for a mapping, by Bronze path. */
  readonly quarantine: Record<string, SnapshotRow>;
  /** By fingerprint. */
  readonly schemas: Record<string, SchemaState>;
  readonly imports: ImportState[];
  /** The newest snapshot that answers may stand on. */
  newest: SnapshotRow | null;
  /** The last attempt: in the order of the journal, since the device's clock may have been set back. */
  last: SnapshotRow | null;
  /** `fetched_at` of the last attempt that brought a snapshot, in the order of the journal. */
  recorded: number | null;
  /** Stretches without a snapshot, oldest first; those that touch, for one reason, are one. */
  readonly gaps: Gap[];
  /** Station attributes seen but not yet long enough to open a version (`silver/versions.ts`). */
  pending: unknown;
  /** True when snapshots came by import or out of the order of time, and station versions must be decided anew. */
  stale: boolean;
  /** UTC days whose recorded Bronze was dropped as too old: their Silver is all there is of them. */
  without_bronze: string[];
}

/** The lake as it stands: the fold of its journal, and nothing else. As JSON it is a checkpoint. */
export interface LakeState {
  /** Version of this form. */
  readonly format: typeof FORMAT;
  term: number;
  readonly files: Record<string, FileEntry>;
  readonly sources: Record<string, SourceState>;
  readonly leftovers: Leftovers;
  /** Files that were found damaged, and could not be made again. */
  readonly damages: Damage[];
  /** The last time that the journal had to be rebuilt from the files; null where it never had. */
  recovered: Recovery | null;
}

/** Version of the lake's form that this page writes; it opens older ones (`migrations.ts`). */
export const FORMAT = 2;

/** The longest pace that a recorder can be set to, in milliseconds. */
const LONGEST_PACE = 900_000;

/** How many refused imports are remembered. */
const REFUSALS = 100;

export function emptyState(): LakeState {
  const nothing = { files: {}, sources: {}, leftovers: noLeftovers(), damages: [], recovered: null };
  return { format: FORMAT, term: 0, ...nothing };
}

export function emptySource(): SourceState {
  return {
    ...{ days: {}, waiting: {}, quarantine: {}, schemas: {}, imports: [], gaps: [] },
    ...{ newest: null, last: null, recorded: null, pending: null, stale: false, without_bronze: [] },
  };
}

/** A source's part of the state, made if the source is new. */
export function sourceState(state: LakeState, source: string): SourceState {
  return (state.sources[source] ??= emptySource());
}

/** Applies one event. An event of an older term than one already seen changes nothing. */
export function apply(state: LakeState, event: JournalEvent): void {
  if (event.term < state.term) return noteStale(state.leftovers, event, state.files);
  state.term = event.term;
  noteLeftovers(state.leftovers, event);
  switch (event.kind) {
    case 'term':
    case 'touch':
    case 'swept':
      return;
    case 'damage':
      return applyDamage(state, event);
    case 'recovered':
      state.recovered = { at: event.at, lines: event.lines, adopted: event.adopted };
      return;
    case 'attempt':
      return applyAttempt(state, event.snapshot, event.file);
    case 'commit':
      return applyCommit(state, event);
    case 'gap':
      return applyGap(sourceState(state, event.source), event);
    case 'schema':
      return applySchema(sourceState(state, event.source), event.schema);
    case 'mapping':
      return applyMapping(sourceState(state, event.source), event);
    case 'import':
      return applyImport(state, event);
    case 'restore':
      return applyRestore(state, event);
    case 'drop':
      return applyDrop(state, event);
  }
}

type Event<K extends JournalEvent['kind']> = Extract<JournalEvent, { kind: K }>;

function applyAttempt(state: LakeState, snapshot: SnapshotRow, file: FileEntry | null): void {
  const source = sourceState(state, snapshot.source);
  if (file) state.files[file.path] = file;
  source.last = snapshot;
  if (snapshot.outcome === 'failed') return;
  const { fetched_at, outcome, stations, bytes, schema_fingerprint } = snapshot;
  source.recorded = fetched_at;
  endGaps(source.gaps, fetched_at);
  insert((source.days[dayOf(fetched_at)] ??= []), [fetched_at, outcome, stations, bytes, null]);
  if (file?.table === 'snapshot') {
    (outcome === 'quarantined' ? source.quarantine : source.waiting)[file.path] = snapshot;
  }
  if (schema_fingerprint !== null) widen(source, schema_fingerprint, fetched_at, fetched_at, 1);
}

function applyCommit(state: LakeState, { source: id, files, replaces, ...event }: Event<'commit'>): void {
  replaceFiles(state, files, replaces);
  const source = sourceState(state, id);
  for (const report of event.reports ?? []) applyReport(source, report);
  if (event.pending !== undefined) source.pending = event.pending;
  if (event.information) source.stale = false;
}

function applyReport(source: SourceState, report: SilverReport): void {
  const brief = source.days[dayOf(report.fetched_at)]?.find(([at]) => at === report.fetched_at);
  if (brief) {
    if (report.accepted === 0) brief[1] = 'partial';
    else if (brief[1] === 'quarantined') brief[1] = 'ok';
    brief[2] = report.accepted;
    brief[4] = report.bikes;
  }
  const path = Object.keys(source.waiting).find(
    (key) => source.waiting[key]!.fetched_at === report.fetched_at,
  );
  if (path === undefined) return;
  const waited = source.waiting[path]!;
  delete source.waiting[path];
  addCounts(source, waited.schema_fingerprint, report);
  const snapshot: SnapshotRow = {
    ...waited,
    outcome: brief?.[1] ?? waited.outcome,
    stations: report.accepted,
  };
  if (source.newest && source.newest.fetched_at > snapshot.fetched_at) source.stale = true;
  if (snapshot.outcome !== 'ok') return;
  // The last one recorded is the newest, though the clock was set back before it.
  if (source.last?.fetched_at === snapshot.fetched_at) source.newest = snapshot;
  else renew(source, snapshot);
}

function applyGap({ gaps }: SourceState, { from, to, reason }: Event<'gap'>): void {
  const last = gaps.at(-1);
  if (last?.[2] === reason && last[0] <= from && from <= last[1]) last[1] = Math.max(last[1], to);
  else gaps.push([from, to, reason]);
}

/** A snapshot ends what was said of times after it: by a clock that has been set back since. */
function endGaps(gaps: Gap[], at: number): void {
  while (gaps.length > 0 && gaps.at(-1)![0] >= at) gaps.pop();
  const last = gaps.at(-1);
  if (last && last[1] > at) last[1] = at;
}

function applySchema(source: SourceState, schema: Schema): void {
  const known = source.schemas[schema.fingerprint];
  const none = { first: null, last: null, snapshots: 0, accepted: null, discarded: {}, rejected: {} };
  source.schemas[schema.fingerprint] = { ...none, ...known, ...schema };
}

/** From now on the schema is mapped: what waited for it in quarantine waits for Silver. */
function applyMapping(source: SourceState, { fingerprint, columns, by }: Event<'mapping'>): void {
  const schema = source.schemas[fingerprint];
  if (schema) schema.accepted = { columns: { ...schema.accepted?.columns, ...columns }, by };
  for (const [path, snapshot] of Object.entries(source.quarantine)) {
    if (snapshot.schema_fingerprint !== fingerprint) continue;
    source.waiting[path] = snapshot;
    delete source.quarantine[path];
  }
}

function applyImport(state: LakeState, event: Event<'import'>): void {
  const { report, files, replaces, snapshots, withdrawn } = event;
  const source = sourceState(state, event.source);
  replaceFiles(state, files, replaces);
  if (snapshots.length > 0 || withdrawn.length > 0) source.stale = true;
  for (const at of withdrawn) removeBrief(source, at);
  for (const brief of snapshots) {
    insert((source.days[dayOf(brief[0])] ??= []), brief);
  }
  for (const table of report.tables) {
    const { fingerprint, from, to } = table;
    if (fingerprint === null || from === null || to === null) continue;
    widen(source, fingerprint, from, to, table.snapshots);
    addCounts(source, fingerprint, table);
  }
  const best = snapshots.filter(([, outcome]) => outcome === 'ok').at(-1);
  const basis = report.tables[0]?.basis ?? 'clock';
  if (best) renew(source, rowOf(event.source, best, 'import', basis));
  const sha256 = report.path === null ? null : (state.files[report.path]?.sha256 ?? null);
  const at = report.path === null ? -1 : source.imports.findIndex((one) => one.report.path === report.path);
  const { fetched_at, file_date, dropped } = event;
  const entry: ImportState = { report, sha256, fetched_at, file_date, dropped: [...dropped] };
  if (at >= 0) source.imports[at] = entry;
  else source.imports.push(entry);
  const refused = source.imports.filter((one) => one.report.path === null);
  if (refused.length > REFUSALS) source.imports.splice(source.imports.indexOf(refused[0]!), 1);
}

/** What a backup brings is of another time: the order of attempts and the end of the record stay as they are. */
function applyRestore(
  state: LakeState,
  { source: id, files, snapshots, briefs, gaps }: Event<'restore'>,
): void {
  const source = sourceState(state, id);
  replaceFiles(state, files, []);
  source.gaps.push(...gaps);
  source.gaps.sort(([a], [b]) => a - b);
  for (const snapshot of snapshots) restoreAttempt(source, snapshot);
  const times = snapshots.flatMap(({ outcome, fetched_at }) => (outcome === 'failed' ? [] : [fetched_at]));
  if (times.length > 0) fillGaps(source.gaps, Math.min(...times), Math.max(...times));
  const [first] = briefs;
  if (!first) return;
  source.stale = true;
  source.without_bronze.push(dayOf(first[0]));
  for (const brief of briefs) insert((source.days[dayOf(brief[0])] ??= []), [...brief]);
  const best = briefs.findLast(([, outcome]) => outcome === 'ok');
  if (best) renew(source, rowOf(id, best, 'live', 'clock'));
}

function restoreAttempt(source: SourceState, snapshot: SnapshotRow): void {
  const { fetched_at, outcome, stations, bytes, schema_fingerprint, bronze_path, content_hash } = snapshot;
  if (!source.last || source.last.fetched_at < fetched_at) source.last = snapshot;
  if (outcome === 'failed') return;
  source.recorded = Math.max(source.recorded ?? fetched_at, fetched_at);
  insert((source.days[dayOf(fetched_at)] ??= []), [fetched_at, outcome, stations, bytes, null]);
  if (schema_fingerprint !== null) widen(source, schema_fingerprint, fetched_at, fetched_at, 1);
  if (bronze_path === null || content_hash === null) return;
  const isMapped = outcome !== 'quarantined' || source.schemas[schema_fingerprint ?? '']?.accepted != null;
  (isMapped ? source.waiting : source.quarantine)[bronze_path] = snapshot;
}

/** What is left of gaps between which there are snapshots now; not what is shorter than the longest pace. */
function fillGaps(gaps: Gap[], from: number, to: number): void {
  const left = gaps.flatMap((gap): Gap[] => {
    const [start, end, reason] = gap;
    if (end <= from || start >= to) return [gap];
    const pieces: Gap[] = [
      [start, from, reason],
      [to, end, reason],
    ];
    return pieces.filter(([a, b]) => b - a >= LONGEST_PACE);
  });
  gaps.splice(0, gaps.length, ...left);
}

function applyDrop(state: LakeState, { source: id, day, paths, reason }: Event<'drop'>): void {
  const source = sourceState(state, id);
  for (const path of paths) {
    delete state.files[path];
    delete source.waiting[path];
    delete source.quarantine[path];
  }
  source.without_bronze = source.without_bronze.filter((one) => one !== day);
  if (reason === 'retention') {
    source.without_bronze.push(day);
    return;
  }
  delete source.days[day];
  for (const { report, dropped } of source.imports) {
    const covers = report.tables.some(({ from, to }) => {
      return from !== null && to !== null && dayOf(from) <= day && dayOf(to) >= day;
    });
    if (covers && !dropped.includes(day)) dropped.push(day);
  }
  if (source.newest && dayOf(source.newest.fetched_at) === day) source.newest = newestLeft(id, source);
}

/** Damaged Bronze leaves the lake. What Silver has of it stays; what waited for Silver is lost with it. */
function applyDamage(state: LakeState, { damages, files }: Event<'damage'>): void {
  replaceFiles(
    state,
    files,
    damages.map(({ path }) => path),
  );
  for (const damage of damages) {
    state.damages.push(damage);
    if (damage.source === null) continue;
    const source = sourceState(state, damage.source);
    if (damage.path.startsWith('silver/')) for (const at of damage.lost) removeBrief(source, at);
    for (const open of [source.waiting, source.quarantine]) {
      for (const [path, { fetched_at }] of Object.entries(open)) {
        if (!damage.lost.includes(fetched_at)) continue;
        delete open[path];
        removeBrief(source, fetched_at);
      }
    }
  }
}

function replaceFiles(state: LakeState, files: readonly FileEntry[], replaces: readonly string[]): void {
  for (const path of replaces) delete state.files[path];
  for (const file of files) state.files[file.path] = file;
}

function widen(source: SourceState, fingerprint: string, from: number, to: number, snapshots: number): void {
  const schema = source.schemas[fingerprint];
  if (!schema) return;
  schema.first = Math.min(schema.first ?? from, from);
  schema.last = Math.max(schema.last ?? to, to);
  schema.snapshots += snapshots;
}

function addCounts(
  source: SourceState,
  fingerprint: string | null,
  { discarded, rejected }: Pick<SilverReport, 'discarded' | 'rejected'>,
): void {
  const schema = fingerprint === null ? null : source.schemas[fingerprint];
  if (!schema) return;
  for (const [name, count] of Object.entries(discarded))
    schema.discarded[name] = (schema.discarded[name] ?? 0) + count;
  for (const [name, count] of Object.entries(rejected))
    schema.rejected[name] = (schema.rejected[name] ?? 0) + count;
}

function renew(source: SourceState, snapshot: SnapshotRow): void {
  if (!source.newest || snapshot.fetched_at >= source.newest.fetched_at) source.newest = snapshot;
}

/** The newest good snapshot of the days that are left, as far as its short form tells. */
function newestLeft(source: string, { days }: SourceState): SnapshotRow | null {
  const briefs = Object.keys(days)
    .sort()
    .flatMap((day) => days[day]!.filter(([, outcome]) => outcome === 'ok'));
  const newest = briefs.at(-1);
  return newest ? rowOf(source, newest, 'live', 'clock') : null;
}

/** A snapshot as far as its short form tells. */
function rowOf(
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

/** The instant up to which a source's record is told of, by snapshots or by gaps; null where there is none. */
export function accountedUntil({ recorded, gaps }: SourceState): number | null {
  const gap = gaps.at(-1)?.[1];
  return recorded === null || gap === undefined ? recorded : Math.max(recorded, gap);
}

function insert(briefs: SnapshotBrief[], brief: SnapshotBrief): void {
  let at = briefs.length;
  while (at > 0 && briefs[at - 1]![0] > brief[0]) at -= 1;
  briefs.splice(at, 0, brief);
}

function removeBrief({ days }: SourceState, at: number): void {
  const briefs = days[dayOf(at)];
  const index = briefs?.findIndex(([instant]) => instant === at) ?? -1;
  if (index >= 0) briefs!.splice(index, 1);
}
