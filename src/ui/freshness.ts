import type { Answers } from '../gold/answers.ts';
import type { LakeStatus } from '../pipeline/protocol.ts';
import type { Choice } from './choice.ts';

const minute = 60_000;

/** A snapshot that is this much older than the time between two makes the page stale, whether or not it records. */
const grace = 2 * minute;

/** How old what is shown is, and how to say it. */
export type Freshness =
  | { readonly kind: 'none' }
  /** The bundled recording, or a moment of the past: its date is what matters. */
  | { readonly kind: 'past'; readonly at: number }
  | { readonly kind: 'period'; readonly from: number; readonly to: number }
  | { readonly kind: 'age'; readonly at: number; readonly age: number }
  | { readonly kind: 'stale'; readonly at: number; readonly age: number };

export function freshness(
  answers: Answers | null,
  status: LakeStatus | null,
  choice: Choice,
  now: number,
): Freshness {
  if (answers === null) return { kind: 'none' };
  if (answers.selection.kind === 'range')
    return { kind: 'period', from: answers.selection.from, to: answers.selection.to };
  const at = answers.to;
  if (status?.world === 'sample' || choice.kind === 'instant') return { kind: 'past', at };
  const age = Math.max(0, now - at);
  const usual = (status?.pace.interval ?? 1) * minute;
  return { kind: age > usual + grace ? 'stale' : 'age', at, age };
}

/** Whether no snapshot tells of the moment that was asked for: what is shown is then of another. */
export function isFar(asked: number, told: number): boolean {
  return Math.abs(asked - told) > 15 * minute;
}
