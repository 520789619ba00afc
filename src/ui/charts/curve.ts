import { areaY, dot, lineY, plot, ruleX, tickX } from '@observablehq/plot';
import { plain, type Size } from './size.ts';

/** A figure at an instant; null where it is not known, and then the line breaks. */
export interface Point {
  readonly at: number;
  readonly value: number | null;
}

/** A figure over a span, from nought up; its last is a dot, and so is one alone; what failed is ticks at its foot. */
export function curve(
  points: readonly Point[],
  failures: readonly number[],
  [from, to]: readonly [number, number],
  size: Size,
): Element {
  const most = points.reduce((top, { value }) => Math.max(top, value ?? 0), 0);
  const isBlank = (index: number): boolean => (points[index]?.value ?? null) === null;
  const last = points.findLastIndex(({ value }) => value !== null);
  const dots = points.filter(
    (_, index) => index === last || (!isBlank(index) && isBlank(index - 1) && isBlank(index + 1)),
  );
  const x = 'at';
  const quarters = [0.25, 0.5, 0.75].map((share) => from + share * (to - from));
  return plot({
    ...plain,
    ...size,
    marginTop: 4,
    marginBottom: 6,
    x: { axis: null, domain: [from, to] },
    y: { axis: null, domain: [0, most * 1.1 || 1] },
    marks: [
      ruleX(quarters, { stroke: 'var(--line)' }),
      areaY(points, { x, y1: 0, y2: 'value', fill: 'var(--hover)' }),
      lineY(points, { x, y: 'value', stroke: 'var(--ink2)', strokeWidth: 1.4 }),
      dot(dots, { x, y: 'value', r: 2.5, fill: 'var(--ink2)' }),
      tickX(failures, {
        x: (at: number) => at,
        stroke: 'var(--warn)',
        strokeWidth: 2,
        insetTop: size.height - 16,
      }),
    ],
  });
}
