import { describe, expect, test } from 'vitest';
import type { StationRow, StationState } from '../../../src/gold/answers.ts';
import { nearest, stationPaths, type PlacedStation } from '../../../src/ui/charts/stationPaths.ts';
import { frameOf } from '../../../src/ui/frame.ts';

const at = (x: number, state: StationState, stock: readonly [number, number, number]): PlacedStation => ({
  x,
  y: 0,
  r: 4,
  row: {
    station_code: String(x),
    name: null,
    ...{ lat: 0, lon: x, area_name: null, capacity: 20, state, stale: false, last_reported: null },
    ...{ mechanical: stock[0], ebikes: stock[1], docks: stock[2] },
  },
});
const shapes = (path: string): number => path.split('M').length - 1;

describe('stations', () => {
  const stations = [
    at(0, 'balanced', [5, 5, 10]),
    at(10, 'few_docks', [12, 0, 0.4]),
    at(20, 'empty', [0, 0, 20]),
    at(30, 'full', [10, 10, 0]),
    at(40, 'closed', [0, 0, 0]),
  ];

  test('each is one shape of its kind', () => {
    const paths = stationPaths(stations);
    expect(shapes(paths.disc)).toBe(2);
    expect(shapes(paths.mechanical)).toBe(2);
    expect(shapes(paths.electric)).toBe(1);
    expect(shapes(paths.empty)).toBe(1);
    expect(shapes(paths.full)).toBe(1);
    expect(shapes(paths.closed)).toBe(1);
    expect(Object.values(paths).join('')).not.toMatch(/NaN|undefined/);
  });

  test('the nearest within reach is found, and none beyond', () => {
    expect(nearest(stations, 11, 1, 8)?.row.station_code).toBe('10');
    expect(nearest(stations, 90, 90, 8)).toBeNull();
  });

  test('one far away does not shrink the frame', () => {
    const many: StationRow[] = Array.from(
      { length: 100 },
      (_, index) => at(index / 100, 'balanced', [1, 1, 1]).row,
    );
    const [west, , east] = frameOf([...many, at(500, 'closed', [0, 0, 0]).row]) ?? [0, 0, 0, 0];
    expect(west).toBeGreaterThanOrEqual(0);
    expect(east).toBeLessThan(1);
    expect(frameOf([])).toBeNull();
  });
});
