import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { literal } from '../../../src/engine/sql.ts';
import { MAX_GAP_S } from '../../../src/gold/questions.ts';
import { Lake } from './lake.ts';
import { judge, type Row, stateOf, weigh } from './oracle.ts';

const folder = fileURLToPath(new URL('../../../../shared/data/velib/v21-export-2024/', import.meta.url));
const present = existsSync(folder);
if (!present) console.warn(`skipped: the ten-day series is not in ${folder}`);

/** Silver of the series: `poll` is Paris winter time; the area of a station stands in for the real one. */
const load = [
  `INSERT INTO station_status SELECT stationcode, CAST(poll AS TIMESTAMP) - INTERVAL 1 HOUR,
    CAST(CAST(duedate AS TIMESTAMPTZ) AS TIMESTAMP), numbikesavailable, mechanical, ebike, numdocksavailable,
    capacity, is_installed = 'OUI', is_renting = 'OUI', is_returning = 'OUI'
  FROM read_csv(${literal(`${folder}series_2024-10-31_to_2024-11-09.csv.gz`)}, header = true, all_varchar = true)
  WHERE stationcode IS NOT NULL`,
  `INSERT INTO station_information SELECT stationcode, name, CAST(coordonnees_geo ->> 'lat' AS DOUBLE),
    CAST(coordonnees_geo ->> 'lon' AS DOUBLE), capacity, nom_arrondissement_communes, code_insee_commune,
    NULL, NULL, stationcode[:-4], 'Sector ' || stationcode[:-4], CAST(first_poll AS TIMESTAMP) - INTERVAL 1 HOUR
  FROM read_csv(${literal(`${folder}stations.csv`)}, header = true, all_varchar = true)`,
  `INSERT INTO snapshots SELECT DISTINCT fetched_at, 'ok' FROM station_status`,
];

/** One of 25 polls without a capacity; the day has a gap, whole and degraded polls. */
const instant = new Date('2024-11-04T10:30:01Z');
const selections = [
  ['one instant', { from: instant, to: instant }],
  ['a whole day', { from: new Date('2024-11-04T00:00:00Z'), to: new Date('2024-11-05T00:00:00Z') }],
] as const;

describe.skipIf(!present)('real readings, against a computation that is not SQL', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open();
    for (const statement of load) await lake.run(statement);
  });

  afterAll(() => lake.close());

  it.each(selections)('%s', async (_, span) => {
    const rows = await read(span.from, span.to);
    expect(rows.length).toBeGreaterThan(1400);
    const weights = weigh(
      rows.map((row) => row.at),
      span.to.getTime(),
      MAX_GAP_S,
    );
    const information = await latest(span.to);
    const verdict = judge(
      rows,
      weights,
      new Map(information.map(({ code, capacity }) => [code, capacity])),
      new Map(information.map(({ code, area }) => [code, area])),
    );
    await lake.select(span);
    const [{ seconds } = {}] = await lake.rows('SELECT sum(weight_s) AS seconds FROM frames');
    expect(seconds).toBeCloseTo(verdict.seconds, 9);
    expectClose(await lake.balance(), verdict.balance);
    expectClose(await lake.health(), verdict.health);
    const areas = await lake.areas({ level: 'quartier', top: 1000 });
    expect(areas).toHaveLength(verdict.ebikes.size);
    for (const { area_id, ebikes } of areas) expectNear(ebikes, verdict.ebikes.get(area_id)!);
    const order = areas.map((area) => area.ebikes);
    expect(order).toEqual(order.toSorted((a, b) => b - a));
  });

  it('counts whole stations and bikes at an instant', async () => {
    const rows = await read(instant, instant);
    await lake.select({ from: instant, to: instant });
    const capacities = new Map((await latest(instant)).map(({ code, capacity }) => [code, capacity]));
    const states = rows.map((row) => [
      row.code,
      stateOf({ ...row, capacity: row.capacity ?? capacities.get(row.code)! }),
    ]);
    const stations = await lake.stations();
    expect(stations.map((station) => [station.station_code, station.state])).toEqual(states);
    const { stations: count, mechanical, ebikes, docks_out_of_order } = (await lake.health())!;
    expect(count).toBe(rows.length);
    for (const figure of [mechanical, ebikes, docks_out_of_order])
      expect(Number.isInteger(figure)).toBe(true);
  });

  async function read(from: Date, to: Date): Promise<Row[]> {
    const rows = await lake.rows<Omit<Row, 'at' | 'reported'> & { at: Date; reported: Date | null }>(
      `SELECT station_code AS code, fetched_at AS "at", last_reported AS reported, num_bikes_available AS bikes,
        num_mechanical_available AS mechanical, num_ebikes_available AS ebikes, num_docks_available AS docks,
        capacity, [is_installed, is_renting, is_returning] AS flags
      FROM station_status WHERE fetched_at BETWEEN ${literal(from)} AND ${literal(to)} ORDER BY code, fetched_at`,
    );
    return rows.map((row) => ({ ...row, at: row.at.getTime(), reported: row.reported?.getTime() ?? null }));
  }

  async function latest(to: Date): Promise<{ code: string; capacity: number; area: string }[]> {
    const versions = await lake.rows<{ code: string; capacity: number; area: string; from: Date }>(
      `SELECT station_code AS code, capacity, area_id AS area, valid_from AS "from"
      FROM station_information ORDER BY valid_from DESC`,
    );
    const valid = versions.filter((version) => version.from <= to);
    const known = new Set(valid.map((version) => version.code));
    const first = versions.filter((version) => !known.has(version.code));
    return [...first, ...valid.toReversed()];
  }
});

function expectNear(actual: unknown, expected: number): void {
  expect(typeof actual).toBe('number');
  expect(Math.abs(Number(actual) - expected) / Math.max(1, Math.abs(expected))).toBeLessThan(1e-9);
}

function expectClose(actual: object | undefined, expected: object): void {
  expect(Object.keys(actual ?? {})).toEqual(Object.keys(expected));
  for (const [name, value] of Object.entries(expected)) {
    expectNear((actual as Record<string, unknown>)[name], Number(value));
  }
}
