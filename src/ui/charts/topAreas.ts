import { barX, plot, text } from '@observablehq/plot';
import type { AreaRow } from '../../gold/answers.ts';
import { plain, type Size } from './size.ts';

/** Areas as bars of e-bikes, the name before each bar and the figure at its end. */
export function topAreas(rows: readonly AreaRow[], size: Size, figure: (ebikes: number) => string): Element {
  const names = Math.min(168, Math.round(size.width * 0.4));
  const y = (row: AreaRow): string => row.area_id;
  return plot({
    ...plain,
    ...size,
    marginLeft: names,
    marginRight: 46,
    x: { axis: null, domain: [0, Math.max(1, ...rows.map((row) => row.ebikes))] },
    y: { axis: null, domain: rows.map(y), padding: 0.32 },
    marks: [
      barX(rows, { x: 'ebikes', y, fill: 'var(--elec)', rx2: 3 }),
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
        x: 'ebikes',
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
