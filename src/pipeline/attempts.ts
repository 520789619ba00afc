import type { Outcome, SnapshotRow } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { parseJournal } from '../lake/lines.ts';
import { DAY, dayOf } from '../lake/names.ts';

/** An attempt to take a snapshot, as the journal keeps it. */
export type Attempt = Pick<
  SnapshotRow,
  'fetched_at' | 'outcome' | 'http_status' | 'duration_ms' | 'bytes' | 'stations' | 'error_code'
>;

/**
 * The live attempts of a span (milliseconds since the epoch, both ends included), oldest first: good ones as Silver
 * judged them, failed ones from the journal's day files, which alone keep them. Rejects with `lake.*` errors.
 */
export async function readAttempts(lake: Lake, source: string, from: number, to: number): Promise<Attempt[]> {
  const judged = new Map<number, { outcome: Outcome; stations: number }>();
  const { days = {} } = lake.state.sources[source] ?? {};
  for (const day of daysOf(from, to)) {
    for (const [at, outcome, stations] of days[day] ?? []) judged.set(at, { outcome, stations });
  }
  const attempts: Attempt[] = [];
  let term = 0;
  for (const path of await journalPaths(lake, from, to)) {
    for (const event of parseJournal(await lake.read(path)).events) {
      if (event.term < term) continue;
      term = event.term;
      if (event.kind !== 'attempt') continue;
      const { fetched_at, outcome, http_status, duration_ms, bytes, stations, error_code, ...row } =
        event.snapshot;
      if (row.source !== source || row.origin !== 'live' || fetched_at < from || fetched_at > to) continue;
      const told = { outcome, stations, ...judged.get(fetched_at) };
      // What waited in quarantine is good once its schema is mapped.
      const error = told.outcome === 'ok' ? null : error_code;
      attempts.push({ fetched_at, http_status, duration_ms, bytes, error_code: error, ...told });
    }
  }
  return attempts.sort((a, b) => a.fetched_at - b.fetched_at);
}

/** The journal's files of a span: an attempt is written down when it is over, be it on the day after. */
async function journalPaths(lake: Lake, from: number, to: number): Promise<string[]> {
  const [first, last] = [dayOf(from), dayOf(to + DAY)];
  const names = await lake.storage.list('journal');
  return names.flatMap((name) => {
    const day = /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1];
    return day !== undefined && day >= first && day <= last ? [`journal/${name}`] : [];
  });
}

function* daysOf(from: number, to: number): Generator<string> {
  for (let at = Date.parse(dayOf(from)); at <= to; at += DAY) yield dayOf(at);
}
