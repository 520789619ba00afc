import { fromWallTime, toWallTime } from '../time.ts';

/** What a Paris wall time means that was typed for a snapshot. */
export type Correction =
  /** Nothing was typed, or what the file tells anyway. */
  | { readonly kind: 'kept' }
  /** `twice`: the clocks went through this hour twice that night, and the first is meant. */
  | { readonly kind: 'corrected'; readonly at: number; readonly twice: boolean }
  /** `skipped`: the clocks went past this hour that night. */
  | { readonly kind: 'invalid' | 'skipped' | 'future' };

/** Reads `typed` (`YYYY-MM-DDTHH:MM`, seconds or not; null where it was not touched) against what the file tells. */
export function readCorrection(typed: string | null, told: number | null, now: number): Correction {
  if (typed === null) return { kind: 'kept' };
  const wall = typed.length === 16 ? `${typed}:00` : typed.slice(0, 19);
  if (told !== null && wall === toWallTime(told)) return { kind: 'kept' };
  const at = fromWallTime(wall);
  if (at === null) return { kind: 'invalid' };
  if (toWallTime(at) !== wall) return { kind: 'skipped' };
  if (at > now) return { kind: 'future' };
  return { kind: 'corrected', at, twice: toWallTime(at + 3_600_000) === wall };
}
