import { areaY, axisY, dot, gridY, lineY, plot, ruleX, ruleY, text } from '@observablehq/plot';
import type { UsualRow } from '../../pipeline/protocol.ts';
import { plain, type Size } from './size.ts';
import { LEAST_TOP, margins } from './stationCurve.ts';

const quarters = 96;

/** An hour that is marked below, by its quarter-hour. */
interface Hour {
  readonly quarter: number;
  readonly label: string;
}

/** The usual day as a band with its median, and the day itself over it, up to a dot. */
export function usualDay(rows: readonly UsualRow[], hours: readonly Hour[], size: Size): Element {
  const all = wholeDay(rows);
  const most = Math.max(LEAST_TOP, ...rows.flatMap(({ high, bikes }) => [high ?? 0, bikes ?? 0]));
  const x = 'quarter';
  const now = rows.findLast(({ bikes }) => bikes !== null);
  const [usualAlone, dayAlone] = [alone(all, 'median'), alone(all, 'bikes')];
  return plot({
    ...plain,
    ...size,
    ...margins,
    x: { axis: null, domain: [0, quarters - 1] },
    y: { axis: null, domain: [0, most], nice: 4 },
    marks: [
      ruleX(hours, { x, stroke: 'var(--line)' }),
      text(hours, {
        ...{ x, text: 'label', frameAnchor: 'bottom', dy: 18, fill: 'var(--ink2)', fontSize: 11.5 },
      }),
      gridY({ ticks: 4, stroke: 'var(--line)', strokeOpacity: 1 }),
      axisY({ ticks: 4, tickSize: 0, label: null, fontSize: 11.5, color: 'var(--ink2)' }),
      areaY(all, { x, y1: 'low', y2: 'high', fill: 'var(--free)' }),
      ruleX(usualAlone, { x, y1: 'low', y2: 'high', stroke: 'var(--free)', strokeWidth: 4 }),
      lineY(all, { x, y: 'median', stroke: 'var(--ink3)', strokeWidth: 1.4 }),
      dot(usualAlone, { x, y: 'median', r: 2, fill: 'var(--ink3)' }),
      ruleY([0], { stroke: 'var(--edge)' }),
      lineY(all, { x, y: 'bikes', stroke: 'var(--ink)', strokeWidth: 2 }),
      dot(dayAlone, { x, y: 'bikes', r: 2, fill: 'var(--ink)' }),
      dot(now === undefined ? [] : [now], {
        ...{ x, y: 'bikes', r: 4, fill: 'var(--ink)', stroke: 'var(--card)', strokeWidth: 1.5 },
      }),
    ],
  });
}

/** Those that no line goes through: between quarter-hours of which a figure is not known. */
function alone(all: readonly UsualRow[], figure: 'median' | 'bikes'): UsualRow[] {
  return all.filter((row, at) => {
    return row[figure] !== null && all[at - 1]?.[figure] == null && all[at + 1]?.[figure] == null;
  });
}

/** All quarter-hours of a day: those of which nothing is known break the lines. */
function wholeDay(rows: readonly UsualRow[]): UsualRow[] {
  const known = new Map(rows.map((row) => [row.quarter, row]));
  const nothing = { days: 0, low: null, median: null, high: null, bikes: null };
  return Array.from({ length: quarters }, (_, quarter) => known.get(quarter) ?? { quarter, ...nothing });
}
