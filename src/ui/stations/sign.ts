import type { StationRow, StationState } from '../../gold/answers.ts';

/** What the sign of a station tells: its state, and whether one that is closed is so by its silence. */
export type StationSign = StationState | 'stale';

export function signOf({ state, stale }: Pick<StationRow, 'state' | 'stale'>): StationSign {
  return state === 'closed' && stale ? 'stale' : state;
}
