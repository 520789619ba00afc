import { expect, test } from 'vitest';
import { compact } from '../../src/pipeline/compact.ts';
import { choose } from '../../src/pipeline/rollup.ts';
import type { HistoryTable } from '../../src/gold/history.ts';
import { rollups } from '../../src/gold/rollups.ts';
import { housesOfTest, type TestHouse } from './houses.ts';

const MINUTE = 60_000;
const midnight = Date.UTC(2026, 10, 22);
const open = housesOfTest();

const told = (code: string, bikes: number, at: number) => ({
  ...{ stationcode: code, name: code, is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
  ...{ capacity: 30, numbikesavailable: bikes, numdocksavailable: 30 - bikes, mechanical: bikes, ebike: 0 },
  ...{ duedate: new Date(at).toISOString(), coordonnees_geo: { lon: 2.275725, lat: 48.865983 } },
});

/** Two days and the beginning of a third, around their midnights: 16107 loses ten bikes at one of them, 9020 keeps its own. */
async function record({ record }: TestHouse) {
  const minutes = [-20, -2, -1, 0, 1, 720, 1438.5, 1440.5, 1441];
  for (const minute of minutes) {
    const at = midnight + minute * MINUTE;
    await record(at, [told('16107', minute < 0 ? 15 : 5, at), told('9020', 3, at)]);
  }
}

const order = {
  station_interval: 'SELECT * FROM station_interval ORDER BY station_code, from_at, to_at',
  station_frame: 'SELECT * FROM station_frame ORDER BY frame_at, station_code',
  station_hour: `SELECT station_code, hour_at, CAST(sum(observed_ms) AS DOUBLE) AS observed_ms,
    CAST(sum(bikes) AS DOUBLE) AS bikes, CAST(sum(departures) AS DOUBLE) AS departures,
    CAST(sum(taken) AS DOUBLE) AS taken FROM station_hour GROUP BY station_code, hour_at ORDER BY 1, 2`,
} as const satisfies Readonly<Record<HistoryTable, string>>;

const span = { from: midnight - 30 * MINUTE, to: midnight + 1445 * MINUTE };
const read = ({ house }: TestHouse, table: HistoryTable, of: object = {}) =>
  house.history.read(table, { ...span, ...of }, (engine) => engine.query(order[table]));
const readAll = async (one: TestHouse) => ({
  intervals: await read(one, 'station_interval'),
  station: await read(one, 'station_interval', { station: '16107' }),
  hours: await read(one, 'station_hour'),
  frames: await read(one, 'station_frame'),
  columns: await one.house.history.frames('2026-11-22'),
});

test('a span of the past reads the same from Silver, from rollups, and from both', async () => {
  const one = await open();
  await record(one);
  const { lake, source } = one.house;
  const before = await readAll(one);
  const at = (minute: number) => midnight + minute * MINUTE;
  expect(before.station).toMatchObject([
    { from_at: at(-20), to_at: at(-10), bikes: 15, state: 3 },
    { from_at: at(-2), to_at: at(0), bikes: 15 },
    { from_at: at(0), to_at: at(11), bikes: 5 },
    { from_at: at(720), to_at: at(730), bikes: 5 },
    { from_at: at(1438.5), to_at: at(1440.5), bikes: 5 },
    { from_at: at(1440.5), to_at: at(1445), bikes: 5 },
  ]);
  expect(before.hours).toContainEqual({
    ...{ station_code: '16107', hour_at: midnight, observed_ms: 11 * MINUTE },
    ...{ bikes: 5 * 11 * MINUTE, departures: 10, taken: 10 },
  });
  const { codes, instants, state, mechanical } = before.columns!;
  expect(codes).toEqual(['16107', '9020']);
  expect([...instants]).toEqual([at(0), at(720)]);
  expect([...state]).toEqual([3, 3, 3, 3]);
  expect([...mechanical]).toEqual([5, 3, 5, 3]);

  await compact(lake, source, midnight + 1440 * MINUTE);
  const made = () => rollups.map((rollup) => lake.entries(rollup, source).length);
  expect(made()).toEqual([2, 2, 2, 2, 2, 2]);
  expect(choose(lake, source, -Infinity, midnight - 1).station_day).toHaveLength(1);
  expect(await readAll(one)).toEqual(before);

  await one.house.deleteDay('2026-11-21');
  expect(made()).toEqual([1, 1, 1, 1, 1, 1]);
  expect(await read(one, 'station_hour')).not.toContainEqual(expect.objectContaining({ departures: 10 }));
});

test('the last snapshot of a span stands no longer than that, the newest one of all or not', async () => {
  const one = await open();
  await record(one);
  const at = (minute: number) => midnight + minute * MINUTE;
  const hoursTo = (to: number) => read(one, 'station_hour', { station: '9020', to });
  const observed = (minutes: number) => [
    expect.objectContaining({ hour_at: at(-60), observed_ms: minutes * MINUTE }),
  ];
  expect(await hoursTo(at(-0.25))).toEqual(observed(11.75));
  await compact(one.house.lake, one.house.source, at(1440));
  expect(await hoursTo(at(-0.25))).toEqual(observed(11.75));
  // Of what comes first the next snapshot and the end.
  await one.house.deleteDay('2026-11-22');
  expect(await hoursTo(at(4))).toEqual([
    ...observed(12),
    expect.objectContaining({ observed_ms: 4 * MINUTE }),
  ]);
});

test('today is read from rollups of the hours that are over, and from Silver of what came since', async () => {
  const one = await open();
  const { lake, source, history } = one.house;
  const at = (minute: number) => midnight + minute * MINUTE;
  const bikes: Readonly<Record<number, number>> = {
    50: 15,
    58: 15,
    60: 2,
    61: 2,
    118: 4,
    119.5: 4,
    120.5: 9,
  };
  const record = async (minute: number) => {
    const stock = bikes[minute]!;
    await one.record(at(minute), [told('16107', stock, at(minute)), told('9020', 3, at(minute))]);
  };
  for (const minute of [50, 58, 60, 61, 118, 119.5, 120.5]) await record(minute);
  const today = { from: at(0), to: at(121) };
  const tables = ['station_hour', 'station_frame'] as const;
  const readHours = () =>
    Promise.all(tables.map((table) => history.read(table, today, (engine) => engine.query(order[table]))));
  const before = await readHours();
  expect(before[0]).toContainEqual({
    ...{ station_code: '16107', hour_at: at(60), departures: 13, taken: 13 },
    ...{ observed_ms: 13 * MINUTE, bikes: (2 * 11 + 4 * 2) * MINUTE },
  });
  const kept = () => lake.entries('station_hour', source).map(({ path, snapshots }) => ({ path, snapshots }));

  await compact(lake, source, at(70));
  const [first, ...others] = kept();
  expect([first!.snapshots, others]).toEqual([2, []]);
  await compact(lake, source, at(121));
  expect(kept()).toMatchObject([{ path: first!.path }, { snapshots: 4 }]);
  expect(await readHours()).toEqual(before);
  expect(
    await history.read('station_interval', today, (engine) =>
      engine.query(
        `SELECT from_at, to_at, bikes FROM station_interval WHERE station_code = '16107' ORDER BY 1`,
      ),
    ),
  ).toEqual(
    [
      [50, 60, 15],
      [60, 71, 2],
      [118, 120.5, 4],
      [120.5, 121, 9],
    ].map(([from, to, bikes]) => ({ from_at: at(from!), to_at: at(to!), bikes })),
  );
  const span = { from: at(0), to: at(120) };
  const { station_status, station_day } = choose(lake, source, span.from, span.to);
  expect([station_status.length, station_day.length]).toEqual([0, 2]);
  const averaged = await one.house.answer({ kind: 'range', ...span });
  expect(averaged.stations.map(({ mechanical }) => mechanical)).toEqual([(15 * 10 + 2 * 11 + 4 * 2) / 23, 3]);

  await compact(lake, source, at(1441));
  expect(kept()).toMatchObject([{ snapshots: 7 }]);
  expect(await readHours()).toEqual(before);
});

test('a snapshot that comes late into an hour that is over is read with all that lies after it', async () => {
  const one = await open();
  const { lake, source, history } = one.house;
  const at = (minute: number) => midnight + minute * MINUTE;
  const record = (minute: number) => one.record(at(minute), [told('16107', minute % 20, at(minute))]);
  for (const minute of [5, 10, 65, 70, 125]) await record(minute);
  await compact(lake, source, at(130));
  await record(7);
  const today = { from: at(0), to: at(140) };
  const read = () => history.read('station_hour', today, (engine) => engine.query(order.station_hour));
  const hours = [
    { observed_ms: 15 * MINUTE, bikes: (5 * 2 + 7 * 3 + 10 * 10) * MINUTE },
    { observed_ms: 15 * MINUTE, bikes: (5 * 5 + 10 * 10) * MINUTE },
    { observed_ms: 10 * MINUTE, bikes: 5 * 10 * MINUTE },
  ].map((hour) => expect.objectContaining(hour));
  expect(await read()).toEqual(hours);
  await compact(lake, source, at(130));
  expect(lake.entries('station_hour', source)).toHaveLength(2);
  expect(await read()).toEqual(hours);
});

test('there is nothing where nothing was recorded', async () => {
  const one = await open();
  expect(await readAll(one)).toEqual({ intervals: [], station: [], hours: [], frames: [], columns: null });
});
