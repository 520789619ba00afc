import { Engine } from '../../src/engine/engine.ts';
import { parquetRows } from '../../src/engine/sql.ts';
import { makeRollups, rollups } from '../../src/gold/rollups.ts';
import { DAY, HOUR } from '../../src/lake/names.ts';
import { AreaMap } from '../../src/pipeline/areaMap.ts';
import { fetchBytes, prepareLake, type MadeRollup, type PreparedLake, type RollUps } from './prepare.ts';

const MINUTE = 60_000;

/** Columns of rollups that hold an instant. */
const instants = ['from_at', 'to_at', 'hour_at', 'frame_at', 'fetched_at', 'open_at'] as const;

/**
 * Writes a lake of many days with every rollup: those of the one real day, each day's instants its own, and of today's
 * hours their own.
 */
export async function prepareMonth(lake: PreparedLake): Promise<void> {
  const engine = new Engine(2 ** 31, 600_000);
  try {
    await engine.register('information', await fetchBytes(lake.information));
    const ofDay = await rollUp(engine, lake.day, lake.today, 1440);
    for (const { rollup, bytes } of ofDay) await engine.register(rollup, bytes);
    const rollUps: RollUps = (grain, begins) => {
      if (grain === 'day') return shifted(engine, ofDay, (lake.today - begins) / DAY);
      return rollUp(engine, lake.hours[(begins - lake.today) / HOUR]!, begins, 60);
    };
    await prepareLake(lake, rollUps, await AreaMap.read(engine, ['information']));
  } finally {
    await engine.terminate();
  }
}

/** The rollups of Silver at an address, a snapshot a minute. */
async function rollUp(
  engine: Engine,
  address: string,
  begins: number,
  minutes: number,
): Promise<MadeRollup[]> {
  await engine.register('silver', await fetchBytes(address));
  const times = Array.from({ length: minutes }, (_, minute) => begins + minute * MINUTE);
  const made = await makeRollups(engine, rollups, {
    ...{
      station_status: ['silver'],
      instants: times,
      station_information: ['information'],
      station_hour: [],
    },
  });
  await engine.unregister('silver');
  return made;
}

/** Rollups that are registered by their names, so many days back. */
async function shifted(engine: Engine, ofDay: readonly MadeRollup[], days: number): Promise<MadeRollup[]> {
  const made: MadeRollup[] = [];
  for (const { rollup } of ofDay) {
    const columns = await engine.query<{ column_name: string }>(
      `DESCRIBE SELECT * FROM ${parquetRows([rollup])}`,
    );
    const moved = instants
      .filter((name) => columns.some(({ column_name }) => column_name === name))
      .map((name) => `${name} - INTERVAL '${days}' DAY AS ${name}`);
    const rows = `SELECT * REPLACE (${moved.join(', ')}) FROM ${parquetRows([rollup])}`;
    made.push({ rollup, bytes: await engine.parquet(rows) });
  }
  return made;
}
