import type { FileEntry } from '../lake/journal.ts';
import { DAY, dayOf, HOUR } from '../lake/names.ts';
import { groupBy } from './groupBy.ts';

/** What the lake will need. Bytes and milliseconds. */
export interface Forecast {
  /** An hour's snapshots once they are compacted, Bronze, Silver, Gold and the journal. */
  readonly bytes_per_hour: number;
  /** What of it is Bronze. */
  readonly bronze_per_hour: number;
  /** Hours a day that were recorded lately, in part or whole: 24 for a page that is always open. */
  readonly hours_per_day: number;
  /** Snapshots of an hour that is recorded whole, of those of such an hour as they were: 1 where all were whole. */
  readonly whole: number;
  /** Where old Bronze goes: after how many days, and the bytes of what is held of it now. Null where all stays. */
  readonly retention: { readonly days: number; readonly held: number } | null;
}

/** After how many days recorded Bronze may be dropped (null keeps all), and UTC days that were kept all the same. */
export interface Keeping {
  readonly retention: number | null;
  readonly unverified: readonly string[];
}

type Told = Pick<FileEntry, 'path' | 'layer' | 'table' | 'bytes' | 'snapshots' | 'from' | 'made_of'>;

/** The last days whose pace is taken for that of the days to come. */
const LATELY = 7 * DAY;

/**
 * What an hour of recording takes after compaction, and how many hours a day are recorded. Compacted files tell it:
 * hours that are closed, days that are over. Null before the first of them. `interval` (ms) is that of the clock.
 */
export function forecast(
  files: readonly Told[],
  journal_bytes: number,
  recorded_hours: readonly number[],
  { retention, unverified }: Keeping,
  now: number,
  interval: number,
): Forecast | null {
  const packed = files.filter(({ table }) => table === 'hour');
  const bronze = perSnapshot(packed);
  const status = files.filter(({ table }) => table === 'station_status');
  const silver = perSnapshotOfDays(status);
  if (bronze === null || silver === null || recorded_hours.length === 0) return null;
  const made = files.filter(({ made_of }) => made_of !== undefined);
  const ofTables = [...groupBy(made, ({ table }) => table).values()];
  const rollups = ofTables.reduce((sum, ofTable) => sum + (perSnapshotOfDays(ofTable) ?? 0), 0);
  const snapshots = files
    .filter(({ layer }) => layer === 'bronze')
    .reduce((sum, file) => sum + file.snapshots, 0);
  const journal = journal_bytes / Math.max(1, snapshots);
  const lately = recorded_hours.filter((at) => at > now - LATELY);
  const since = Math.max(now - LATELY, recorded_hours[0]!);
  const days = Math.max(1, Math.ceil((now - since) / HOUR) / 24);
  const perHour = packed.reduce((sum, file) => sum + file.snapshots, 0) / packed.length;
  const goes = packed.filter(({ from }) => !unverified.includes(dayOf(from!)));
  return {
    bytes_per_hour: (bronze + silver + rollups + journal) * perHour,
    bronze_per_hour: bronze * perHour,
    hours_per_day: Math.min(24, lately.length / days),
    whole: HOUR / interval / perHour,
    retention: retention === null ? null : { days: retention, held: bytesOf(goes) },
  };
}

/** Days until so many bytes are taken, at the pace of late and with the page always open; null for never. */
export function daysLeft(forecast: Forecast, free: number): { pace: number | null; always: number } {
  const { hours_per_day, whole } = forecast;
  return {
    pace: hours_per_day > 0 ? daysAt(forecast, hours_per_day, free) : null,
    always: daysAt(forecast, 24 * whole, free),
  };
}

/**
 * Days until so many bytes are taken, at so many hours a day. Where old Bronze goes, it grows (or shrinks, where more is
 * held) to the most that is held at once: its days and the one that comes of age, which goes when it is over
 * (`retention.ts`). From then on as much goes as comes, and only the rest adds up.
 */
function daysAt(
  { bytes_per_hour, bronze_per_hour, retention }: Forecast,
  hours: number,
  free: number,
): number {
  const days = free / (bytes_per_hour * hours);
  if (retention === null) return days;
  const bronze = bronze_per_hour * hours;
  const more = bronze * (retention.days + 1) - retention.held;
  if (days * bronze < more) return days;
  return (free - more) / ((bytes_per_hour - bronze_per_hour) * hours);
}

/** Of days that are over, for they are what lasts; of closed hours before the first of them. */
function perSnapshotOfDays(files: readonly Told[]): number | null {
  const ofGrain = (grain: string) => perSnapshot(files.filter(({ path }) => path.includes(`/${grain}_`)));
  return ofGrain('day') ?? ofGrain('hour');
}

function perSnapshot(files: readonly Told[]): number | null {
  const snapshots = files.reduce((sum, file) => sum + file.snapshots, 0);
  return snapshots === 0 ? null : bytesOf(files) / snapshots;
}

function bytesOf(files: readonly Told[]): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
