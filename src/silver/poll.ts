import { normalise } from './header.ts';
import { present, textAt, type Place, type TextRow } from './place.ts';
import { readTime } from './values.ts';

/** The column that tells in which poll of a long series a row was seen, and how far its time is to be trusted. */
export interface Poll {
  readonly index: number;
  readonly basis: 'poll_column' | 'record_timestamp';
}

/** Names that people who record a feed give to the time of recording; in the order of trust. */
const pollNames = new Set(
  [
    ...[
      'fetched_at',
      'poll',
      'polled_at',
      'poll_time',
      'git_commit_time',
      'commit_time',
      'scraped_at',
      'scrape_time',
    ],
    ...['retrieved_at', 'collected_at', 'collection_time', 'downloaded_at', 'download_time', 'extracted_at'],
    ...[
      'extraction_time',
      'ingested_at',
      'ingestion_time',
      'loaded_at',
      'recorded_at',
      'requested_at',
      'request_time',
    ],
    ...[
      'query_time',
      'snapshot',
      'snapshot_at',
      'snapshot_time',
      'observed_at',
      'horodatage',
      'date_collecte',
    ],
    ...['date_extraction', 'first_poll', 'valid_from'],
  ].map(normalise),
);
const recordTimestamp = normalise('record_timestamp');

/** Names that may hold the poll or the station's report: only values tell. */
const openNames = new Set(['timestamp', 'datetime', 'date_time', 'date', 'time'].map(normalise));

/** Share of rows that must tell a time, and of pairs of station and poll that must stand once: names may be shared. */
const MOST = 0.99;
const MOST_NAMED = 0.9;

/** A time that so many stations share to the second is a poll's, even in a table of one poll. */
const MANY_STATIONS = 10;

/**
 * Finds the column of the poll, by its name or else by its values: a time that each station has once, and that the
 * stations share. `station` is where the code stands, or the name where there is none (`byName`), `taken` are columns that hold something of the contract; `reported` is `last_reported`'s, which
 * counts as taken unless its name leaves open what it is.
 */
export function findPoll(
  header: readonly string[],
  rows: readonly TextRow[],
  station: Place | null,
  byName: boolean,
  taken: ReadonlySet<number>,
  reported: number | null,
): Poll | null {
  const names = header.map(normalise);
  const free = names.flatMap((name, index) => {
    const open = index === reported && openNames.has(name);
    return open || !taken.has(index) ? [index] : [];
  });
  const codes = station && rows.map(textAt(station));
  const facts = (index: number) => factsOf(rows, codes, index);
  const named = [...pollNames].map((name) => free.find((index) => names[index] === name));
  for (const index of named) {
    if (index !== undefined && facts(index).times >= MOST) return { index, basis: 'poll_column' };
  }
  const stamped = free.find((index) => names[index] === recordTimestamp);
  if (stamped !== undefined && isShared(facts(stamped))) return { index: stamped, basis: 'record_timestamp' };
  const [best] = free
    .map((index) => ({ index, ...facts(index) }))
    .filter(({ stations, unique }) => stations > 1 && unique >= (byName ? MOST_NAMED : MOST))
    .filter((column) => isShared(column) && !column.days)
    .filter(({ perStation, stations }) => perStation > 1 || stations >= MANY_STATIONS)
    .sort((a, b) => b.distinct - a.distinct);
  return best ? { index: best.index, basis: 'poll_column' } : null;
}

interface Facts {
  /** Share of rows that tell a time. */
  readonly times: number;
  /** True when a value is a day without a time of day. */
  readonly days: boolean;
  readonly distinct: number;
  /** Share of rows whose station and value stand together once. */
  readonly unique: number;
  readonly stations: number;
  /** Rows of the station that has the most. */
  readonly perStation: number;
}

function factsOf(rows: readonly TextRow[], codes: readonly (string | null)[] | null, index: number): Facts {
  const values = new Set<string>();
  const pairs = new Set<string>();
  const byStation = new Map<string, number>();
  let [times, days, coded] = [0, false, 0];
  for (const [at, row] of rows.entries()) {
    const text = present(row[index]);
    if (text === null) continue;
    if (!values.has(text)) {
      const told = readTime(text);
      if (!told) continue;
      values.add(text);
      days ||= told.day;
    }
    times += 1;
    const code = codes?.[at];
    if (code == null) continue;
    coded += 1;
    pairs.add(`${code}\n${text}`);
    byStation.set(code, (byStation.get(code) ?? 0) + 1);
  }
  return {
    ...{ times: times / Math.max(1, rows.length), days, distinct: values.size },
    unique: pairs.size / Math.max(1, coded),
    stations: byStation.size,
    perStation: Math.max(1, ...byStation.values()),
  };
}

/** About as many values as polls of one station: a report's time has many more. */
function isShared({ times, distinct, perStation }: Facts): boolean {
  return times >= MOST && distinct <= 2 * perStation;
}
