import { describe, expect, test } from 'vitest';
import { Format } from '../../../src/ui/format.ts';
import { marksOf, type TimeMark } from '../../../src/ui/time/marks.ts';
import { QUARTER, Recorded } from '../../../src/ui/time/recorded.ts';
import { Scale } from '../../../src/ui/time/scale.ts';

const day = 96;
const first = Date.UTC(2024, 10, 9, 9);

/** A record of runs of quarter-hours, and of the gaps between them: 4, -200, 3. */
function recordOf(lengths: readonly number[], start = first): Recorded {
  const bikes = lengths.flatMap((length) => new Array<number>(Math.abs(length)).fill(length < 0 ? -1 : 100));
  return new Recorded({ first: start, bikes: Int32Array.from(bikes) });
}

/** Numbers from 0 to 1 that are the same in each run. */
function random(seed: number): () => number {
  return () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
}

/** Stretches and gaps of all lengths: a quarter-hour to a week, a quarter-hour to three months. */
function anyLengths(seed: number): number[] {
  const next = random(seed);
  const lengths = Array.from({ length: 1 + 2 * Math.floor(12 * next()) }, (_, at) => {
    const length = Math.ceil(Math.exp(next() * (at % 2 === 0 ? 6.5 : 9)));
    return at % 2 === 0 ? length : -length;
  });
  return lengths;
}

describe.each(Array.from({ length: 40 }, (_, seed) => seed))('a scale of any stretches (%i)', (seed) => {
  const recorded = recordOf(anyLengths(seed));
  const width = [296, 336, 600, 1400][seed % 4]!;
  const scale = new Scale(recorded, width);

  test('goes on from place to place, within the line, and leads back to each', () => {
    const places = Array.from({ length: recorded.count }, (_, index) => scale.xOf(index));
    expect(places.filter((x, index) => x <= (places[index - 1] ?? 0) || x >= 1)).toEqual([]);
    expect(places.filter((x, index) => Math.abs(scale.placeAt(x) - index) > 1e-6)).toEqual([]);
    expect(scale.xOf(-1e9)).toBe(0);
    expect(scale.xOf(1e9)).toBeCloseTo(1, 12);
  });

  test('has breaks of one width, only for what is longer than a day, and room for each stretch', () => {
    const { breaks, stretches } = scale;
    expect(breaks).toHaveLength(stretches.length - 1);
    for (const { left, right, length } of breaks) {
      expect(length).toBeGreaterThan(day * QUARTER);
      expect(right - left).toBeCloseTo(breaks[0]!.right - breaks[0]!.left, 9);
      expect((right - left) * width).toBeLessThanOrEqual(12 + 1e-9);
    }
    const room = Math.min(24, (0.3 * width) / stretches.length);
    for (const { left, right } of stretches) expect((right - left) * width).toBeGreaterThan(room);
  });

  test('has marks that neither touch nor leave the line', () => {
    const f = new Format(seed % 2 === 0 ? 'fr' : 'en');
    const word = ({ at, kind }: TimeMark) =>
      kind === 'hour' ? f.shortTime(at) : kind === 'year' ? f.year(at) : f.shortDay(at);
    const marks = [...marksOf(recorded, scale, width, word)].sort((a, b) => a.x - b.x);
    const ends = marks.map(({ x, text }) => x * width + 5 + 6 * text.length);
    marks.forEach(({ x }, index) => {
      expect(x * width).toBeGreaterThan(index === 0 ? -1 : ends[index - 1]!);
      expect(ends[index]).toBeLessThanOrEqual(width);
    });
  });
});

test('the line is a day long at least, up to the newest snapshot', () => {
  const scale = new Scale(recordOf([1]), 600);
  expect(scale.xOf(0)).toBeCloseTo(1 - 0.5 / day, 9);
  expect(scale.placeAt(0)).toBeCloseTo(0.5 - day, 9);
  const old = new Scale(recordOf([2 * day, -10 * day, 1]), 600);
  expect(old.placeAt(old.stretches[1]!.left)).toBeCloseTo(12 * day + 0.5 - day, 6);
});

test('an old file takes no room from ten days', () => {
  const scale = new Scale(recordOf([1, -600 * day, 10 * day]), 600);
  const [old, days] = scale.stretches;
  expect(old!.right * 600).toBeLessThan(26);
  expect((days!.right - days!.left) * 600).toBeGreaterThan(560);
  expect(scale.breaks.map(({ length }) => length / QUARTER)).toEqual([600 * day]);
});

test('a gap that is short beside what is recorded is drawn as long as it was', () => {
  expect(new Scale(recordOf([100 * day, -1.5 * day, 100 * day]), 600).stretches).toHaveLength(1);
  expect(new Scale(recordOf([10 * day, -1.5 * day, 10 * day]), 600).stretches).toHaveLength(2);
  expect(new Scale(recordOf([40, -day, 40]), 600).stretches).toHaveLength(1);
});

describe('marks', () => {
  const f = new Format('en');
  const words = (recorded: Recorded, width: number) =>
    [
      ...marksOf(recorded, new Scale(recorded, width), width, ({ at, kind }) => {
        if (kind === 'hour') return f.shortTime(at);
        return kind === 'day' ? f.shortDate(at) : kind === 'year' ? f.year(at) : f.shortDay(at);
      }),
    ]
      .sort((a, b) => a.x - b.x)
      .map(({ text }) => text.replaceAll('\u00a0', ' '));

  test('of stretches in different years have the year, and as much of the date as has room', () => {
    const years = recordOf([1, -800 * day, 3 * day, -700 * day, 1], Date.UTC(2020, 5, 1, 10));
    expect(words(years, 1400).slice(0, 4)).toEqual(['1 Jun 2020', '11 Aug 2022', '12 Aug', '13 Aug']);
    const late = recordOf([1, -9 * day, 3 * day, -800 * day, 1, -700 * day, 6 * day]);
    expect(words(late, 600).slice(0, 4)).toEqual(['9 Nov 2024', '19 Nov 2024', '2027', '30 Dec 2028']);
  });

  test('name both ends of the years by their day on the narrowest phone, whatever lies between', () => {
    const years = recordOf([1, -800 * day, 3 * day, -700 * day, 1, -9 * day, 1], Date.UTC(2020, 5, 1, 10));
    const named = words(years, 296);
    expect([named[0], named.at(-1)]).toEqual(['1 Jun 2020', '22 Jul 2024']);
    const days = recordOf([4, -700 * day, 10 * day], Date.UTC(2020, 5, 1, 10));
    expect(words(days, 700).slice(0, 3)).toEqual(['1 Jun 2020', '5 May 2022', '7 May']);
    expect(words(days, 296)).toEqual(['1 Jun 2020', '7 May 2022', '12 May 2022']);
    const winter = words(recordOf([40 * day], Date.UTC(2024, 11, 1, 10)), 296);
    expect([winter[0], winter.at(-1)]).toEqual(['1 Dec 2024', '10 Jan 2025']);
  });

  test('of stretches in one year are days, and hours within; a single stretch needs no date', () => {
    const dated = words(recordOf([40, -2 * day, 40]), 600);
    expect(dated[0]).toBe('9 Nov');
    expect(dated).toContain('12:00');
    expect(words(recordOf([40]), 600).every((word) => word.endsWith(':00') || word === '9 Nov')).toBe(true);
  });
});
