import { afterPaint } from '../afterPaint.ts';
import type * as charts from './charts.ts';
import { enqueue } from './queue.ts';

export type Charts = typeof charts;

let loading: Promise<Charts> | null = null;
let loaded: Charts | null = null;

/** The chart library, fetched once and only after the page has been painted. A failed fetch is tried again. */
export function loadCharts(): Promise<Charts> {
  loading ??= afterPaint()
    .then(async () => (loaded = await import('./charts.ts')))
    .catch((thrown: unknown) => {
      loading = null;
      throw thrown;
    });
  return loading;
}

/** The chart library for what cannot wait, as a printer cannot; null where it is not there yet. */
export function chartsAtOnce(): Charts | null {
  return loaded;
}

/** Resolves once the charts that are on the page by now are drawn and painted, or cannot be. */
export async function afterCharts(): Promise<void> {
  await loadCharts().catch(() => undefined);
  await new Promise<void>((resolve) => enqueue({}, resolve));
  await afterPaint();
}
