import { areaY, axisY, dot, gridY, lineY, plot, ruleX, ruleY, text } from '@observablehq/plot';
import type { UsualRow } from '../../pipeline/protocol.ts';
import { plain, type Size } from './size.ts';
import { margins } from './stationCurve.ts';

const quarters = 96;

/** What the lines are called, and where the day has come to: a quarter-hour, and its bikes where they are known. */
export interface UsualWords {
  readonly usual: string;
  readonly day: string;
  readonly hours: readonly { readonly quarter: number; readonly label: string }[];
}

/** The usual day as a band with its median, and the day itself over it, up to a dot. */
export function usualDay(rows: readonly UsualRow[], words: UsualWords, size: Size): Element {
  const all = wholeDay(rows);
  const most = Math.max(1, ...rows.flatMap(({ high, bikes }) => [high ?? 0, bikes ?? 0]));
  const x = 'quarter';
  const now = rows.findLast(({ bikes }) => bikes !== null);
  const end = all.findLast(({ median }) => median !== null);
  return plot({
    ...plain,
    ...size,
    ...margins,
    x: { axis: null, domain: [0, quarters - 1] },
    y: { axis: null, domain: [0, most] },
    marks: [
      ruleX(words.hours, { x, stroke: 'var(--line)' }),
      text(words.hours, {
        ...{ x, text: 'label', frameAnchor: 'bottom', dy: 18, fill: 'var(--ink2)', fontSize: 11.5 },
      }),
      gridY({ ticks: 3, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 3, tickSize: 0, label: null, fontSize: 11.5, color: 'var(--ink2)' }),
      areaY(all, { x, y1: 'low', y2: 'high', fill: 'var(--free)' }),
      lineY(all, { x, y: 'median', stroke: 'var(--ink3)', strokeWidth: 1.4 }),
      ruleY([0], { stroke: 'var(--edge)' }),
      lineY(all, { x, y: 'bikes', stroke: 'var(--ink)', strokeWidth: 2 }),
      dot(now === undefined ? [] : [now], {
        ...{ x, y: 'bikes', r: 4, fill: 'var(--ink)', stroke: 'var(--card)', strokeWidth: 1.5 },
      }),
      text(now === undefined ? [] : [now], {
        ...{ x, y: 'bikes', text: () => words.day, dy: -12, fontSize: 12, fontWeight: 600 },
        // Away from the edge that is nearer.
        ...((now?.quarter ?? 0) < quarters / 2 ? { textAnchor: 'start' } : { textAnchor: 'end' }),
        ...{ fill: 'var(--ink)', stroke: 'var(--card)', strokeWidth: 3 },
      }),
      text(end === undefined ? [] : [end], {
        ...{ y: 'median', text: () => words.usual, frameAnchor: 'right', textAnchor: 'start' },
        ...{ dx: 6, fontSize: 12, fill: 'var(--ink2)' },
      }),
    ],
  });
}

/** All quarter-hours of a day: those of which nothing is known break the lines. */
function wholeDay(rows: readonly UsualRow[]): UsualRow[] {
  const known = new Map(rows.map((row) => [row.quarter, row]));
  const nothing = { days: 0, low: null, median: null, high: null, bikes: null };
  return Array.from({ length: quarters }, (_, quarter) => known.get(quarter) ?? { quarter, ...nothing });
}
