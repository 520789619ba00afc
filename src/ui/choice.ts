import type { Selection } from '../gold/answers.ts';

export const presets = ['hour', 'day', 'week', 'all'] as const;
export type Preset = (typeof presets)[number];

/** What the visitor chose to look at. A preset follows the newest snapshot; a range of one's own stays. */
export type Choice =
  | { readonly kind: 'newest' }
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'preset'; readonly preset: Preset }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

const hours: Readonly<Record<Exclude<Preset, 'all'>, number>> = { hour: 1, day: 24, week: 168 };

/** The question to ask for a choice, given the first and the last snapshot of the lake. */
export function toSelection(choice: Choice, first: number | null, last: number | null): Selection {
  if (choice.kind !== 'preset') return choice;
  if (first === null || last === null) return { kind: 'newest' };
  if (choice.preset === 'all') return { kind: 'range', from: first, to: last };
  return { kind: 'range', from: Math.max(first, last - hours[choice.preset] * 3_600_000), to: last };
}

/** The preset to begin with: the last hour, if there is more than one snapshot in it. */
export function firstPreset(instants: readonly number[]): Preset {
  const last = instants.at(-1) ?? 0;
  const before = instants.at(-2);
  return before !== undefined && last - before <= hours.hour * 3_600_000 ? 'hour' : 'all';
}
