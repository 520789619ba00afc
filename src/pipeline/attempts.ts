import type { ImportReport, JournalEvent, Outcome, SnapshotRow } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { parseJournal } from '../lake/lines.ts';
import { DAY, dayOf, journalDays, journalPath } from '../lake/names.ts';
import { emptySource } from '../lake/state.ts';

/** An attempt to take a snapshot, as the journal keeps it. */
export type Attempt = Pick<
  SnapshotRow,
  | 'fetched_at'
  | 'outcome'
  | 'http_status'
  | 'duration_ms'
  | 'bytes'
  | 'stations'
  | 'error_code'
  | 'content_hash'
>;

/**
 * The live attempts of a span (milliseconds since the epoch, both ends included), oldest first: good ones as Silver
 * judged them, failed ones from the journal's day files, which alone keep them. Of attempts that a backup brought, the
 * journal of the day on which it did tells; a lake that an earlier version restored into does not know which that is,
 * and it is looked for where the lake has snapshots that were neither recorded nor imported by then. Rejects with
 * `lake.*` errors.
 */
export async function readAttempts(lake: Lake, source: string, from: number, to: number): Promise<Attempt[]> {
  const isInside = (at: number) => at >= from && at <= to;
  const { days, imports, restored } = lake.state.sources[source] ?? emptySource();
  const judged = new Map<number, { outcome: Outcome; stations: number }>();
  for (const day of daysOf(from, to)) {
    for (const [at, outcome, stations] of days[day] ?? [])
      if (isInside(at)) judged.set(at, { outcome, stations });
  }
  const attempts = new Map<number, Attempt>();
  const isKnown = (at: number) => attempts.has(at) || imports.some(({ report }) => covers(report, at));
  const last = journalPath(dayOf(to + DAY));
  let term = 0;
  for (const path of await journalSince(lake, from)) {
    const isLate = path > last && !restored.some((day) => journalPath(day) === path);
    if (isLate && [...judged.keys()].every(isKnown)) continue;
    for (const event of parseJournal(await lake.read(path)).events) {
      if (event.term < term) continue;
      term = event.term;
      for (const row of rowsOf(event)) {
        if (row.source !== source || row.origin !== 'live' || !isInside(row.fetched_at)) continue;
        const { fetched_at, outcome, http_status, duration_ms, bytes, stations, error_code, content_hash } =
          row;
        const answer = { fetched_at, http_status, duration_ms, bytes, content_hash };
        const told = { outcome, stations, ...judged.get(fetched_at) };
        // What waited in quarantine is good once its schema is mapped.
        const error = told.outcome === 'ok' ? null : error_code;
        attempts.set(fetched_at, { ...answer, error_code: error, ...told });
      }
    }
  }
  return [...attempts.values()].sort((a, b) => a.fetched_at - b.fetched_at);
}

/** The attempts that an event tells of: one that was made, or those that a backup brought. */
function rowsOf(event: JournalEvent): readonly SnapshotRow[] {
  if (event.kind === 'attempt') return [event.snapshot];
  return event.kind === 'restore' ? event.snapshots : [];
}

/** Whether an import told of the time of an instant. */
export function covers({ tables }: ImportReport, at: number): boolean {
  return tables.some(({ from, to }) => from !== null && to !== null && at >= from && at <= to);
}

/** The journal's files from a day on: an attempt is written down when it is over, be it on the day after. */
async function journalSince(lake: Lake, from: number): Promise<string[]> {
  const days = journalDays(await lake.storage.list('journal'));
  return days.filter((day) => day >= dayOf(from)).map(journalPath);
}

function* daysOf(from: number, to: number): Generator<string> {
  for (let at = Date.parse(dayOf(from)); at <= to; at += DAY) yield dayOf(at);
}
