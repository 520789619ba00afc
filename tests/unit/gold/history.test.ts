import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadHistory, type HistoryRollup, type HistoryTable } from '../../../src/gold/history.ts';
import { makeRollups, rollups } from '../../../src/gold/rollups.ts';
import { HistoryOracle, type Line } from './historyOracle.ts';
import { Lake, type Reading } from './lake.ts';
import { NativeEngine } from './nativeEngine.ts';

const MINUTE = 60_000;
const HOUR = 3_600_000;
const DAY = 86_400_000;
const start = Date.parse('2026-02-06T00:00:00Z');
const days = [0, 1, 2];
const stations = ['16107', '1001', '9020'];
const historyRollups = rollups.filter((one): one is HistoryRollup => one !== 'station_day');

/** Instants on and beside quarter-hours, within 5 minutes of each other, near midnight, beyond the longest gap. */
const moments = [
  ...[0, 1, 30_000, 60_000, 200_000, 300_000, 330_000, 599_999, 600_000, 900_000, 3_599_000],
  ...[43_200_000, 43_799_999, 43_800_001, 86_100_000, 86_330_000, 86_399_000, 86_399_999],
];
const good = fc
  .uniqueArray(
    fc
      .record({ day: fc.constantFrom(...days), moment: fc.constantFrom(...moments) })
      .map(({ day, moment }) => {
        return start + day * DAY + moment;
      }),
    { minLength: 1, maxLength: 24 },
  )
  .map((instants) => instants.sort((a, b) => a - b));

const count = fc.constantFrom(null, 0, 1, 2, 3, 10, 20);
const flag = fc.constantFrom(true, true, true, false, null);
const told = fc.record({
  mechanical: count,
  ebikes: count,
  bikes: fc.constantFrom(null, 0, 1, 2, 3, 6, 11, 19),
  docks: count,
  capacity: fc.constantFrom(null, 0, 20, 20, 32767),
  ...{ installed: flag, renting: flag, returning: flag },
  age: fc.constantFrom(null, 0, DAY, DAY + 1),
  /** A station comes, goes, and comes back. */
  listed: fc.constantFrom(true, true, true, false),
});

const lakes = fc.record({
  good,
  /** Snapshots with rows that nothing may stand on. */
  bad: good,
  told: fc.array(told, { minLength: 2, maxLength: 20 }),
  /** The same was told so many times in a row. */
  repeat: fc.constantFrom(1, 2, 5),
  /** What of each day is rolled up: nothing, all, or its hours but the last. */
  rolled: fc.array(fc.constantFrom('none', 'day', 'hours'), { minLength: 3, maxLength: 3 }),
});
type Case = typeof lakes extends fc.Arbitrary<infer T> ? T : never;

type Told = Case['told'][number];
const full: Told = {
  ...{ mechanical: 10, ebikes: 10, bikes: 19, docks: 0, capacity: 20 },
  ...{ installed: true, renting: true, returning: true, age: 0, listed: true },
};
/** A van comes within a minute, which chance alone seldom brings. */
const van: Case = {
  ...{ good: [start, start + MINUTE], bad: [], repeat: 1, rolled: ['day', 'none', 'none'] },
  told: [
    ...stations.map((): Told => ({ ...full, mechanical: 0, ebikes: 0, bikes: 0, docks: 20 })),
    ...stations.map(() => full),
  ],
};

function readingsOf({ good, bad, told, repeat }: Case): Reading[] {
  const instants = [...new Set([...good, ...bad])].sort((a, b) => a - b);
  return instants.flatMap((at, index) =>
    stations.flatMap((station, place): Reading[] => {
      const { listed, age, ...rest } = told[(Math.floor(index / repeat) * 3 + place) % told.length]!;
      const reported = age === null ? null : new Date(at - age);
      return listed ? [{ station, at: new Date(at), ...rest, reported }] : [];
    }),
  );
}

/** A lake of some days, of which some are rolled up, or some hours of them: each of these a file of Silver. */
async function open(readings: readonly Reading[], good: readonly number[], rolled: Readonly<Case['rolled']>) {
  const engine = new NativeEngine(await Lake.open({ snapshots: [], readings }));
  const dayOf = (at: number) => Math.floor(at / DAY) * DAY;
  const howOf = (at: number) => rolled[(dayOf(at) - start) / DAY]!;
  const sectionOf = (at: number) => (howOf(at) === 'hours' ? Math.floor(at / HOUR) * HOUR : dayOf(at));
  const oracle = new HistoryOracle(readings, good, good.at(-1)! + MINUTE, sectionOf);
  const silver: string[] = [];
  const instants: number[] = [];
  const made: Record<HistoryRollup, string[]> = {
    ...{ station_interval: [], station_edge: [], station_hour: [], station_frame: [] },
  };
  // Before a rollup is made, which puts its own Silver in the place of this.
  const read = await Promise.all(
    oracle.sections().map(async ({ first, last }) => {
      const isLast = !good.some((at) => at > last && dayOf(at) === dayOf(last));
      const section = `SELECT * FROM main.station_status
        WHERE epoch_ms(fetched_at) >= ${sectionOf(first)} AND epoch_ms(fetched_at) <= ${last}`;
      return {
        isRolled: howOf(first) === 'day' || (howOf(first) === 'hours' && !isLast),
        inside: good.filter((at) => at >= first && at <= last),
        bytes: await engine.parquet(section),
      };
    }),
  );
  for (const { isRolled, inside, bytes } of read) {
    const path = engine.keep(bytes);
    if (isRolled) {
      for (const { rollup, bytes } of await makeRollups(engine, historyRollups, [path], inside))
        made[rollup as HistoryRollup].push(engine.keep(bytes));
    } else {
      silver.push(path);
      instants.push(...inside);
    }
  }
  /** Rows of a table, as the oracle tells them. */
  const load = (table: HistoryTable, from: number, to: number, station: string | null = null) =>
    loadHistory(engine, table, {
      ...{ station_status: silver, station_information: [], instants, rollups: made, from, to, station },
      sections: oracle.sections().map((section) => ({
        ...section,
        until: section.last === good.at(-1) ? section.last + MINUTE : section.until,
      })),
    });
  const rows = async (table: HistoryTable, from = start, to = good.at(-1)! + MINUTE, station?: string) => {
    await load(table, from, to, station);
    return (await engine.query<Line>(shown[table])).map(plain);
  };
  /** Hours that `station_hour` tells of a station in parts, though nothing says so. */
  const untold = () =>
    engine.query(`SELECT hour_at FROM station_hour WHERE hour_at NOT IN (SELECT hour_at FROM seam_hours)
      GROUP BY station_code, hour_at HAVING count(*) > 1`);
  return { engine, oracle, load, rows, untold };
}

const ms = (column: string) => `CAST(epoch_ms(${column}) AS DOUBLE) AS ${column}`;
const shown: Readonly<Record<HistoryTable, string>> = {
  station_interval: `SELECT * REPLACE (${ms('from_at')}, ${ms('to_at')}) FROM station_interval`,
  station_frame: `SELECT * REPLACE (${ms('frame_at')}) FROM station_frame`,
  station_hour: `SELECT station_code, ${ms('hour_at')}, CAST(sum(COLUMNS(* EXCLUDE (station_code, hour_at))) AS DOUBLE)
    FROM station_hour GROUP BY station_code, hour_at`,
};

/** Names as they were before they were summed. */
function plain(row: Line): Line {
  const name = (key: string) => /sum\((?:\w+\.)?"?(\w+)"?\)/.exec(key)?.[1] ?? key;
  return Object.fromEntries(Object.entries(row).map(([key, value]) => [name(key), value]));
}

/** In an order of their own, without rows of nothing. */
function sorted(rows: readonly Line[]): string[] {
  const keys = Object.keys(rows[0] ?? {}).sort();
  return rows
    .filter(
      (row) =>
        !('observed_ms' in row) ||
        keys.some((key) => typeof row[key] === 'number' && key !== 'hour_at' && row[key] !== 0),
    )
    .map((row) => JSON.stringify(keys.map((key) => [key, row[key]])))
    .sort();
}

describe('the past of every station', () => {
  it('is what its readings say, from Silver and from rollups', { timeout: 240_000 }, async () => {
    let brought = 0;
    let rolledUp = 0;
    await fc.assert(
      fc.asyncProperty(lakes, async (one) => {
        const readings = readingsOf(one);
        for (const rolled of [['none', 'none', 'none'] as const, one.rolled]) {
          const { engine, oracle, rows, untold } = await open(readings, one.good, rolled);
          try {
            const [intervals, hours, frames] = [oracle.intervals(), oracle.hours(), oracle.frames()];
            expect(sorted(await rows('station_interval'))).toEqual(sorted(intervals));
            expect(sorted(await rows('station_hour'))).toEqual(sorted(hours));
            expect(await untold()).toEqual([]);
            expect(sorted(await rows('station_frame'))).toEqual(sorted(frames));
            brought += hours.filter((hour) => Number(hour['brought']) + Number(hour['taken']) > 0).length;
            rolledUp += rolled.filter((how) => how !== 'none').length;
          } finally {
            engine.close();
          }
        }
      }),
      { numRuns: 20, examples: [[van]] },
    );
    expect(brought).toBeGreaterThan(3);
    expect(rolledUp).toBeGreaterThan(10);
  });
});
