import { describe, expect, test } from 'vitest';
import { commands } from 'vitest/browser';
import table from '../../docs/eras.md?raw';
import { literals } from '../../src/engine/sql.ts';
import type { ImportReport } from '../../src/lake/journal.ts';
import type { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { golden, velib } from './golden.ts';
import { hasShared, housesOfTest } from './houses.ts';

const open = housesOfTest();

/** The cells of docs/eras.md, by file. */
const documented = new Map(
  table
    .split('\n')
    .filter((line) => /^\| `\S+\/\S+` /.test(line))
    .map((line) => {
      const [file = '', ...cells] = line
        .split('|')
        .map((cell) => cell.trim())
        .slice(1, -1);
      return [file.replaceAll('`', ''), cells.join(' | ')];
    }),
);

const grouped = (count: number) => String(count).replace(/\B(?=(\d{3})+$)/g, ' ');
const iso = (at: number | null) => (at === null ? '-' : new Date(at).toISOString().replace('.000Z', 'Z'));
const counts = (of: Readonly<Record<string, number>>) =>
  Object.entries(of)
    .map(([name, count]) => `${grouped(count)} ${name}`)
    .join(', ');

/** A report as the cells of docs/eras.md. */
function cellsOf({ error, tables }: ImportReport): string {
  const [one] = tables;
  if (!one) return ['', error?.code, '', '', '', 0, 0, 0, 0, '', ''].join(' | ');
  const { era, envelope, basis, from, to, snapshots, rows, accepted, quarantined, rejected, discarded } = one;
  const sums = [snapshots, rows, accepted, quarantined].map(grouped);
  return [era, envelope, basis, iso(from), iso(to), ...sums, counts(rejected), counts(discarded)].join(' | ');
}

/** A table of Silver as a table expression; null where it has no file. */
async function reader({ lake, source, engine }: Lakehouse, name: string): Promise<string | null> {
  const paths = lake.entries(name, source).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  return paths.length === 0
    ? null
    : `read_parquet([${literals(paths)}], union_by_name=true, hive_partitioning=false)`;
}

const nowhere = `(SELECT '' AS attributes_id, NULL AS name, NULL AS lat, NULL AS lon WHERE FALSE)`;

type Value = string | number | boolean | null;
const text = (value: Value | undefined) =>
  value === null || value === undefined
    ? '-'
    : typeof value === 'boolean'
      ? String(Number(value))
      : String(value);
const texts = (row: Readonly<Record<string, Value>>, ...names: string[]) =>
  names.map((name) => text(row[name])).join(' ');

const stocks = ['bikes', 'mechanical', 'ebikes', 'docks', 'capacity'];
const flags = ['installed', 'renting', 'returns'];

/** What Silver says in a span as a table expression, with short names. */
async function told(house: Lakehouse, from: number | null, to: number | null): Promise<string> {
  return `(SELECT s.station_code AS code, epoch_ms(s.fetched_at) AS at, epoch_ms(s.last_reported) AS reported,
      s.num_bikes_available AS bikes, s.num_mechanical_available AS mechanical, s.num_ebikes_available AS ebikes,
      s.num_docks_available AS docks, s.capacity, s.is_installed AS installed, s.is_renting AS renting,
      s.is_returning AS returns, a.name, a.lat, a.lon
    FROM ${await reader(house, 'station_status')} AS s
    LEFT JOIN ${(await reader(house, 'station_attributes')) ?? nowhere} AS a ON a.attributes_id = s.attributes_id
    WHERE epoch_ms(s.fetched_at) BETWEEN ${from} AND ${to})`;
}

/** The sums of a span, and three of its stations, as lines of `golden.ts`. */
async function linesOf(house: Lakehouse, { tables: [one] }: ImportReport, stations: readonly string[]) {
  const rows = await told(house, one!.from, one!.to);
  const sums = [...stocks, ...flags].map(
    (name) => `CAST(sum(CAST(${name} AS INTEGER)) AS DOUBLE) AS ${name}`,
  );
  const [sum] = await house.engine.query<Record<string, Value> & { reported: number | null; rows: number }>(
    `SELECT ${sums.join()}, avg(reported) AS reported, CAST(count(*) AS INTEGER) AS rows FROM ${rows}`,
  );
  const mean = sum!.reported === null ? '-' : iso(Math.floor(sum!.reported / 1000) * 1000);
  const wanted = stations.map((line) => line.split(' | '));
  const found = await house.engine.query<Record<string, Value> & { at: number; reported: number | null }>(
    `SELECT * FROM ${rows} WHERE code IN (${literals(wanted.map(([code]) => code!))})`,
  );
  const lines = found.map((row) => {
    const key = one!.series ? [text(row['code']), iso(row.at)] : [text(row['code'])];
    const values = [
      texts(row, ...stocks),
      texts(row, ...flags),
      texts(row, 'name'),
      texts(row, 'lat', 'lon'),
    ];
    return [...key, iso(row.reported), ...values].join(' | ');
  });
  return {
    rows: sum!.rows,
    totals: [texts(sum!, ...stocks), texts(sum!, ...flags), mean].join(' | '),
    stations: stations.filter((line) => lines.includes(line)),
    others: lines.filter((line) => !stations.includes(line)).slice(0, 5),
  };
}

/** Imports files into one lake, and compares each with docs/eras.md and `golden.ts`. */
async function check(...paths: string[]): Promise<void> {
  const { house, bring } = await open();
  const reports = await bring(...(await Promise.all(paths.map(velib))));
  const rejected: Record<string, number> = {};
  for (const [index, report] of reports.entries()) {
    const path = paths[index]!;
    expect({ path, cells: cellsOf(report) }).toEqual({ path, cells: documented.get(path) });
    for (const { rows, accepted, quarantined, ...one } of report.tables) {
      const reasons = Object.values(one.rejected).reduce((sum, count) => sum + count, 0);
      expect(accepted + quarantined + reasons).toBe(rows);
      for (const [reason, count] of Object.entries(one.rejected))
        rejected[reason] = (rejected[reason] ?? 0) + count;
      const expected = golden.get(path);
      expect(accepted > 0).toBe(expected !== undefined);
      if (!expected) continue;
      const { stations } = expected;
      const { others, ...found } = await linesOf(house, report, stations);
      expect(found, others.join('\n')).toEqual({ rows: accepted, ...expected });
    }
  }
  if (Object.keys(rejected).length === 0) return;
  const kept = await house.engine.query<{ reason: string; rows: number }>(
    `SELECT reason, CAST(count(*) AS INTEGER) AS rows FROM ${await reader(house, 'rejects')} GROUP BY reason`,
  );
  expect(Object.fromEntries(kept.map(({ reason, rows }) => [reason, rows]))).toEqual(rejected);
}

const paths = [...documented.keys()];
const isPipeline = (path: string) => path.startsWith('pipeline-csv-2025/');
const isSeries = (path: string) => path.includes('/series_');

describe.skipIf(!hasShared)('a file of the city', () => {
  test('none is left out', async () => {
    const sources = atob((await commands.readShared('SOURCES.md'))!);
    const listed = Array.from(sources.matchAll(/^\| velib\/(\S+) /gm), ([, path]) => path!);
    expect(listed).not.toEqual([]);
    for (const path of listed) {
      const pattern = new RegExp(`^${path.replaceAll('.', '\\.').replaceAll('*', '[^/]+')}$`);
      expect(
        paths.filter((one) => pattern.test(one)),
        path,
      ).not.toEqual([]);
    }
  });

  test.each(paths.filter((path) => !isPipeline(path) && !isSeries(path)))(
    '%s',
    (path) => check(path),
    240_000,
  );

  test(
    'the polls of one pipeline, two of them the same bytes',
    () => check(...paths.filter(isPipeline)),
    240_000,
  );

  test('a series of a million rows', () => check(...paths.filter(isSeries)), 600_000);

  test('a CSV and a GeoJSON of one export give the same counts', async () => {
    const counts = async (extension: string) => {
      const { house, bring } = await open();
      const [report] = await bring(
        await velib(`smovengo-2019/velib-disponibilite-en-temps-reel.${extension}`),
      );
      const [{ from, to } = { from: null, to: null }] = report!.tables;
      return house.engine.query(
        `SELECT * EXCLUDE (lat, lon) FROM ${await told(house, from, to)} ORDER BY code`,
      );
    };
    const csv = await counts('csv');
    const geojson = await counts('geojson');
    expect(csv).toHaveLength(1363);
    expect(csv).toEqual(geojson);
  });
});
