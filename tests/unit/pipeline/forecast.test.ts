import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/lake/names.ts';
import { daysLeft, forecast, type Forecast } from '../../../src/pipeline/forecast.ts';

const MINUTE = 60_000;
const now = Date.UTC(2026, 10, 23, 16);

const file = (path: string, table: string, bytes: number, snapshots: number) => ({
  ...{ path, table, bytes, snapshots, from: now - DAY },
  layer: path.startsWith('bronze') ? ('bronze' as const) : ('silver' as const),
});

const zip = file('bronze/velib/2026-11-22/16.zip', 'hour', 900_000, 60);
const hour = file('silver/station_status/hour_a.parquet', 'station_status', 400_000, 60);
const day = file('silver/station_status/day_a.parquet', 'station_status', 7_200_000, 1440);
const fresh = file('silver/station_status/part_a.parquet', 'station_status', 14_000, 1);

const all = { retention: null, unverified: [] };

const hours = (count: number) => Array.from({ length: count }, (_, index) => now - (count - index) * HOUR);

describe('the forecast', () => {
  test('takes what an hour is once it is compacted: days before hours, and no part', () => {
    expect(forecast([zip, hour, fresh], 60_000, hours(24), all, now, MINUTE)).toEqual({
      bytes_per_hour: 900_000 + 400_000 + 60_000,
      bronze_per_hour: 900_000,
      hours_per_day: 24,
      whole: 1,
      retention: null,
    });
    expect(forecast([zip, hour, day], 60_000, hours(24), all, now, MINUTE)?.bytes_per_hour).toBe(
      900_000 + 300_000 + 60_000,
    );
  });

  test('of hours that were recorded in part tells what day and night would take', () => {
    const half = file('bronze/velib/2026-11-22/17.zip', 'hour', 300_000, 20);
    const told = forecast([half, { ...hour, bytes: 100_000, snapshots: 20 }], 0, hours(1), all, now, MINUTE)!;
    expect(told.bytes_per_hour).toBeCloseTo(400_000, 6);
    expect(daysLeft(told, 24 * 1_200_000).always).toBeCloseTo(1, 9);
  });

  test('waits for the first hour that is closed', () => {
    expect(forecast([fresh], 1000, hours(1), all, now, MINUTE)).toBeNull();
    expect(forecast([zip, fresh], 1000, hours(1), all, now, MINUTE)).toBeNull();
  });

  test('takes the pace of the last seven days, with those of no recording', () => {
    const recorded = [...hours(14).map((at) => at - 30 * DAY), ...hours(14)];
    expect(forecast([zip, day], 0, recorded, all, now, MINUTE)?.hours_per_day).toBeCloseTo(2, 1);
    expect(
      forecast(
        [zip, day],
        0,
        hours(14).map((at) => at - 30 * DAY),
        all,
        now,
        MINUTE,
      )?.hours_per_day,
    ).toBe(0);
  });

  test('says how long free bytes last, at the pace of late and day and night', () => {
    const told = { bytes_per_hour: 1e6, bronze_per_hour: 7e5, whole: 1, retention: null };
    expect(daysLeft({ ...told, hours_per_day: 12 }, 1.2e9)).toEqual({ pace: 100, always: 50 });
    expect(daysLeft({ ...told, hours_per_day: 0 }, 2.4e7)).toEqual({ pace: null, always: 1 });
  });
});

describe('where old Bronze goes, the forecast', () => {
  const told: Forecast = {
    ...{ bytes_per_hour: 1.2e6, bronze_per_hour: 9e5, hours_per_day: 10, whole: 1 },
    retention: { days: 7, held: 0 },
  };
  const pace = (of: Partial<Forecast>, free: number) => daysLeft({ ...told, ...of }, free).pace!;
  /** The most Bronze that is held at once, at the pace of late: eight days of it. */
  const most = 8 * 10 * 9e5;

  test('is told of what is held, without the days that were kept all the same', () => {
    const old = { ...zip, path: 'bronze/velib/2026-11-20/16.zip', from: now - 3 * DAY };
    const asked = (unverified: readonly string[]) =>
      forecast([zip, old, day], 0, hours(24), { retention: 7, unverified }, now, MINUTE)?.retention;
    expect(asked([])).toEqual({ days: 7, held: 1_800_000 });
    expect(asked(['2026-11-20'])).toEqual({ days: 7, held: 900_000 });
  });

  test('is as before until so many days are held, and then counts only the rest', () => {
    expect(pace({}, 6 * 10 * 1.2e6)).toBeCloseTo(6, 9);
    expect(pace({}, most + 100 * 10 * 3e5)).toBeCloseTo(100, 9);
    expect(pace({ retention: { days: 7, held: most } }, 100 * 10 * 3e5)).toBeCloseTo(100, 9);
  });

  test('counts on the room that comes back where more is held than will be', () => {
    expect(pace({ retention: { days: 7, held: most + 9e6 } }, 0)).toBeCloseTo(3, 9);
  });

  test('never comes later with less room, nor with Bronze kept for longer, nor sooner than without', () => {
    const rooms = Array.from({ length: 60 }, (_, step) => step * 4e6);
    const keeps = [1, 2, 7, 30, 90, 365];
    for (const held of [0, 4e7, most]) {
      for (const free of rooms) {
        const of = (days: number) => pace({ retention: { days, held } }, free);
        for (const [index, days] of keeps.entries()) {
          expect(of(days)).toBeGreaterThanOrEqual(of(keeps[index + 1] ?? 1e6));
          expect(of(days)).toBeGreaterThanOrEqual(pace({ retention: null }, free));
          expect(pace({ retention: { days, held } }, free + 1)).toBeGreaterThan(of(days));
        }
      }
    }
  });

  test('is what a lake comes to that is recorded hour by hour, to a day', () => {
    for (const days of [1, 7, 30]) {
      for (const free of [5e7, 3e8, 2e9, 9e9]) {
        const full = filledAfter(days, free);
        const expected = daysLeft({ ...told, retention: { days, held: 0 } }, free).always;
        expect(Math.abs(full - expected)).toBeLessThanOrEqual(1);
      }
    }
  });

  /** Days until an empty lake is full that is recorded day and night, each day's Bronze going when it is of age. */
  function filledAfter(keep: number, free: number): number {
    let rest = 0;
    const bronze: number[] = [];
    for (let hour = 0; ; hour += 1) {
      const today = Math.floor(hour / 24);
      if (hour % 24 === 0) bronze.push(0);
      while (bronze.length > keep + 1) bronze.shift();
      bronze[bronze.length - 1]! += told.bronze_per_hour;
      rest += told.bytes_per_hour - told.bronze_per_hour;
      if (rest + bronze.reduce((sum, bytes) => sum + bytes, 0) >= free) return today + ((hour % 24) + 1) / 24;
    }
  }
});
