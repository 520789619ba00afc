/** A stretch of time on a line, as shares of it, 0–1. */
export interface Stretch {
  readonly left: number;
  readonly width: number;
}

/** A mark on the line: a year, a month or a day that begins. */
export interface Tick {
  readonly at: number;
  readonly left: number;
  readonly unit: 'year' | 'month' | 'day';
  /** On which side of it there is room for its name: before it only near the end of the line. */
  readonly side: 'after' | 'before';
}

const day = 86_400_000;
/** What a mark's name takes of the line at most, in CSS pixels. */
const rooms = { year: 40, month: 72, day: 52 } as const;

/** From the first to the last time of some spans; at least a day, so that one snapshot is not the whole line. */
export function extent(
  spans: readonly { readonly first: number; readonly last: number }[],
): [number, number] {
  const from = spans.reduce((least, { first }) => Math.min(least, first), Infinity);
  const to = spans.reduce((latest, { last }) => Math.max(latest, last), -Infinity);
  const missing = Math.max(0, day - (to - from));
  return [from - missing, to];
}

export function stretch(first: number, last: number, [from, to]: readonly [number, number]): Stretch {
  return { left: (first - from) / (to - from), width: (last - first) / (to - from) };
}

/**
 * Years, months or days that begin within an extent, thinned out to those whose names have room on a line of a width in
 * CSS pixels. Of UTC: a mark is no clock.
 */
export function ticks([from, to]: readonly [number, number], width: number): Tick[] {
  const unit = to - from > 700 * day ? 'year' : to - from > 60 * day ? 'month' : 'day';
  const room = rooms[unit];
  const begins: number[] = [];
  const start = new Date(from);
  for (let step = 1; ; step += 1) {
    const at = beginning(start, unit, step);
    if (at > to) break;
    begins.push(at);
  }
  const pixels = (at: number): number => ((at - from) / (to - from)) * width;
  const apart = pixels(begins[1] ?? to) - pixels(begins[0] ?? from);
  const every = Math.max(1, Math.ceil(room / apart));
  const kept = begins.filter((_, index) => index % every === 0);
  return kept.flatMap((at, index): Tick[] => {
    const before = kept[index - 1];
    const fits = pixels(at) + room <= width;
    const turns = pixels(at) - (before === undefined ? 0 : pixels(before) + room) >= room;
    const left = (at - from) / (to - from);
    return fits || turns ? [{ at, left, unit, side: fits ? 'after' : 'before' }] : [];
  });
}

function beginning(start: Date, unit: Tick['unit'], step: number): number {
  const year = start.getUTCFullYear();
  if (unit === 'year') return Date.UTC(year + step, 0);
  if (unit === 'month') return Date.UTC(year, start.getUTCMonth() + step);
  return Date.UTC(year, start.getUTCMonth(), start.getUTCDate() + step);
}
