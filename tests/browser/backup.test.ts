import { expect, test } from 'vitest';
import type { Answers } from '../../src/gold/answers.ts';
import { DAY } from '../../src/lake/names.ts';
import { sourceState } from '../../src/lake/state.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { hashes, hasShared, housesOfTest, sharedFile, today, type TestHouse } from './houses.ts';

const houseOfTest = housesOfTest();
const MINUTE = 60_000;
const yesterday = today - 26 * 3_600_000;

const stations = (bikes: number) =>
  ['16107', '1001', '9020'].map((stationcode, index) => ({
    ...{ stationcode, name: `Place ${stationcode}`, capacity: 30 },
    ...{ numdocksavailable: 30 - bikes, numbikesavailable: bikes, mechanical: bikes, ebike: 0 },
    ...{ is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
    coordonnees_geo: { lon: 2.27 + index / 100, lat: 48.86 },
  }));

/** A house with an empty lake: what other tests left would be backed up, too. */
async function open(): Promise<TestHouse> {
  const one = await houseOfTest();
  await one.house.deleteAll();
  return one;
}

/** Records minutes of yesterday and of today, and compacts what is over. */
async function fill({ house, record }: TestHouse, shift = 0): Promise<void> {
  for (const start of [yesterday, today])
    for (let minute = 0; minute < 4; minute += 1)
      await record(start + minute * MINUTE + shift, stations(minute * 3));
  await compact(house.lake, house.source, today);
}

async function backUp({ curator }: TestHouse): Promise<File> {
  const { file, lost } = await curator.backUp(null);
  expect(lost).toEqual([]);
  return file!;
}

test('a lake that was deleted comes back from its backup: every table, every answer', async () => {
  const one = await open();
  const { house, curator, bring } = one;
  await fill(one);
  if (hasShared) await bring((await sharedFile('velib/pandas-csv-2026/velib_20260207_235858.csv'))!);
  const expected = await hashes(house);
  const answers = await house.answer({ kind: 'newest' });
  const zip = await backUp(one);
  await house.deleteAll();
  expect(sourceState(house.lake.state, house.source).days).toEqual({});
  const report = await curator.restore(zip);
  expect(report).toMatchObject({ added: hasShared ? 9 : 8, lost: [] });
  expect(await hashes(house)).toEqual(expected);
  expect(await house.answer({ kind: 'newest' })).toEqual(answers);
  expect(await curator.restore(zip)).toMatchObject({ added: 0, imports: 0, lost: [] });
  await curator.rebuild(null);
  expect(await hashes(house)).toEqual(expected);
});

test('restoring that is stopped leaves a whole lake, and a second time completes it', async () => {
  const one = await open();
  const { house, curator } = one;
  await fill(one);
  const expected = await hashes(house);
  const zip = await backUp(one);
  await house.deleteAll();
  const restoring = curator.restore(zip);
  restoring.catch(() => undefined);
  await expect.poll(() => Object.keys(house.lake.state.files).length).toBeGreaterThan(0);
  curator.queue.stop();
  await expect(restoring).rejects.toMatchObject({ code: 'engine.aborted' });
  for (const path of Object.keys(house.lake.state.files)) await house.lake.read(path);
  await curator.restore(zip);
  expect(await hashes(house)).toEqual(expected);
});

test('two recorders 20 s apart are both kept, and averages are those of one', async () => {
  const one = await open();
  const { house, curator } = one;
  await fill(one);
  const range = { kind: 'range', from: yesterday, to: yesterday + 3 * MINUTE } as const;
  const alone = shares(await house.answer(range));
  const zip = await backUp(one);
  await house.deleteAll();
  await fill(one, 20_000);
  expect(await curator.restore(zip)).toMatchObject({ added: 8, known: 0, lost: [] });
  const { days } = sourceState(house.lake.state, house.source);
  expect(Object.values(days).flat()).toHaveLength(16);
  expect(shares(await house.answer(range))).toEqual(alone);
});

test('of a day whose Bronze was dropped its Silver comes back', async () => {
  const one = await open();
  const { house, curator } = one;
  const { lake, source } = house;
  await fill(one);
  const expected = await hashes(house);
  const day = new Date(yesterday).toISOString().slice(0, 10);
  const paths = lake
    .entries('hour', source)
    .flatMap(({ path, from }) => (from! < today - DAY / 2 ? path : []));
  await lake.append([{ kind: 'drop', source, day, paths, reason: 'retention' }]);
  await lake.sweep(paths);
  const zip = await backUp(one);
  await house.deleteAll();
  expect(await curator.restore(zip)).toMatchObject({ added: 8, lost: [] });
  expect(await hashes(house)).toEqual(expected);
  expect(sourceState(lake.state, source).without_bronze).toEqual([day]);
  const again = await curator.restore(zip);
  expect(again).toMatchObject({ added: 0, known: 8, lost: [] });
});

test('of a day without Bronze its Silver comes back beside what was imported of that day', async () => {
  const one = await open();
  const { house, curator, bring } = one;
  const { lake, source } = house;
  await fill(one);
  const recorded = new Date(yesterday + MINUTE / 2).toISOString();
  const header = 'date;stationcode;name;numbikesavailable;numdocksavailable;mechanical;ebike';
  const file = new File([`${header}\n${recorded};16107;Place;3;27;3;0\n`], 'other.csv');
  expect(await bring(file)).toMatchObject([{ error: null, tables: [{ snapshots: 1, accepted: 1 }] }]);
  const expected = await hashes(house);
  const day = recorded.slice(0, 10);
  const paths = lake
    .entries('hour', source)
    .flatMap(({ path, from }) => (from! < today - DAY / 2 ? path : []));
  await lake.append([{ kind: 'drop', source, day, paths, reason: 'retention' }]);
  await lake.sweep(paths);
  const zip = await backUp(one);
  await house.deleteAll();
  expect(await curator.restore(zip)).toMatchObject({ added: 9, imports: 1, lost: [] });
  expect(await hashes(house)).toEqual(expected);
  await curator.rebuild(null);
  expect(await hashes(house)).toEqual(expected);
  expect(await curator.restore(zip)).toMatchObject({ added: 0, known: 9, lost: [] });
});

test('Bronze that Verify set aside comes back below damaged/, and Verify is content', async () => {
  const one = await open();
  const { house, curator } = one;
  const { lake, source } = house;
  await fill(one);
  const { path } = lake.entries('hour', source)[0]!;
  const bytes = await lake.read(path);
  bytes[bytes.length - 30]! ^= 1;
  await lake.storage.write(path, bytes);
  expect((await curator.verify()).problems).toMatchObject([{ path, done: 'set_aside' }]);
  const damages = structuredClone(lake.state.damages);
  const zip = await backUp(one);
  await house.deleteAll();
  expect(await lake.storage.list('damaged')).toEqual([]);
  const report = await curator.restore(zip);
  expect(report).toMatchObject({ aside: 1, lost: [] });
  expect(await lake.storage.read(`damaged/${path}`)).toEqual(bytes);
  expect(lake.state.damages).toEqual(damages);
  expect(await curator.verify()).toMatchObject({ problems: [], known: 1, strays: 0 });
  await house.answer({ kind: 'newest' });
});

/** What depends on how long each state stood, and not on how often it was seen. */
function shares({ areas, balance }: Answers): unknown {
  return { areas, balance };
}
