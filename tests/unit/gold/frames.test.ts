import { afterEach, expect, it } from 'vitest';
import { framesSql } from '../../../src/gold/questions.ts';
import { at, Lake } from './lake.ts';

let lake: Lake;

afterEach(() => lake.close());

async function weights(from: string, to: string, snapshots: string[], maxGapS?: number, bad: string[] = []) {
  lake = await Lake.open({ snapshots: snapshots.map(at), bad: bad.map(at), readings: [] });
  await lake.run(framesSql({ from: at(from), to: at(to) }, maxGapS));
  const rows = await lake.rows('SELECT fetched_at, weight_s FROM frames ORDER BY fetched_at');
  return rows.map((row) => [(row['fetched_at'] as Date).toISOString().slice(11, 23), row['weight_s']]);
}

it('lets a snapshot stand until the next good one, and the last until the end', async () => {
  expect(await weights('08:00:00', '08:10:00', ['08:00:00', '08:01:00', '08:06:30'])).toEqual([
    ['08:00:00.000', 60],
    ['08:01:00.000', 330],
    ['08:06:30.000', 210],
  ]);
});

it('leaves a gap beyond the longest unknown', async () => {
  expect(await weights('08:00:00', '12:00:00', ['08:00:00', '09:30:00', '09:35:00'])).toEqual([
    ['08:00:00.000', 600],
    ['09:30:00.000', 300],
    ['09:35:00.000', 600],
  ]);
  lake.close();
  expect(await weights('08:00:00', '08:10:00', ['08:00:00', '08:08:00'], 90)).toEqual([
    ['08:00:00.000', 90],
    ['08:08:00.000', 90],
  ]);
});

it('keeps milliseconds, over days too', async () => {
  expect(await weights('08:00:00', '08:02:00', ['08:00:00.250', '08:01:00.375', '08:01:59.999'])).toEqual([
    ['08:00:00.250', 60.125],
    ['08:01:00.375', 59.624],
    ['08:01:59.999', 0.001],
  ]);
  lake.close();
  lake = await Lake.open({ snapshots: [new Date('2025-01-01T00:00:00.007Z')], readings: [] });
  const year = { from: new Date('2025-01-01T00:00:00Z'), to: new Date('2026-02-03T04:05:06.789Z') };
  await lake.run(framesSql(year, 1e9));
  expect(await lake.rows('SELECT weight_s FROM frames')).toEqual([{ weight_s: 398 * 86400 + 14706.782 }]);
});

it('gives the only snapshot of an instant the weight 1', async () => {
  expect(await weights('08:01:00', '08:01:00', ['08:00:00', '08:01:00', '08:02:00'])).toEqual([
    ['08:01:00.000', 1],
  ]);
});

it('gives the last snapshot of a span that ends with it no time', async () => {
  expect(await weights('08:00:00', '08:01:00', ['08:00:00', '08:01:00'])).toEqual([
    ['08:00:00.000', 60],
    ['08:01:00.000', 0],
  ]);
});

it('takes good snapshots inside the span only, and each once', async () => {
  const snapshots = ['07:59:59.999', '08:00:00', '08:00:00', '08:04:00', '08:05:00.001'];
  expect(await weights('08:00:00', '08:05:00', snapshots, 600, ['08:02:00'])).toEqual([
    ['08:00:00.000', 240],
    ['08:04:00.000', 60],
  ]);
});

it('has no row when nothing was recorded', async () => {
  expect(await weights('08:00:00', '09:00:00', ['07:00:00'])).toEqual([]);
});
