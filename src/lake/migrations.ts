import { VelolacError } from '../errors.ts';
import { emptySource, emptyState, FORMAT, type LakeState } from './state.ts';

/** A state as an older version of this page left it. */
type Old = object;

/** From the form `index + 1` to the next one. */
const migrations: readonly ((state: Old) => Old)[] = [
  // 1 to 2: what may lie about, what was damaged and what was recovered are kept.
  (state) => ({ ...emptyState(), ...state }),
  // 2 to 3: the same state. A page that knows 2 would misread events: a day of which a backup brought Silver beside Bronze
  // (`mixed`) as one without Bronze, an import that takes an earlier one's place as one beside it,
  // and snapshots of a header that has several schemas as of one.
  (state) => state,
];

/** A stored state in today's form. Rejects a newer one with `lake.newer`. */
export function migrate(state: Old, format: number): LakeState {
  refuseNewer(format);
  const moved = migrations.slice(format - 1).reduce((before, step) => step(before), state);
  const today = { ...moved, format: FORMAT } as LakeState;
  for (const [id, source] of Object.entries(today.sources)) {
    today.sources[id] = { ...emptySource(), ...source };
  }
  return today;
}

/** Rejects with `lake.newer`: what this page does not know, it must not touch. */
export function refuseNewer(format: number): void {
  if (format > FORMAT) {
    throw new VelolacError('lake.newer', `form ${format}, this page knows ${FORMAT}`, { format });
  }
}
