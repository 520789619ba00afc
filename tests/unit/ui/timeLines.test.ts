import { describe, expect, it } from 'vitest';
import { heightsOf, legible, spread } from '../../../src/ui/charts/timeLines.ts';

describe('names in a chart', () => {
  const line = (label: string, value: number | null) => {
    return {
      label,
      colour: 'red',
      points: [{ at: 1, value: 5 }, ...(value === null ? [] : [{ at: 2, value }])],
    };
  };

  it('stand as high as the ends of their lines, apart and above the ground', () => {
    // A pixel is one: names are 15 high.
    const ends = spread([line('a', 0), line('b', 4), line('c', 80)], 100, 100);
    expect(ends.map(({ label, value }) => [label, value])).toEqual([
      ...[
        ['a', 7.5],
        ['b', 22.5],
        ['c', 80],
      ],
    ]);
    expect(spread([line('a', null)], 100, 100)).toEqual([{ label: 'a', value: 7.5 }]);
  });

  it('of heights are round, whole, and far enough apart for their names; one alone where there is little room', () => {
    expect(heightsOf(35_000, 205)).toEqual([10_000, 20_000, 30_000]);
    expect(heightsOf(44.5, 69)).toEqual([20, 40]);
    expect(heightsOf(44.5, 27)).toEqual([20]);
    expect(heightsOf(1.06, 165)).toEqual([1]);
    expect(heightsOf(0.4, 165)).toEqual([]);
  });

  it('of levels are left out where they would touch', () => {
    const levels = [5, 10, 15, 20].map((value) => ({ value, label: `${value} %` }));
    expect(legible(levels, 0.1)).toHaveLength(4);
    expect(legible(levels, 0.5).map(({ value }) => value)).toEqual([20, 10]);
  });
});
