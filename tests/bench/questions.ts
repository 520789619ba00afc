import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Row } from '../../src/engine/engine.ts';
import type { GoldQuestion } from '../../src/gold/questions.ts';
import { loadRecording } from '../replica/recording.ts';
import { Replica } from '../replica/replica.ts';
import type { Asked, AskedAll, Figures, Scanned } from './figures.ts';
import type { Stretch } from './goldRuns.ts';
import { Native, type SilverPaths } from './native.ts';
import { openBench, run, visit, type World } from './world.ts';

const questions: readonly GoldQuestion[] = ['top_areas', 'station_balance', 'system_health', 'stations'];

const scans = [
  { name: 'rows, counted', within: 3, sql: 'SELECT count(*) AS n FROM station_status' },
  {
    name: 'one column, summed',
    within: 3,
    sql: 'SELECT CAST(sum(num_bikes_available) AS DOUBLE) AS n FROM station_status',
  },
  {
    name: 'mean per station, top 5',
    within: 5,
    sql: `SELECT station_code, avg(num_bikes_available) AS n FROM station_status
      GROUP BY station_code ORDER BY n DESC NULLS LAST, station_code LIMIT 5`,
  },
  {
    name: 'latest per station',
    within: 5,
    sql: `SELECT CAST(sum(n) AS DOUBLE) AS n FROM (
      SELECT max_by(num_bikes_available, fetched_at) AS n FROM station_status GROUP BY station_code)`,
  },
] as const;

const stretches: readonly (readonly [string, Stretch])[] = [
  ['All answers over all polls', 'all'],
  ['All answers, from noon of the second day to noon of the last', 'noons'],
];

type Measured = Pick<Figures, 'series' | 'asked' | 'scanned' | 'all'> & { readonly silver: SilverPaths };

/** The series through the pipeline, then every question on Bronze, on Silver, on rollups and natively. */
export async function measureQuestions(world: World, runs: number): Promise<Measured> {
  const polls = await loadRecording('');
  const replica = await Replica.start({ polls, shift: false, quota: polls.length });
  // The replica remembers every body: half a gigabyte of them.
  const forget = setInterval(() => replica.served.splice(0), 200);
  try {
    return await visit(world, async (visitor) => {
      const { page, site } = visitor;
      await openBench(visitor);
      const times = polls.map(({ at }) => at);
      console.log(`The series of ${polls.length} snapshots, from the portal to compacted Silver …`);
      const series = await run(page, 'series', replica.address, `${site.address}page/boundaries.json`, times);
      const paths: string[] = [];
      for (const { path, base64 } of await run(page, 'silver')) {
        paths.push(join(world.folder, path));
        await mkdir(dirname(paths.at(-1)!), { recursive: true });
        await writeFile(paths.at(-1)!, Buffer.from(base64, 'base64'));
      }
      const of = (table: string) => paths.filter((path) => path.includes(`/${table}/`));
      const silver: SilverPaths = {
        station_status: of('station_status'),
        station_information: of('station_information'),
        station_day: of('station_day'),
      };
      const native = new Native(silver, await run(page, 'instants'));
      const asked: Asked[] = [];
      for (const name of questions) {
        console.log(`${name} on Bronze, on Silver, on rollups, native …`);
        const bronze = await run(page, 'ask', 'bronze', name, runs);
        const alone = await run(page, 'ask', 'silver', name, runs);
        const rollups = await run(page, 'ask', 'rollups', name, runs);
        const natively = {
          silver: await native.ask('silver', name, runs),
          rollups: await native.ask('rollups', name, runs),
        };
        const same = isSame(bronze.rows, alone.rows) && isSame(told(alone.rows), told(rollups.rows));
        asked.push({ name, bronze, silver: alone, rollups, native: natively, same });
      }
      const scanned: Scanned[] = [];
      for (const { name, within, sql } of scans) {
        const inSilver = await run(page, 'scan', sql, runs);
        scanned.push({ name, within, silver: inSilver, native: await native.scan(sql, runs) });
      }
      const all: AskedAll[] = [];
      for (const [name, stretch] of stretches) {
        const alone = await run(page, 'askAll', 'silver', stretch, runs);
        const rollups = await run(page, 'askAll', 'rollups', stretch, runs);
        all.push({ name, silver: alone, rollups, same: isSame(alone.rows, rollups.rows) });
      }
      return { series, asked, scanned, all, silver };
    });
  } finally {
    clearInterval(forget);
    await replica.close();
  }
}

/** An answer without what no rollup tells: when a station last reported (stations.sql). */
function told(rows: readonly Row[]): Row[] {
  const isTold = ([column]: [string, unknown]) => column !== 'last_reported';
  return rows.map((row) => Object.fromEntries(Object.entries(row).filter(isTold)));
}

/** Equal answers; figures may differ in their last digits, since sums of fractions depend on their order. */
function isSame(a: unknown, b: unknown): boolean {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.abs(a);
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return a === b;
  const [values, others] = [Object.values(a), Object.values(b)];
  return values.length === others.length && values.every((value, index) => isSame(value, others[index]));
}
