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

/** What the layers of a station's stock are called, from the ground up. */
export type LayerNames = readonly [mechanical: string, ebikes: string, docks: string];

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
export function stationCurve(
  runs: readonly StockRun[],
  axis: Axis,
  whole: number,
  names: LayerNames,
  size: Size,
): Element {
  const levels = levelsOf(runs);
  const most = Math.max(whole, 1, ...levels.map(({ edges }) => edges[3] || 0));
  const last = levels.findLast(({ edges }) => !Number.isNaN(edges[3]));
  const inner = size.height - margins.marginTop - margins.marginBottom;
  const labels = last === undefined ? [] : labelsOf(last, names, most / inner);
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
      text(labels, {
        y: 'at',
        text: 'name',
        frameAnchor: 'right',
        textAnchor: 'start',
        dx: 6,
        fontSize: 12,
        fill: 'fill',
      }),
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

/** The layers' names at their middles, moved up where they would stand in each other's way; `unit` is a pixel's worth. */
function labelsOf({ edges }: Level, names: LayerNames, unit: number) {
  const inks = ['var(--mech-ink)', 'var(--elec-ink)', 'var(--ink2)'] as const;
  let below = -Infinity;
  return names.flatMap((name, layer) => {
    const [from, to] = [edges[layer]!, edges[layer + 1]!];
    if (to === from) return [];
    const at = Math.max((from + to) / 2, below + 15 * unit);
    below = at;
    return [{ at, name, fill: inks[layer] }];
  });
}
