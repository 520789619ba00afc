import { expect, test } from 'vitest';
import { curve } from '../../src/ui/charts/curve.ts';

test('a curve breaks where nothing is known, its line and the area below it', () => {
  const values = [10, 12, null, 11, 13];
  const points = values.map((value, index) => ({ at: index * 60_000, value }));
  const drawn = curve(points, [], [0, 240_000], { width: 240, height: 64 });
  const paths = [...drawn.querySelectorAll('g > path')].map((path) => path.getAttribute('d') ?? '');
  expect(paths).toHaveLength(2);
  for (const path of paths) expect(path.match(/M/g)).toHaveLength(2);
  expect(drawn.querySelectorAll('circle')).toHaveLength(1);
});

test('a figure alone is a dot, and so is the last', () => {
  const points = [10, null, 12, 11, null].map((value, index) => ({ at: index * 60_000, value }));
  const drawn = curve(points, [], [0, 240_000], { width: 240, height: 64 });
  const places = [...drawn.querySelectorAll('circle')].map((circle) => Number(circle.getAttribute('cx')));
  expect(places).toEqual([0, 180]);
});
