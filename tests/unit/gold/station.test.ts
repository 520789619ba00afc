import { afterEach, describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { askHabits } from '../../../src/gold/station.ts';
import { closureOf } from '../../../src/ui/station/summary.ts';
import { engineOf } from './analysesLake.ts';
import { openStation, type Run } from './stationLake.ts';

let station: Awaited<ReturnType<typeof openStation>>;
const open = async (...args: Parameters<typeof openStation>): Promise<void> => {
  station = await openStation(...args);
};
afterEach(() => station.lake.close());

const minutes = (count: number): number => count * 60_000;
const hour = { step_ms: minutes(60) };
const at = (time: string): string => `2026-02-08T${time}:00Z`;

describe('an hour with a gap', () => {
  /** It loses 5 bikes, is not seen for ten minutes, is empty, gets a new dock, is filled, and loses one at the end. */
  const runs: Run[] = [
    { from: at('07:50'), to: at('08:10') },
    { from: at('08:10'), to: at('08:20'), state: 2, mechanical: 2, ebikes: 0, docks: 18 },
    { from: at('08:30'), to: at('08:40'), state: 1, mechanical: 0, ebikes: 0, docks: 20 },
    { from: at('08:40'), to: at('08:45'), state: 1, mechanical: 0, ebikes: 0, docks: 21, capacity: 21 },
    { from: at('08:45'), to: at('09:00'), state: 5, mechanical: 1, ebikes: 9, docks: 0, capacity: 21 },
    { from: at('09:00'), to: at('09:10'), state: 4, mechanical: 1, ebikes: 8, docks: 1, capacity: 21 },
  ];
  const span = [at('08:00'), at('09:00')] as const;

  it('is told run by run, cut to the span, the gap left out', async () => {
    await open(runs, span);
    expect(await station.ask('station_runs')).toEqual([
      { from_ms: 0, to_ms: minutes(10), mechanical: 4, ebikes: 3, docks: 13 },
      { from_ms: minutes(10), to_ms: minutes(20), mechanical: 2, ebikes: 0, docks: 18 },
      { from_ms: minutes(30), to_ms: minutes(40), mechanical: 0, ebikes: 0, docks: 20 },
      { from_ms: minutes(40), to_ms: minutes(45), mechanical: 0, ebikes: 0, docks: 21 },
      { from_ms: minutes(45), to_ms: minutes(60), mechanical: 1, ebikes: 9, docks: 0 },
      // How long the newest snapshot stands is not known yet.
      { from_ms: minutes(60), to_ms: minutes(60), mechanical: 1, ebikes: 8, docks: 1 },
    ]);
  });

  it('lists every stock that is the fewest or the most, that of the newest snapshot too', async () => {
    const newest: Run = { from: at('09:00'), to: at('09:10'), state: 5, mechanical: 6, ebikes: 9, docks: 0 };
    await open([...runs.slice(0, -1), newest], span);
    const told = await station.ask('station_runs');
    const [range] = await station.ask('station_range');
    const bikes = told.map(({ mechanical, ebikes }) => Number(mechanical) + Number(ebikes));
    expect(range).toMatchObject({ least: Math.min(...bikes), most: 15, most_ms: minutes(60) });
    expect(Math.max(...bikes)).toBe(15);
  });

  it('is told by quarter-hour as means over what was observed', async () => {
    await open(runs, span);
    const curve = await station.ask('station_curve', { step_ms: minutes(15) });
    expect(
      curve.map(({ from_ms, mechanical, ebikes, docks }) => [from_ms, mechanical, ebikes, docks]),
    ).toEqual([
      [0, (10 * 4 + 5 * 2) / 15, (10 * 3) / 15, (10 * 13 + 5 * 18) / 15],
      [minutes(15), 2, 0, 18],
      [minutes(30), 0, 0, (10 * 20 + 5 * 21) / 15],
      [minutes(45), 1, 9, 0],
    ]);
  });

  it('counts what left and came at least: not over the gap, and the last reading too', async () => {
    await open(runs, span);
    expect(await station.ask('station_movements', { step_ms: minutes(15) })).toEqual([
      { from_ms: 0, departures: 5, arrivals: 0, observed_ms: minutes(15) },
      { from_ms: minutes(15), departures: 0, arrivals: 0, observed_ms: minutes(5) },
      { from_ms: minutes(30), departures: 0, arrivals: 0, observed_ms: minutes(15) },
      { from_ms: minutes(45), departures: 0, arrivals: 10, observed_ms: minutes(15) },
      { from_ms: minutes(60), departures: 1, arrivals: 0, observed_ms: 0 },
    ]);
    expect(await station.ask('station_movements', hour)).toMatchObject([
      { departures: 5, arrivals: 10, observed_ms: minutes(50) },
      { departures: 1, arrivals: 0, observed_ms: 0 },
    ]);
  });

  it('tells the fewest and the most as they were read, and when first', async () => {
    await open(runs, span);
    expect(await station.ask('station_range')).toEqual([
      { least: 0, least_ms: minutes(30), most: 10, most_ms: minutes(45) },
    ]);
  });

  it('may begin within a quarter-hour: what was before counts for nothing, and times are of its quarter-hour', async () => {
    await open(runs, [at('08:05'), at('08:35')]);
    expect(await station.ask('station_runs')).toMatchObject([
      { from_ms: minutes(5), to_ms: minutes(10) },
      { from_ms: minutes(10), to_ms: minutes(20) },
      { from_ms: minutes(30), to_ms: minutes(35) },
    ]);
    expect(await station.ask('station_service')).toMatchObject([{ observed_ms: minutes(20) }]);
    expect(await station.ask('station_movements', { step_ms: minutes(15) })).toEqual([
      { from_ms: 0, departures: 5, arrivals: 0, observed_ms: minutes(10) },
      { from_ms: minutes(15), departures: 0, arrivals: 0, observed_ms: minutes(5) },
      { from_ms: minutes(30), departures: 0, arrivals: 0, observed_ms: minutes(5) },
    ]);
    expect(await station.ask('station_range')).toMatchObject([{ most: 7, most_ms: minutes(5) }]);
  });

  it('was empty once and full once', async () => {
    await open(runs, span);
    expect(await station.ask('station_service')).toEqual([
      {
        ...{ runs: 6, observed_ms: minutes(50), known_ms: minutes(50), closed_ms: 0 },
        ...{ empty_ms: minutes(15), empty_times: 1, empty_longest_ms: minutes(15) },
        ...{ full_ms: minutes(15), full_times: 1, full_longest_ms: minutes(15) },
      },
    ]);
  });
});

it('a stretch that a gap cuts is two, and time closed or unknown is neither empty nor full', async () => {
  const none = { mechanical: 0, ebikes: 0, docks: 20 };
  await open(
    [
      { from: at('08:10'), to: at('08:15'), state: 1, ...none },
      { from: at('08:20'), to: at('08:27'), state: 1, ...none },
      { from: at('08:27'), to: at('08:30'), state: 0, ...none },
      { from: at('08:30'), to: at('08:36'), state: 1, ...none },
      { from: at('08:36'), to: at('08:40'), state: -1, ...none },
      { from: at('08:40'), to: at('08:50'), state: null, docks: null },
    ],
    [at('08:00'), at('09:00')],
  );
  expect(await station.ask('station_service')).toEqual([
    {
      ...{ runs: 6, observed_ms: minutes(35), known_ms: minutes(25), closed_ms: minutes(7) },
      ...{ empty_ms: minutes(18), empty_times: 3, empty_longest_ms: minutes(7) },
      ...{ full_ms: 0, full_times: 0, full_longest_ms: null },
    },
  ]);
});

it('has no fewest and no most while it is closed, and its first snapshot has no length yet', async () => {
  const none = { mechanical: 0, ebikes: 0, docks: 20 };
  const span = [at('08:00'), at('09:00')] as const;
  await open(
    [
      { from: at('08:10'), to: at('08:40'), state: 0, ...none },
      { from: at('08:40'), to: at('08:50') },
    ],
    span,
  );
  expect(await station.ask('station_range')).toEqual([
    { least: 7, least_ms: minutes(40), most: 7, most_ms: minutes(40) },
  ]);
  station.lake.close();
  await open([{ from: at('08:10'), to: at('08:40'), state: -1, ...none }], span);
  expect(await station.ask('station_range')).toEqual([]);
  station.lake.close();
  await open([{ from: at('09:00'), to: at('09:10') }], span);
  expect(await station.ask('station_service')).toMatchObject([{ runs: 1, observed_ms: 0 }]);
});

it('habits say whether the station was in service at all in their four weeks', async () => {
  const shut: Run = { from: at('08:10'), to: at('08:40'), state: 0 };
  const closure = async (...runs: Run[]) => {
    await open(runs, [at('08:00'), at('09:00')]);
    const { service } = await askHabits(engineOf(station.lake) as Engine, '16107', Date.parse(at('09:00')));
    return closureOf(service);
  };
  expect(await closure(shut)).toBe('always');
  station.lake.close();
  expect(await closure({ from: '2026-01-20T08:00:00Z', to: '2026-01-20T08:30:00Z' }, shut)).toBe('partly');
});

describe('what is usual', () => {
  const stock = (from: string, to: string, mechanical: number): Run => ({ from, to, mechanical, ebikes: 0 });
  /** 09:00 of the city in winter. */
  const nine = (day: string, mechanical: number): Run =>
    stock(`${day}T08:00:00Z`, `${day}T08:15:00Z`, mechanical);
  const usual = { city_day: '2026-11-20', day_type: 'working' };

  it('is the median and the 10-90 % band of earlier days of the same type', async () => {
    await open(
      [
        ...[nine('2026-11-11', 19), nine('2026-11-12', 1), nine('2026-11-13', 2), nine('2026-11-14', 18)],
        ...[nine('2026-11-16', 10), nine('2026-11-17', 4)],
        // Known for seven minutes of fifteen: it tells too little.
        stock('2026-11-18T08:08:00Z', '2026-11-18T08:15:00Z', 17),
        stock('2026-11-19T08:00:00Z', '2026-11-19T08:07:30Z', 3),
        nine('2026-11-20', 12),
      ],
      ['2026-11-11T00:00:00Z', '2026-11-20T12:00:00Z'],
    );
    expect(await station.ask('station_usual', usual)).toEqual([
      {
        ...{ quarter: 36, days: 5, median: 3, bikes: 12 },
        // Between the first and the second of 1, 2, 3, 4, 10, and between the fourth and the fifth.
        ...{ low: expect.closeTo(1 + 0.4 * 1, 9), high: expect.closeTo(4 + 0.6 * 6, 9) },
      },
    ]);
  });

  it('takes the hour that the clocks repeat for one, and knows none in the hour that they skip', async () => {
    await open(
      [
        // 02:00 summer time, then 02:00 winter time.
        stock('2026-10-25T00:00:00Z', '2026-10-25T00:15:00Z', 2),
        stock('2026-10-25T01:00:00Z', '2026-10-25T01:15:00Z', 6),
      ],
      ['2026-10-24T22:00:00Z', '2026-11-01T03:00:00Z'],
    );
    const sunday = { city_day: '2026-11-01', day_type: 'sunday' };
    expect(await station.ask('station_usual', sunday)).toEqual([
      { quarter: 8, days: 1, low: 4, median: 4, high: 4, bikes: null },
    ]);
    expect(await station.ask('station_week')).toEqual([
      { weekday: 7, hour: 2, bikes: 4, docks: 13, observed_ms: minutes(30) },
    ]);
    station.lake.close();

    await open(
      [stock('2026-03-29T00:45:00Z', '2026-03-29T01:15:00Z', 5)],
      ['2026-03-28T23:00:00Z', '2026-04-05T03:00:00Z'],
    );
    const easter = { city_day: '2026-04-05', day_type: 'sunday' };
    const rows = await station.ask('station_usual', easter);
    expect(rows.map(({ quarter, median }) => [quarter, median])).toEqual([
      [7, 5],
      [12, 5],
    ]);
  });
});

it('the week has a row an hour that was observed, weighted by time', async () => {
  const run = (from: string, to: string, mechanical: number): Run => ({ from, to, mechanical, ebikes: 0 });
  await open(
    [
      run('2026-11-16T08:00:00Z', '2026-11-16T08:10:00Z', 3),
      run('2026-11-16T08:50:00Z', '2026-11-16T09:30:00Z', 9),
      run('2026-11-23T08:00:00Z', '2026-11-23T08:20:00Z', 0),
    ],
    ['2026-11-16T00:00:00Z', '2026-11-24T00:00:00Z'],
  );
  expect(await station.ask('station_week')).toEqual([
    { weekday: 1, hour: 9, bikes: (10 * 3 + 10 * 9 + 20 * 0) / 40, docks: 13, observed_ms: minutes(40) },
    { weekday: 1, hour: 10, bikes: 9, docks: 13, observed_ms: minutes(30) },
  ]);
});

it('a source that does not tell the kinds of bikes has docks alone; one station and none of its time has nothing', async () => {
  await open(
    [{ from: at('08:00'), to: at('08:30'), mechanical: null, ebikes: null }],
    [at('08:00'), at('09:00')],
  );
  expect(await station.ask('station_curve', hour)).toEqual([
    { from_ms: 0, to_ms: minutes(60), mechanical: null, ebikes: null, docks: 13 },
  ]);
  expect(await station.ask('station_week')).toEqual([]);
  station.lake.close();

  await open([], [at('08:00'), at('09:00')]);
  for (const question of ['station_runs', 'station_week'] as const)
    expect(await station.ask(question)).toEqual([]);
  expect(await station.ask('station_service')).toMatchObject([{ runs: 0, observed_ms: 0, empty_times: 0 }]);
  expect(await station.ask('station_range')).toEqual([]);
});
