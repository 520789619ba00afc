import { expect, test, vi } from 'vitest';
import { readAreaMap } from '../../src/pipeline/areaMap.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { Draft } from '../../src/pipeline/draft.ts';
import { Rollups } from '../../src/pipeline/rollup.ts';
import { sections } from '../../src/pipeline/sections.ts';
import { informationPart, readVersions } from '../../src/silver/information.ts';
import type { Version } from '../../src/silver/versions.ts';
import { housesOfTest, type TestHouse } from './houses.ts';

const MINUTE = 60_000;
const midnight = Date.UTC(2026, 10, 22);
const at = (minute: number) => midnight + minute * MINUTE;
const open = housesOfTest();

/** Two stations in one place: two days, of which the second has two hours, and three hours of a third. */
async function opened(): Promise<TestHouse> {
  const one = await open();
  for (const minute of [-20, -19, 60, 61, 121, 122, 1445, 1446, 1505, 1506, 1570]) {
    const stations = ['16107', '9020'].map((stationcode) => ({
      ...{ stationcode, name: stationcode, is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
      ...{ capacity: 30, numbikesavailable: 10, numdocksavailable: 20, mechanical: 10, ebike: 0 },
      ...{ duedate: new Date(at(minute)).toISOString() },
      coordonnees_geo: { lon: 2.275725, lat: 48.865983 },
    }));
    await one.record(at(minute), stations);
  }
  await compact(one.house.lake, one.house.source, at(1571));
  return one;
}

/** Tells of 16107 otherwise from a minute on. Gives the version that it had first. */
async function tell({ house }: TestHouse, minute: number, change: Partial<Version>): Promise<Version> {
  const { lake, source, engine } = house;
  const paths = lake.entries('station_information', source).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  const known = (await readVersions(engine, paths)).find(({ station_code }) => station_code === '16107')!;
  const part = await informationPart(engine, source, [{ ...known, ...change, valid_from: at(minute) }]);
  const draft = new Draft(lake, source);
  const facts = { from: at(minute), to: at(minute), snapshots: 0, csv_bytes: 0 };
  await draft.put('station_information', part, facts);
  await lake.append([{ kind: 'commit', source, files: draft.written, replaces: [] }]);
  return known;
}

/** The true `area_hour` of each section that is compacted, in the order of time. */
async function truths({ house: { lake, source, engine } }: TestHouse): Promise<(string | undefined)[]> {
  const made = new Rollups(lake, source, await readAreaMap(lake, engine, source));
  const compacted = sections(lake, source).filter(({ grain }) => grain !== 'part');
  return compacted.map((section) => made.of(section, 'area_hour')?.path);
}

/** Compacts, and gives the tables that were read to do so. */
async function readToCompact({ house: { lake, source } }: TestHouse): Promise<(string | undefined)[]> {
  const read = vi.spyOn(lake, 'readSound');
  expect(await compact(lake, source, at(1571))).toBe(true);
  return [...new Set(read.mock.calls.map(([path]) => path.split('/')[1]))].sort();
}

/** Minutes in service of each area, by the minute at which the hour begins. */
async function served({ house }: TestHouse): Promise<(string | number)[][]> {
  const span = { from: at(-30), to: at(1571) };
  const rows = await house.history.read('station_hour', span, (engine) =>
    engine.query<{ hour_at: number; id: string; ms: number }>(
      `SELECT hour_at, quartier_id AS id, CAST(sum(serving_ms) AS DOUBLE) AS ms
       FROM area_hour GROUP BY hour_at, quartier_id ORDER BY hour_at, id`,
    ),
  );
  return rows.map(({ hour_at, id, ms }) => [(hour_at - midnight) / MINUTE, id, ms / MINUTE]);
}

test('a version that changes no area leaves every sum by area true', async () => {
  const one = await opened();
  const [made, before] = [await truths(one), await served(one)];
  expect(made.every(Boolean)).toBe(true);
  expect(made).toHaveLength(4);
  await tell(one, 90, { name: 'Bastille', capacity: 31 });
  expect(await truths(one)).toEqual(made);
  expect(await readToCompact(one)).toEqual(['station_information']);
  expect(await truths(one)).toEqual(made);
  expect(await served(one)).toEqual(before);
});

test('a station that moves has the sums of its hours since made again, of hours and not of Silver', async () => {
  const one = await opened();
  const { lake, source } = one.house;
  const made = await truths(one);
  const { area_id, arrondissement } = await tell(one, 90, { area_id: '7510101', arrondissement: 1 });
  await tell(one, 1500, { area_id, arrondissement });
  const [first, , , last] = made;
  expect(await truths(one)).toEqual([first, undefined, undefined, last]);
  const home = area_id!;
  const expected = [
    [-60, home, 22],
    [60, home, 22],
    [120, '7510101', 11],
    [120, home, 11],
    [1440, '7510101', 11],
    [1440, home, 11],
    [1500, home, 22],
    [1560, home, 2],
  ];
  expect(await served(one)).toEqual(expected);

  expect(await readToCompact(one)).toEqual(['station_hour', 'station_information']);
  const again = await truths(one);
  expect(again).toEqual([first, expect.any(String), expect.any(String), last]);
  expect(
    lake
      .entries('area_hour', source)
      .map(({ path }) => path)
      .sort(),
  ).toEqual([...again].sort());
  expect(await served(one)).toEqual(expected);
});
