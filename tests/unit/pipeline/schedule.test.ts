import { describe, expect, test } from 'vitest';
import { intervals, MINUTE, nextOn } from '../../../src/pipeline/schedule.ts';
import { Simulation } from './simulation.ts';

const DAY = 86_400_000;
const HOUR = 60 * MINUTE;
const iso = (at: number) => new Date(at).toISOString();
/** The minute of an instant. */
const minute = (at: number) => iso(at).slice(11, 16);
const told = (simulation: Simulation) =>
  simulation.gaps.map(([from, to, reason]) => [minute(from), minute(to), reason]);

describe('the grid', () => {
  test.each(intervals)('of %i min is UTC’s, and the next time lies after now', (interval) => {
    const midnight = Date.UTC(2026, 10, 24);
    expect(nextOn(interval, midnight)).toBe(midnight + interval * MINUTE);
    expect(nextOn(interval, midnight - 1)).toBe(midnight);
    expect(nextOn(interval, midnight + 1)).toBe(midnight + interval * MINUTE);
  });

  test.each(intervals)('at %i min is kept for 24 h: each time once, none late, no gap', async (interval) => {
    const simulation = new Simulation('2026-11-24T00:00:00.000Z', { interval, ignoreMetered: false });
    await simulation.run('2026-11-25T00:00:00.000Z');
    const start = Date.UTC(2026, 10, 24);
    const grid = Array.from(
      { length: DAY / MINUTE / interval },
      (_, index) => start + index * interval * MINUTE,
    );
    expect(simulation.attempts).toEqual(grid);
    expect(simulation.gaps).toEqual([]);
  });

  test.each([
    ['forward', '2026-03-29T00:00:00Z', '2026-03-29T04:00:00Z'],
    ['back', '2026-10-25T00:00:00Z', '2026-10-25T04:00:00Z'],
  ])('does not mind the night in which the city’s clocks go %s', async (_, from, to) => {
    const simulation = new Simulation(from, { interval: 15, ignoreMetered: false });
    await simulation.run(to);
    expect(simulation.attempts.map(iso)).toEqual(
      Array.from({ length: 16 }, (_, index) => iso(Date.parse(from) + index * 15 * MINUTE)),
    );
    expect(simulation.gaps).toEqual([]);
  });

  test('opened off the grid: at once, unless that minute is recorded already', async () => {
    const simulation = new Simulation('2026-11-24T10:00:20.000Z');
    await simulation.run('2026-11-24T10:00:25.000Z');
    simulation.reopen(5000);
    await simulation.run('2026-11-24T10:01:30.000Z');
    expect(simulation.attempts.map(iso)).toEqual(['2026-11-24T10:00:20.000Z', '2026-11-24T10:01:00.000Z']);
    simulation.reopen(40_000);
    await simulation.run('2026-11-24T10:02:59.000Z');
    expect(simulation.attempts.slice(2).map(minute)).toEqual(['10:02']);
  });

  test('a piece of work that takes longer than the interval leaves out what it overlaps, and says so', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    simulation.at('2026-11-24T10:01:00Z', () => (simulation.takes = 130_000));
    simulation.at('2026-11-24T10:03:00Z', () => (simulation.takes = 700));
    await simulation.run('2026-11-24T10:06:30Z');
    expect(simulation.attempts.map(minute)).toEqual(['10:00', '10:01', '10:03', '10:04', '10:05', '10:06']);
    expect(told(simulation)).toEqual([]);
    expect(simulation.snapshots.map(minute)).toEqual(['10:00', '10:03', '10:03', '10:04', '10:05', '10:06']);
  });
});

describe('a device', () => {
  test('that slept for 3 h: one snapshot on waking, then the grid; the gap is told', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    simulation.at('2026-11-24T10:05:30Z', () => (simulation.time += 3 * HOUR + 12_345));
    await simulation.run('2026-11-24T13:08:30Z');
    expect(simulation.attempts.slice(5).map(iso)).toEqual([
      '2026-11-24T10:05:00.000Z',
      expect.stringMatching(/^2026-11-24T13:05:43/),
      '2026-11-24T13:06:00.000Z',
      '2026-11-24T13:07:00.000Z',
      '2026-11-24T13:08:00.000Z',
    ]);
    expect(told(simulation)).toEqual([['10:05', '13:05', 'asleep']]);
  });

  test('that napped between two times of the grid has missed nothing', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z', { interval: 15, ignoreMetered: false });
    simulation.at('2026-11-24T10:02:00Z', () => (simulation.time += 10 * MINUTE));
    await simulation.run('2026-11-24T10:31:00Z');
    expect(simulation.attempts.map(minute)).toEqual(['10:00', '10:15', '10:30']);
    expect(simulation.gaps).toEqual([]);
  });

  test('whose clock is set back an hour: one snapshot at once, then the grid of the new time', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    simulation.at('2026-11-24T10:10:20Z', () => (simulation.offset = -HOUR));
    await simulation.run('2026-11-24T11:15:30Z');
    expect(simulation.attempts.slice(10, 14).map(minute)).toEqual(['10:10', '09:10', '09:11', '09:12']);
    expect(simulation.attempts).toHaveLength(11 + 66);
    expect(simulation.gaps).toEqual([]);
  });

  test('whose clock is set back a few seconds takes no minute twice', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    simulation.at('2026-11-24T10:02:00.5Z', () => (simulation.offset = -5000));
    await simulation.run('2026-11-24T10:05:30Z');
    expect(simulation.attempts.map(minute)).toEqual(['10:00', '10:01', '10:02', '10:03', '10:04', '10:05']);
  });

  test('whose clock was a year ahead, and is set right: recorded on all the while, the false gap is forgotten', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    simulation.at('2026-11-24T10:05:30Z', () => (simulation.offset = 365 * DAY));
    simulation.at('2026-11-24T10:10:30Z', () => (simulation.offset = 0));
    await simulation.run('2026-11-24T10:12:30Z');
    expect(simulation.attempts.slice(5).map((at) => iso(at).slice(0, 16))).toEqual([
      '2026-11-24T10:05',
      ...['05', '06', '07', '08', '09', '10'].map((minute) => `2027-11-24T10:${minute}`),
      ...['10', '11', '12'].map((minute) => `2026-11-24T10:${minute}`),
    ]);
    expect(told(simulation)).toEqual([['10:05', '10:10', 'asleep']]);
  });
});

describe('a gap', () => {
  test('between the last snapshot of a visit and the first of the next is told as closed', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    await simulation.run('2026-11-24T10:03:10Z');
    simulation.reopen(2 * HOUR);
    await simulation.run('2026-11-24T12:06:00Z');
    expect(told(simulation)).toEqual([['10:03', '12:03', 'closed']]);
    expect(simulation.attempts[4]).toBe(Date.parse('2026-11-24T12:03:10.700Z'));
  });

  test('has each of its reasons: closed, then failing; switched off; asleep while offline', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z');
    await simulation.run('2026-11-24T10:03:10Z');
    simulation.reopen(2 * HOUR);
    simulation.portal = (at) =>
      at < Date.parse('2026-11-24T12:30Z') ? { code: 'portal.server' } : undefined;
    await simulation.run('2026-11-24T12:40:10Z');
    simulation.time += 10 * MINUTE;
    simulation.at('2026-11-24T12:55:10Z', () => (simulation.network = { online: false, metered: false }));
    simulation.at('2026-11-24T13:05:20Z', () => (simulation.network = { online: true, metered: false }));
    await simulation.run('2026-11-24T13:10:00Z');
    expect(told(simulation)).toEqual([
      ['10:03', '12:03', 'closed'],
      ['12:03', expect.stringMatching(/^12:3/), 'failed'],
      ['12:40', '12:50', 'stopped'],
      ['12:55', '13:05', 'offline'],
    ]);
  });

  test('is none where the setting asks for fewer snapshots', async () => {
    const simulation = new Simulation('2026-11-24T10:00:00Z', { interval: 10, ignoreMetered: false });
    simulation.at('2026-11-24T10:25:00Z', () =>
      simulation.cadence.choose({ interval: 1, ignoreMetered: false }),
    );
    await simulation.run('2026-11-24T10:27:30Z');
    expect(simulation.attempts.map(minute)).toEqual(['10:00', '10:10', '10:20', '10:25', '10:26', '10:27']);
    expect(simulation.gaps).toEqual([]);
  });
});
