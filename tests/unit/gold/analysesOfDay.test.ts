import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/engine.ts';
import { askAnalyses, loadAreas, loadLatest, loadStations } from '../../../src/gold/analyses.ts';
import type { Analyses, AnalysisFilters } from '../../../src/gold/analysisRows.ts';
import { loadHistory, type HistoryTable } from '../../../src/gold/history.ts';
import { figuresOf, readAreas, readPolls, type Reading } from '../../sampleFigures.ts';
import { engineOf, everything } from './analysesLake.ts';
import { Lake } from './lake.ts';

type Polls = Awaited<ReturnType<typeof readPolls>>;

let polls: Polls;
let lake: Lake;
let ask: (filters?: Partial<AnalysisFilters>) => Promise<Analyses>;
const folder = mkdtempSync(join(tmpdir(), 'velolac-'));
const noRollups = {
  ...{ station_interval: [], station_edge: [], station_hour: [], area_hour: [], station_frame: [] },
};
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;

/** The polls as the two tables of Silver, and what the page makes of them: hours, then the tables of a window. */
beforeAll(async () => {
  polls = await readPolls();
  lake = await Lake.open();
  const flag = (text: string) => String(text === 'OUI');
  const statusOf = (at: number, one: Reading) =>
    [
      ...[one.stationcode, new Date(at).toISOString(), new Date(one.duedate).toISOString()],
      ...[one.numbikesavailable, one.mechanical, one.ebike, one.numdocksavailable, one.capacity],
      ...[flag(one.is_installed), flag(one.is_renting), flag(one.is_returning)],
    ].join();
  const areas = await readAreas();
  const placeOf = (one: Reading) => {
    const { lon, lat } = one.coordonnees_geo;
    const area = areas.areaOf(lon, lat);
    return [
      ...[
        one.stationcode,
        quoted(one.name),
        lat,
        lon,
        one.capacity,
        area?.commune ?? '',
        area?.commune_insee,
      ],
      ...[area?.arrondissement ?? '', area?.area_id ?? '', area?.area_name ?? '', '2024-11-09T08:10:01Z'],
    ].join();
  };
  const status = await parquet(
    'station_status',
    polls.flatMap(({ at, readings }) => readings.map((one) => statusOf(at, one))),
    `station_code VARCHAR, fetched_at TIMESTAMP, last_reported TIMESTAMP, num_bikes_available SMALLINT,
     num_mechanical_available SMALLINT, num_ebikes_available SMALLINT, num_docks_available SMALLINT,
     capacity SMALLINT, is_installed BOOLEAN, is_renting BOOLEAN, is_returning BOOLEAN`,
  );
  const information = await parquet(
    'station_information',
    polls[0]!.readings.map(placeOf),
    `station_code VARCHAR, name VARCHAR, lat DOUBLE, lon DOUBLE, capacity SMALLINT, commune VARCHAR,
     commune_insee VARCHAR, arrondissement SMALLINT, area_id VARCHAR, area_name VARCHAR, valid_from TIMESTAMP`,
  );
  for (const table of ['snapshots', 'station_status', 'station_information', 'station_day'])
    await lake.run(`DROP TABLE ${table}`);
  const engine = engineOf(lake);
  const instants = polls.map(({ at }) => at);
  const [from, to] = [instants[0]!, instants.at(-1)!];
  const read = (table: HistoryTable, span: { from: number; to: number }) =>
    loadHistory(engine as Engine, table, {
      ...{
        ...span,
        station: null,
        instants,
        snapshots: instants,
        sections: [{ first: from, last: to, until: span.to }],
      },
      ...{ station_status: [status], station_information: [information] },
      ...{ rollups: noRollups, unsummed: [] },
    });
  await read('station_hour', { from, to });
  await loadAreas(engine, { from, to }, to);
  await loadStations(engine, { from, to });
  await read('station_interval', { from: to, to: to + 60_000 });
  await loadLatest(engine, to);
  ask = (filters = {}) => askAnalyses(engine, { from, to }, to, { ...everything, ...filters }, new Map());
}, 120_000);

afterAll(() => {
  lake.close();
  rmSync(folder, { recursive: true });
});

async function parquet(name: string, rows: readonly string[], columns: string): Promise<string> {
  const [csv, path] = [join(folder, `${name}.csv`), join(folder, `${name}.parquet`)];
  writeFileSync(csv, rows.join('\n'));
  await lake.run(`CREATE TEMP TABLE raw_${name} (${columns})`);
  await lake.run(`COPY raw_${name} FROM '${csv}' (HEADER false)`);
  await lake.run(`COPY raw_${name} TO '${path}' (FORMAT parquet)`);
  return path;
}

/** The mean of a figure through time, over what was observed. */
function mean<Row extends { readonly observed_ms: number }>(
  rows: readonly Row[],
  of: (row: Row) => number | null,
): number {
  const time = rows.reduce((sum, { observed_ms }) => sum + observed_ms, 0);
  return rows.reduce((sum, row) => sum + (of(row) ?? 0) * row.observed_ms, 0) / time;
}

function expectSame(answers: Analyses, figures: Awaited<ReturnType<typeof figuresOf>>): void {
  expect(answers.observed).toBeCloseTo(figures.observed, 9);
  for (const kind of ['mechanical', 'ebikes', 'docks'] as const)
    expect(mean(answers.network_curve, (row) => row[kind])).toBeCloseTo(figures[kind], 6);
}

it('the bundled day comes to what its polls come to, reading by reading', { timeout: 60_000 }, async () => {
  const [answers, figures] = [await ask(), await figuresOf(polls)];
  expectSame(answers, figures);
  const sum = (of: (row: Analyses['stock_outs'][number]) => number) =>
    answers.stock_outs.reduce((total, row) => total + of(row), 0);
  expect(sum((row) => row.empty_ms + row.full_ms) / sum((row) => row.serving_ms)).toBeCloseTo(
    figures.notspot,
    9,
  );
  const time = answers.service_level.reduce((total, { serving_ms }) => total + serving_ms, 0);
  const served = answers.service_level.reduce(
    (total, { service_share, serving_ms }) => total + service_share * serving_ms,
    0,
  );
  expect(served / time).toBeCloseTo(figures.service, 9);
  // The city is an hour ahead of UTC.
  const departures = Array<number>(24).fill(0);
  for (const row of answers.movements)
    departures[row.city_hour - 1] = Math.round((row.departures * row.observed_ms) / 3_600_000);
  expect(departures).toEqual(figures.departures);
  expect(answers.station_ranks!.length).toBe(100);
  expect(answers.dispatch!.filter(({ action }) => action === 'bring').length).toBe(50);
});

it('so it does for one arrondissement, and for one hour of the city', { timeout: 60_000 }, async () => {
  const there = await figuresOf(polls, { arrondissement: 1 });
  const first = await ask({ areas: ['75101'] });
  expect(mean(first.network_curve, (row) => row.docks)).toBeCloseTo(there.docks, 6);
  const moved = first.movements.reduce((sum, row) => sum + (row.departures * row.observed_ms) / 3_600_000, 0);
  expect(Math.round(moved)).toBe(there.departures.reduce((sum, count) => sum + count, 0));

  expectSame(await ask({ hours: [9] }), await figuresOf(polls, { hours: [8] }));
});
