import { areaY, dot, lineY, plot, ruleX, ruleY, text } from '@observablehq/plot';
import type { Point } from './curve.ts';
import { plain, type Size } from './size.ts';

/** One figure through time. */
export interface Line {
  readonly points: readonly Point[];
  readonly colour: string;
  /** The line's name and last figure, written at its end. */
  readonly label: string;
  /** Whether the ground below it is filled; those listed later lie above. */
  readonly filled?: boolean;
  readonly dash?: string;
}

/** A height that means something, with its name at the left. */
export interface Level {
  readonly value: number;
  readonly label: string;
}

interface TimeFrame {
  readonly from: number;
  readonly to: number;
  /** Where days, or hours of a day, begin. */
  readonly ticks: readonly number[];
  readonly levels?: readonly Level[];
  /** Top of the chart; else the highest figure. */
  readonly top?: number;
  /** Pixels at the right for the labels. */
  readonly room: number;
}

/** Lines from nought up over a span; each breaks where its figure is not known, and is named at its end. */
export function timeLines(lines: readonly Line[], frame: TimeFrame, size: Size): Element {
  const { from, to, ticks, levels = [], room } = frame;
  const figures = lines.flatMap(({ points }) => points.map(({ value }) => value ?? 0));
  const top = frame.top ?? (Math.max(0, ...figures, ...levels.map(({ value }) => value)) || 1);
  const scale = { x: 'at', y: 'value' } as const;
  const ends = spread(lines, top, size.height);
  return plot({
    ...plain,
    ...size,
    ...{ marginTop: 8, marginBottom: 2, marginRight: room },
    x: { axis: null, domain: [from, to] },
    y: { axis: null, domain: [0, top] },
    marks: [
      ruleX(ticks, { stroke: 'var(--line)' }),
      ...lines
        .filter(({ filled }) => filled)
        .map(({ points, colour }) =>
          // Both ends are said: left to itself the area is stacked, and what is not known counts as nought.
          areaY(points, { x: 'at', y1: 0, y2: 'value', fill: colour, fillOpacity: 0.55 }),
        ),
      ruleY([0], { stroke: 'var(--edge)' }),
      ruleY(levels, { y: 'value', stroke: 'var(--ink3)', strokeDasharray: '2 3' }),
      text(levels, {
        ...{ y: 'value', text: 'label', frameAnchor: 'left', textAnchor: 'start', dx: 2, dy: -7 },
        ...{ fontSize: 11, fill: 'var(--ink2)', stroke: 'var(--card)', strokeWidth: 3 },
      }),
      ...lines.map(({ points, colour, dash }) =>
        lineY(points, {
          ...{ ...scale, stroke: colour, strokeWidth: 1.6, strokeLinejoin: 'round', strokeLinecap: 'round' },
          ...(dash === undefined ? {} : { strokeDasharray: dash }),
        }),
      ),
      ...lines.map(({ points, colour }) => dot(points.filter(isAlone), { ...scale, r: 2.2, fill: colour })),
      text(ends, {
        ...{ x: 'at', y: 'value', text: 'label', fill: 'currentColor', textAnchor: 'start', dx: 8 },
        ...{ fontSize: 12, fontWeight: 560 },
      }),
    ],
  });
}

/** Whether no line goes through it: what was observed for a step, between gaps. */
function isAlone({ value }: Point, index: number, points: readonly Point[]): boolean {
  return value !== null && points[index - 1]?.value == null && points[index + 1]?.value == null;
}

interface End {
  readonly at: number;
  readonly value: number;
  readonly label: string;
}

/** Where the lines' names stand: at their ends, moved apart where they would touch. */
function spread(lines: readonly Line[], top: number, height: number): End[] {
  const step = (top * 15) / Math.max(1, height);
  const ends = lines.flatMap(({ points, label }): End[] => {
    const last = points.findLast(({ value }) => value !== null);
    return label === '' || last?.value == null ? [] : [{ at: last.at, value: last.value, label }];
  });
  const right = Math.max(...ends.map(({ at }) => at));
  const sorted = ends.toSorted((a, b) => b.value - a.value);
  let above = top + step;
  const placed = sorted.map((end): End => {
    above = Math.min(end.value, above - step);
    return { ...end, at: right, value: above };
  });
  // Those pushed below the ground are lifted again.
  let below = -step;
  return placed.toReversed().map((end): End => {
    below = Math.max(end.value, below + step);
    return { ...end, value: below };
  });
}
