import { describe, expect, it } from 'vitest';
import type { Analyses } from '../../../src/pipeline/protocol.ts';
import {
  baseOf,
  holds,
  newestElsewhere,
  observedOf,
  reachesOf,
  windowOf,
} from '../../../src/ui/history/window.ts';
import { Recorded } from '../../../src/ui/time/recorded.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const QUARTER = 15 * MINUTE;
const lake = { from: Date.UTC(2024, 9, 31), to: Date.UTC(2026, 10, 29, 10, 30) };
const newest = { kind: 'newest' } as const;

/** What is recorded of so many days, in the stretches of them that are named. */
function recorded(days: number, ...stretches: readonly (readonly [from: number, to: number])[]): Recorded {
  const bikes = new Int32Array(days * 96 + 1).fill(-1);
  for (const [from, to] of stretches) bikes.fill(1, from * 96, to * 96);
  return new Recorded({ first: lake.from, bikes });
}

describe('the window without dates', () => {
  it('reaches back from the newest snapshot, or from the moment on show', () => {
    expect(baseOf(newest, 31, lake)).toEqual({ from: lake.to - 31 * DAY, to: lake.to });
    const at = Date.UTC(2024, 10, 9, 21);
    expect(baseOf({ kind: 'instant', at }, 7, lake)).toEqual({ from: at - 7 * DAY, to: at });
    expect(baseOf({ kind: 'preset', preset: 'hour' }, 31, lake)).toEqual(baseOf(newest, 31, lake));
  });

  it('is a period that is on show', () => {
    const [from, to] = [Date.UTC(2024, 10, 1), Date.UTC(2024, 10, 3)];
    expect(baseOf({ kind: 'range', from, to }, 31, lake)).toEqual({ from, to });
  });

  it('goes no further than what was recorded', () => {
    expect(baseOf(newest, Infinity, lake)).toEqual(lake);
    expect(baseOf({ kind: 'instant', at: Date.UTC(2024, 10, 9) }, 31, lake).from).toBe(lake.from);
    expect(baseOf({ kind: 'instant', at: Date.UTC(2030, 0, 1) }, 31, lake).to).toBe(lake.to);
    expect(baseOf({ kind: 'range', from: 0, to: Date.UTC(2030, 0, 1) }, 31, lake)).toEqual(lake);
  });
});

describe('the window with dates', () => {
  const base = baseOf(newest, 31, lake);
  const of = (from: number | null, to: number | null) => windowOf(base, { from, to }, 31, lake);

  it('is the same where they lie in it, taken to whole hours', () => {
    expect(of(null, null)).toBe(base);
    expect(of(base.to - DAY, base.to - HOUR)).toBe(base);
    expect(of(base.from - 30 * MINUTE, base.to + 30 * MINUTE)).toBe(base);
    const alone = { from: lake.to, to: lake.to };
    expect(windowOf(alone, { from: null, to: null }, 31, lake)).toBe(alone);
  });

  it('is what they leave where they reach beyond it', () => {
    const [early, late] = [Date.UTC(2024, 10, 2), Date.UTC(2024, 10, 5)];
    expect(of(early, late)).toEqual({ from: early, to: late });
    expect(of(early, base.to - DAY)).toEqual({ from: early, to: base.to - DAY });
    expect(of(early, null)).toEqual({ from: early, to: base.to });
    const last = Date.UTC(2025, 0, 31);
    expect(of(null, last)).toEqual({ from: last - 31 * DAY, to: last });
    const past = baseOf({ kind: 'instant', at: late }, 7, lake);
    const from = Date.UTC(2025, 1, 1);
    expect(windowOf(past, { from, to: null }, 7, lake)).toEqual({ from, to: from + 7 * DAY });
    expect(windowOf(past, { from: null, to: from }, 7, lake)).toEqual({ from: past.from, to: from });
  });

  it('is theirs where nothing was recorded, and no longer than that', () => {
    expect(of(0, null)).toEqual(lake);
    expect(of(0, DAY)).toEqual({ from: 0, to: DAY });
    const after = lake.to + 9 * DAY;
    expect(windowOf(base, { from: after, to: null }, Infinity, lake)).toEqual({ from: after, to: after });
  });

  it('holds what is brushed in it, and not what is beside it', () => {
    const window = { from: Date.UTC(2024, 10, 2), to: Date.UTC(2024, 10, 5) };
    const has = (from: number | null, to: number | null) => holds(window, { from, to }, lake);
    expect(has(window.from - 30 * MINUTE, window.to + 30 * MINUTE)).toBe(true);
    expect(has(window.from + DAY, null)).toBe(true);
    expect(has(window.from - DAY, window.to)).toBe(false);
    expect(has(null, window.to + DAY)).toBe(false);
    expect(has(window.to + HOUR, null)).toBe(false);
    expect(has(null, window.from - HOUR)).toBe(false);
  });
});

describe('how far back', () => {
  it('is as far as was recorded, and one step more', () => {
    expect(reachesOf(recorded(5, [0, 5]))).toEqual([]);
    expect(reachesOf(recorded(40, [0, 40]))).toEqual([7, 31, 92]);
  });

  it('is everything where that is long ago and no more than a year', () => {
    expect(reachesOf(recorded(2000, [0, 10], [1900, 2000]))).toEqual([7, 31, 92, 366, Infinity]);
    expect(reachesOf(recorded(2000, [0, 400]))).toEqual([7, 31, 92, 366]);
  });
});

describe('more elsewhere', () => {
  const day = (days: number) => lake.from + days * DAY;
  const elsewhere = (all: Recorded, from: number, to: number) => newestElsewhere(all, { from, to });

  it('is the newest stretch outside the window that has an hour at least', () => {
    const all = recorded(900, [0, 10], [20, 22], [50, 50.02], [899.5, 900]);
    expect(elsewhere(all, day(899), day(900))).toEqual({ from: day(20) - QUARTER, to: day(22) - QUARTER });
    expect(elsewhere(all, day(15), day(30))).toEqual({
      from: day(899.5) - QUARTER,
      to: day(900) - QUARTER,
    });
  });

  it('goes over gaps of days, and is none without', () => {
    const all = recorded(900, [0, 3], [6, 10]);
    expect(elsewhere(all, day(899), day(900))).toEqual({ from: day(0) - QUARTER, to: day(10) - QUARTER });
    expect(elsewhere(all, day(0), day(10))).toBeNull();
    expect(elsewhere(recorded(900, [1, 1.02]), day(899), day(900))).toBeNull();
  });
});

it('the time observed of a window is not told of a part of its hours', () => {
  const network_curve = [{ observed_ms: 10 * MINUTE }, { observed_ms: 5 * MINUTE }];
  const of = (filters: object) =>
    observedOf({
      network_curve,
      filters: { dayTypes: null, hours: null, ...filters },
    } as unknown as Analyses);
  expect(of({ from: 0 })).toBe(15 * MINUTE);
  expect(of({ hours: [3] })).toBeNull();
  expect(of({ dayTypes: ['sunday'] })).toBeNull();
});
