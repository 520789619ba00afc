import { fromWallTime, toCityDay, toWallTime } from '../time.ts';
import { QUARTER, type Recorded } from './recorded.ts';

/** More bars than that are not told apart on the widest screen. */
const COLUMNS = 480;

/** Height of the tallest bar, and of the least. */
const HEIGHT = 30;
const LEAST = 10;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** How many quarter-hours one bar stands for. */
function barSpan(count: number): number {
  return Math.max(1, Math.ceil(count / COLUMNS));
}

/**
 * The record as bars, the bikes their height, in one path `count` units wide and 30 high: blank where no snapshot is.
 */
export function bars(recorded: Recorded): string {
  const span = barSpan(recorded.count);
  const columns: { readonly from: number; readonly bikes: number }[] = [];
  for (let from = 0; from < recorded.count; from += span) {
    const told = Array.from({ length: span }, (_, offset) => recorded.bikes(from + offset)).filter(
      (bikes) => bikes !== null,
    );
    if (told.length === 0) continue;
    columns.push({ from, bikes: told.reduce((sum, bikes) => sum + bikes, 0) / told.length });
  }
  const all = columns.map(({ bikes }) => bikes);
  const [least, most] = [Math.min(...all), Math.max(...all)];
  return columns
    .map(({ from, bikes }) => {
      const height = LEAST + (HEIGHT - LEAST) * ((bikes - least) / Math.max(1, most - least));
      return `M${from + 0.12 * span} ${HEIGHT}v${-Math.round(height * 10) / 10}h${0.76 * span}V${HEIGHT}Z`;
    })
    .join('');
}

/** A time that is written under the line. */
export interface TimeMark {
  readonly at: number;
  /** An hour of a day, a day, or the first of a month. */
  readonly kind: 'hour' | 'day' | 'month';
}

const hourSteps = [1, 2, 3, 6, 12];
const dayFromHours = 60;

/** Whole hours, midnights or months of the city between two instants, no more than so many. */
export function timeMarks(from: number, to: number, most: number): TimeMark[] {
  if (to - from <= dayFromHours * HOUR) return hourMarks(from, to, most);
  const days: { at: number; day: string }[] = [];
  for (let day = toCityDay(from); ; day = toCityDay((fromWallTime(`${day}T12:00:00`) ?? to) + DAY)) {
    const at = fromWallTime(`${day}T00:00:00`);
    if (at === null || at > to) break;
    if (at >= from) days.push({ at, day });
  }
  const months = days.filter(({ day }) => day.endsWith('-01'));
  const [kind, marks] = days.length > 8 * most ? (['month', months] as const) : (['day', days] as const);
  const every = Math.ceil(marks.length / most);
  return marks.flatMap(({ at }, index) => (index % every === 0 ? [{ at, kind }] : []));
}

function hourMarks(from: number, to: number, most: number): TimeMark[] {
  const hours: { at: number; hour: number }[] = [];
  for (let at = Math.ceil(from / HOUR) * HOUR; at <= to; at += HOUR) {
    hours.push({ at, hour: Number(toWallTime(at).slice(11, 13)) });
  }
  const step = hourSteps.find((every) => hours.filter(({ hour }) => hour % every === 0).length <= most) ?? 24;
  return hours.flatMap(({ at, hour }) =>
    hour % step === 0 ? [{ at, kind: hour === 0 ? ('day' as const) : ('hour' as const) }] : [],
  );
}

/** Where an instant lies on the line, 0–1. */
export function placeOf(at: number, recorded: Recorded): number {
  return (at - recorded.at(0)) / (Math.max(1, recorded.last) * QUARTER);
}
