import { expect, test } from 'vitest';
import { tryMapTable } from '../../../src/silver/mapping.ts';
import { areElsewhere } from '../../../src/silver/position.ts';

/** Whether a table with these positions is of another city. */
function isElsewhere(positions: readonly (readonly [lat: number, lon: number] | null)[]): boolean {
  const header = ['number', 'position', 'available_bikes', 'available_bike_stands'];
  const rows = positions.map((at, row) => [String(1001 + row), at?.join(', ') ?? null, '3', '4']);
  const { mapping, missing } = tryMapTable(header, rows);
  expect(missing).toEqual([]);
  return areElsewhere(rows, mapping.columns);
}

const paris = [48.8566, 2.3522] as const;
const argenteuil = [48.9465, 2.2496] as const;
const lyon = [45.764, 4.8357] as const;
const nowhere = [0, 0] as const;

test('most of its positions tell whether a table is of another city', () => {
  expect(isElsewhere([lyon, lyon, lyon])).toBe(true);
  expect(isElsewhere([lyon, lyon, paris])).toBe(true);
  expect(isElsewhere([paris, argenteuil, lyon])).toBe(false);
});

test('positions that are not told, are 0 or stand the other way round tell nothing against Paris', () => {
  expect(isElsewhere([nowhere, nowhere, paris])).toBe(false);
  expect(isElsewhere([nowhere, null, nowhere])).toBe(false);
  expect(isElsewhere([paris, [2.3522, 48.8566], [2.2496, 48.9465]])).toBe(false);
});
