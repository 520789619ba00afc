import type { Format } from '../format.ts';
import type { Band } from './verdict.ts';

/** 9–17; 9 where the band is that narrow. */
export function bandInWords({ low, high }: Pick<Band, 'low' | 'high'>, f: Format): string {
  return low === high ? f.count(low) : `${f.count(low)}–${f.count(high)}`;
}
