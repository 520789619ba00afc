import { describe, expect, it } from 'vitest';
import { cityHour, dayTypeOf, isHoliday } from '../../../src/gold/calendar.ts';
import { quartersOf } from '../../../src/gold/quarters.ts';

const names = (from: string, to: string): string[] =>
  quartersOf(Date.parse(from), Date.parse(to)).map(({ city_day, quarter }) => `${city_day} ${quarter}`);

describe('the calendar', () => {
  it('is Paris time, winter and summer', () => {
    expect(cityHour(Date.UTC(2026, 1, 7, 23, 24))).toEqual({ day: '2026-02-08', hour: 0 });
    expect(cityHour(Date.UTC(2026, 6, 7, 21, 59))).toEqual({ day: '2026-07-07', hour: 23 });
  });

  it.each([
    [
      2024,
      ['01-01', '04-01', '05-01', '05-08', '05-09', '05-20', '07-14', '08-15', '11-01', '11-11', '12-25'],
    ],
    [
      2026,
      ['01-01', '04-06', '05-01', '05-08', '05-14', '05-25', '07-14', '08-15', '11-01', '11-11', '12-25'],
    ],
  ])('of %i has the eleven holidays that the government lists', (year, holidays) => {
    const days = Array.from({ length: 366 }, (_, index) =>
      new Date(Date.UTC(year, 0, 1 + index)).toISOString().slice(0, 10),
    ).filter((day) => day.startsWith(String(year)));
    expect(days.filter(isHoliday)).toEqual(holidays.map((day) => `${year}-${day}`));
  });

  it('takes a holiday for a Sunday, whatever its weekday', () => {
    expect(['2026-11-10', '2026-11-11', '2026-11-14', '2026-11-15', '2026-08-15'].map(dayTypeOf)).toEqual([
      ...['working', 'sunday', 'saturday', 'sunday', 'sunday'],
    ]);
  });
});

describe('quarter-hours', () => {
  it('take the one of the end along, and know their place', () => {
    const quarters = quartersOf(Date.UTC(2026, 1, 8, 22, 30), Date.UTC(2026, 1, 8, 23, 0));
    expect(quarters).toEqual([
      { from_ms: 0, to_ms: 900_000, city_day: '2026-02-08', day_type: 'sunday', weekday: 7, quarter: 94 },
      {
        from_ms: 900_000,
        to_ms: 1_800_000,
        city_day: '2026-02-08',
        day_type: 'sunday',
        weekday: 7,
        quarter: 95,
      },
      {
        from_ms: 1_800_000,
        to_ms: 2_700_000,
        city_day: '2026-02-09',
        day_type: 'working',
        weekday: 1,
        quarter: 0,
      },
    ]);
  });

  it('name an hour twice in October and one not at all in March', () => {
    const autumn = names('2026-10-25T00:30:00Z', '2026-10-25T02:00:00Z');
    expect(autumn).toEqual([10, 11, 8, 9, 10, 11, 12].map((quarter) => `2026-10-25 ${quarter}`));
    const spring = names('2026-03-29T00:30:00Z', '2026-03-29T01:15:00Z');
    expect(spring).toEqual([6, 7, 12, 13].map((quarter) => `2026-03-29 ${quarter}`));
  });
});
