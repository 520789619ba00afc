import { afterEach, describe, expect, it } from 'vitest';
import type { AnalysisFilters } from '../../../src/gold/analysisRows.ts';
import { comingHours, hoursOf } from '../../../src/gold/hours.ts';
import { type AnalysisContents, type HourRow, openAnalyses } from './analysesLake.ts';

let history: Awaited<ReturnType<typeof openAnalyses>>;
const ask = async (contents: AnalysisContents, filters: Partial<AnalysisFilters> = {}) => {
  history = await openAnalyses(contents);
  return history.ask(filters);
};
afterEach(() => history.lake.close());

const minutes = (count: number): number => count * 60_000;
const at = (time: string): number => Date.parse(`${time}:00Z`);
const from = new Date(0);
const paris = (station: string, arrondissement: number, area: string) => ({
  ...{ station, from, arrondissement, area },
});
const suburb = (station: string, area: string) => ({ station, from, arrondissement: null, area });

describe('three hours of a Sunday morning, the second not observed, the third for half an hour', () => {
  const contents: AnalysisContents = {
    window: ['2026-02-08T08:00:00Z', '2026-02-08T11:00:00Z'],
    versions: [paris('1001', 1, '7510101'), paris('1002', 1, '7510102'), suburb('31001', '93048')],
    hours: [
      // Empty for a quarter of an hour, then 1 or 2 bikes.
      { station: '1001', hour: '2026-02-08T08', empty: 15, few_bikes: 45, service: 30, departures: 6 },
      {
        station: '1002',
        hour: '2026-02-08T08',
        mechanical: 10,
        ebikes: 2,
        docks: 8,
        broken: 4,
        arrivals: 9,
        brought: 8,
      },
      { station: '31001', hour: '2026-02-08T08', closed: 60, mechanical: null, ebikes: null },
      { station: '1001', hour: '2026-02-08T10', full: 30, docks: 0, arrivals: 2 },
      // It is listed for twenty minutes of the thirty.
      { station: '1002', hour: '2026-02-08T10', balanced: 20, mechanical: 6, ebikes: 3, docks: 11 },
      { station: '31001', hour: '2026-02-08T10', stale: 30 },
    ],
  };

  it('the network curve leaves the hour open, and counts a station for as long as it was there', async () => {
    const { network_curve, step_h } = await ask(contents);
    expect(step_h).toBe(1);
    expect(network_curve).toEqual([
      {
        ...{ from_ms: at('2026-02-08T08:00'), observed_ms: minutes(60) },
        ...{ mechanical: 4 + 10, ebikes: 3 + 2, docks: 13 + 8 + 13 },
      },
      { from_ms: at('2026-02-08T09:00'), observed_ms: 0, mechanical: null, ebikes: null, docks: null },
      {
        ...{ from_ms: at('2026-02-08T10:00'), observed_ms: minutes(30) },
        mechanical: expect.closeTo(4 + 6 * (20 / 30) + 4, 9),
        ebikes: expect.closeTo(3 + 3 * (20 / 30) + 3, 9),
        docks: expect.closeTo(0 + 11 * (20 / 30) + 13, 9),
      },
    ]);
  });

  it('half of the time was observed, on one day', async () => {
    const { observed, days } = await ask(contents);
    expect(observed).toBe(90 / 180);
    expect(days).toBe(1);
  });

  it('what was observed of an hour beyond the window does not count as observed of the window', async () => {
    const { observed } = await ask({ ...contents, window: ['2026-02-08T08:00:00Z', '2026-02-08T10:15:00Z'] });
    expect(observed).toBe((60 + 15) / 135);
  });

  it('the shares are of time in service: the closed and the silent station count for nothing', async () => {
    const { notspot } = await ask(contents);
    expect(notspot).toMatchObject([
      { empty_share: 15 / 120, full_share: 0, service_share: (30 + 60) / 120 },
      { observed_ms: 0, empty_share: null, full_share: null, service_share: null },
      { empty_share: 0, full_share: 30 / 50, service_share: 20 / 50 },
    ]);
  });

  it('what is out of service is counted beside it', async () => {
    const { out_of_service } = await ask(contents);
    expect(out_of_service.map(({ stations, silent, docks }) => [stations, silent, docks])).toEqual([
      [1, 0, 4],
      [null, null, null],
      [1, 1, 0],
    ]);
  });

  it('stock-outs are told by area and by the hour of the city, in winter one later', async () => {
    const { stock_outs } = await ask(contents);
    expect(stock_outs).toEqual([
      {
        ...{ area_id: '75101', city_hour: 9, empty_ms: minutes(15), full_ms: 0, serving_ms: minutes(120) },
      },
      {
        ...{ area_id: '75101', city_hour: 11, empty_ms: 0, full_ms: minutes(30), serving_ms: minutes(50) },
      },
    ]);
    const { stock_outs: quartiers } = await history.ask({ level: 'quartier' });
    expect(quartiers.map((row) => [row.area_id, row.city_hour, row.serving_ms / 60_000])).toEqual([
      ['7510101', 9, 60],
      ['7510101', 11, 30],
      ['7510102', 9, 60],
      ['7510102', 11, 20],
    ]);
  });

  it('moves are a rate of the time observed', async () => {
    const { movements, rebalancing, service_level } = await ask(contents);
    expect(movements).toEqual([
      { day_type: 'sunday', city_hour: 9, observed_ms: minutes(60), hours: 1, departures: 6, arrivals: 9 },
      { day_type: 'sunday', city_hour: 11, observed_ms: minutes(30), hours: 1, departures: 0, arrivals: 4 },
    ]);
    expect(rebalancing).toEqual([
      { area_id: '75101', city_hour: 9, brought: 8, taken: 0 },
      { area_id: '75101', city_hour: 11, brought: 0, taken: 0 },
      { area_id: '93048', city_hour: 9, brought: 0, taken: 0 },
      { area_id: '93048', city_hour: 11, brought: 0, taken: 0 },
    ]);
    expect(service_level).toEqual([
      { area_id: '75101', service_share: (30 + 60 + 20) / 170, serving_ms: minutes(170) },
    ]);
  });

  it('areas are listed by name', async () => {
    const { areas } = await ask(contents);
    expect(areas).toEqual([
      { id: '93048', name: 'Area 93048' },
      { id: '75101', name: 'Paris 1er' },
    ]);
  });

  it('a filter narrows every chart but the one that is picked from', async () => {
    const later = await ask(contents, { from: at('2026-02-08T10:15'), to: at('2026-02-08T10:45') });
    expect(later.network_curve).toHaveLength(3);
    expect(later.movements.map(({ city_hour }) => city_hour)).toEqual([11]);
    expect(later.observed).toBe(0.5);

    const there = await history.ask({ areas: ['93048'] });
    expect(there.network_curve[0]).toMatchObject({ mechanical: null, docks: 13 });
    expect(there.notspot[0]).toMatchObject({ empty_share: null });
    expect(there.stock_outs).toHaveLength(2);
    expect(there.station_ranks).toEqual([]);

    const nine = await history.ask({ hours: [9] });
    expect(nine.network_curve).toHaveLength(1);
    expect(nine.movements).toHaveLength(2);
    expect(nine.service_level).toMatchObject([{ service_share: 90 / 120 }]);

    const working = await history.ask({ dayTypes: ['working', 'saturday'] });
    expect(working.network_curve).toEqual([]);
    expect(working.observed).toBe(0);
  });

  it('areas that the window does not tell of filter nothing: without another it is all of the city', async () => {
    const all = await ask(contents);
    const strange = await history.ask({ areas: ['99999', '7510101'] });
    expect(strange.filters.areas).toBeNull();
    expect(strange.network_curve).toEqual(all.network_curve);
    expect(strange.movements).toEqual(all.movements);

    const { filters, network_curve } = await history.ask({ areas: ['99999', '93048'] });
    expect(filters.areas).toEqual(['93048']);
    expect(network_curve[0]).toMatchObject({ mechanical: null, docks: 13 });

    const quartiers = await history.ask({ level: 'quartier', areas: ['75101', '7510102'] });
    expect(quartiers.filters.areas).toEqual(['7510102']);
  });

  it('what was asked before is not asked again', async () => {
    const first = await ask(contents);
    const again = await history.ask({ hours: [9] });
    expect(again.movements).toBe(first.movements);
    expect(again.network_curve).not.toBe(first.network_curve);
  });
});

describe('docks out of order where the capacity is not told', () => {
  const row = (hour: string, broken: number | null, more: Partial<HourRow> = {}): HourRow => {
    return { station: '1001', hour: `2026-02-09T${hour}`, broken, ...more };
  };
  const contents: AnalysisContents = {
    window: ['2026-02-09T06:00:00Z', '2026-02-09T11:00:00Z'],
    versions: [paris('1001', 1, '7510101'), paris('1002', 1, '7510101')],
    hours: [
      ...[row('06', 2), row('06', 3, { station: '1002' })],
      // Nobody tells it, then 10 minutes of an hour do, then one of two stations, and nobody of one that is closed.
      ...[row('07', null), row('07', null, { station: '1002' })],
      ...[row('08', 6, { balanced: 10 }), row('08', null, { balanced: 50 })],
      ...[row('09', 3), row('09', null, { station: '1002' })],
      ...[row('10', null, { closed: 60 })],
    ],
    parted: [['2026-02-09T08', 10]],
  };

  it('are not nought: what tells it stands for what does not', async () => {
    const { out_of_service } = await ask(contents);
    expect(out_of_service.map(({ docks }) => docks)).toEqual([5, null, 6, 6, null]);
  });

  it('neither are they over a longer step', async () => {
    const { out_of_service, step_h } = await ask({
      ...contents,
      window: ['2026-02-09T06:00:00Z', '2026-03-21T06:00:00Z'],
      hours: contents.hours.slice(0, 4),
      parted: [],
    });
    expect(step_h).toBe(6);
    expect(out_of_service[0]).toMatchObject({ observed_ms: minutes(120), docks: 5 });
  });
});

it('the clocks change: an hour is repeated, and the day types are those of the city’s days', async () => {
  const row = (hour: string, more: Partial<HourRow> = {}): HourRow => ({ station: '1001', hour, ...more });
  const { movements, observed } = await ask({
    window: ['2026-10-24T21:00:00Z', '2026-10-25T02:00:00Z'],
    versions: [paris('1001', 1, '7510101')],
    hours: [
      row('2026-10-24T21', { departures: 1 }),
      row('2026-10-24T22', { departures: 2 }),
      row('2026-10-25T00', { departures: 10 }),
      row('2026-10-25T01', { departures: 20 }),
    ],
  });
  expect(observed).toBe(4 / 5);
  expect(movements).toEqual([
    { day_type: 'saturday', city_hour: 23, observed_ms: minutes(60), hours: 1, departures: 1, arrivals: 0 },
    { day_type: 'sunday', city_hour: 0, observed_ms: minutes(60), hours: 1, departures: 2, arrivals: 0 },
    { day_type: 'sunday', city_hour: 2, observed_ms: minutes(120), hours: 2, departures: 15, arrivals: 0 },
  ]);
  expect(hoursOf(at('2026-03-29T00:00'), at('2026-03-29T02:00')).map(({ city_hour }) => city_hour)).toEqual([
    1, 3,
  ]);
});

describe('an hour in which nothing of the whole network moves', () => {
  const row = (station: string, hour: string, more: Partial<HourRow> = {}): HourRow => ({
    ...{ station, hour },
    ...more,
  });
  /** 8 o’clock of the city on a Monday, a Tuesday, when nothing moves, and a Wednesday, when an area alone does. */
  const contents: AnalysisContents = {
    window: ['2026-02-09T00:00:00Z', '2026-02-12T00:00:00Z'],
    versions: [paris('1001', 1, '7510101'), suburb('31001', '93048')],
    hours: [
      ...[row('1001', '2026-02-09T07', { departures: 6 }), row('31001', '2026-02-09T07', { arrivals: 4 })],
      ...[row('1001', '2026-02-10T07'), row('31001', '2026-02-10T07')],
      ...[row('1001', '2026-02-11T07'), row('31001', '2026-02-11T07', { balanced: 30, departures: 2 })],
      ...[row('1001', '2026-02-10T08'), row('31001', '2026-02-10T08')],
    ],
    latest: [{ station: '1001', bikes: 5, docks: 15, state: 3 }],
  };
  const at8 = { day_type: 'working', city_hour: 8, observed_ms: minutes(120), hours: 2 };

  it('tells nothing about movements, and hours of the other days do', async () => {
    const { movements, observed } = await ask(contents);
    expect(movements).toEqual([{ ...at8, departures: (6 + 2) / 2, arrivals: 4 / 2 }]);
    // The stock it did tell.
    expect(observed).toBe(4 / 72);
  });

  it('does so whatever area is looked at; one that alone stood still moved nothing', async () => {
    const { movements } = await ask(contents, { areas: ['75101'] });
    expect(movements).toEqual([{ ...at8, departures: 6 / 2, arrivals: 0 }]);
    const { movements: there } = await history.ask({ areas: ['93048'] });
    expect(there).toEqual([{ ...at8, departures: 2 / 2, arrivals: 4 / 2 }]);
    const { movements: still } = await history.ask({
      from: at('2026-02-10T00:00'),
      to: at('2026-02-11T00:00'),
    });
    expect(still).toEqual([]);
  });

  it('a rate is of the time between snapshots, without what the last one before a gap stood for', async () => {
    const { movements, network_curve } = await ask({ ...contents, paired: [['2026-02-09T07', 20]] });
    expect(movements).toEqual([
      { ...at8, observed_ms: minutes(80), departures: (6 + 2) / (80 / 60), arrivals: 4 / (80 / 60) },
    ]);
    expect(network_curve.find(({ from_ms }) => from_ms === at('2026-02-09T07:00'))).toMatchObject({
      ...{ observed_ms: minutes(60), mechanical: 8 },
    });
  });

  it('is no usual hour, either', async () => {
    const more = ['09', '10', '11', '12'].flatMap((day) =>
      ['07', '08', '09'].flatMap((hour) => {
        const left = { '09': 6, '12': 3 }[day];
        return [
          row(
            '1001',
            `2026-02-${day}T${hour}`,
            hour === '07' && left !== undefined ? { departures: left } : {},
          ),
          row('31001', `2026-02-${day}T${hour}`, day === '10' ? {} : { departures: 1 }),
        ];
      }),
    );
    const { dispatch } = await ask({
      ...{ ...contents, hours: more },
      window: ['2026-02-09T00:00:00Z', '2026-02-13T07:00:00Z'],
    });
    // 6 left on Monday, none on Wednesday and 3 on Thursday, and none in the hours after.
    expect(dispatch).toMatchObject([{ station_code: '1001', change: expect.closeTo(-3, 9) }]);
  });
});

it('a window that begins and ends within an hour counts what lies in it', () => {
  expect(
    hoursOf(at('2026-02-08T08:20'), at('2026-02-08T09:15')).map(({ hour_at, span_ms }) => [hour_at, span_ms]),
  ).toEqual([
    ['2026-02-08T08:00:00.000Z', minutes(40)],
    ['2026-02-08T09:00:00.000Z', minutes(15)],
  ]);
  expect(comingHours(at('2026-02-08T21:45'))).toEqual([
    { day_type: 'sunday', city_hour: 22, weight: 0.25 },
    { day_type: 'sunday', city_hour: 23, weight: 1 },
    { day_type: 'working', city_hour: 0, weight: 1 },
  ]);
});

it('areas drain in the morning and fill in the evening, or the other way round', async () => {
  const { imbalance } = await ask({
    window: ['2026-02-09T05:00:00Z', '2026-02-09T20:00:00Z'],
    versions: [paris('1001', 1, '7510101'), suburb('31001', '93048'), suburb('31002', '93001')],
    hours: [
      // 7, 9 and 10 o’clock of the city; the last does not count.
      { station: '1001', hour: '2026-02-09T06', arrivals: 9, departures: 3 },
      { station: '1001', hour: '2026-02-09T08', arrivals: 6, departures: 2 },
      { station: '1001', hour: '2026-02-09T09', departures: 50 },
      { station: '31001', hour: '2026-02-09T06', departures: 4 },
      { station: '31001', hour: '2026-02-09T18', arrivals: 3, departures: 1 },
      { station: '31002', hour: '2026-02-09T12', arrivals: 3, departures: 1 },
    ],
  });
  expect(imbalance).toEqual([
    { area_id: '75101', morning: (15 - 5) / 20, evening: null, morning_moves: 20, evening_moves: 0 },
    { area_id: '93048', morning: -1, evening: 0.5, morning_moves: 4, evening_moves: 4 },
  ]);
});

it('a station that moves counts in each hour where it stood when that began, and is told of where it came to', async () => {
  const { stock_outs, station_ranks, areas } = await ask({
    window: ['2026-02-09T06:00:00Z', '2026-02-09T09:00:00Z'],
    versions: [
      paris('1001', 1, '7510101'),
      { ...suburb('1001', '93048'), from: new Date('2026-02-09T07:30:00Z') },
    ],
    hours: ['06', '07', '08'].map((hour) => ({ station: '1001', hour: `2026-02-09T${hour}` })),
  });
  expect(areas.map(({ id }) => id)).toEqual(['93048', '75101']);
  expect(stock_outs.map(({ area_id, city_hour }) => [area_id, city_hour])).toEqual([
    ['75101', 7],
    ['75101', 8],
    ['93048', 9],
  ]);
  expect(station_ranks).toMatchObject([{ station_code: '1001', area_name: 'Area 93048' }]);
});

it('the e-bike share leaves out what does not tell the kinds', async () => {
  const { ebike_share } = await ask({
    window: ['2026-02-09T06:00:00Z', '2026-02-09T07:00:00Z'],
    versions: [paris('1001', 1, '7510101'), paris('1002', 1, '7510101')],
    hours: [
      { station: '1001', hour: '2026-02-09T06', mechanical: 6, ebikes: 2 },
      { station: '1002', hour: '2026-02-09T06', mechanical: null, ebikes: null },
    ],
  });
  expect(ebike_share).toEqual([
    { area_id: '75101', city_hour: 7, ebikes: 2 * minutes(60), mechanical: 6 * minutes(60) },
  ]);
});

it('stations are ranked by their service, equals by what leaves them; one seldom in service is not', async () => {
  const hour = '2026-02-09T06';
  const { station_ranks } = await ask({
    window: ['2026-02-09T06:00:00Z', '2026-02-09T07:00:00Z'],
    versions: ['a', 'b', 'c', 'd'].map((station) => suburb(station, '93048')),
    hours: [
      { station: 'a', hour, departures: 5 },
      { station: 'b', hour, departures: 7 },
      { station: 'c', hour, empty: 30, full: 15, balanced: 15 },
      { station: 'd', hour, closed: 31, empty: 29 },
    ],
  });
  expect(station_ranks!.map(({ station_code, worst, best }) => [station_code, worst, best])).toEqual([
    ['c', 1, 3],
    ['a', 2, 2],
    ['b', 3, 1],
  ]);
  expect(station_ranks![0]).toMatchObject({
    ...{ service_share: 0.25, empty_share: 0.5, full_share: 0.25, serving_ms: minutes(60) },
    ...{ name: 'Station c', area_name: 'Area 93048' },
  });
});

describe('bikes that nobody can take', () => {
  /** A day of a station: 2 bikes stand still for an hour, others come and go. */
  const day = (station: string, date: string, more: Partial<HourRow> = {}): HourRow[] => [
    { station, hour: `${date}T08`, mechanical: 9, ebikes: 0, departures: 12 },
    { station, hour: `${date}T12`, mechanical: 2, ebikes: 0, ...more },
  ];
  /** Bikes move elsewhere in the hour in which those stand. */
  const elsewhere = (dates: readonly string[]) =>
    dates.map((date): HourRow => ({ station: 'z', hour: `${date}T12`, arrivals: 1 }));
  const days = ['2026-02-09', '2026-02-10', '2026-02-11', '2026-02-12'];
  const window = ['2026-02-09T00:00:00Z', '2026-02-13T00:00:00Z'] as const;
  const versions = ['a', 'b', 'c', 'd'].map((station) => suburb(station, '93048'));

  it('are told after three days running with the same lowest stock', async () => {
    const { stuck_bikes } = await ask({
      ...{ window, versions },
      hours: [
        ...days.flatMap((date) => day('a', date)),
        // Its stock was lower in between.
        ...days.flatMap((date) => day('b', date, date === days[1] ? { mechanical: 1 } : {})),
        // The hour moved, or was observed for half.
        ...days.flatMap((date) => day('c', date, { mechanical: 1.5 })),
        ...days.flatMap((date) => day('d', date, { few_bikes: 30 })),
        ...elsewhere(days),
      ],
    });
    expect(stuck_bikes).toEqual([
      {
        ...{ station_code: 'a', name: 'Station a', area_name: 'Area 93048', bikes: 2, days: 4 },
        last_day: Date.parse('2026-02-12') / 86_400_000,
      },
    ]);
  });

  it('an hour that comes in parts is one hour', async () => {
    const parts = days.flatMap((date): HourRow[] => [
      { station: 'a', hour: `${date}T08`, mechanical: 9, ebikes: 0, departures: 12 },
      { station: 'a', hour: `${date}T12`, balanced: 40, mechanical: 2, ebikes: 0 },
      { station: 'a', hour: `${date}T12`, balanced: 20, mechanical: 2, ebikes: 0 },
    ]);
    const { stuck_bikes, observed } = await ask({
      ...{ window, versions, hours: [...parts, ...elsewhere(days)] },
      parted: days.map((date) => [`${date}T12`, 20] as const),
    });
    expect(stuck_bikes).toMatchObject([{ station_code: 'a', bikes: 2, days: 4 }]);
    expect(observed).toBe(8 / 96);
  });

  it('of two runs the longer counts, of equals the newer', async () => {
    const week = Array.from({ length: 9 }, (_, day) => `2026-02-${String(day + 9).padStart(2, '0')}`);
    const stand = (station: string, dates: readonly string[], mechanical = 2) =>
      dates.flatMap((date) => day(station, date, { mechanical }));
    const { stuck_bikes } = await ask({
      ...{ window: [window[0], '2026-02-18T00:00:00Z'], versions },
      hours: [
        ...[...stand('a', week.slice(0, 4)), ...stand('a', week.slice(5, 8), 1)],
        ...[...stand('b', week.slice(0, 3), 1), ...stand('b', week.slice(5, 8))],
        ...elsewhere(week),
      ],
    });
    const last = (date: string) => Date.parse(date) / 86_400_000;
    expect(stuck_bikes).toMatchObject([
      { station_code: 'a', bikes: 2, days: 4, last_day: last('2026-02-12') },
      { station_code: 'b', bikes: 2, days: 3, last_day: last('2026-02-16') },
    ]);
  });

  it('two days are too few', async () => {
    const { stuck_bikes } = await ask({
      ...{ window, versions },
      hours: [...days.slice(2).flatMap((date) => day('a', date)), ...elsewhere(days)],
    });
    expect(stuck_bikes).toEqual([]);
  });

  it('an hour in which nothing of the whole network moves tells of none', async () => {
    const { stuck_bikes } = await ask({
      ...{ window, versions },
      hours: [...days.flatMap((date) => day('a', date)), ...elsewhere(days.slice(2))],
    });
    expect(stuck_bikes).toEqual([]);
  });
});

describe('where to bring or take bikes', () => {
  /** Monday, a quarter to nine in the morning of the city. */
  const window = ['2026-02-02T00:00:00Z', '2026-02-16T07:45:00Z'] as const;
  /** Some 220 metres apart, from south to north. */
  const row = (station: string, place: number) => ({
    ...suburb(station, '93048'),
    lat: 48.85 + place * 0.002,
  });
  const versions = [row('a', 0), row('b', 1), row('c', 2), row('d', 30), row('e', 60), row('f', 90)];
  const quiet = versions.map(({ station }): HourRow => ({ station, hour: '2026-02-03T03' }));

  /** What leaves at 7, 8 and 9 o’clock, UTC, of a day of February. */
  const leaving = (station: string, day: string, departures: readonly number[]): HourRow[] =>
    departures.map((left, index) => ({
      station,
      hour: `2026-02-${day}T0${7 + index}`,
      departures: left,
    }));

  it('an empty station with nothing near comes before one with bikes next to it', async () => {
    const { dispatch } = await ask({
      ...{ window, versions, hours: quiet },
      latest: [
        { station: 'a', bikes: 0, docks: 20, state: 1 },
        { station: 'b', bikes: 4, docks: 16, state: 3 },
        // Beyond 400 metres of a, within them of b.
        { station: 'c', bikes: 9, docks: 11, state: 3 },
        { station: 'd', bikes: 1, docks: 19, state: 2 },
        { station: 'e', bikes: 19, docks: 1, state: 4 },
        { station: 'f', bikes: 0, docks: 0, state: 0 },
      ],
    });
    expect(dispatch).toMatchObject([
      { action: 'bring', rank: 1, station_code: 'd', amount: 9, near_stations: 0, change: null },
      { action: 'bring', rank: 2, station_code: 'a', amount: 10, near_stations: 1, near_bikes: 4 },
      { action: 'take', rank: 1, station_code: 'e', amount: 9, near_docks: 0 },
    ]);
  });

  it('what usually leaves by the end of the coming hours counts as gone', async () => {
    const { dispatch } = await ask({
      ...{ window, versions },
      hours: [
        ...quiet,
        // A quarter of 8, then 9 and 10 o’clock of the city; on working days.
        ...[
          leaving('a', '09', [8, 4, 2]),
          leaving('a', '10', [8, 2, 2]),
          leaving('a', '11', [8, 3, 2]),
        ].flat(),
        // Of a Sunday, and another hour.
        ...[...leaving('a', '08', [0, 100, 0]), { station: 'a', hour: '2026-02-09T12', departures: 100 }],
        // Of Saturdays and a Sunday alone: better than nothing.
        ...['07', '08', '14'].flatMap((day) => leaving('d', day, [4, 4, 1])),
      ],
      latest: [
        { station: 'a', bikes: 8, docks: 12, state: 3 },
        { station: 'd', bikes: 8, docks: 12, state: 3 },
        { station: 'e', bikes: 8, docks: 12, state: 3 },
      ],
    });
    // 8 bikes less 8 / 4, less the mean of 4, 2 and 3, less 2.
    expect(dispatch).toMatchObject([
      { station_code: 'a', action: 'bring', change: expect.closeTo(-7, 9), amount: 9 },
      { station_code: 'd', action: 'bring', change: expect.closeTo(-6, 9), amount: 8 },
    ]);
  });

  describe('what is usual', () => {
    const latest = [
      { station: 'a', bikes: 8, docks: 12, state: 3 },
      { station: 'd', bikes: 1, docks: 19, state: 2 },
    ];
    const days = (...of: readonly string[]) =>
      of.flatMap((day) => [...leaving('a', day, [4, 4, 4]), ...leaving('d', day, [4, 4, 4])]);
    const changes = async (contents: Partial<AnalysisContents>) => {
      const { dispatch } = await ask({ ...{ window, versions, latest, hours: [] }, ...contents });
      return dispatch!.map(({ station_code, change }) => [station_code, change]);
    };

    it('takes three days; the present alone counts without them', async () => {
      expect(await changes({ hours: days('09', '10', '11') })).toEqual([
        ['a', -9],
        ['d', -9],
      ]);
      expect(await changes({ hours: days('09', '10') })).toEqual([['d', null]]);
    });

    it('takes half of each of the coming hours on them', async () => {
      const hours = days('09', '10', '11');
      expect(await changes({ hours, paired: [['2026-02-10T08', 29]] })).toEqual([['d', null]]);
      // The rate is of these thirty minutes.
      expect(await changes({ hours, paired: [['2026-02-10T08', 30]] })).toContainEqual([
        'a',
        expect.closeTo(-1 - 12 / 2.5 - 4, 9),
      ]);
      expect(await changes({ hours: hours.filter(({ hour }) => hour !== '2026-02-11T09') })).toEqual([
        ['d', null],
      ]);
    });

    it('is that of all days where those of the type are too few', async () => {
      expect(await changes({ hours: days('08', '09', '10') })).toContainEqual(['a', expect.closeTo(-9, 9)]);
    });
  });

  it('areas narrow it; hours and day types do not', async () => {
    const latest = [
      { station: 'a', bikes: 0, docks: 20, state: 1 },
      { station: 'p', bikes: 20, docks: 0, state: 5 },
    ];
    const places = [...versions, { ...paris('p', 4, '7510401'), lat: 48.9 }];
    const hours = [...quiet, { station: 'p', hour: '2026-02-03T03' }];
    const all = await ask({ window, versions: places, hours, latest });
    expect(all.dispatch!.map(({ station_code }) => station_code)).toEqual(['a', 'p']);
    const one = await history.ask({ areas: ['75104'], hours: [3], dayTypes: ['sunday'] });
    expect(one.dispatch!.map(({ station_code }) => station_code)).toEqual(['p']);
  });
});

it('a window of nothing has no answers', async () => {
  const answers = await ask({ window: ['2026-02-08T08:00:00Z', '2026-02-08T09:00:00Z'], hours: [] });
  expect(answers.areas).toEqual([]);
  expect(answers.network_curve).toMatchObject([{ observed_ms: 0, docks: null }]);
  for (const question of ['stock_outs', 'movements', 'station_ranks', 'dispatch'] as const)
    expect(answers[question]).toEqual([]);
});
