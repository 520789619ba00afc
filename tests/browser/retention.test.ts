import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { Lake } from '../../src/lake/lake.ts';
import { DAY, dayOf } from '../../src/lake/names.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { retain } from '../../src/pipeline/retention.ts';
import { Upkeep } from '../../src/pipeline/upkeep.ts';
import { hashes, openHouse, today, type TestHouse } from './houses.ts';

const station = (stationcode: string | null, bikes: number) => ({
  ...{ stationcode, name: 'Place', capacity: 30, numdocksavailable: 30 - bikes, numbikesavailable: bikes },
  ...{ mechanical: bikes, ebike: 0, is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
  coordonnees_geo: { lon: 2.27, lat: 48.86 },
});

const [old, young] = [today - 9 * DAY, today - 2 * DAY];

let one: TestHouse;
beforeEach(async () => {
  one = await openHouse();
  for (const day of [old, young]) {
    // A row without a code is rejected, and counts as kept all the same.
    await one.record(day, [station('16107', 1), station('9020', 2), station(null, 3)]);
    await one.record(day + 60_000, [station('16107', 4), station('9020', 5)]);
  }
  await compact(one.house.lake, one.house.source, today);
});
afterEach(() => one.house.engine.terminate());

const bronzeDays = ({ lake, source }: TestHouse['house']) =>
  lake.entries('hour', source).map(({ from }) => dayOf(from!));

describe('old Bronze', () => {
  test('goes where Silver has every row of it; snapshots, answers and later rebuilds are as before', async () => {
    const { house, curator } = one;
    const { lake, source } = house;
    const before = await hashes(house);
    const snapshots = structuredClone(lake.state.sources[source]!.days);
    const [zip] = lake.entries('hour', source);

    expect(await retain(lake, source, 7, today, new Set())).toEqual([dayOf(old)]);
    expect(bronzeDays(house)).toEqual([dayOf(young)]);
    await expect(lake.read(zip!.path)).rejects.toMatchObject({ code: 'lake.missing_file' });
    expect(lake.state.sources[source]).toMatchObject({ days: snapshots, without_bronze: [dayOf(old)] });
    expect(await hashes(house)).toEqual(before);

    await curator.rebuild(null);
    expect(await hashes(house)).toEqual(before);
    await expect(curator.rebuild(dayOf(old))).rejects.toMatchObject({ code: 'lake.no_bronze' });
    expect(await hashes(house)).toEqual(before);

    const again = await Lake.open(lake.storage, () => today);
    expect(again.state).toEqual(lake.state);
    expect(await retain(lake, source, 7, today, new Set())).toEqual([]);
  });

  test('stays where a file of Silver is not what was committed', async () => {
    const { lake, source } = one.house;
    const status = lake.entries('station_status', source).find(({ from }) => from === old)!;
    const bytes = await lake.read(status.path);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    await lake.storage.write(status.path, bytes);
    const refused = new Set<string>();
    expect(await retain(lake, source, 7, today, refused)).toEqual([]);
    expect([...refused]).toEqual([dayOf(old)]);
    expect(bronzeDays(one.house)).toEqual([dayOf(old), dayOf(young)]);
  });

  test('goes once Verify has mended the Silver that did not vouch for it', async () => {
    const { house, curator } = one;
    const { lake, source } = house;
    const before = await hashes(house);
    const upkeep = new Upkeep(
      house,
      curator,
      () => today,
      7,
      () => undefined,
    );
    const { signal } = new AbortController();
    const status = lake.entries('station_status', source).find(({ from }) => from === old)!;
    const bytes = await lake.read(status.path);
    bytes[Math.floor(bytes.length / 2)]! ^= 1;
    await lake.storage.write(status.path, bytes);
    await upkeep.dropOld(signal);
    expect(upkeep.unverified).toEqual([dayOf(old)]);
    await curator.verify();
    upkeep.reconsider();
    await upkeep.run(signal);
    expect(upkeep.unverified).toEqual([]);
    expect(bronzeDays(house)).toEqual([dayOf(young)]);
    expect(await hashes(house)).toEqual(before);
  });

  test('stays where rows are missing in Silver, and while a snapshot waits', async () => {
    const { lake, source } = one.house;
    const rejects = lake.entries('rejects', source).find(({ from }) => from === old)!;
    await lake.append([{ kind: 'commit', source, files: [], replaces: [rejects.path] }]);
    const refused = new Set<string>();
    expect(await retain(lake, source, 7, today, refused)).toEqual([]);
    expect([...refused]).toEqual([dayOf(old)]);
    await one.record(young + 120_000, [{ unknown: 1 }]);
    expect(await retain(lake, source, 1, today, refused)).toEqual([]);
    expect([...refused]).toEqual([dayOf(old), dayOf(young)]);
  });

  test('stays while it is younger than was said', async () => {
    const { lake, source } = one.house;
    expect(await retain(lake, source, 9, today, new Set())).toEqual([]);
    expect(await retain(lake, source, 8, today, new Set())).toEqual([dayOf(old)]);
  });
});
