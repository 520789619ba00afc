import { describe, expect, test } from 'vitest';
import { DAY, HOUR } from '../../../src/lake/names.ts';
import { daysLeft, forecast } from '../../../src/pipeline/forecast.ts';

const now = Date.UTC(2026, 10, 23, 16);

const file = (path: string, table: string, bytes: number, snapshots: number) => ({
  ...{ path, table, bytes, snapshots, from: now - DAY },
  layer: path.startsWith('bronze') ? ('bronze' as const) : ('silver' as const),
});

const zip = file('bronze/velib/2026-11-22/16.zip', 'hour', 900_000, 60);
const hour = file('silver/station_status/hour_a.parquet', 'station_status', 400_000, 60);
const day = file('silver/station_status/day_a.parquet', 'station_status', 7_200_000, 1440);
const fresh = file('silver/station_status/part_a.parquet', 'station_status', 14_000, 1);

const hours = (count: number) => Array.from({ length: count }, (_, index) => now - (count - index) * HOUR);

describe('the forecast', () => {
  test('takes what an hour is once it is compacted: days before hours, and no part', () => {
    expect(forecast([zip, hour, fresh], 60_000, hours(24), now)).toEqual({
      bytes_per_hour: 900_000 + 400_000 + 60_000,
      hours_per_day: 24,
    });
    expect(forecast([zip, hour, day], 60_000, hours(24), now)?.bytes_per_hour).toBe(
      900_000 + 300_000 + 60_000,
    );
  });

  test('waits for the first hour that is closed', () => {
    expect(forecast([fresh], 1000, hours(1), now)).toBeNull();
    expect(forecast([zip, fresh], 1000, hours(1), now)).toBeNull();
  });

  test('takes the pace of the last seven days, with those of no recording', () => {
    const recorded = [...hours(14).map((at) => at - 30 * DAY), ...hours(14)];
    expect(forecast([zip, day], 0, recorded, now)?.hours_per_day).toBeCloseTo(2, 1);
    expect(
      forecast(
        [zip, day],
        0,
        hours(14).map((at) => at - 30 * DAY),
        now,
      )?.hours_per_day,
    ).toBe(0);
  });

  test('says how long free bytes last, at the pace of late and day and night', () => {
    expect(daysLeft({ bytes_per_hour: 1e6, hours_per_day: 12 }, 1.2e9)).toEqual({ pace: 100, always: 50 });
    expect(daysLeft({ bytes_per_hour: 1e6, hours_per_day: 0 }, 2.4e7)).toEqual({ pace: null, always: 1 });
  });
});
