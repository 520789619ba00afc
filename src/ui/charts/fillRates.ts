import { barX, plot, text } from '@observablehq/plot';
import { plain, type Size } from './size.ts';

export interface Rate {
  readonly name: string;
  readonly value: number;
  readonly figure: string;
}

/** Rates as bars on a track of 100 %, longer if one passes it. */
export function fillRates(rates: readonly Rate[], size: Size): Element {
  const names = Math.min(168, Math.round(size.width * 0.46));
  const end = Math.max(1, ...rates.map((rate) => rate.value));
  return plot({
    ...plain,
    ...size,
    marginLeft: names,
    marginRight: 60,
    x: { axis: null, domain: [0, end] },
    y: { axis: null, domain: rates.map((rate) => rate.name), padding: 0.44 },
    marks: [
      barX(rates, { x: 1, y: 'name', fill: 'var(--hover)', r: 3 }),
      barX(rates, { x: 'value', y: 'name', fill: 'var(--ink2)', r: 3 }),
      text(rates, {
        y: 'name',
        text: 'name',
        frameAnchor: 'left',
        textAnchor: 'start',
        dx: -names,
        lineWidth: (names - 8) / 13,
        textOverflow: 'ellipsis',
        fill: 'currentColor',
      }),
      text(rates, {
        y: 'name',
        text: 'figure',
        frameAnchor: 'right',
        textAnchor: 'end',
        dx: 60,
        fontWeight: 600,
        fill: 'currentColor',
      }),
    ],
  });
}
