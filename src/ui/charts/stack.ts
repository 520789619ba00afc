import { barX, plot } from '@observablehq/plot';
import { plain, type Size } from './size.ts';

/** One part of a whole. */
export interface Part {
  readonly value: number;
  readonly colour: string;
}

/** Parts of a whole end to end in one bar; the page writes the labels under it. */
export function stack(parts: readonly Part[], size: Size): Element {
  const seen = parts.filter((part) => part.value > 0);
  const last = seen.length - 1;
  return plot({
    ...plain,
    ...size,
    x: { axis: null },
    y: { axis: null },
    marks: seen.map((part, index) => {
      const start = seen.slice(0, index).reduce((sum, { value }) => sum + value, 0);
      return barX([part], {
        x1: start,
        x2: start + part.value,
        fill: part.colour,
        insetRight: index < last ? 1 : 0,
        ...(index === 0 ? { rx1: 4 } : {}),
        ...(index === last ? { rx2: 4 } : {}),
      });
    }),
  });
}
