import { expect, test, vi } from 'vitest';
import type { Lake } from '../../../../src/lake/lake.ts';
import { DAY, HOUR, instantOf } from '../../../../src/lake/names.ts';
import { inspect } from '../../../../src/pipeline/repair/verify.ts';
import { faultsOf, setAside } from '../../../../src/pipeline/repair/setAside.ts';
import { castInto, castLake, engine, rebuildAll, rowsOf } from './castLakes.ts';
import { bronzeOf, emptyLake, MINUTE, NOON, quiet, SOURCE, zipOf } from './lakes.ts';

vi.mock('../../../../src/engine/withEngine.ts', () => ({
  withEngine: <T>(work: (one: unknown) => Promise<T>) => work(engine),
}));

const minutes = [0, 1, 2, 60, 61, 120];
const day = '2026-11-23';
const hour = `bronze/velib/${day}/12.zip`;

/** As it is while its day goes on, with hours of Silver; and when the day is over, with one file of it. */
const grains = [
  ['hours of Silver', 2.5 * HOUR],
  ['a day of Silver', DAY],
] as const;

const instants = (lake: Lake) =>
  Object.values(lake.state.sources[SOURCE]!.days).flatMap((briefs) => briefs.map(([at]) => at));
const at = (minute: number) => NOON + minute * MINUTE;

/** The instants of what a lake's Bronze holds. */
async function bronzeInstants(lake: Lake): Promise<number[]> {
  const names = Object.keys(await bronzeOf(lake)).filter((name) => name.endsWith('.csv'));
  return names.map((name) => instantOf(name)!).sort((a, b) => a - b);
}

/** What a lake's ZIP is once files of it were cut. */
async function zipWithout(lake: Lake, ...paths: string[]): Promise<Blob> {
  for (const path of paths) {
    const bytes = await lake.storage.read(path);
    await lake.storage.write(path, bytes.slice(0, 40));
  }
  return zipOf(lake);
}

/** Whether Verify finds nothing but what the lake knows. */
async function verified(lake: Lake): Promise<void> {
  const found = await inspect(lake, async (path) => lake.state.files[path]!.rows!, quiet);
  expect(found).toMatchObject({ faults: [], journal: [], strays: [] });
}

test.each(grains)('of an hour whose Bronze is damaged in the ZIP its Silver comes: %s', async (_, after) => {
  const lake = await castLake(minutes, after);
  const [truth, days] = [await rowsOf(lake), structuredClone(lake.state.sources[SOURCE]!.days)];
  const zip = await zipWithout(lake, hour);
  const back = await emptyLake();
  const report = await castInto(back, zip);
  expect(report).toMatchObject({ added: 6, known: 0, from: NOON, to: at(120) });
  expect(report.lost.map(({ snapshots }) => snapshots)).toEqual(report.lost.map(() => 0));
  expect(report.lost.some(({ path }) => path.startsWith(hour))).toBe(true);
  expect(await rowsOf(back)).toEqual(truth);
  expect(back.state.sources[SOURCE]).toMatchObject({ days, waiting: {}, without_bronze: [] });
  expect(back.state.damages).toEqual([
    { path: hour, source: SOURCE, problem: 'content', moved: null, lost: [0, 1, 2].map(at) },
  ]);
  expect(await bronzeInstants(back)).toEqual([60, 61, 120].map(at));
  await verified(back);
  await rebuildAll(back);
  expect(await rowsOf(back)).toEqual(truth);
  expect(instants(back)).toEqual(minutes.map(at));
  await verified(back);
});

test.each(grains)('a lake that has it all takes nothing of it, once or twice: %s', async (_, after) => {
  const zip = await zipWithout(await castLake(minutes, after), hour);
  const lake = await castLake(minutes, after);
  const files = structuredClone(lake.state.files);
  const back = await emptyLake();
  await castInto(back, zip);
  for (const into of [lake, back]) {
    const report = await castInto(into, zip);
    expect(report).toMatchObject({ added: 0, known: 6 });
    expect(report.lost.map(({ snapshots }) => snapshots)).toEqual(report.lost.map(() => 0));
    expect(instants(into)).toEqual(minutes.map(at));
  }
  expect(lake.state.files).toEqual(files);
  expect(lake.state.damages).toEqual([]);
  expect(back.state.damages).toHaveLength(1);
});

test.each(grains)('of a file of Silver only those rows come that the lake lacks: %s', async (_, after) => {
  const source = await castLake(minutes, after);
  const truth = await rowsOf(source);
  await source.storage.remove(hour);
  const lake = await castLake([1, 5], HOUR / 2);
  const own = (await rowsOf(lake)).slice(2);
  expect(await castInto(lake, await zipOf(source))).toMatchObject({ added: 5, known: 1 });
  expect(lake.state.damages).toMatchObject([{ path: hour, problem: 'missing', lost: [0, 2].map(at) }]);
  const all = [...truth.slice(0, 6), ...own, ...truth.slice(6)];
  expect(await rowsOf(lake)).toEqual(all);
  await rebuildAll(lake);
  expect(await rowsOf(lake)).toEqual(all);
  await verified(lake);
});

test.each(grains)(
  'where Silver is damaged, too, each snapshot is told as lost once: %s',
  async (_, after) => {
    const lake = await castLake(minutes, after);
    const silver = lake.entries('station_status', SOURCE)[0]!.path;
    const back = await emptyLake();
    const report = await castInto(back, await zipWithout(lake, hour, silver));
    expect(report.added).toBe(3);
    expect(report.lost.reduce((sum, { snapshots }) => sum + snapshots, 0)).toBe(3);
    expect(report.lost.map(({ path }) => path)).toContain(silver);
    expect(back.state.damages).toEqual([]);
    expect(instants(back)).toEqual([60, 61, 120].map(at));
  },
);

test('Silver whose Bronze Verify had set aside comes along', async () => {
  const lake = await castLake(minutes, DAY);
  const truth = await rowsOf(lake);
  await lake.storage.write(hour, new Uint8Array(40));
  await setAside(lake, faultsOf(lake, [hour], 'size'));
  const zip = await zipOf(lake);
  const back = await emptyLake();
  expect(await castInto(back, zip)).toMatchObject({ added: 6, aside: 1, lost: [] });
  expect(back.state.damages).toEqual(lake.state.damages);
  await rebuildAll(back);
  expect(await rowsOf(back)).toEqual(truth);
  expect(await castInto(back, zip)).toMatchObject({ added: 0, known: 6, aside: 0, lost: [] });
});

test.each(grains)(
  'a sound backup brings the Bronze after all, and no snapshot twice: %s',
  async (_, after) => {
    const lake = await castLake(minutes, after);
    const truth = await rowsOf(lake);
    const sound = await zipOf(lake);
    const back = await emptyLake();
    await castInto(back, await zipWithout(lake, hour));
    for (const added of [0, 0])
      expect(await castInto(back, sound)).toMatchObject({ added, known: 6, lost: [] });
    expect(await bronzeInstants(back)).toEqual(minutes.map(at));
    expect(instants(back)).toEqual(minutes.map(at));
    expect(back.state.sources[SOURCE]!.waiting).toEqual({});
    await rebuildAll(back);
    expect(await rowsOf(back)).toEqual(truth);
    await verified(back);
  },
);

/** Drops the Bronze of the day, as when it comes of age. */
async function dropBronze(lake: Lake): Promise<void> {
  const paths = ['hour', 'snapshot'].flatMap((table) => lake.entries(table, SOURCE).map(({ path }) => path));
  await lake.append([{ kind: 'drop', source: SOURCE, day, paths, reason: 'retention' }]);
  await lake.sweep(paths);
}

test('a day without Bronze comes as it is; into a day that the lake has, beside what it has', async () => {
  const lake = await castLake(minutes, DAY);
  const truth = await rowsOf(lake);
  await dropBronze(lake);
  const zip = await zipOf(lake);
  const empty = await emptyLake();
  expect(await castInto(empty, zip)).toMatchObject({ added: 6, known: 0, lost: [] });
  expect(empty.state.sources[SOURCE]!.without_bronze).toEqual([day]);
  expect(empty.entries('station_status', SOURCE)).toEqual(lake.entries('station_status', SOURCE));
  const other = await castLake([180], HOUR);
  const own = await rowsOf(other);
  expect(await castInto(other, zip)).toMatchObject({ added: 6, known: 0, lost: [] });
  expect(other.state.sources[SOURCE]!.without_bronze).toEqual([]);
  await rebuildAll(other);
  expect(await rowsOf(other)).toEqual([...truth, ...own]);
  for (const into of [empty, other]) expect(await castInto(into, zip)).toMatchObject({ added: 0, known: 6 });
});
