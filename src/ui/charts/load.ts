import { afterPaint } from '../afterPaint.ts';
import type * as charts from './charts.ts';

export type Charts = typeof charts;

let loading: Promise<Charts> | null = null;

/** The chart library, fetched once and only after the page has been painted. A failed fetch is tried again. */
export function loadCharts(): Promise<Charts> {
  loading ??= afterPaint()
    .then(() => import('./charts.ts'))
    .catch((thrown: unknown) => {
      loading = null;
      throw thrown;
    });
  return loading;
}
