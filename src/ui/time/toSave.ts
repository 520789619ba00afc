import { toInstant } from '../time.ts';
import type { AreaChange, Measure } from './change.ts';

/** Areas as a file tells them: bikes of one kind at two instants, in ms, and the change between them. */
export function changesToSave(
  rows: readonly AreaChange[],
  measure: Measure,
  before: number,
  after: number,
): readonly object[] {
  return rows.map(({ area_id, area_name, share, ...figures }) => ({
    ...{ area_id, area_name, measure, ...figures, share_of_places: share },
    ...{ before_at: toInstant(before), after_at: toInstant(after) },
  }));
}
