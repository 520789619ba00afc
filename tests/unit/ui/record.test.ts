import { describe, expect, test } from 'vitest';
import type { Attempt, Gap, HourRecord, SchemaEntry } from '../../../src/pipeline/protocol.ts';
import { Format } from '../../../src/ui/format.ts';
import { curvesOf, series, standstills } from '../../../src/ui/health/attempts.ts';
import { coverageOf, rowsOf, shareOf } from '../../../src/ui/health/calendar.ts';
import { gapSpan } from '../../../src/ui/health/gapSpan.ts';
import { attemptsToSave, schemasToSave } from '../../../src/ui/health/toSave.ts';
import { toCsvTable } from '../../../src/ui/save/table.ts';
import { lasting } from '../../../src/ui/lake/lasting.ts';
import { olderBronze } from '../../../src/ui/lake/olderBronze.ts';
import { viewMessages } from '../../../src/ui/messages/views.ts';

const HOUR = 3_600_000;
const hour = (at: number, snapshots = 60): HourRecord => ({ at, snapshots, wanted: 60 });
const hours = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => hour(from + index * HOUR));

describe('the calendar', () => {
  test('has the city’s days and hours, the newest day first', () => {
    const rows = rowsOf({ hours: hours(Date.UTC(2026, 10, 22, 22), 4), gaps: [] });
    expect(rows.map(({ day }) => day)).toEqual(['2026-11-23', '2026-11-22']);
    expect(rows[1]!.cells.map((cell) => cell?.snapshots ?? null).slice(22)).toEqual([null, 60]);
    expect(rows[0]!.cells.map((cell) => cell?.snapshots ?? null).slice(0, 4)).toEqual([60, 60, 60, null]);
  });

  test('shows the hour that comes twice as one, and the one that is left out as none', () => {
    const october = rowsOf({ hours: hours(Date.UTC(2026, 9, 24, 22), 25), gaps: [] })[0]!;
    expect(october.day).toBe('2026-10-25');
    expect(october.cells[2]).toMatchObject({ snapshots: 120, wanted: 120 });
    expect(october.cells.every((cell) => cell !== null)).toBe(true);
    const march = rowsOf({ hours: hours(Date.UTC(2026, 2, 28, 23), 23), gaps: [] })[0]!;
    expect(march.cells.map((cell) => cell === null).indexOf(true)).toBe(2);
    expect(march.cells.filter((cell) => cell === null)).toHaveLength(1);
  });

  test('leaves out the days that nothing was wanted of, and tells which', () => {
    const start = Date.UTC(2026, 10, 22, 23);
    const recorded = [0, 1, 5].map((day) => start + day * 24 * HOUR);
    const all = hours(start, 7 * 24).map(({ at }) => ({
      ...{ at, snapshots: recorded.includes(at) ? 60 : 0, wanted: recorded.includes(at) ? 60 : 0 },
    }));
    expect(rowsOf({ hours: all, gaps: [] }).map(({ day, skipped }) => [day, skipped])).toEqual([
      ['2026-11-28', ['2026-11-29', '2026-11-29']],
      ['2026-11-24', ['2026-11-25', '2026-11-27']],
      ['2026-11-23', null],
    ]);
    expect(rowsOf({ hours: all.slice(2, 20), gaps: [] })).toEqual([]);
  });

  test('places a gap in each hour that it touches', () => {
    const start = Date.UTC(2026, 10, 23, 12);
    const gap: Gap = [start + HOUR / 2, start + 2 * HOUR + HOUR / 4, 'asleep'];
    const [row] = rowsOf({ hours: hours(start, 4), gaps: [gap] });
    const holes = row!.cells.slice(13, 17).map((cell) => cell!.holes.map(({ left, width }) => [left, width]));
    expect(holes).toEqual([[[0.5, 0.5]], [[0, 1]], [[0, 0.25]], []]);
  });

  test('more than was wanted is no more than all', () => {
    expect(shareOf({ snapshots: 61, wanted: 60 })).toBe(1);
    const coverage = coverageOf({ hours: [hour(0, 90), hour(HOUR, 30)], since: 0 });
    expect(coverage).toEqual({ taken: 90, wanted: 120, days: 1 });
  });

  test('covers what was wanted since the first snapshot that was recorded, and no import from before', () => {
    const start = Date.UTC(2026, 10, 22, 14);
    const imported = hours(start - 4 * HOUR, 4).map((one) => ({ ...one, snapshots: 12 }));
    const recorded = [hour(start, 45), ...hours(start + HOUR, 11)];
    const calendar = { hours: [...imported, ...recorded], since: start + 15 * 60_000 };
    expect(coverageOf(calendar)).toEqual({ taken: 705, wanted: 720, days: 2 });
    expect(coverageOf({ hours: imported, since: null })).toBeNull();
  });

  test('a gap over midnight tells its days', () => {
    const f = new Format('en');
    const noon = Date.UTC(2026, 10, 23, 12);
    expect(gapSpan([noon, noon + HOUR, 'failed'], f)).toBe('13:00–14:00');
    expect(gapSpan([noon, noon + 20 * HOUR, 'failed'], f)).toBe('23 Nov, 13:00 – 24 Nov, 09:00');
  });
});

describe('curves', () => {
  const points = (...instants: number[]) => instants.map((at) => ({ at, value: at }));

  test('break where nothing was recorded', () => {
    const { points: drawn } = series(points(0, 1, 2, 3, 20, 21));
    expect(drawn.map(({ value }) => value)).toEqual([0, 1, 2, 3, null, 20, 21]);
  });

  test('tell median and most of what is known', () => {
    expect(series([{ at: 0, value: null }, ...points(1, 2, 9)])).toMatchObject({ median: 2, most: 9 });
    expect(series([])).toEqual({ points: [], median: null, most: null });
  });

  test('leave failed attempts out', () => {
    const attempt = (fetched_at: number, outcome: Attempt['outcome']): Attempt => ({
      ...{ fetched_at, outcome, http_status: 200, duration_ms: fetched_at, bytes: 1, stations: 1 },
      ...{ error_code: null, content_hash: null },
    });
    const { duration, age } = curvesOf(
      [attempt(1, 'ok'), attempt(2, 'failed')],
      [{ fetched_at: 1, median_s: 90, max_s: 500 }],
    );
    expect(duration.most).toBe(1);
    expect(age.median).toBe(90_000);
  });
});

test('a portal that gives one answer for an hour or longer stands still, though attempts between failed', () => {
  const minute = 60_000;
  const attempts = (...hashes: (string | null)[]) =>
    hashes.map((content_hash, index) => ({ fetched_at: index * 20 * minute, content_hash }) as Attempt);
  expect(standstills(attempts('a', 'b', 'b', null, 'b', 'c', 'c', 'c', 'd', 'd', 'd', 'd'))).toEqual([
    [20 * minute, 80 * minute],
    [160 * minute, 220 * minute],
  ]);
  expect(standstills(attempts('a', 'b', 'a', 'b', 'a', null, null, null, null))).toEqual([]);
});

describe('what is saved of the record', () => {
  const attempt = (fetched_at: number, outcome: Attempt['outcome']): Attempt => ({
    ...{ fetched_at, outcome, http_status: 200, duration_ms: 400, bytes: 9, stations: 1, error_code: null },
    content_hash: null,
  });

  test('attempts have the ages of what they brought, those that brought none a blank', () => {
    const rows = attemptsToSave(
      [attempt(Date.UTC(2026, 10, 23, 16), 'ok'), attempt(Date.UTC(2026, 10, 23, 17), 'failed')],
      [{ fetched_at: Date.UTC(2026, 10, 23, 16), median_s: 90, max_s: 500 }],
    );
    const [header, ...lines] = toCsvTable(rows, { from: 0, to: 1000 }, '').trimEnd().split('\n');
    expect(header).toBe(
      'fetched_at,outcome,http_status,duration_ms,bytes,stations,error_code,age_median_s,age_max_s,' +
        'period_from,period_to,licence',
    );
    const span = '1970-01-01T00:00:00.000Z,1970-01-01T00:00:01.000Z';
    expect(lines).toEqual([
      `2026-11-23T16:00:00.000Z,ok,200,400,9,1,,90,500,${span},`,
      `2026-11-23T17:00:00.000Z,failed,200,400,9,1,,,,${span},`,
    ]);
  });

  test('schemas have a row for each column of the contract', () => {
    const schema: SchemaEntry = {
      ...{ fingerprint: 'f00d', header: ['a', 'b'], era: null, origin: 'live', content: 'status' },
      ...{
        first: 0,
        last: 1000,
        snapshots: 2,
        rows_waiting: 0,
        contradicts: [],
        aside: false,
        by: 'built_in',
        station: null,
        changes: null,
        discarded: {},
        rejected: {},
      },
      mapped: [
        { column: 'bikes', from: 'a' },
        { column: 'docks', from: null },
      ],
    };
    expect(schemasToSave([schema])).toMatchObject([
      { fingerprint: 'f00d', last_at: '1970-01-01T00:00:01.000Z', column: 'bikes', source_column: 'a' },
      { fingerprint: 'f00d', column: 'docks', source_column: null },
    ]);
  });
});

test.each([
  [0.2, 'a day'],
  [12.4, '12 days'],
  [61, '2 months'],
  [150, '5 months'],
  [800, '2 years'],
  [9999, 'more than ten years'],
])('%d days are about %s', (days, text) => {
  expect(lasting(days, viewMessages.en.space, new Format('en'))).toBe(text);
});

test('old Bronze is what was recorded, of whole days', () => {
  const file = (path: string, layer: 'bronze' | 'silver' = 'bronze') => ({
    ...{ path, layer, bytes: 10, rows: null, snapshots: null, from: null, to: null },
    day: /\d{4}-\d\d-\d\d/.exec(path)?.[0] ?? null,
  });
  const files = [
    file('bronze/velib/2026-11-15/16.zip'),
    file('bronze/velib/2026-11-15/17.zip'),
    file('bronze/velib/2026-11-16/17.zip'),
    file('bronze/velib/2026-11-15/17/a.body.gz'),
    file('bronze/imports/2026-11-10/a.csv'),
    file('silver/station_status/source=velib/date=2026-11-10/day_a.parquet', 'silver'),
  ];
  expect(olderBronze(files, 7, Date.UTC(2026, 10, 23, 16))).toEqual({ days: 1, bytes: 20 });
});
