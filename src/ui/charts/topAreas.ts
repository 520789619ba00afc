import { barX, plot, text } from '@observablehq/plot';
import type { AreaRow } from '../../gold/answers.ts';
import { scaleOf } from './cut.ts';
import { plain, type Size } from './size.ts';

/** Areas as bars of e-bikes, the name before each bar and the figure at its end; a bar too long is cut, visibly. */
export function topAreas(rows: readonly AreaRow[], size: Size, figure: (ebikes: number) => string): Element {
  const names = Math.min(168, Math.round(size.width * 0.4));
  const y = (row: AreaRow): string => row.area_id;
  const { end, cut } = scaleOf(rows);
  const x = (row: AreaRow): number => Math.min(row.ebikes, end);
  return plot({
    ...plain,
    ...size,
    marginLeft: names,
    marginRight: rows.some((row) => row.ebikes >= 1000) ? 54 : 46,
    x: { axis: null, domain: [0, end] },
    y: { axis: null, domain: rows.map(y), padding: 0.32 },
    marks: [
      barX(rows, { x, y, fill: 'var(--elec)', rx2: 3 }),
      text(cut === null ? [] : [cut.row], {
        x: end,
        y,
        text: () => '//',
        dx: -24,
        fontSize: 22,
        fontWeight: 700,
        fill: 'var(--card)',
      }),
      text(rows, {
        y,
        text: 'area_name',
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: -names,
        lineWidth: (names - 10) / 13,
        textOverflow: 'ellipsis',
        fill: 'currentColor',
      }),
      text(rows, {
        x,
        y,
        text: (row: AreaRow) => figure(row.ebikes),
        textAnchor: 'start',
        dx: 7,
        fontWeight: 600,
        fill: 'currentColor',
      }),
    ],
  });
}
