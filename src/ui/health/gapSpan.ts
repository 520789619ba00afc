import type { Format } from '../format.ts';
import { toCityDay } from '../time.ts';

/** 02:10–07:45; 23 Nov, 22:10 – 24 Nov, 07:45. */
export function gapSpan([from, to]: readonly [from: number, to: number, ...unknown[]], f: Format): string {
  if (toCityDay(from) === toCityDay(to)) return `${f.shortTime(from)}–${f.shortTime(to)}`;
  return `${f.moment(from)} – ${f.moment(to)}`;
}
