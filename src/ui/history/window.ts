import type { Analyses, AnalysisWindow } from '../../pipeline/protocol.ts';
import type { Choice } from '../choice.ts';
import { QUARTER, type Recorded } from '../time/recorded.ts';
import type { Chosen } from './filters.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many days back the view may look, where so much was recorded. */
const reaches = [7, 31, 92, 366] as const;

/** How far back is looked where nothing else is wished for, in days. */
const usual = 31;

/** What less than this was observed tells nothing by the hour. */
export const ENOUGH = HOUR;

/** Stretches of recordings are told apart by a gap as long as this, in quarter-hours: a week. */
const APART = (7 * DAY) / QUARTER;

/** The dates that filters leave. */
type Dates = Pick<Chosen, 'from' | 'to'>;

/**
 * How far back it makes sense to look, in days: as far as was recorded, and one step more; `Infinity` is everything,
 * where that is more than a year and has no more to read than a year.
 */
export function reachesOf(recorded: Recorded): number[] {
  const days = (recorded.count * QUARTER) / DAY;
  const known = reaches.filter((_, index) => days > (reaches[index - 1] ?? 0));
  if (known.length < 2) return [];
  const year = reaches.at(-1)! * DAY;
  return days * DAY > year && placesOf(recorded).length * QUARTER <= year ? [...known, Infinity] : known;
}

/** Reads `back`, days or `all`; what is no such reach is the usual one. */
export function parseReach(text: string | undefined): number {
  return text === 'all' ? Infinity : (reaches.find((days) => String(days) === text) ?? usual);
}

/** How a reach is said in the address; null for the usual one. */
export function sayReach(days: number): string | null {
  return days === usual ? null : days === Infinity ? 'all' : String(days);
}

/** What is looked at without any dates: a period on show, else as far back as is wished for from the moment on show. */
export function baseOf(choice: Choice, reach: number, lake: AnalysisWindow): AnalysisWindow {
  const inside = (at: number): number => Math.min(Math.max(at, lake.from), lake.to);
  if (choice.kind === 'range') return { from: inside(choice.from), to: inside(choice.to) };
  const to = choice.kind === 'instant' ? inside(choice.at) : lake.to;
  return { from: inside(to - reach * DAY), to };
}

/** Whether a window has all that dates leave, but for the hours that both are taken to and what was never recorded. */
export function holds(window: AnalysisWindow, dates: Dates, lake: AnalysisWindow): boolean {
  const from = Math.max(dates.from ?? window.from, lake.from);
  const to = Math.min(dates.to ?? window.to, lake.to);
  return from > window.from - HOUR && from < window.to && to > window.from && to < window.to + HOUR;
}

/** What is looked at with dates: the base, or what the dates leave where they reach beyond it. */
export function windowOf(
  base: AnalysisWindow,
  dates: Dates,
  reach: number,
  lake: AnalysisWindow,
): AnalysisWindow {
  const { from, to } = dates;
  if ((from === null && to === null) || holds(base, dates, lake)) return base;
  const begin = from ?? (to! > base.from ? base.from : to! - reach * DAY);
  const end = to ?? (from! < base.to ? base.to : from! + reach * DAY);
  const window = { from: Math.max(begin, lake.from), to: Math.min(end, lake.to) };
  // Where nothing was recorded there is nothing to reach.
  return window.from < window.to ? window : { from: (from ?? to)!, to: (to ?? from)! };
}

/** Milliseconds of the window that were observed; null where filters leave out days or hours of it. */
export function observedOf({ network_curve, filters }: Analyses): number | null {
  if (filters.dayTypes !== null || filters.hours !== null) return null;
  return network_curve.reduce((sum, { observed_ms }) => sum + observed_ms, 0);
}

/** The newest stretch outside a window of which there is enough; null where there is none. */
export function newestElsewhere(recorded: Recorded, { from, to }: AnalysisWindow): AnalysisWindow | null {
  let stretch: number[] = [];
  const places = placesOf(recorded).filter((place) => {
    return recorded.at(place) < from || recorded.at(place) - QUARTER > to;
  });
  for (const place of places.reverse()) {
    if (stretch.length > 0 && stretch.at(-1)! - place > APART) {
      if (stretch.length * QUARTER >= ENOUGH) break;
      stretch = [];
    }
    stretch.push(place);
  }
  if (stretch.length * QUARTER < ENOUGH) return null;
  return { from: recorded.at(stretch.at(-1)!) - QUARTER, to: recorded.at(stretch[0]!) };
}

/** The places that have a snapshot, oldest first. */
function placesOf(recorded: Recorded): number[] {
  const places: number[] = [];
  for (let place = 0; place < recorded.count; place += 1) {
    if (recorded.bikes(place) !== null) places.push(place);
  }
  return places;
}
