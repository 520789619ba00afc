import { axisY, plot, rectY, ruleY } from '@observablehq/plot';
import type { MovementRow } from '../../pipeline/protocol.ts';
import { plain, type Size } from './size.ts';
import { margins, timeMarks, type Axis } from './stationCurve.ts';

/** What comes, up from the middle line, and what goes, down from it; no bar where nothing was observed. */
export function movements(rows: readonly MovementRow[], step: number, axis: Axis, size: Size): Element {
  const most = Math.max(2, ...rows.flatMap(({ arrivals, departures }) => [arrivals, departures]));
  const x = {
    x1: ({ from_ms }: MovementRow) => Math.max(from_ms, axis.from),
    x2: ({ from_ms }: MovementRow) => Math.min(from_ms + step, axis.to),
    insetLeft: 0.5,
    insetRight: 0.5,
  } as const;
  return plot({
    ...plain,
    ...size,
    ...margins,
    x: { axis: null, domain: [axis.from, axis.to] },
    y: { axis: null, domain: [-most, most] },
    marks: [
      ...timeMarks(axis),
      axisY([-most, 0, most], {
        tickSize: 0,
        label: null,
        fontSize: 11.5,
        color: 'var(--ink2)',
        tickFormat: (value: number) => String(Math.abs(value)),
      }),
      rectY(rows, { ...x, y1: 0, y2: 'arrivals', fill: 'var(--ink2)' }),
      rectY(rows, { ...x, y1: 0, y2: ({ departures }: MovementRow) => -departures, fill: 'var(--dock)' }),
      ruleY([0], { stroke: 'var(--edge)' }),
    ],
  });
}
