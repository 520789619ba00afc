import { describe, expect, test } from 'vitest';
import type { SnapshotBrief } from '../../../src/lake/journal.ts';
import { dayOf, HOUR } from '../../../src/lake/names.ts';
import { calendarOf, hoursOf } from '../../../src/pipeline/calendar.ts';

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 14);

function daysOf(instants: readonly number[]): Record<string, SnapshotBrief[]> {
  const days: Record<string, SnapshotBrief[]> = {};
  for (const at of instants) (days[dayOf(at)] ??= []).push([at, 'ok', 1500, 155_000, 9000]);
  return days;
}

const every = (minutes: number, from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index * minutes * MINUTE);

const span = (from: number, to: number) => ({ from, to, interval: MINUTE });

describe('the hours of a record', () => {
  test('begin with the first snapshot, and the last one is counted as far as it has come', () => {
    const days = daysOf(every(1, start + 20 * MINUTE, 70));
    expect(hoursOf({ days }, span(start - 5 * HOUR, start + 90 * MINUTE))).toEqual([
      { at: start, snapshots: 40, wanted: 40 },
      { at: start + HOUR, snapshots: 30, wanted: 30 },
    ]);
  });

  test('without a snapshot want what the others of their day have', () => {
    const days = daysOf([...every(5, start, 12), ...every(5, start + 2 * HOUR, 12)]);
    const hours = hoursOf({ days }, span(start, start + 3 * HOUR - 1));
    expect(hours.map(({ snapshots, wanted }) => [snapshots, wanted])).toEqual([
      [12, 12],
      [0, 12],
      [12, 12],
    ]);
  });

  test('tell of a change of the interval each by themselves', () => {
    const days = daysOf([...every(15, start, 4), ...every(1, start + HOUR, 60)]);
    const hours = hoursOf({ days }, span(start, start + 2 * HOUR - 1));
    expect(hours.map(({ snapshots, wanted }) => [snapshots, wanted])).toEqual([
      [4, 4],
      [60, 60],
    ]);
  });

  test('of a day with too few to tell want what the setting says', () => {
    const days = daysOf(every(1, start, 2));
    expect(hoursOf({ days }, span(start, start + HOUR - 1))).toEqual([
      { at: start, snapshots: 2, wanted: 60 },
    ]);
  });

  test('go over days without a file', () => {
    const days = daysOf([...every(1, start, 60), ...every(1, start + 72 * HOUR, 60)]);
    const hours = hoursOf({ days }, span(start, start + 73 * HOUR - 1));
    expect(hours).toHaveLength(73);
    expect(hours.filter(({ snapshots }) => snapshots === 0)).toHaveLength(71);
  });

  test('are none before the first snapshot', () => {
    expect(calendarOf({ days: {}, gaps: [] }, span(start, start + HOUR))).toEqual({
      first: null,
      hours: [],
      gaps: [],
    });
  });
});

test('gaps are those that touch the span', () => {
  const gaps = [0, 1, 2].map((hour): [number, number, 'asleep'] => [
    start + hour * HOUR,
    start + hour * HOUR + 30 * MINUTE,
    'asleep',
  ]);
  const calendar = calendarOf({ days: daysOf([start]), gaps }, span(start + HOUR, start + 2 * HOUR));
  expect(calendar.gaps).toEqual([gaps[1]]);
});
