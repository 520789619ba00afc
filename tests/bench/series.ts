import { join } from '../../src/bronze/csv.ts';
import { HOUR } from '../../src/lake/names.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { References } from '../../src/pipeline/references.ts';
import type { Incoming } from '../../src/pipeline/stage.ts';
import { totals } from '../../src/pipeline/status.ts';
import { bronzeStage, silverStage } from '../../src/pipeline/tick.ts';
import { fetchSnapshot } from '../../src/sources/portal.ts';
import { velib } from '../../src/sources/source.ts';

/** CSVs of one header, joined, each line led by its snapshot's instant. */
export interface BronzeGroup {
  readonly header: readonly string[];
  readonly csv: Blob;
}

/** Bytes of the last UTC day's closed hours, or of the whole series, before and after compaction. */
export interface Sizes {
  readonly csv: number;
  readonly zip: number;
  readonly silver: number;
}

/** What the series took and came to. Milliseconds and bytes. */
export interface SeriesFigures {
  readonly snapshots: number;
  /** Rows of Bronze, and those that Silver accepted: at times the portal sends every key as null. */
  readonly bronzeRows: number;
  readonly rows: number;
  readonly parseMs: number;
  readonly bronzeMs: number;
  readonly silverMs: number;
  readonly compactMs: number;
  readonly hours: Sizes;
  readonly days: Sizes;
  readonly rollups: { readonly days: number; readonly bytes: number };
}

export interface Series {
  readonly figures: SeriesFigures;
  readonly lake: Lakehouse;
  readonly bronze: readonly BronzeGroup[];
}

/**
 * Takes a recording through the pipeline's own stages: fetched one by one from the replica, Silver an hour at a
 * time. Compacts once with the last day still open (so that its hours are merged as hours), and once when it is over.
 */
export async function feedSeries(
  portal: string,
  boundaries: string,
  times: readonly number[],
): Promise<Series> {
  const source = velib(portal);
  let now = times[0]!;
  let bronzeRows = 0;
  const house = await Lakehouse.open('live', source.id, new References(boundaries), () => now);
  await house.lake.clear();
  await house.engine.start();
  const joined = new Map<string, string[]>();
  const spent = { parse: 0, bronze: 0, silver: 0, compact: 0 };
  const timed = async <T>(stage: keyof typeof spent, work: () => Promise<T>): Promise<T> => {
    const start = performance.now();
    const result = await work();
    spent[stage] += performance.now() - start;
    return result;
  };
  const feed = async (hour: readonly Incoming[]) => {
    const staged = await timed('bronze', () => bronzeStage(house, hour, () => undefined));
    await timed('silver', () => silverStage(house, staged, () => undefined));
    for (const { snapshot, header, csv } of staged) {
      bronzeRows += csv.split('\n').length - 2;
      const key = JSON.stringify(header);
      const prefix = new Date(snapshot.fetched_at).toISOString();
      joined.set(key, [...(joined.get(key) ?? []), join([{ prefix, csv }])]);
    }
  };
  let hour: Incoming[] = [];
  for (const at of times) {
    if (hour.length > 0 && Math.floor(hour[0]!.fetched_at / HOUR) !== Math.floor(at / HOUR)) {
      await feed(hour);
      hour = [];
    }
    now = at;
    const answer = await timed('parse', () => fetchSnapshot(source, { now: () => at }));
    if (answer.error) throw answer.error;
    const known = {
      source: house.source,
      origin: 'live',
      fetched_at: at,
      fetched_at_basis: 'clock',
    } as const;
    hour.push({ ...answer, ...known });
  }
  await feed(hour);

  const over = (Math.floor(times.at(-1)! / HOUR) + 1) * HOUR;
  await timed('compact', () => compact(house.lake, house.source, over));
  const hours = sizesOfHours(house);
  await timed('compact', () => compact(house.lake, house.source, over + 24 * HOUR));
  const { snapshots, rows, bronze_csv_bytes, bronze_stored_bytes, silver_bytes } = totals(
    house.lake,
    house.source,
  );
  await house.engine.terminate();
  const bronze = [...joined].map(([key, parts]) => ({
    header: JSON.parse(key) as string[],
    csv: new Blob(parts),
  }));
  const rollups = house.lake.entries('station_day', house.source);
  const figures: SeriesFigures = {
    snapshots,
    bronzeRows,
    rows,
    parseMs: spent.parse,
    bronzeMs: spent.bronze,
    silverMs: spent.silver,
    compactMs: spent.compact,
    hours,
    days: { csv: bronze_csv_bytes, zip: bronze_stored_bytes, silver: silver_bytes },
    rollups: { days: rollups.length, bytes: rollups.reduce((sum, { bytes }) => sum + bytes, 0) },
  };
  return { figures, lake: house, bronze };
}

/** The closed hours of the day that is still open: their Silver has been merged by the hour, not by the day. */
function sizesOfHours({ lake, source }: Lakehouse): Sizes {
  const merged = lake.entries('station_status', source).filter(({ path }) => path.includes('/hour_'));
  const from = Math.min(...merged.map((file) => file.from!));
  const zips = lake.entries('hour', source).filter((file) => file.from! >= from);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    csv: sum(merged.map((file) => file.csv_bytes)),
    zip: sum(zips.map((file) => file.bytes)),
    silver: sum(merged.map((file) => file.bytes)),
  };
}
