import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadHistory, type HistoryRollup, type HistoryTable } from '../../../src/gold/history.ts';
import { makeRollups, rollups, type RollupInputs } from '../../../src/gold/rollups.ts';
import { HistoryOracle, type Line } from './historyOracle.ts';
import { Lake, type Reading, type Version } from './lake.ts';
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

/** Where stations are told to stand, out of order: the last of them has no information. */
const versions = fc.uniqueArray(
  fc.record({
    station: fc.constantFrom('16107', '1001'),
    at: fc
      .record({ day: fc.constantFrom(...days), moment: fc.constantFrom(...moments, 3 * HOUR) })
      .map(({ day, moment }) => start + day * DAY + moment),
    area: fc.constantFrom('7511601', '7511602', '93048', null),
    name: fc.constantFrom('Bastille', 'Rivoli'),
  }),
  { maxLength: 8, selector: ({ station, at }) => `${station} ${at}` },
);

const lakes = fc.record({
  good,
  /** Snapshots with rows that nothing may stand on. */
  bad: good,
  told: fc.array(told, { minLength: 2, maxLength: 20 }),
  /** The same was told so many times in a row. */
  repeat: fc.constantFrom(1, 2, 3, 5),
  /** What of each day is rolled up: nothing, all, or its hours but the last. */
  rolled: fc.array(fc.constantFrom('none', 'day', 'hours'), { minLength: 3, maxLength: 3 }),
  versions,
  /** Of what is rolled up, one after the other: whether it is summed by area, with the rest or of its hours alone. */
  summed: fc.array(fc.constantFrom('no', 'with', 'later'), { minLength: 1, maxLength: 4 }),
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
  ...{ versions: [], summed: ['with'] },
  told: [
    ...stations.map((): Told => ({ ...full, mechanical: 0, ebikes: 0, bikes: 0, docks: 20 })),
    ...stations.map(() => full),
  ],
};

/** The van comes when the feed has stood still for twelve minutes, and for twelve of them at a seam. */
const still: Case = {
  ...{ ...van, repeat: 3 },
  good: [0, 5, 10, 12].map((minute) => start + minute * MINUTE),
};
const stillAtSeam: Case = {
  ...{ ...still, rolled: ['day', 'day', 'none'] },
  good: [-12, -7, -2, 3].map((minute) => start + DAY + minute * MINUTE),
};

/** A station moves just when an hour begins, and in the middle of one. */
const moved: Case = {
  ...van,
  good: [0, 1, 60, 61, 89, 91, 120, 121].map((minute) => start + minute * MINUTE),
  versions: [
    { station: '16107', name: 'Bastille', area: '7511601', at: start - HOUR },
    { station: '16107', name: 'Bastille', area: '7511602', at: start + HOUR },
    { station: '16107', name: 'Bastille', area: '93048', at: start + 90 * MINUTE },
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

const arrondissementOf = (area: string | null) => (area?.startsWith('751') ? Number(area.slice(3, 5)) : null);

/** A lake of some days, of which some are rolled up, or some hours of them: each of these a file of Silver. */
async function open(readings: readonly Reading[], { good, rolled, versions, summed }: Case) {
  const told = versions.map(({ at, area, ...rest }): Version => {
    return { ...rest, from: new Date(at), area, arrondissement: arrondissementOf(area) };
  });
  const engine = new NativeEngine(await Lake.open({ snapshots: [], readings, versions: told }));
  const dayOf = (at: number) => Math.floor(at / DAY) * DAY;
  const howOf = (at: number) => rolled[(dayOf(at) - start) / DAY]!;
  const sectionOf = (at: number) => (howOf(at) === 'hours' ? Math.floor(at / HOUR) * HOUR : dayOf(at));
  const oracle = new HistoryOracle(readings, good, good.at(-1)! + MINUTE, sectionOf);
  const silver: string[] = [];
  const instants: number[] = [];
  const made: Record<HistoryRollup, string[]> = {
    ...{ station_interval: [], station_edge: [], station_hour: [], area_hour: [], station_frame: [] },
  };
  const unsummed: string[] = [];
  const station_information = [engine.keep(await engine.parquet('SELECT * FROM main.station_information'))];
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
  const roll = async (wanted: readonly HistoryRollup[], inputs: Partial<RollupInputs>) => {
    const none = { station_status: [], station_hour: [] };
    for (const { rollup, bytes } of await makeRollups(engine, wanted, {
      ...{ instants: good, station_information, ...none, ...inputs },
    }))
      made[rollup as HistoryRollup].push(engine.keep(bytes));
  };
  for (const [index, { isRolled, inside, bytes }] of read.entries()) {
    const path = engine.keep(bytes);
    if (isRolled) {
      const how = summed[index % summed.length]!;
      const wanted = historyRollups.filter((one) => how === 'with' || one !== 'area_hour');
      await roll(wanted, { station_status: [path], instants: inside });
      const station_hour = made.station_hour.slice(-1);
      if (how === 'later') await roll(['area_hour'], { station_hour });
      if (how === 'no') unsummed.push(...station_hour);
    } else {
      silver.push(path);
      instants.push(...inside);
    }
  }
  /** Rows of a table, as the oracle tells them. */
  const load = (table: HistoryTable, from: number, to: number, station: string | null = null) =>
    loadHistory(engine, table, {
      ...{
        station_status: silver,
        station_information,
        instants,
        snapshots: good,
        rollups: made,
        unsummed,
        from,
        to,
        station,
      },
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
  return { engine, oracle, load, rows, untold, summed: made.area_hour.length };
}

/** Figures of `area_hour` by area and hour, of the rows of `station_hour` that are readable, one after the other. */
async function areasOf(engine: NativeEngine, versions: Case['versions']) {
  const hours = await engine.query<Line>(`SELECT * REPLACE (${ms('hour_at')}) FROM station_hour`);
  const sums = new Map<string, number[]>();
  for (const { station_code, hour_at, ...told } of hours) {
    const ofStation = versions
      .filter(({ station }) => station === station_code)
      .sort((one, other) => one.at - other.at);
    const { area } = ofStation.findLast(({ at }) => at <= Number(hour_at)) ?? ofStation[0] ?? { area: null };
    const arrondissement = arrondissementOf(area);
    const district = arrondissement === null ? (area ?? '') : String(75_100 + arrondissement);
    const of = (...names: string[]) => names.reduce((sum, name) => sum + Number(told[name]), 0);
    const listed = (name: string) => (of('observed_ms') * of(name)) / Math.max(1, of(`${name}_ms`));
    const figures = [
      ...[of('stale_ms', 'closed_ms'), of('stale_ms')],
      of('empty_ms', 'few_bikes_ms', 'balanced_ms', 'few_docks_ms', 'full_ms'),
      ...['empty_ms', 'full_ms', 'service_ms'].map((name) => of(name)),
      ...['mechanical', 'ebikes', 'docks'].map(listed),
      ...['out_of_order', 'service_capacity_ms', 'departures', 'arrivals', 'brought', 'taken'].map((name) =>
        of(name),
      ),
    ];
    const key = [area ?? '', district, hour_at].join();
    sums.set(
      key,
      figures.map((figure, index) => figure + (sums.get(key)?.[index] ?? 0)),
    );
  }
  return sums;
}

/** The same, as `area_hour` tells it. */
async function summedAreas(engine: NativeEngine) {
  const rows = await engine.query<Line>(`SELECT quartier_id, district_id, ${ms('hour_at')},
    CAST(coalesce(sum(COLUMNS(* EXCLUDE (quartier_id, district_id, hour_at, observed_ms))), 0) AS DOUBLE)
    FROM area_hour GROUP BY quartier_id, district_id, hour_at`);
  return new Map(
    rows.map((row) => [Object.values(row).slice(0, 3).join(), Object.values(row).slice(3).map(Number)]),
  );
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
  it.each<[string, Case, number]>([
    ['a van brings bikes', van, 57],
    ['and ten minutes after the network had changed', { ...still, repeat: 2 }, 57],
    ['what comes at once when the feed had stood still for longer was brought by none', still, 0],
    ['so at the seam of two days', stillAtSeam, 0],
    ['where ten minutes count', { ...stillAtSeam, repeat: 2, good: stillAtSeam.good.slice(1) }, 57],
  ])('%s', async (_, one, brought) => {
    for (const rolled of [['none', 'none', 'none'] as Case['rolled'], one.rolled]) {
      const { engine, load } = await open(readingsOf(one), { ...one, rolled });
      await load('station_hour', start, start + 2 * DAY);
      const [told] = await engine.query(`SELECT CAST(sum(arrivals) AS DOUBLE) AS arrivals,
        CAST(sum(brought) AS DOUBLE) AS brought FROM station_hour`);
      engine.close();
      expect(told).toEqual({ arrivals: 57, brought });
    }
  });

  it('is what its readings say, from Silver and from rollups', { timeout: 240_000 }, async () => {
    let brought = 0;
    let [rolledUp, areas] = [0, 0];
    await fc.assert(
      fc.asyncProperty(lakes, async (one) => {
        const readings = readingsOf(one);
        for (const rolled of [['none', 'none', 'none'] as Case['rolled'], one.rolled]) {
          const { engine, oracle, rows, untold, summed } = await open(readings, { ...one, rolled });
          try {
            const [intervals, hours, frames] = [oracle.intervals(), oracle.hours(), oracle.frames()];
            expect(sorted(await rows('station_interval'))).toEqual(sorted(intervals));
            expect(sorted(await rows('station_hour'))).toEqual(sorted(hours));
            expect(await untold()).toEqual([]);
            expect(
              await engine.query(`SELECT ${ms('hour_at')}, ms FROM paired_hours ORDER BY hour_at`),
            ).toEqual(oracle.pairs());
            const told = await areasOf(engine, one.versions);
            const close = (figures: number[]) => figures.map((figure): unknown => expect.closeTo(figure, 3));
            expect(await summedAreas(engine)).toEqual(
              new Map([...told].map(([key, figures]) => [key, close(figures)])),
            );
            const observed = (table: string) =>
              engine.query(`SELECT ${ms('hour_at')}, CAST(max(observed_ms) AS DOUBLE) AS observed_ms
                FROM ${table} GROUP BY ALL ORDER BY hour_at`);
            expect(await observed('section_area')).toEqual(await observed('section_hour'));
            areas += summed > 0 ? new Set(Array.from(told.keys(), (key) => key.split(',')[0])).size : 0;
            expect(sorted(await rows('station_frame'))).toEqual(sorted(frames));
            brought += hours.filter((hour) => Number(hour['brought']) + Number(hour['taken']) > 0).length;
            rolledUp += rolled.filter((how) => how !== 'none').length;
          } finally {
            engine.close();
          }
        }
      }),
      { numRuns: 20, examples: [[van], [moved], [still], [stillAtSeam]] },
    );
    expect(brought).toBeGreaterThan(3);
    expect(rolledUp).toBeGreaterThan(10);
    expect(areas).toBeGreaterThan(5);
  });
});
