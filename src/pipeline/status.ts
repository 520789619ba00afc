import { MAX_GAP_S } from '../gold/questions.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY, dayOf, timeless } from '../lake/names.ts';
import type { SnapshotBrief } from '../lake/journal.ts';
import { sourceState } from '../lake/state.ts';
import { quarantines } from './quarantine.ts';
import { waitingError } from './schema.ts';
import type { LakeFileRow, LakeStatus, LakeTotals, SnapshotRow, World } from './protocol.ts';

/** All snapshots of a source that have rows to answer from, oldest first: none whose Silver is still to be written. */
export function goodSnapshots(lake: Lake, source: string, from = -Infinity, to = Infinity): SnapshotBrief[] {
  const { days = {}, waiting = {} } = lake.state.sources[source] ?? {};
  const unwritten = new Set(Object.values(waiting).map(({ fetched_at }) => fetched_at));
  const isGood = ([at, outcome]: SnapshotBrief) => {
    return outcome === 'ok' && at >= from && at <= to && !unwritten.has(at);
  };
  return Object.keys(days)
    .filter((day) => Date.parse(day) + DAY > from && Date.parse(day) <= to)
    .sort()
    .flatMap((day) => days[day]!.filter(isGood));
}

/** The failure of the last attempt where its snapshot waits for a word of the user, else null: it outlives the visit. */
export function quarantineFailure(lake: Lake, source: string): LakeStatus['failure'] {
  const { last, quarantine, schemas } = sourceState(lake.state, source);
  if (!last?.bronze_path || !(last.bronze_path in quarantine)) return null;
  const schema = schemas[last.schema_fingerprint ?? ''];
  if (schema?.aside) return null;
  return { at: last.fetched_at, error: waitingError(schema ?? {}).toRecord() };
}

/** Sizes and counts of what the lake holds of a source. */
export function totals(lake: Lake, source: string): LakeTotals {
  const files = Object.values(lake.state.files).filter((file) => file.source === source);
  const sum = (keep: (file: FileEntry) => boolean, value: (file: FileEntry) => number | null) =>
    files.reduce((total, file) => total + (keep(file) ? (value(file) ?? 0) : 0), 0);
  const bronze = ({ layer }: FileEntry) => layer === 'bronze';
  const silver = ({ layer }: FileEntry) => layer === 'silver';
  const compacted = (file: FileEntry) => silver(file) && !file.path.includes('/part_');
  const bytes = (file: FileEntry) => file.bytes;
  const days = Object.entries(lake.state.sources[source]?.days ?? {}).filter(
    ([, briefs]) => briefs.length > 0,
  );
  const inOrder = days.sort(([a], [b]) => a.localeCompare(b)).map(([, briefs]) => briefs);
  return {
    snapshots: inOrder.reduce((count, briefs) => count + briefs.length, 0),
    rows: sum(
      (file) => file.table === 'station_status',
      (file) => file.rows,
    ),
    bronze_csv_bytes: sum(bronze, (file) => file.csv_bytes),
    bronze_stored_bytes: sum(bronze, bytes),
    silver_bytes: sum(silver, bytes),
    gold_bytes: sum(({ layer }) => layer === 'gold', bytes),
    compacted_silver_bytes: sum(compacted, bytes),
    compacted_bronze_csv_bytes: sum(compacted, (file) => file.csv_bytes),
    first: inOrder[0]?.[0]?.[0] ?? null,
    last: inOrder.at(-1)?.at(-1)?.[0] ?? null,
  };
}

/** The UTC day that a file goes with when it is deleted; null where it tells of several, or outlives its day. */
export function dayOfFile({ table, from, to }: FileEntry): string | null {
  if (from === null || to === null || timeless.includes(table)) return null;
  return dayOf(from) === dayOf(to) ? dayOf(from) : null;
}

/** A file as the Lake view shows it. */
export function fileRow(file: FileEntry): LakeFileRow {
  const { path, layer, bytes, rows, snapshots, from, to } = file;
  return { path, layer, bytes, rows, snapshots, from, to, day: dayOfFile(file) };
}

interface Shown {
  readonly lake: Lake;
  readonly world: World;
  readonly source: string;
  readonly newest: SnapshotRow | null;
}

/** What the page shows of a world's lake at an instant. */
export function lakeFacts({ lake, world, source, newest }: Shown, now: number) {
  const { persistent } = lake.storage;
  const { recovered } = lake.state;
  return {
    world,
    source,
    newest,
    persistent,
    reach: MAX_GAP_S / 60,
    totals: totals(lake, source),
    recovered: recovered && now - recovered.at < DAY ? recovered : null,
    waiting_schemas: quarantines(lake.state, source).filter(({ aside }) => !aside).length,
  };
}
