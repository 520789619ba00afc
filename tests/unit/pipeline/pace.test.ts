import { describe, expect, test } from 'vitest';
import { VelolacError, type ErrorCode } from '../../../src/errors.ts';
import { failureOf, Pace } from '../../../src/pipeline/pace.ts';
import { MINUTE } from '../../../src/pipeline/schedule.ts';
import type { Quota } from '../../../src/sources/quota.ts';
import { Simulation } from './simulation.ts';

const everyMinute = { interval: 1, ignoreMetered: false } as const;
const noon = Date.UTC(2026, 10, 24, 12);
const midnight = Date.UTC(2026, 10, 25);
const HOUR = 60 * MINUTE;
const seconds = (attempts: readonly number[]) =>
  attempts.slice(1).map((at, index) => Math.round((at - attempts[index]!) / 1000));
const error = (code: ErrorCode, details = {}) => new VelolacError(code, code, details);

describe('failures', () => {
  test.each([
    ['portal.unreachable', 'failed'],
    ['portal.html', 'failed'],
    ['portal.empty', 'failed'],
    ['portal.busy', 'busy'],
    ['portal.quota', 'quota'],
    ['lake.quota', 'space'],
    ['lake.short_write', 'space'],
    ['lake.verify', 'failed'],
    ['unexpected', 'failed'],
    ['portal.aborted', null],
    ['lake.not_writer', null],
    ['silver.schema', null],
    ['silver.partial', null],
    ['engine.died', null],
  ] as const)('%s is %s: Bronze that is kept is a snapshot', (code, failure) => {
    expect(failureOf(error(code))).toBe(failure);
  });

  test('are asked again after 5, 10, 20, 40, 80 s in the mean, then every 2½ min, and the grid goes on', async () => {
    const simulation = new Simulation('2026-11-24T12:00:00Z');
    simulation.takes = 0;
    simulation.portal = (at) => (at < noon + 15 * MINUTE ? { code: 'portal.server' } : undefined);
    await simulation.run('2026-11-24T12:18:00Z');
    expect(seconds(simulation.attempts).slice(0, 8)).toEqual([6, 11, 21, 41, 81, 151, 151, 151]);
    const [last, ...grid] = simulation.attempts.filter((at) => at >= noon + 15 * MINUTE);
    expect(last! - noon - 15 * MINUTE).toBeLessThan(151_000);
    expect(grid.map((at) => at % MINUTE)).toEqual(grid.map(() => 0));
  });

  test.each([0, 0.999])('wait a random part of that, never less than a second (random %d)', (random) => {
    const pace = new Pace(everyMinute, () => random);
    const waits = Array.from({ length: 8 }, () => {
      pace.ended(noon, error('portal.timeout'), null);
      return Math.round((pace.due(noon) - noon) / 1000);
    });
    expect(waits).toEqual(random === 0 ? Array(8).fill(1) : [10, 20, 40, 80, 160, 300, 300, 300]);
    expect(pace.status(noon)).toMatchObject({ interval: 1, reason: 'back_off', until: pace.due(noon) });
  });

  test('500 of them in a row do not end the schedule', async () => {
    const simulation = new Simulation('2026-11-24T12:00:00Z', everyMinute, Math.random);
    let failures = 0;
    simulation.portal = () => (++failures <= 500 ? { code: 'portal.unreachable' } : undefined);
    await simulation.run('2026-11-26T12:00:00Z');
    expect(simulation.attempts.length).toBeGreaterThan(501);
    expect(Math.max(...seconds(simulation.attempts))).toBeLessThanOrEqual(302);
    expect(simulation.gaps.map(([, , reason]) => reason)).toEqual([]);
    expect(simulation.snapshots.at(-1)! % MINUTE).toBe(700);
  });

  test('1 in 5 leaves no gap: it is asked again within the minute', async () => {
    const simulation = new Simulation('2026-11-24T12:00:00Z');
    let call = 0;
    simulation.portal = () => (++call % 5 === 0 ? { code: 'portal.server' } : undefined);
    await simulation.run('2026-11-24T18:00:00Z');
    const minutes = new Set(simulation.snapshots.map((at) => Math.floor(at / MINUTE)));
    expect(minutes.size).toBe(360);
    expect(simulation.gaps).toEqual([]);
  });

  test('a bare 429 waits longer; one with a time waits for it', () => {
    const pace = new Pace(everyMinute, () => 0.5);
    const waits = Array.from({ length: 6 }, () => {
      pace.ended(noon, error('portal.busy'), null);
      return (pace.due(noon) - noon) / MINUTE;
    });
    expect(waits).toEqual([1.5, 2.5, 4.5, 8, 8, 8]);
    pace.ended(noon, error('portal.busy', { until: new Date(noon + 90_000).toISOString() }), null);
    expect(pace.due(noon)).toBe(noon + 90_000);
    pace.ended(noon, error('portal.quota', { until: new Date(midnight).toISOString() }), null);
    expect(pace.due(noon)).toBe(midnight);
    expect(pace.status(noon)).toEqual({ interval: 1, reason: 'quota', until: midnight });
  });

  test('a quota that is given back in the past, or in a year, by a wrong clock is asked for again', () => {
    const pace = new Pace(everyMinute, () => 0.5);
    pace.ended(noon, error('portal.quota', { until: new Date(noon - HOUR).toISOString() }), null);
    expect(pace.due(noon)).toBe(noon + 1.5 * MINUTE);
    pace.ended(noon, error('portal.quota', { until: new Date(noon + 365 * 24 * HOUR).toISOString() }), null);
    expect(pace.due(noon)).toBe(noon + 24 * HOUR);
    // Once the clock is known to be an hour behind, the portal's time is read as the portal means it.
    pace.skew = HOUR;
    pace.ended(noon, error('portal.quota', { until: new Date(midnight).toISOString() }), null);
    expect(pace.due(noon)).toBe(midnight - HOUR);
  });

  test('no call is made while offline; when the connection is back, at once', async () => {
    const simulation = new Simulation('2026-11-24T12:00:00Z');
    const connect = (online: boolean) => (simulation.network = { online, metered: false });
    simulation.portal = (at) =>
      at > noon + 2 * MINUTE && at < noon + 4 * MINUTE ? { code: 'portal.timeout' } : undefined;
    simulation.at('2026-11-24T12:03:30Z', () => connect(false));
    simulation.at('2026-11-24T13:00:10Z', () => connect(true));
    await simulation.run('2026-11-24T13:02:30Z');
    const after = simulation.attempts.filter((at) => at > noon + 3.6 * MINUTE);
    expect(after.map((at) => Math.round((at - noon - HOUR) / 1000))).toEqual([10, 60, 120]);
  });

  test('says that it is offline, and when it is back has nothing to catch up with within a minute', () => {
    const pace = new Pace(everyMinute);
    pace.began(noon);
    pace.online = false;
    expect(pace.due(noon + HOUR)).toBe(Infinity);
    expect(pace.status(noon)).toEqual({ interval: 1, reason: 'offline', until: null });
    pace.online = true;
    expect(pace.due(noon + 10_000)).toBe(noon + MINUTE);
  });
});

describe('the quota', () => {
  const quota = (remaining: number, limit = 5000, reset_at = midnight): Quota => ({
    limit,
    remaining,
    reset_at,
  });

  test.each([
    // 720 minutes are left, and 250 of 5 000 calls are kept back.
    [5000, 1],
    [970, 1],
    [969, 2],
    [609, 5],
    [394, 5],
    [393, 10],
    [322, 10],
    [321, 15],
    [100, 15],
    [0, 15],
  ])('with %i calls left at noon slows down to every %i min', (remaining, interval) => {
    const pace = new Pace(everyMinute);
    pace.ended(noon, null, quota(remaining));
    expect(pace.interval(noon)).toBe(interval);
    const slowed = { interval, reason: 'quota', until: midnight };
    expect(pace.status(noon)).toEqual(interval === 1 ? { interval, reason: 'setting', until: null } : slowed);
    expect(pace.status(midnight)).toEqual({ interval: 1, reason: 'setting', until: null });
  });

  test('lasts to its reset, with a part kept back, and the pace is the user’s again after it', async () => {
    const simulation = new Simulation('2026-11-24T00:00:00Z');
    let [day, used] = [0, 0];
    simulation.portal = (at) => {
      const today = Math.floor(at / (24 * HOUR));
      if (today !== day) [day, used] = [today, 0];
      used += 1;
      const reset_at = (today + 1) * 24 * HOUR;
      if (used > 1000) {
        const details = { until: new Date(reset_at).toISOString() };
        return { code: 'portal.quota', details, quota: { limit: 1000, remaining: 0, reset_at } };
      }
      return { quota: { limit: 1000, remaining: 1000 - used, reset_at } };
    };
    await simulation.run('2026-11-26T00:00:00Z');
    expect(simulation.snapshots).toHaveLength(simulation.attempts.length);
    expect(simulation.attempts.length).toBe(2 * 720);
    expect(simulation.gaps).toEqual([]);
  });

  test('that others use up, too, slows it down more and more, and never back within its period', () => {
    const pace = new Pace(everyMinute);
    const paces = [900, 899, 700, 950, 500, 380, 900].map((remaining) => {
      pace.ended(noon, null, quota(remaining));
      return pace.interval(noon);
    });
    expect(paces).toEqual([2, 2, 2, 2, 5, 10, 10]);
    pace.ended(midnight + 1, null, quota(4990, 5000, midnight + 24 * HOUR));
    expect(pace.interval(midnight + 1)).toBe(1);
  });

  test('never makes the pace faster than the user’s, and follows a new choice', () => {
    const pace = new Pace({ interval: 10, ignoreMetered: false });
    pace.ended(noon, null, quota(969));
    expect(pace.status(noon)).toMatchObject({ interval: 10, reason: 'setting' });
    pace.choose(everyMinute, noon);
    expect(pace.status(noon)).toMatchObject({ interval: 2, reason: 'quota' });
  });

  test('that is spent ends in a gap with that reason', async () => {
    const simulation = new Simulation('2026-11-24T21:00:00Z');
    const until = new Date(midnight).toISOString();
    simulation.portal = (at) =>
      at >= midnight - 2 * HOUR && at < midnight ? { code: 'portal.quota', details: { until } } : undefined;
    await simulation.run('2026-11-25T00:05:00Z');
    expect(simulation.attempts.filter((at) => at >= midnight - 2 * HOUR)[1]).toBe(midnight);
    expect(simulation.gaps).toEqual([[midnight - 2 * HOUR - MINUTE + 700, midnight, 'quota']]);
  });
});

describe('metered data', () => {
  test('is saved by a slower pace, unless the user does not mind', () => {
    const pace = new Pace(everyMinute);
    pace.began(noon);
    pace.metered = true;
    expect(pace.status(noon)).toEqual({ interval: 15, reason: 'save_data', until: null });
    expect(pace.due(noon)).toBe(noon + 15 * MINUTE);
    pace.choose({ interval: 2, ignoreMetered: true }, noon);
    expect(pace.status(noon)).toEqual({ interval: 2, reason: 'setting', until: null });
    pace.choose({ interval: 15, ignoreMetered: false }, noon);
    expect(pace.status(noon)).toEqual({ interval: 15, reason: 'setting', until: null });
  });
});
