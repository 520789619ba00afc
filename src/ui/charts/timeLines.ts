import { areaY, dot, gridY, lineY, plot, rectY, ruleX, ruleY, text } from '@observablehq/plot';
import type { Point } from './curve.ts';
import { hatching } from './hatching.ts';
import { plain, type Size } from './size.ts';
import { heightRoom, lineRoom } from './steps.ts';

/** One figure through time. */
export interface Line {
  readonly points: readonly Point[];
  readonly colour: string;
  /** The line's name and last figure: written at its end, or in a key. */
  readonly label: string;
  /** Whether the ground below it is filled; those listed later lie above. */
  readonly filled?: boolean;
  readonly dash?: string;
}

/** A height that means something, with its name. */
export interface Level {
  readonly value: number;
  readonly label: string;
}

/** A stretch of the axis. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
}

interface TimeFrame extends Stretch {
  /** Where days, or hours of a day, begin. */
  readonly ticks: readonly number[];
  /** How a height is written; where there are levels of a meaning, those are written instead. */
  readonly figure: (value: number) => string;
  readonly levels?: readonly Level[];
  /** What was not observed: hatched. */
  readonly blanks?: readonly Stretch[];
  /** What filters leave out: tinted. */
  readonly leftOut?: readonly Stretch[];
  /** Whether the lines' ends lie outside what is chosen: their names recede. */
  readonly isPast?: boolean;
  /** Top of the chart; else the highest figure. */
  readonly top?: number;
  /** Pixels at the right; the lines' names stand there where there are enough. */
  readonly room: number;
}

const margins = { marginTop: 8, marginBottom: 2, marginLeft: heightRoom } as const;

/** Lines from nought up over a span; each breaks where its figure is not known, and is named at its end. */
export function timeLines(lines: readonly Line[], frame: TimeFrame, size: Size): Element {
  const { from, to, ticks, figure, levels = [], blanks = [], leftOut = [], isPast = false, room } = frame;
  const figures = lines.flatMap(({ points }) => points.map(({ value }) => value ?? 0));
  const highest = frame.top ?? (Math.max(0, ...figures, ...levels.map(({ value }) => value)) || 1);
  const top = highest * 1.06;
  const inner = size.height - margins.marginTop - margins.marginBottom;
  const heights = levels.length > 0 ? [] : heightsOf(top, inner);
  const names = heights.map((value) => ({ value, label: figure(value) }));
  const scale = { x: 'at', y: 'value' } as const;
  return plot({
    ...plain,
    ...size,
    ...margins,
    marginRight: room,
    x: { axis: null, domain: [from, to] },
    y: { axis: null, domain: [0, top] },
    marks: [
      hatching,
      rectY(leftOut, { x1: 'from', x2: 'to', y1: 0, y2: top, fill: 'var(--hover)' }),
      rectY(blanks, { x1: 'from', x2: 'to', y1: 0, y2: top, fill: 'url(#not-observed)' }),
      ruleX(ticks, { stroke: 'var(--line)' }),
      gridY(heights, { stroke: 'var(--line)', strokeOpacity: 1 }),
      ...lines
        .filter(({ filled }) => filled)
        .map(({ points, colour }) =>
          // Both ends are said: left to itself the area is stacked, and what is not known counts as nought.
          areaY(points, { x: 'at', y1: 0, y2: 'value', fill: colour, fillOpacity: 0.55 }),
        ),
      ruleY([0], { stroke: 'var(--edge)' }),
      ruleY(levels, { y: 'value', stroke: 'var(--ink3)', strokeDasharray: '2 3' }),
      ...lines.map(({ points, colour, dash }) =>
        lineY(points, {
          ...{ ...scale, stroke: colour, strokeWidth: 1.6, strokeLinejoin: 'round', strokeLinecap: 'round' },
          ...(dash === undefined ? {} : { strokeDasharray: dash }),
        }),
      ),
      ...lines.map(({ points, colour }) => dot(points.filter(isDot), { ...scale, r: 2.2, fill: colour })),
      text([...legible(levels, top / inner), ...names], {
        ...{ frameAnchor: 'left', textAnchor: 'end', dx: -6, y: 'value', text: 'label' },
        ...{ fontSize: 11, fill: 'var(--ink2)' },
      }),
      text(room < lineRoom ? [] : spread(lines, top, inner), {
        ...{ frameAnchor: 'right', textAnchor: 'start', dx: 8, y: 'value', text: 'label', fontSize: 12 },
        ...(isPast ? { fill: 'var(--ink2)' } : { fill: 'currentColor', fontWeight: 560 }),
      }),
    ],
  });
}

/** Up to four round heights, far enough apart in so many pixels for their names; whole, as counts are. */
export function heightsOf(top: number, pixels: number): number[] {
  const least = Math.max(1, top / 4, (26 * top) / pixels);
  const round = (near: number): number[] => [1, 2, 5, 10].map((n) => n * 10 ** Math.floor(Math.log10(near)));
  const step = round(least).find((height) => height >= least)!;
  if (step <= top) return Array.from({ length: Math.floor(top / step) }, (_, index) => (index + 1) * step);
  return round(top)
    .filter((height) => height >= 1 && height <= top)
    .slice(-1);
}

/** The levels, from the highest down, whose names do not touch; `unit` is a pixel's worth. */
export function legible(levels: readonly Level[], unit: number): Level[] {
  let above = Infinity;
  return levels
    .toSorted((a, b) => b.value - a.value)
    .filter(({ value }) => {
      const fits = above - value >= 13 * unit;
      if (fits) above = value;
      return fits;
    });
}

/** Whether it is the line's end, or no line goes through it: what was observed for a step, between gaps. */
function isDot({ value }: Point, index: number, points: readonly Point[]): boolean {
  if (value === null) return false;
  const isAlone = points[index - 1]?.value == null && points[index + 1]?.value == null;
  return isAlone || index === points.findLastIndex((point) => point.value !== null);
}

/** How high the lines' names stand: as their ends, moved apart where they would touch, and never at the ground. */
export function spread(lines: readonly Line[], top: number, height: number): Level[] {
  const step = (top * 15) / Math.max(1, height);
  const ends = lines.flatMap(({ points, label }): Level[] => {
    const last = points.findLast(({ value }) => value !== null);
    return last?.value == null ? [] : [{ value: last.value, label }];
  });
  let above = top + step;
  const placed = ends
    .toSorted((a, b) => b.value - a.value)
    .map((end): Level => {
      above = Math.min(end.value, above - step);
      return { ...end, value: above };
    });
  // Those at the ground, or pushed below it, are lifted again.
  let below = -step / 2;
  return placed.toReversed().map((end): Level => {
    below = Math.max(end.value, below + step);
    return { ...end, value: below };
  });
}
