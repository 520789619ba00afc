import { briefOf, insertBrief, newestLeft, removeBrief, rowOf } from './briefs.ts';
import { addGap, endGaps, fillGaps } from './gaps.ts';
import type { FileEntry, JournalEvent, Schema, SilverReport, SnapshotRow } from './journal.ts';
import { addDropped, noteLeftovers, noteStale } from './leftovers.ts';
import { dayOf } from './names.ts';
import { sourceState, type ImportState, type LakeState, type SourceState } from './state.ts';

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
      return addGap(sourceState(state, event.source).gaps, event);
    case 'schema':
      return applySchema(sourceState(state, event.source), event.schema);
    case 'mapping':
      return applyMapping(sourceState(state, event.source), event);
    case 'aside':
      return applyAside(sourceState(state, event.source), event);
    case 'import':
      return applyImport(state, event);
    case 'restore':
      return applyRestore(state, event);
    case 'drop':
      return applyDrop(state, event);
    case 'clear':
      return applyClear(state);
  }
}

type Event<K extends JournalEvent['kind']> = Extract<JournalEvent, { kind: K }>;

/** How many refused imports are remembered. */
const REFUSALS = 100;

function applyAttempt(state: LakeState, snapshot: SnapshotRow, file: FileEntry | null): void {
  const source = sourceState(state, snapshot.source);
  if (file) state.files[file.path] = file;
  source.last = snapshot;
  if (snapshot.outcome === 'failed') return;
  const { fetched_at, outcome, schema_fingerprint } = snapshot;
  source.recorded = fetched_at;
  endGaps(source.gaps, fetched_at);
  insertBrief(source, briefOf(source, snapshot));
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

function applySchema(source: SourceState, schema: Schema): void {
  const known = source.schemas[schema.fingerprint];
  const none = { first: null, last: null, snapshots: 0, accepted: null, discarded: {}, rejected: {} };
  source.schemas[schema.fingerprint] = { ...none, ...known, ...schema };
}

/** From now on the schema is mapped: what waited for it in quarantine waits for Silver. */
function applyMapping(source: SourceState, { fingerprint, columns, by }: Event<'mapping'>): void {
  const schema = source.schemas[fingerprint];
  if (schema) {
    schema.accepted = { columns: { ...schema.accepted?.columns, ...columns }, by };
    delete schema.aside;
  }
  for (const [path, snapshot] of Object.entries(source.quarantine)) {
    if (snapshot.schema_fingerprint !== fingerprint) continue;
    source.waiting[path] = snapshot;
    delete source.quarantine[path];
  }
}

function applyAside(source: SourceState, { fingerprint, aside }: Event<'aside'>): void {
  const schema = source.schemas[fingerprint];
  if (schema) schema.aside = aside;
}

function applyImport(state: LakeState, event: Event<'import'>): void {
  const { report, files, replaces, snapshots, withdrawn } = event;
  const source = sourceState(state, event.source);
  replaceFiles(state, files, replaces);
  if (snapshots.length > 0 || withdrawn.length > 0) source.stale = true;
  for (const at of withdrawn) removeBrief(source, at);
  if (source.newest && withdrawn.includes(source.newest.fetched_at)) {
    source.newest = newestLeft(event.source, source);
  }
  const former = source.imports.findIndex((one) => replaces.includes(one.report.path ?? ''));
  if (former >= 0) source.imports.splice(former, 1);
  for (const brief of snapshots) insertBrief(source, brief);
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
  { at, source: id, files, snapshots, briefs, mixed, gaps, damages = [] }: Event<'restore'>,
): void {
  const source = sourceState(state, id);
  replaceFiles(state, files, []);
  state.damages.push(...damages);
  source.gaps.push(...gaps);
  source.gaps.sort(([a], [b]) => a - b);
  for (const snapshot of snapshots) restoreAttempt(source, snapshot);
  const day = dayOf(at);
  if (snapshots.length > 0 && !source.restored.includes(day)) source.restored.push(day);
  const good = snapshots.filter(({ outcome }) => outcome !== 'failed');
  fillGaps(source.gaps, [...good.map(({ fetched_at }) => fetched_at), ...briefs.map(([instant]) => instant)]);
  const [first] = briefs;
  if (!first) return;
  source.stale = true;
  const ofBriefs = dayOf(first[0]);
  if (!mixed && !source.without_bronze.includes(ofBriefs)) source.without_bronze.push(ofBriefs);
  for (const brief of briefs) insertBrief(source, [...brief]);
  const best = briefs.findLast(([, outcome]) => outcome === 'ok');
  if (best) renew(source, rowOf(id, best, 'live', 'clock'));
}

function restoreAttempt(source: SourceState, snapshot: SnapshotRow): void {
  const { fetched_at, outcome, schema_fingerprint, bronze_path, content_hash } = snapshot;
  if (!source.last || source.last.fetched_at < fetched_at) source.last = snapshot;
  if (outcome === 'failed') return;
  source.recorded = Math.max(source.recorded ?? fetched_at, fetched_at);
  insertBrief(source, briefOf(source, snapshot));
  if (schema_fingerprint !== null) widen(source, schema_fingerprint, fetched_at, fetched_at, 1);
  if (bronze_path === null || content_hash === null) return;
  const isMapped = outcome !== 'quarantined' || source.schemas[schema_fingerprint ?? '']?.accepted != null;
  (isMapped ? source.waiting : source.quarantine)[bronze_path] = snapshot;
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

function applyClear(state: LakeState): void {
  addDropped(state.leftovers, Object.keys(state.files));
  for (const part of [state.files, state.sources]) for (const key of Object.keys(part)) delete part[key];
  state.damages.length = 0;
  state.recovered = null;
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
    if (damage.path.startsWith('silver/')) {
      for (const at of damage.lost) removeBrief(source, at);
      const { newest } = source;
      if (newest && damage.lost.includes(newest.fetched_at))
        source.newest = newestLeft(damage.source, source);
    }
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
