import { describe, expect, test } from 'vitest';
import { VelolacError } from '../../../src/errors.ts';
import type { ServiceRow, StockRun, UsualRow, WeekRow } from '../../../src/gold/station.ts';
import { levelsOf } from '../../../src/ui/charts/stationCurve.ts';
import { Format } from '../../../src/ui/format.ts';
import { Asking } from '../../../src/ui/station/asking.svelte.ts';
import { bandInWords } from '../../../src/ui/station/bandInWords.ts';
import { firstSpan } from '../../../src/ui/station/spans.ts';
import { closureOf, observedShare, sumOf } from '../../../src/ui/station/summary.ts';
import { ticksOf } from '../../../src/ui/station/ticks.ts';
import { bandOf, extremesOf, fifthOf, verdictOf } from '../../../src/ui/station/verdict.ts';

const minutes = (count: number): number => count * 60_000;
const hours = (count: number): number => minutes(60 * count);
const en = new Format('en');

const usualAt = (quarter: number, row: Partial<UsualRow>): UsualRow => {
  return { quarter, days: 12, low: 9.2, median: 12.6, high: 16.4, bikes: null, ...row };
};
const stock = (
  mechanical: number | null,
  ebikes: number | null,
  state: 'balanced' | 'closed' = 'balanced',
) => {
  return { state, mechanical, ebikes };
};

describe('the verdict', () => {
  const habits = { quarter: 72, usual: [usualAt(71, { low: 0, high: 1 }), usualAt(72, {})] };

  test('compares the bikes with the band of the quarter-hour, in whole bikes', () => {
    const band = { low: 9, high: 17, median: 12.6, days: 12 };
    expect(verdictOf(stock(2, 0), habits)).toEqual({ kind: 'few', bikes: 2, band });
    expect(verdictOf(stock(8, 0), habits)).toMatchObject({ kind: 'few' });
    expect(verdictOf(stock(4, 5), habits)).toMatchObject({ kind: 'usual', bikes: 9 });
    expect(verdictOf(stock(10, 7), habits)).toMatchObject({ kind: 'usual' });
    expect(verdictOf(stock(10, 8), habits)).toEqual({ kind: 'many', bikes: 18, band });
    const level = { low: 4, median: 4, high: 4 };
    expect([bandInWords(band, en), bandInWords(level, en)]).toEqual(['13 (9–17)', '4']);
  });

  test('needs three days of the type', () => {
    const early = { quarter: 72, usual: [usualAt(72, { days: 2 })] };
    expect(verdictOf(stock(2, 0), early)).toEqual({ kind: 'early', days: 2 });
    expect(verdictOf(stock(2, 0), { quarter: 5, usual: [] })).toEqual({ kind: 'early', days: 0 });
    expect(bandOf([usualAt(72, { days: 3 })], 72)).not.toBeNull();
    expect(bandOf([usualAt(72, { days: 0, low: null, high: null })], 72)).toBeNull();
  });

  test('is not given of a station that is closed, or whose bikes are not told', () => {
    expect(verdictOf(stock(0, 0, 'closed'), habits)).toBeNull();
    expect(verdictOf(stock(null, 3), habits)).toBeNull();
  });
});

test('the week tells its extremes, and in which fifth of its places a station has bikes', () => {
  const row = (weekday: number, hour: number, bikes: number): WeekRow => {
    return { weekday, hour, bikes, docks: 20 - bikes, observed_ms: hours(1) };
  };
  const week = [row(1, 8, 6), row(2, 8, 3), row(7, 23, 19)];
  expect(extremesOf(week)).toEqual({ least: week[1], most: week[2] });
  expect([extremesOf([row(1, 8, 6), row(1, 9, 6)]), extremesOf([])]).toEqual([null, null]);
  const fifths = [0, 3.9, 4, 10, 16, 20].map((bikes) => fifthOf({ bikes, docks: 20 - bikes }));
  expect(fifths).toEqual([1, 1, 2, 3, 5, 5]);
  expect([fifthOf({ bikes: 3, docks: null }), fifthOf({ bikes: 0, docks: 0 })]).toEqual([null, null]);
});

describe('the history', () => {
  const run = (from: number, to: number, mechanical: number | null, ebikes: number | null): StockRun => {
    return { from_ms: minutes(from), to_ms: minutes(to), mechanical, ebikes, docks: 10 };
  };
  const curve = [run(0, 10, 4, 3), run(10, 20, 1, 0), run(30, 40, null, null), run(40, 60, 1, 0)];

  test('was closed never, partly or always, as far as the state is known', () => {
    const told = [
      [0, 0],
      [60, 0],
      [60, 59],
      [60, 60],
    ].map(([known_ms = 0, closed_ms = 0]) => closureOf({ known_ms, closed_ms }));
    expect(told).toEqual([null, 'never', 'partly', 'always']);
  });

  test('was observed for a share of the span that is named, not of the quarter-hours it lies in', () => {
    const observed_ms = minutes(30);
    const service = { observed_ms } as ServiceRow;
    expect(observedShare({ from: minutes(5), to: minutes(65), service })).toBe(0.5);
  });

  test('is drawn level for each run, broken where nothing was observed and only there', () => {
    const levels = levelsOf(curve).map(({ at, edges }) => [at / 60_000, ...edges]);
    expect(levels).toEqual([
      [0, 0, 4, 7, 17],
      [10, 0, 4, 7, 17],
      [10, 0, 1, 1, 11],
      [20, 0, 1, 1, 11],
      [20, NaN, NaN, NaN, NaN],
      [30, 0, 0, 0, 10],
      [40, 0, 0, 0, 10],
      [40, 0, 1, 1, 11],
      [60, 0, 1, 1, 11],
    ]);
    const unknown = { ...run(0, 5, null, null), docks: null };
    expect(levelsOf([unknown])[0]?.edges).toEqual([NaN, NaN, NaN, NaN]);
  });

  test('sums up what left and came', () => {
    const row = { from_ms: 0, observed_ms: 0 };
    const rows = [
      { ...row, departures: 2, arrivals: 0 },
      { ...row, departures: 1, arrivals: 5 },
    ];
    expect(sumOf(rows)).toEqual({ departures: 3, arrivals: 5 });
  });

  test('begins with a day, or with as little as was recorded', () => {
    const found = [0, minutes(60), minutes(61), hours(3), hours(3) + 1, hours(700)].map(firstSpan);
    expect(found).toEqual([1, 1, 3, 3, 24, 24].map(hours));
  });
});

describe('the ticks of a span', () => {
  const ticks = (from: string, to: string): string[] => {
    return ticksOf(Date.parse(from), Date.parse(to), en).map(({ at, label }) => {
      return `${new Date(at).toISOString().slice(5, 16)} ${label}`;
    });
  };

  test('lie at round times of the city', () => {
    expect(ticks('2026-11-26T16:40:00Z', '2026-11-26T17:40:00Z')).toEqual([
      '11-26T16:45 17:45',
      '11-26T17:00 18:00',
      '11-26T17:15 18:15',
      '11-26T17:30 18:30',
    ]);
    expect(ticks('2026-11-26T16:40:00Z', '2026-11-27T16:40:00Z')).toEqual([
      '11-26T17:00 18:00',
      '11-26T23:00 00:00',
      '11-27T05:00 06:00',
      '11-27T11:00 12:00',
    ]);
    expect(ticks('2026-11-20T16:40:00Z', '2026-11-22T23:30:00Z')).toEqual([
      '11-20T23:00 Sat',
      '11-21T23:00 Sun',
      '11-22T23:00 Mon',
    ]);
  });

  test('keep to its midnights and Mondays when the clocks change', () => {
    expect(ticks('2026-10-24T10:00:00Z', '2026-10-27T10:00:00Z')).toEqual([
      '10-24T22:00 Sun',
      '10-25T23:00 Mon',
      '10-26T23:00 Tue',
    ]);
    expect(ticks('2026-10-10T10:00:00Z', '2026-11-09T10:00:00Z')).toEqual([
      '10-11T22:00 12 Oct',
      '10-18T22:00 19 Oct',
      '10-25T23:00 26 Oct',
      '11-01T23:00 2 Nov',
      '11-08T23:00 9 Nov',
    ]);
  });
});

test('lengths have two units from an hour on, and no second one of nought', () => {
  const lengths = [minutes(12), hours(1), minutes(80), hours(47) + minutes(5), hours(52), hours(72)];
  const plain = (text: string): string => text.replaceAll('\u00a0', ' ');
  expect(lengths.map((ms) => plain(en.length(ms)))).toEqual([
    ...['12 min', '1 h', '1 h 20 min', '47 h 5 min', '2 d 4 h', '3 d'],
  ]);
});

describe('a question that is asked again and again', () => {
  interface Asked {
    readonly reply: (value: string) => void;
    readonly refuse: (error: unknown) => void;
  }
  function stage() {
    const asked: Record<string, Asked> = {};
    const asking = new Asking<string, string>();
    const ask = (key: string): void =>
      asking.ask(key, () => new Promise((reply, refuse) => (asked[key] = { reply, refuse })));
    const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));
    return { asking, asked, ask, settle };
  }

  test('has one under way, and after it the newest wish alone', async () => {
    const { asking, asked, ask, settle } = stage();
    for (const key of ['first', 'second', 'third']) ask(key);
    expect(Object.keys(asked)).toEqual(['first']);
    asked['first']?.reply('1');
    await settle();
    expect(asking.answer).toEqual({ key: 'first', value: '1' });
    expect(Object.keys(asked)).toEqual(['first', 'third']);
    asked['third']?.reply('3');
    await settle();
    expect(asking.answer).toEqual({ key: 'third', value: '3' });
  });

  test('tells of a failure until it has an answer, and keeps what it knew', async () => {
    const { asking, asked, ask, settle } = stage();
    ask('first');
    asked['first']?.reply('1');
    await settle();
    ask('second');
    asked['second']?.refuse(new VelolacError('engine.timeout', 'slow'));
    await settle();
    expect(asking.failure?.code).toBe('engine.timeout');
    expect(asking.answer?.value).toBe('1');
    ask('third');
    asked['third']?.reply('3');
    await settle();
    expect([asking.failure, asking.answer?.value]).toEqual([null, '3']);
  });
});
