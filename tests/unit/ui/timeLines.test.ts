import { describe, expect, it } from 'vitest';
import { beside, heightsOf, legible, spread } from '../../../src/ui/charts/timeLines.ts';

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

  it('of heights are round, whole, and far enough apart for their names; one alone where there is little room', () => {
    expect(heightsOf(35_000, 205)).toEqual([10_000, 20_000, 30_000]);
    expect(heightsOf(44.5, 69)).toEqual([20, 40]);
    expect(heightsOf(44.5, 27)).toEqual([20]);
    expect(heightsOf(1.06, 165)).toEqual([1]);
    expect(heightsOf(0.4, 165)).toEqual([]);
  });

  it('of heights stand above their rule, or below it where a line begins in their place', () => {
    const names = [10, 20].map((value) => ({ value: 10 * value, label: `${value}` }));
    // It begins 5 pixels above 200, and comes to 100 beyond the names.
    const line = { points: [4, 8, 30].map((at, index) => ({ at, value: [205, 206, 100][index]! })) };
    const sides = (...values: (readonly { readonly at: number; readonly value: number | null }[])[]) => {
      const { above, below } = beside(
        names,
        values.map((points) => ({ points })),
        6,
        1,
      );
      return { above: above.map(({ label }) => label), below: below.map(({ label }) => label) };
    };
    expect(sides(line.points)).toEqual({ above: ['10'], below: ['20'] });
    expect(sides(line.points, [{ at: 5, value: 195 }])).toEqual({ above: ['10', '20'], below: [] });
    expect(sides([{ at: 5, value: null }], [{ at: 30, value: 104 }])).toEqual({
      ...{ above: ['20'], below: ['10'] },
    });
    expect(sides()).toEqual({ above: ['10', '20'], below: [] });
  });

  it('of levels are left out where they would touch', () => {
    const levels = [5, 10, 15, 20].map((value) => ({ value, label: `${value} %` }));
    expect(legible(levels, 0.1)).toHaveLength(4);
    expect(legible(levels, 0.5).map(({ value }) => value)).toEqual([20, 10]);
  });
});
