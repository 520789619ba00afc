import type { Format } from '../format.ts';
import type { Band } from './verdict.ts';

/** 13 (9–17): the median in its band; 9 where that is all of it. */
export function bandInWords({ low, median, high }: Omit<Band, 'days'>, f: Format): string {
  return low === high ? f.count(low) : `${f.count(median)} (${f.count(low)}–${f.count(high)})`;
}
