import { barX, plot, text } from '@observablehq/plot';
import type { AreaRow } from '../../gold/answers.ts';
import { plain, type Size } from './size.ts';

const perColumn = 10;

/** Mechanical and electric bikes of the twenty arrondissements, ten to a column. */
export function arrondissements(
  rows: readonly AreaRow[],
  size: Size,
  figure: (bikes: number) => string,
): Element {
  const placed = rows
    .filter((row) => row.arrondissement !== null)
    .map(({ arrondissement, mechanical, ebikes }) => {
      return { number: arrondissement ?? 0, mechanical: mechanical ?? 0, total: (mechanical ?? 0) + ebikes };
    });
  const fx = ({ number }: { number: number }): number => Math.floor((number - 1) / perColumn);
  const fy = ({ number }: { number: number }): number => (number - 1) % perColumn;
  const place = { fx, y: fy };
  return plot({
    ...plain,
    ...size,
    marginLeft: 24,
    x: { axis: null, domain: [0, 1.45 * Math.max(1, ...placed.map((row) => row.total))] },
    y: { axis: null, domain: Array.from({ length: perColumn }, (_, index) => index), padding: 0.3 },
    fx: { axis: null, padding: 0 },
    marks: [
      barX(placed, { ...place, x1: 0, x2: 'mechanical', fill: 'var(--mech)' }),
      barX(placed, { ...place, x1: 'mechanical', x2: 'total', fill: 'var(--elec)', rx2: 2 }),
      text(placed, {
        ...place,
        text: 'number',
        frameAnchor: 'left',
        textAnchor: 'end',
        dx: -8,
        fill: 'var(--ink2)',
      }),
      text(placed, {
        ...place,
        x: 'total',
        text: ({ total }: { total: number }) => figure(total),
        textAnchor: 'start',
        dx: 6,
        fontWeight: 560,
        fill: 'currentColor',
      }),
    ],
  });
}
