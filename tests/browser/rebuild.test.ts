import { describe, expect, test } from 'vitest';
import { compact } from '../../src/pipeline/compact.ts';
import { hashes, hasShared, housesOfTest, sharedFile, today } from './houses.ts';

const open = housesOfTest();

/** Mixed eras, three of which tell of the same minute, and two of which tell only half. */
const eras = [
  'jcdecaux-2014/stations-velib-disponibilites-en-temps-reel.csv',
  'smovengo-2019/velib-disponibilite-en-temps-reel.geojson',
  'scraped-labels-2022/data_2022-06-01T145009Z_is_really_a_zip.csv',
  'labels-csv-2023/velib-disponibilite-en-temps-reel.csv',
  'v21-export-2024/raw/R-Velib__R-Velib20241105_085501.json.gz',
  'v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz',
  'v21-export-2024/raw/shell-Velib__velib_data_20241105_085501.json.gz',
  'v21-export-2024/raw/shell-Velib__velib_data_20241106_101001.json.gz',
  'v21-export-2024/stations.csv',
  'pipeline-csv-2025/velib_20250605_021051.csv',
  'pipeline-csv-2025/velib_20250605_030003.csv',
  'gbfs-2025/station_status.json',
  'gbfs-2025/station_information.json',
  'pandas-csv-2026/velib_20260207_235858.csv',
];

const shared = async (paths: readonly string[]) =>
  (await Promise.all(paths.map((path) => sharedFile(`velib/${path}`)))) as File[];

const stations = (bikes: number, name = 'Place') =>
  ['16107', '1001', '9020'].map((stationcode, index) => ({
    ...{
      stationcode,
      name: `${name} ${stationcode}`,
      capacity: 30,
      numdocksavailable: 18,
      numbikesavailable: bikes,
    },
    ...{ mechanical: bikes, ebike: 0, is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
    coordonnees_geo: { lon: 2.27 + index / 100, lat: 48.86 },
  }));

describe.skipIf(!hasShared)('files of every era', () => {
  test('give the same Silver in any order, and a rebuild gives it again', async () => {
    const there = await open();
    await there.bring(...(await shared(eras)));
    const expected = await hashes(there.house);

    const back = await open();
    await back.bring(...(await shared(eras.toReversed())));
    expect(await hashes(back.house)).toEqual(expected);

    await there.curator.rebuild(null);
    expect(await hashes(there.house)).toEqual(expected);
    await compact(there.house.lake, there.house.source, today);
    expect(await hashes(there.house)).toEqual(expected);
    await there.curator.rebuild(null);
    expect(await hashes(there.house)).toEqual(expected);
  });
});

test('what was recorded is rebuilt from open hours and from packed ones', async () => {
  const { house, curator, record } = await open();
  const start = today - 26 * 3_600_000;
  for (let minute = 0; minute < 4; minute += 1) await record(start + minute * 60_000, stations(minute));
  for (let minute = 0; minute < 4; minute += 1)
    await record(today + minute * 60_000, stations(minute, 'Square'));
  const expected = await hashes(house);
  expect(expected.station_status).toMatch(/^24 /);
  expect(expected.station_information).toMatch(/^6 /);
  await curator.rebuild(null);
  expect(await hashes(house)).toEqual(expected);
  await compact(house.lake, house.source, today);
  await curator.rebuild('2026-11-22');
  expect(await hashes(house)).toEqual(expected);
  const again = await open();
  expect(again.house.source).not.toBe(house.source);
});

test('a rebuild that is stopped leaves the lake as it was', async () => {
  const { house, curator, record } = await open();
  await record(today, stations(1));
  const before = structuredClone(house.lake.state.files);
  const rebuilding = curator.rebuild(null);
  const { queue } = curator;
  while (!queue.stop()) await Promise.resolve();
  await expect(rebuilding).rejects.toMatchObject({ code: 'engine.aborted' });
  expect(house.lake.state.files).toEqual(before);
  for (const path of Object.keys(before)) await house.lake.read(path);
});
