import { normalise } from './header.ts';

/** How alike two names are, 0–1: Dice's coefficient of their pairs of letters, as `letterPairs` gives them. */
export function likeness(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  if (a.size === 0 || b.size === 0) return 0;
  const shared = [...a].filter((pair) => b.has(pair)).length;
  return (2 * shared) / (a.size + b.size);
}

/** The pairs of neighbouring letters in a name. */
export function letterPairs(name: string): ReadonlySet<string> {
  const letters = normalise(name);
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
