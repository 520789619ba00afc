import { describe, expect, test } from 'vitest';
import { instants, nearest } from '../../../src/ui/charts/stops.ts';
import { Format } from '../../../src/ui/format.ts';

describe('the stop that is read', () => {
  test('of instants is the nearest, of two as near the earlier', () => {
    const stops = instants([0, 10, 30]);
    const read = (at: number): number | undefined => nearest(stops, at)?.index;
    expect([-5, 4, 5, 6, 20, 21, 99, Infinity].map(read)).toEqual([0, 0, 0, 1, 1, 2, 2, 2]);
  });

  test('of stretches is the one pointed at, there; in a gap the nearer end', () => {
    const stops = [
      { from: 0, to: 10 },
      { from: 10, to: 20 },
      { from: 60, to: 61 },
    ];
    expect(nearest(stops, 9)).toEqual({ index: 0, at: 9 });
    expect(nearest(stops, 10)).toEqual({ index: 1, at: 10 });
    expect(nearest(stops, 30)).toEqual({ index: 1, at: 20 });
    expect(nearest(stops, 50)).toEqual({ index: 2, at: 60 });
    expect(nearest(stops, Infinity)).toEqual({ index: 2, at: 61 });
  });

  test('there is none where nothing is known', () => expect(nearest([], 5)).toBeNull());
});

test('a step of a chart is named by its hours, a whole day by itself', () => {
  const f = new Format('en');
  const at = Date.UTC(2026, 10, 22, 23);
  expect(f.stretch(at, at + 3_600_000)).toBe('23 Nov, 00:00–01:00');
  expect(f.stretch(at, at + 24 * 3_600_000)).toBe('23 Nov');
  expect(f.stretch(at - 6 * 3_600_000, at)).toBe('22 Nov, 18:00–00:00');
  expect(f.stretch(at - 3_600_000, at + 23 * 3_600_000)).toBe('22 Nov, 23:00 – 23 Nov, 23:00');
});
