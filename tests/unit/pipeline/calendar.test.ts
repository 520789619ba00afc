import { describe, expect, test } from 'vitest';
import type { FileEntry, SnapshotBrief } from '../../../src/lake/journal.ts';
import { dayOf, HOUR } from '../../../src/lake/names.ts';
import { emptySource, emptyState, type LakeState } from '../../../src/lake/state.ts';
import { calendarOf, hoursOf, recordedSince } from '../../../src/pipeline/calendar.ts';

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 14);

function daysOf(instants: readonly number[]): Record<string, SnapshotBrief[]> {
  const days: Record<string, SnapshotBrief[]> = {};
  for (const at of instants) (days[dayOf(at)] ??= []).push([at, 'ok', 1500, 155_000, 9000]);
  return days;
}

const every = (minutes: number, from: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => from + index * minutes * MINUTE);

const span = (from: number, to: number, since = start) => ({ from, to, interval: MINUTE, since });

describe('the hours of a record', () => {
  test('begin with the first snapshot, and the last one is counted as far as it has come', () => {
    const days = daysOf(every(1, start + 20 * MINUTE, 70));
    expect(hoursOf({ days }, span(start - 5 * HOUR, start + 90 * MINUTE, start + 20 * MINUTE))).toEqual([
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

  test('from before the record want what an import has, and nothing where it has none', () => {
    const since = start + 3 * HOUR + 30 * MINUTE;
    const days = daysOf([...every(5, start, 12), ...every(5, start + 2 * HOUR, 6), ...every(1, since, 30)]);
    const hours = hoursOf({ days }, span(start, start + 5 * HOUR - 1, since));
    expect(hours.map(({ snapshots, wanted }) => [snapshots, wanted])).toEqual([
      [12, 12],
      [0, 0],
      [6, 12],
      [30, 30],
      [0, 60],
    ]);
  });

  test('are none before the first snapshot', () => {
    expect(calendarOf({ days: {}, gaps: [] }, span(start, start + HOUR))).toEqual({
      first: null,
      since: start,
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

describe('a record begins', () => {
  const file = (table: string, from: number, source = 'velib'): FileEntry => ({
    ...{ path: `${table} ${source} ${from}`, layer: 'bronze', table, source, bytes: 1, rows: 1, sha256: '' },
    ...{ snapshots: 1, from, to: from, csv_bytes: 1 },
  });
  const stateOf = (files: readonly FileEntry[], without_bronze: string[] = []): LakeState => ({
    ...emptyState(),
    files: Object.fromEntries(files.map((one) => [one.path, one])),
    sources: { velib: { ...emptySource(), days: daysOf(every(5, start - 24 * HOUR, 3)), without_bronze } },
  });

  test('with the oldest snapshot that was recorded of its source, whatever was imported', () => {
    const imported = file('import', start - 999 * HOUR);
    const other = file('hour', start - 99 * HOUR, 'velib@elsewhere.example');
    const files = [imported, other, file('snapshot', start + HOUR), file('hour', start)];
    expect(recordedSince(stateOf(files), 'velib')).toBe(start);
    expect(recordedSince(stateOf([imported]), 'velib')).toBeNull();
    expect(recordedSince(emptyState(), 'velib')).toBeNull();
  });

  test('with a day whose Bronze was dropped as too old', () => {
    const dropped = [dayOf(start - 24 * HOUR)];
    expect(recordedSince(stateOf([file('hour', start)], dropped), 'velib')).toBe(start - 24 * HOUR);
  });
});
