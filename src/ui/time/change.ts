import type { AreaLevel, AreaRow, Answers, StationRow } from '../../gold/answers.ts';
import type { Totals } from './frame.ts';

/** What is counted at a station or in an area. */
export const measures = ['bikes', 'mechanical', 'ebikes'] as const;
export type Measure = (typeof measures)[number];

/** An area at two moments. */
export interface AreaChange {
  readonly area_id: string;
  readonly area_name: string;
  readonly before: number;
  readonly after: number;
  readonly change: number;
  /** Of the area's places, bikes and free docks together, as they are after: -1 to 1; null where they are not told. */
  readonly share: number | null;
}

/** One figure of a station, an area or the network. */
export function figureOf(row: Totals, measure: Measure): number | null {
  if (measure !== 'bikes') return row[measure];
  return row.mechanical === null || row.ebikes === null ? null : row.mechanical + row.ebikes;
}

/** How much more a figure is than before; null where either is not known. */
export function differenceOf(before: number | null | undefined, after: number | null): number | null {
  return before == null || after === null ? null : after - before;
}

/** What a row gained, or below zero lost. */
export function changeOf(before: Totals | undefined, after: Totals, measure: Measure): number | null {
  return differenceOf(before && figureOf(before, measure), figureOf(after, measure));
}

/** Stations by their code. */
export function byCode(rows: readonly StationRow[]): ReadonlyMap<string, StationRow> {
  return new Map(rows.map((row) => [row.station_code, row]));
}

/** Areas that both moments tell, the greatest gain first, the greatest loss last; equals by name. */
export function areaChanges(
  before: Answers['areas'],
  after: Answers['areas'],
  level: AreaLevel,
  measure: Measure,
): AreaChange[] {
  const was = new Map(before[level].map((row) => [row.area_id, row]));
  return after[level]
    .flatMap((row) => changed(was.get(row.area_id), row, measure))
    .toSorted((a, b) => b.change - a.change || a.area_name.localeCompare(b.area_name));
}

function changed(before: AreaRow | undefined, after: AreaRow, measure: Measure): AreaChange[] {
  const [was, is] = [before ? figureOf(before, measure) : null, figureOf(after, measure)];
  if (was === null || is === null) return [];
  const { area_id, area_name } = after;
  return [{ area_id, area_name, before: was, after: is, change: is - was, share: shareOf(is - was, after) }];
}

/** A change as a share of the places there are; null where they are not told. */
function shareOf(change: number, { mechanical, ebikes, docks }: Totals): number | null {
  const places = mechanical === null || ebikes === null || docks === null ? 0 : mechanical + ebikes + docks;
  return places > 0 ? change / places : null;
}
