import { expect, test, vi } from 'vitest';
import { VelolacError } from '../../../src/errors.ts';
import type { Lake } from '../../../src/lake/lake.ts';
import { DAY } from '../../../src/lake/names.ts';
import { stage } from '../../../src/pipeline/stage.ts';
import { castLake, engine, keeperOf, rowsOf } from './backup/castLakes.ts';
import { MINUTE, NOON, quiet, SOURCE } from './backup/lakes.ts';

vi.mock('../../../src/engine/withEngine.ts', () => ({
  withEngine: <T>(work: (one: unknown) => Promise<T>) => work(engine),
}));

const day = '2026-11-23';

async function cut(lake: Lake, table: string): Promise<string> {
  const { path } = lake.entries(table, SOURCE)[0]!;
  await lake.storage.write(path, (await lake.storage.read(path)).slice(0, 40));
  return path;
}

async function dropBronze(lake: Lake): Promise<void> {
  const paths = ['hour', 'snapshot'].flatMap((table) => lake.entries(table, SOURCE).map(({ path }) => path));
  await lake.append([{ kind: 'drop', source: SOURCE, day, paths, reason: 'retention' }]);
  await lake.sweep(paths);
}

test('damaged attributes of Silver without Bronze are made again of what stations were', async () => {
  const lake = await castLake([0, 1, 2, 3, 4], DAY);
  const rows = await rowsOf(lake);
  await dropBronze(lake);
  const information = () => lake.entries('station_information', SOURCE).map(({ sha256 }) => sha256);
  const before = information();
  const path = await cut(lake, 'station_attributes');
  const { problems, lost } = await keeperOf(lake).verify(quiet);
  expect(problems).toMatchObject([{ path }]);
  expect(lost).toBe(0);
  expect(await rowsOf(lake)).toEqual(rows);
  expect(information()).toEqual(before);
  expect(await keeperOf(lake).verify(quiet)).toMatchObject({ problems: [] });
});

test('damaged attributes and a damaged day without Bronze are both dealt with at once', async () => {
  const lake = await castLake([0, 1], DAY);
  await dropBronze(lake);
  await cut(lake, 'station_attributes');
  const path = await cut(lake, 'station_status');
  const { problems, lost } = await keeperOf(lake).verify(quiet);
  expect(problems.find((one) => one.path === path)).toMatchObject({ done: 'lost' });
  expect(lost).toBe(2);
  expect(await keeperOf(lake).verify(quiet)).toMatchObject({ problems: [] });
});

test.each([true, false])(
  'an answer without stations is not lost with Silver, where Bronze is gone: %s',
  async (isGone) => {
    const lake = await castLake([0, 2], DAY);
    await stage(lake, {
      ...{ source: SOURCE, origin: 'live', fetched_at: NOON + MINUTE, fetched_at_basis: 'clock' },
      ...{
        http_status: 200,
        duration_ms: 1,
        body: null,
        records: null,
        error: new VelolacError('portal.empty', 'none'),
      },
    });
    if (isGone) await dropBronze(lake);
    const before = structuredClone(lake.state.sources[SOURCE]!.days[day]!);
    await cut(lake, 'station_status');
    const { problems, lost } = await keeperOf(lake).verify(quiet);
    expect(problems).toMatchObject([{ done: isGone ? 'lost' : 'rebuilt' }]);
    expect(lost).toBe(isGone ? 2 : 0);
    const { days } = lake.state.sources[SOURCE]!;
    expect(days[day]).toEqual(isGone ? before.filter(([, outcome]) => outcome === 'partial') : before);
  },
);

test('a snapshot is lost once, and only where Silver of it is lost too', async () => {
  const lake = await castLake([0, 1, 2], 0);
  await cut(lake, 'snapshot');
  expect(await keeperOf(lake).verify(quiet)).toMatchObject({ lost: 0, problems: [{ done: 'set_aside' }] });
  await cut(lake, 'station_status');
  expect(await keeperOf(lake).verify(quiet)).toMatchObject({ lost: 1, problems: [{ done: 'lost' }] });
});

test('what an hour of Bronze and the Silver of it have lost together counts once', async () => {
  const lake = await castLake([0, 1, 2, 3, 4, 5, 6, 7], DAY);
  const zip = lake.entries('hour', SOURCE)[0]!.path;
  const bytes = await lake.storage.read(zip);
  bytes[100]! ^= 1;
  await lake.storage.write(zip, bytes);
  const path = await cut(lake, 'station_status');
  const { problems, lost } = await keeperOf(lake).verify(quiet);
  expect(problems.find((one) => one.path === path)).toMatchObject({ done: 'partly' });
  expect(lost).toBe(1);
});
