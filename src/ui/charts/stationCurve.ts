import { areaY, axisY, gridY, plot, ruleX, ruleY, text } from '@observablehq/plot';
import type { StockRun } from '../../pipeline/protocol.ts';
import { plain, type Size } from './size.ts';
import { timeRoom } from './steps.ts';

/** A time axis: from, to and ticks in milliseconds of one origin. */
export interface Axis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

/** Of the layers, from the ground up. */
const colours = ['var(--mech)', 'var(--elec)', 'var(--free)'] as const;

/** An instant of the layers: where each begins and ends. NaN breaks it. */
interface Level {
  readonly at: number;
  readonly edges: readonly [number, number, number, number];
}

export const margins = {
  marginTop: 8,
  marginRight: timeRoom.right,
  marginBottom: timeRoom.bottom,
  marginLeft: timeRoom.left,
} as const;

/** Bikes that an axis reaches at least: its ticks are whole ones. */
export const LEAST_TOP = 4;

/** The marks that all charts over time share. */
export function timeMarks({ ticks }: Axis) {
  return [
    ruleX(ticks, { x: 'at', stroke: 'var(--line)' }),
    text(ticks, {
      ...{ x: 'at', text: 'label', frameAnchor: 'bottom', dy: 18, fill: 'var(--ink2)', fontSize: 11.5 },
    }),
  ];
}

/** Bikes by kind, and the free docks on top of them, so that the whole is the station; blank where nothing is known. */
export function stationCurve(runs: readonly StockRun[], axis: Axis, whole: number, size: Size): Element {
  const levels = levelsOf(runs);
  const most = Math.max(whole, LEAST_TOP, ...levels.map(({ edges }) => edges[3] || 0));
  return plot({
    ...plain,
    ...size,
    ...margins,
    x: { axis: null, domain: [axis.from, axis.to] },
    y: { axis: null, domain: [0, most] },
    marks: [
      ...timeMarks(axis),
      gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 3, tickSize: 0, label: null, fontSize: 11.5, color: 'var(--ink2)' }),
      ...colours.map((fill, layer) =>
        areaY(levels, {
          x: 'at',
          y1: ({ edges }: Level) => edges[layer],
          y2: ({ edges }: Level) => edges[layer + 1],
          fill,
        }),
      ),
      ruleY([0], { stroke: 'var(--edge)' }),
    ],
  });
}

/** The corners of the layers: each run is level, and where one does not touch the next there is a break. */
export function levelsOf(runs: readonly StockRun[]): Level[] {
  const nothing = [NaN, NaN, NaN, NaN] as const;
  return runs.flatMap(({ from_ms, to_ms, mechanical, ebikes, docks }, index): Level[] => {
    const known = mechanical !== null || ebikes !== null || docks !== null;
    const bikes = mechanical ?? 0;
    const all = bikes + (ebikes ?? 0);
    const edges = known ? ([0, bikes, all, all + (docks ?? 0)] as const) : nothing;
    const next = runs[index + 1];
    const broken = next !== undefined && next.from_ms > to_ms;
    const corners = [
      { at: from_ms, edges },
      { at: to_ms, edges },
    ];
    return broken ? [...corners, { at: to_ms, edges: nothing }] : corners;
  });
}
