import { reportAges, stationChanges, type ReportAge } from '../gold/reports.ts';
import { DAY } from '../lake/names.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { StationChanges } from './protocol.ts';
import { goodSnapshots } from './status.ts';

/** How old the stations' own reports were in the snapshots of a span, oldest first. */
export async function agesOf(house: Lakehouse, from: number, to: number): Promise<ReportAge[]> {
  if (goodSnapshots(house.lake, house.source, from, to).length === 0) return [];
  return house.reports(from, to, (reports) => reportAges(house.engine, reports));
}

/**
 * The newest good snapshot against the one of 24 hours before, or against the first one since then. Null where there
 * are not two.
 */
export async function changesOf(house: Lakehouse): Promise<StationChanges | null> {
  const { lake, source, newest } = house;
  if (!newest) return null;
  const to = newest.fetched_at;
  const lately = goodSnapshots(lake, source, to - 2 * DAY, to).map(([at]) => at);
  const from = lately.findLast((at) => at <= to - DAY) ?? lately.find((at) => at > to - DAY);
  if (from === undefined || from === to) return null;
  const changes = await house.reports(from, to, (reports) => stationChanges(house.engine, reports));
  return { from, to, changes };
}
