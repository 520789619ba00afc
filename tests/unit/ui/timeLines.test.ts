import { describe, expect, it } from 'vitest';
import { legible, spread } from '../../../src/ui/charts/timeLines.ts';

describe('names in a chart', () => {
  const line = (label: string, value: number | null) => {
    return {
      label,
      colour: 'red',
      points: [{ at: 1, value: 5 }, ...(value === null ? [] : [{ at: 2, value }])],
    };
  };

  it('stand at the ends of their lines, apart and above the ground', () => {
    // A pixel is one: names are 15 high.
    const ends = spread([line('a', 0), line('b', 4), line('c', 80)], 100, 100);
    expect(ends.map(({ label, at, value }) => [label, at, value])).toEqual([
      ...[
        ['a', 2, 7.5],
        ['b', 2, 22.5],
        ['c', 2, 80],
      ],
    ]);
    expect(spread([line('a', null)], 100, 100)).toEqual([{ label: 'a', at: 1, value: 7.5 }]);
  });

  it('of levels are left out where they would touch', () => {
    const levels = [5, 10, 15, 20].map((value) => ({ value, label: `${value} %` }));
    expect(legible(levels, 0.1)).toHaveLength(4);
    expect(legible(levels, 0.5).map(({ value }) => value)).toEqual([20, 10]);
  });
});
