import { normalise } from './header.ts';

/** How alike two names are, 0–1: Dice's coefficient of their pairs of neighbouring letters. */
export function nameLikeness(a: string, b: string): number {
  const [left, right] = [pairsIn(a), pairsIn(b)];
  if (left.size === 0 || right.size === 0) return 0;
  const shared = [...left].filter((pair) => right.has(pair)).length;
  return (2 * shared) / (left.size + right.size);
}

function pairsIn(name: string): Set<string> {
  const letters = normalise(name);
  return new Set(Array.from({ length: Math.max(0, letters.length - 1) }, (_, i) => letters.slice(i, i + 2)));
}
