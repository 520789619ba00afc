import { fromWallTime, toCityDay, toWallTime } from '../time.ts';
import type { Recorded } from './recorded.ts';
import type { Scale, Stretch } from './scale.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** Pixels of a letter, of what is left free before and after a mark's words, and of a mark among others. */
const LETTER = 6;
const FREE = 5;
const ROOM = 72;

/** A time that is written under the line: the hour of a day, a day with its year or without, a month, a year. */
export interface TimeMark {
  readonly at: number;
  readonly kind: 'hour' | 'day' | 'date' | 'month' | 'year';
}

/** A mark with its words. */
interface Placed {
  readonly at: number;
  readonly text: string;
  /** 0–1 along the line. */
  readonly x: number;
  /** Whether it names the line's end, and its words stand before it. */
  readonly ends: boolean;
}

/**
 * The marks that have room on a line of so many pixels: the days at both ends; when each stretch begins, the widest
 * first, in as many words as fit; then times within them. None runs into another or out of the line. A single stretch
 * within a year needs no date.
 */
export function marksOf(
  recorded: Recorded,
  scale: Scale,
  width: number,
  word: (mark: TimeMark) => string,
): readonly Placed[] {
  const { stretches } = scale;
  const placed: (Placed & { readonly end: number })[] = [];
  const place = (mark: TimeMark, from: number | null, most: number): boolean => {
    const text = word(mark);
    const room = (FREE + LETTER * text.length) / width;
    const x = from ?? most - room;
    const end = x + room;
    const free = FREE / width;
    if (end > most || placed.some((other) => x < other.end + free && other.x < end + free)) return false;
    placed.push({ at: mark.at, text, x, end, ends: from === null });
    return true;
  };
  const yearOf = (index: number): string => toCityDay(recorded.at(index)).slice(0, 4);
  const sameYear = recorded.count === 0 || yearOf(0) === yearOf(recorded.last);
  const kinds = sameYear ? (['day'] as const) : (['date', 'month', 'year'] as const);
  const widestFirst = stretches.toSorted((a, b) => b.right - b.left - (a.right - a.left));
  const [oldest, newest] = [stretches[0], stretches.at(-1)];
  /** Stretches of which a day, or at least the year, is said at their beginning. */
  const named = new Set<Stretch>(stretches.length === 1 && sameYear ? stretches : []);
  const begin = (stretch: Stretch, kind: TimeMark['kind'], most: number): boolean => {
    const fits = place({ at: recorded.at(stretch.start + 0.5), kind }, stretch.left, most);
    if (fits) named.add(stretch);
    return fits;
  };
  if (oldest !== undefined && newest !== undefined && named.size === 0) {
    begin(oldest, kinds[0], 1);
    // Its end is named where its beginning has no room for a day.
    if (newest === oldest || !begin(newest, kinds[0], 1)) {
      place({ at: recorded.at(recorded.last), kind: kinds[0] }, null, 1);
    }
    for (const stretch of widestFirst) {
      const next = stretches[stretches.indexOf(stretch) + 1]?.left ?? 1;
      // A year alone may run on under the next one.
      kinds.some((kind) => begin(stretch, kind, kind === 'year' ? 1 : next));
    }
  }
  for (const stretch of widestFirst) {
    const { start, to, left, right } = stretch;
    const most = Math.floor(((right - left) * width) / ROOM);
    if (most === 0) continue;
    for (const { at, kind } of timeMarks(recorded.at(start + 0.5), recorded.at(to), most)) {
      const unnamed = !named.has(stretch);
      // An hour says nothing without its day, which the line's end says of the newest.
      if (unnamed && kind === 'hour' && stretch !== newest) continue;
      const fits = place(
        { at, kind: unnamed && kind === 'day' ? kinds[0] : kind },
        scale.xOf(recorded.placeOf(at)),
        right,
      );
      if (fits) named.add(stretch);
    }
  }
  return placed;
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
