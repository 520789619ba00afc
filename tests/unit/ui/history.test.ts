import { describe, expect, it } from 'vitest';
import {
  axisOf,
  bandOf,
  busiest,
  chosenRows,
  departuresOf,
  hourShares,
  leftOut,
  meanOf,
  movedIn,
  peakHour,
  pointsOf,
  ticksOf,
  unobserved,
  wellSeen,
  within,
} from '../../../src/ui/history/figures.ts';
import {
  boundsOf,
  hoursBetween,
  isNarrowed,
  parseFilters,
  sayInstant,
  toggleDay,
} from '../../../src/ui/history/filters.ts';
import { viewMessages } from '../../../src/ui/messages/views.ts';

const HOUR = 3_600_000;

describe('filters of the address', () => {
  it('are read, and what cannot be read is left out', () => {
    expect(
      parseFilters({
        ...{ from: '2026-11-23T07:00Z', to: '2026-11-24T09:00Z' },
        ...{ days: 'sunday,working,lundi', hours: '7-10', area: '75101,,93048,75101' },
      }),
    ).toEqual({
      ...{ from: Date.UTC(2026, 10, 23, 7), to: Date.UTC(2026, 10, 24, 9) },
      ...{ dayTypes: ['working', 'sunday'], hours: [7, 8, 9], areas: ['75101', '93048'] },
    });
    const nothing = { from: null, to: null, dayTypes: null, hours: null, areas: null };
    expect(parseFilters({})).toEqual(nothing);
    expect(parseFilters({ from: 'soon', days: 'lundi', hours: '25-3', area: ',' })).toEqual(nothing);
    expect(parseFilters({ from: '2026-11-24T09:00Z', to: '2026-11-23T07:00Z' })).toEqual(nothing);
    expect(isNarrowed(nothing)).toBe(false);
    expect(isNarrowed({ ...nothing, hours: [3] })).toBe(true);
  });

  it('say an instant so that it is read again', () => {
    const at = Date.UTC(2026, 9, 25, 0, 30);
    expect(sayInstant(at)).toBe('2026-10-25T00:30Z');
    expect(parseFilters({ from: sayInstant(at)! }).from).toBe(at);
    expect(sayInstant(null)).toBeNull();
  });

  it('hours may go over midnight; the whole day is no filter', () => {
    expect(hoursBetween(22, 2)).toEqual([22, 23, 0, 1]);
    expect(boundsOf([22, 23, 0, 1])).toEqual([22, 2]);
    expect(boundsOf([22, 23])).toEqual([22, 24]);
    expect(boundsOf(null)).toEqual([0, 24]);
    expect(hoursBetween(0, 24)).toBeNull();
    expect(parseFilters({ hours: '22-2' }).hours).toEqual([22, 23, 0, 1]);
  });

  it('one type of day less, one more, and none is all', () => {
    expect(toggleDay(null, 'saturday')).toEqual(['working', 'sunday']);
    expect(toggleDay(['working', 'sunday'], 'saturday')).toBeNull();
    expect(toggleDay(['working'], 'working')).toBeNull();
  });
});

describe('figures', () => {
  const step = (hour: number, observed: number, value: number | null) => {
    return { from_ms: hour * HOUR, observed_ms: observed * HOUR, value };
  };
  const valueOf = ({ value }: { readonly value: number | null }) => value;

  it('steps without observation are stretches of the window, those that are left out are none', () => {
    const rows = [step(0, 0, null), step(1, 0, null), step(2, 1, 5), step(3, 0, null), step(8, 0, null)];
    expect(unobserved(rows, 1, { from: 0.5 * HOUR, to: 8.25 * HOUR })).toEqual([
      { from: 0.5 * HOUR, to: 2 * HOUR },
      { from: 3 * HOUR, to: 4 * HOUR },
      { from: 8 * HOUR, to: 8.25 * HOUR },
    ]);
  });

  it('steps that filters leave out are stretches without a row, and none where there is one for each', () => {
    const rows = [step(2, 1, 5), step(3, 0, null), step(8, 1, 6)];
    expect(leftOut(rows, 1, { from: 0, to: 10 * HOUR })).toEqual([
      { from: 0, to: 2 * HOUR },
      { from: 4 * HOUR, to: 8 * HOUR },
      { from: 9 * HOUR, to: 10 * HOUR },
    ]);
    expect(leftOut([step(0, 1, 5), step(6, 1, 5)], 6, { from: 0, to: 12 * HOUR })).toEqual([]);
  });

  it('a sentence is of the areas and hours that are chosen, of rows that have them', () => {
    const rows = [
      { area_id: 'a', city_hour: 7 },
      { area_id: 'a', city_hour: 8 },
      { area_id: 'b', city_hour: 8 },
    ];
    expect(chosenRows(rows, { areas: null, hours: null })).toEqual(rows);
    expect(chosenRows(rows, { areas: ['a', 'c'], hours: [8, 9] })).toEqual([rows[1]]);
    const areas = [{ area_id: 'a' }, { area_id: 'b' }];
    expect(chosenRows(areas, { areas: ['b'], hours: [8] })).toEqual([{ area_id: 'b' }]);
    const hours = [{ city_hour: 8 }, { city_hour: 9 }];
    expect(chosenRows(hours, { areas: ['b'], hours: [9] })).toEqual([{ city_hour: 9 }]);
  });

  it('the departures of an hour of which nothing is known are not nought', () => {
    const row = { day_type: 'sunday', observed_ms: HOUR, hours: 1, arrivals: 0 } as const;
    const rows = [
      { ...row, city_hour: 3, departures: 0 },
      { ...row, city_hour: 5, departures: 7 },
    ];
    const values = departuresOf(rows).map(({ value }) => value);
    expect(values).toHaveLength(24);
    expect(values.slice(2, 7)).toEqual([null, 0, null, 7, null]);
  });

  it('a step that is missing breaks the line', () => {
    const points = pointsOf([step(0, 1, 5), step(1, 1, 6), step(4, 1, 7)], 1, valueOf);
    expect(points).toEqual([
      { at: 0.5 * HOUR, value: 5 },
      { at: 1.5 * HOUR, value: 6 },
      { at: 3.5 * HOUR, value: null },
      { at: 4.5 * HOUR, value: 7 },
    ]);
  });

  it('an axis is of whole steps', () => {
    const window = { from: 1.2 * HOUR, to: 1.5 * HOUR };
    expect(axisOf({ window, step_h: 1 })).toEqual({ from: HOUR, to: 2 * HOUR });
    expect(axisOf({ window: { from: HOUR, to: 20 * HOUR }, step_h: 6 }).to).toBe(25 * HOUR);
    expect(axisOf({ window: { from: HOUR, to: HOUR }, step_h: 1 }).to).toBe(2 * HOUR);
  });

  it('a mean is of the time observed, within the brush', () => {
    const rows = [step(0, 0.5, 10), step(1, 0, null), step(2, 1, 40)];
    expect(meanOf(rows, valueOf)).toBe((10 * 0.5 + 40) / 1.5);
    expect(meanOf(within(rows, { from: 1.5 * HOUR, to: 3 * HOUR }), valueOf)).toBe(40);
    expect(meanOf(within(rows, { from: null, to: 2 * HOUR }), valueOf)).toBe(10);
    expect(meanOf([], valueOf)).toBeNull();
  });

  it('shares of areas add their hours by what is behind them', () => {
    const row = (area_id: string, city_hour: number, part: number, whole: number) => {
      return { area_id, city_hour, part, whole };
    };
    const areas = [
      { id: 'a', name: 'A' },
      { id: 'b', name: 'B' },
      { id: '', name: '' },
    ];
    const shares = hourShares(
      [row('a', 7, 1, 10), row('a', 8, 3, 10), row('b', 7, 9, 10), row('', 7, 1, 1), row('a', 9, 0, 0)],
      areas,
      ({ part }) => part,
      ({ whole }) => whole,
    );
    expect(shares.map(({ id, share }) => [id, share])).toEqual([
      ['b', 0.9],
      ['a', 0.2],
    ]);
    expect(shares[1]!.hours.slice(7, 10)).toEqual([0.1, 0.3, null]);
    expect(peakHour(shares[1]!.hours)).toBe(8);
  });

  it('bikes that were moved are summed by area and by hour, and an hour without is not one unseen', () => {
    const row = (area_id: string, city_hour: number, brought: number, taken: number) => {
      return { area_id, city_hour, brought, taken };
    };
    const areas = ['a', 'b', 'c', ''].map((id) => ({ id, name: id.toUpperCase(), stations: 1 }));
    const moved = movedIn(
      [
        row('a', 5, 8, 0),
        row('a', 6, 0, 0),
        row('b', 5, 0, 9),
        row('b', 7, 8, 8),
        row('c', 5, 0, 0),
        row('', 5, 9, 0),
      ],
      areas,
    );
    expect(moved.map(({ name, brought, taken }) => [name, brought, taken])).toEqual([
      ['B', 8, 17],
      ['A', 8, 0],
    ]);
    expect(moved[1]!.hours.slice(4, 8)).toEqual([null, 8, 0, null]);
    expect(peakHour(moved[0]!.hours)).toBe(7);
  });

  it('bands of the NotSpot index change at 5, 10, 15 and 20 %', () => {
    expect([0, 0.05, 0.0501, 0.1, 0.15, 0.16, 0.2, 0.9].map(bandOf)).toEqual([0, 0, 1, 1, 2, 3, 3, 4]);
  });

  it('the busiest hour is of all day types', () => {
    const row = (city_hour: number, departures: number) => {
      const moves = { departures, arrivals: 0, observed_ms: HOUR, hours: 1 };
      return { day_type: 'working' as const, city_hour, ...moves };
    };
    expect(busiest([row(7, 3), row(18, 9), row(19, 9)])?.city_hour).toBe(18);
    expect(busiest([])).toBeNull();
  });

  it('an hour is told of where half of it was seen on the days behind it', () => {
    const row = (city_hour: number, minutes: number, hours: number) => {
      const moves = { departures: 9, arrivals: 9, observed_ms: minutes * 60_000, hours };
      return { day_type: 'sunday' as const, city_hour, ...moves };
    };
    const rows = [row(7, 30, 1), row(8, 29, 1), row(9, 60, 2), row(10, 59, 2)];
    expect(wellSeen(rows).map(({ city_hour }) => city_hour)).toEqual([7, 9]);
  });

  it('ticks are midnights of the city where there are three, else some of the hours', () => {
    const at = (time: string) => Date.parse(time);
    // The clocks change on 25 October.
    const days = ticksOf({ from: at('2026-10-01T10:00Z'), to: at('2026-11-01T10:00Z') });
    expect(days.unit).toBe('day');
    expect(days.at.slice(0, 2)).toEqual([at('2026-10-01T22:00Z'), at('2026-10-05T22:00Z')]);
    expect(days.at.at(-1)).toBe(at('2026-10-29T23:00Z'));
    const whole = ticksOf({ from: at('2026-11-01T23:00Z'), to: at('2026-11-04T23:00Z') });
    expect(whole.at[0], 'the day that it begins with').toBe(at('2026-11-01T23:00Z'));
    expect(ticksOf({ from: 0.5 * HOUR, to: 4.2 * HOUR })).toEqual({
      unit: 'hour',
      at: [HOUR, 2 * HOUR, 3 * HOUR],
    });
    expect(ticksOf({ from: 0, to: 20 * HOUR }).at).toHaveLength(7);
    expect(ticksOf({ from: 5, to: 5 }).at).toEqual([]);
  });

  it('ticks of a long span are beginnings of months, and then of years', () => {
    const of = (from: string, to: string) => ticksOf({ from: Date.parse(from), to: Date.parse(to) });
    const year = of('2025-11-29T10:00Z', '2026-11-29T10:00Z');
    expect(year.unit).toBe('month');
    expect(year.at.map((at) => new Date(at).toISOString())).toEqual([
      ...['2025-12-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z', '2026-04-30T22:00:00.000Z'],
      ...['2026-06-30T22:00:00.000Z', '2026-08-31T22:00:00.000Z', '2026-10-31T23:00:00.000Z'],
    ]);
    const all = of('2014-05-01T10:00Z', '2026-11-29T10:00Z');
    expect(all.at.map((at) => new Date(at + 2 * HOUR).getUTCFullYear())).toEqual([
      ...[2016, 2018, 2020, 2022, 2024, 2026],
    ]);
  });
});

describe('sentences', () => {
  const [en, fr] = [viewMessages.en.history, viewMessages.fr.history];

  it('of the service level count areas: none, one and more', () => {
    const reach = (n: number) =>
      [en, fr].map(({ service }) => service.lead('80%', n, String(n), '5').split(/; /)[1]);
    expect(reach(0)).toEqual(['none of 5 areas reaches 90%.', 'aucune zone sur 5 n’atteint 90\u00a0%.']);
    expect(reach(1)).toEqual(['1 of 5 areas reaches 90%.', '1 zone sur 5 atteint 90\u00a0%.']);
    expect(reach(2)).toEqual(['2 of 5 areas reach 90%.', '2 zones sur 5 atteignent 90\u00a0%.']);
  });

  it('of sources and sinks name what drains and what fills, and none where there is none', () => {
    const { lead } = en.imbalance;
    expect(lead('morning', 'A', 'B', false)).toBe('In the morning A drains most and B fills most.');
    expect(lead('evening', null, 'B', false)).toBe('In the evening B fills most.');
    expect(lead('evening', 'A', null, true)).toBe('In the evening A drains.');
    expect(lead('evening', null, null, true)).toBe('In the evening as many bikes come as go.');
    expect(fr.imbalance.lead('morning', 'A', null, true)).toBe('Le matin, A se vide.');
  });
});
