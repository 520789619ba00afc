import { describe, expect, test } from 'vitest';
import { Format } from '../../../src/ui/format.ts';
import { fromWallTime, toCityDay, toWallTime } from '../../../src/ui/time.ts';

describe('city time', () => {
  test('reads as Paris reads, winter and summer', () => {
    expect(toWallTime(Date.UTC(2026, 1, 7, 23, 24, 45))).toBe('2026-02-08T00:24:45');
    expect(toWallTime(Date.UTC(2026, 6, 7, 22, 0, 0))).toBe('2026-07-08T00:00:00');
    expect(toCityDay(Date.UTC(2026, 6, 7, 22, 0, 0))).toBe('2026-07-08');
  });

  test('goes there and back for every hour of both days of a clock change', () => {
    for (const day of [Date.UTC(2026, 2, 28, 22), Date.UTC(2026, 9, 24, 22)]) {
      for (let hour = 0; hour < 30; hour += 1) {
        const at = day + hour * 3_600_000;
        const back = fromWallTime(toWallTime(at)) ?? 0;
        expect(toWallTime(back)).toBe(toWallTime(at));
      }
    }
  });

  test('takes the first of a repeated hour, and gives null for no time', () => {
    expect(fromWallTime('2026-10-25T02:30')).toBe(Date.UTC(2026, 9, 25, 0, 30));
    expect(fromWallTime('soon')).toBeNull();
  });
});

describe('format', () => {
  const en = new Format('en');
  const fr = new Format('fr');

  test('numbers, shares and sizes in each language', () => {
    expect(en.count(1507)).toBe('1,507');
    expect(fr.count(1507)).toBe('1\u00a0507');
    expect(en.count(163.44)).toBe('163');
    expect(en.count(null)).toBe('–');
    expect(en.share(0.9613)).toBe('96.1%');
    expect(fr.share(0.9613)).toMatch(/^96,1\s%$/);
    expect(en.bytes(155_200)).toBe('155 kB');
    expect(en.bytes(13_540)).toBe('13.5 kB');
    expect(en.bytes(0)).toBe('0 B');
    expect(fr.bytes(2_140_000)).toMatch(/^2,1\sMo$/);
  });

  test('durations, spans and the time left', () => {
    expect(en.duration(412.4)).toBe('412 ms');
    expect(en.duration(1240)).toBe('1.2 s');
    expect(fr.span(3 * 86_400_000)).toBe('3\u00a0j');
    expect(en.countdown(22_100)).toBe('0:23');
    expect(en.countdown(-5)).toBe('0:00');
  });

  test.each([
    [35_400, '35 s', '35 s', '35 s'],
    [59_700, '1 min', '59 s', '1 min'],
    [107_000, '2 min', '1 min', '2 min'],
    [3_590_000, '1 h', '59 min', '1 h'],
    [5_400_000, '2 h', '1 h', '1 h 30 min'],
    [86_370_000, '24 h', '23 h', '24 h'],
    [172_790_000, '2 d', '47 h', '2 d'],
    [3.5 * 86_400_000, '4 d', '3 d', '3 d 12 h'],
    [2494 * 86_400_000, '6.8 years', '6.8 years', '6.8 years'],
    [-400, '0 s', '0 s', '0 s'],
  ])('%i ms: a span is rounded, an age is what has passed, a length has two units', (ms, ...told) => {
    const plain = [en.span(ms), en.age(ms), en.length(ms)].map((text) => text.replaceAll('\u00a0', ' '));
    expect(plain).toEqual(told);
  });

  test('dates are the city’s', () => {
    expect(en.date(Date.UTC(2024, 10, 8, 23, 30))).toBe('9 November 2024');
    expect(fr.weekday(Date.UTC(2026, 1, 7, 23, 24))).toBe('Dimanche 8 février');
    expect(en.time(Date.UTC(2026, 1, 7, 23, 24, 45))).toBe('00:24:45');
  });
});
