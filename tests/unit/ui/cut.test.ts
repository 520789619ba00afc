import { describe, expect, test } from 'vitest';
import type { AreaRow } from '../../../src/gold/answers.ts';
import { scaleOf } from '../../../src/ui/charts/cut.ts';

const areas = (...ebikes: number[]): AreaRow[] => ebikes.map((value) => ({ ebikes: value }) as AreaRow);

describe('the scale of a ranking', () => {
  test('is that of its first bar', () => {
    expect(scaleOf(areas(30, 20, 10))).toEqual({ end: 30, cut: null });
    expect(scaleOf(areas(30, 0))).toEqual({ end: 30, cut: null });
    expect(scaleOf([])).toEqual({ end: 1, cut: null });
  });

  test('leaves room for the others where the first dwarfs them, and says by how much', () => {
    const { end, cut } = scaleOf(areas(1000, 100, 90));
    expect(end).toBeCloseTo(130);
    expect(cut?.times).toBe(10);
  });
});
