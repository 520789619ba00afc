import type { Format } from '../format.ts';
import type { ViewMessages } from '../messages/views.ts';

const MONTH = 30.44;
const YEAR = 365.25;
/** Beyond so many years a forecast says only that: disks and browsers change before. */
const MOST = 10;

/** A number of days in the largest unit of which there is at least two, or one of the smallest: never exact. */
export function lasting(days: number, m: ViewMessages['space'], f: Format): string {
  if (days > MOST * YEAR) return m.moreThan;
  const [unit, length] =
    days >= 2 * YEAR
      ? (['years', YEAR] as const)
      : days >= 2 * MONTH
        ? (['months', MONTH] as const)
        : (['days', 1] as const);
  const count = Math.max(1, Math.round(days / length));
  return m[unit](count, f.count(count));
}
