import { afterEach, beforeEach, expect, test } from 'vitest';
import { unpackHour } from '../../src/bronze/archive.ts';
import type { Answers } from '../../src/gold/answers.ts';
import { compact } from '../../src/pipeline/compact.ts';
import { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { choose } from '../../src/pipeline/rollup.ts';
import { References } from '../../src/pipeline/references.ts';
import { stage } from '../../src/pipeline/stage.ts';
import { parseRecords } from '../../src/sources/records.ts';

const MINUTE = 60_000;
const start = Date.UTC(2026, 10, 23, 22, 58);
const references = new References(location.origin);

let house: Lakehouse;
let now = start;
beforeEach(async () => {
  now = start;
  house = await Lakehouse.open('live', `velib@${crypto.randomUUID()}`, references, () => now);
  await house.lake.startTerm();
});
afterEach(() => house.engine.terminate());

async function record(at: number) {
  now = at;
  const stations = ['16107', '1001', '9020'].map((stationcode, index) => ({
    ...{
      stationcode,
      name: `Station ${stationcode}`,
      is_installed: 'OUI',
      is_renting: 'OUI',
      is_returning: 'OUI',
    },
    ...{
      capacity: 30,
      numbikesavailable: (at / MINUTE + index) % 20,
      numdocksavailable: 5,
      mechanical: 1,
      ebike: 2,
    },
    ...{ duedate: new Date(at).toISOString(), coordonnees_geo: { lon: 2.275725, lat: 48.865983 } },
  }));
  const { staged } = await stage(house.lake, {
    ...{ source: house.source, origin: 'live', fetched_at: at, fetched_at_basis: 'clock', http_status: 200 },
    ...{ duration_ms: 1, body: null, error: null, records: parseRecords(JSON.stringify(stations)) },
  });
  if (staged) await house.refinery.refine([staged]);
}

const paths = (table: string) => house.lake.entries(table, house.source).map(({ path }) => path);

/** The rows of Silver, whatever files they lie in, as one text. */
async function rows() {
  const files = paths('station_status');
  await house.engine.registerAll(files, (path) => house.lake.read(path));
  const list = files.map((path) => `'${path}'`).join(', ');
  return JSON.stringify(await house.engine.query(`SELECT * FROM read_parquet([${list}]) ORDER BY ALL`));
}

test('a closed hour becomes one ZIP and one Parquet, a closed day one Parquet, and no row changes', async () => {
  const times = [0, 1, 2, 3, 61, 62, 63].map((minutes) => start + minutes * MINUTE);
  for (const at of times) await record(at);
  const before = await rows();
  const csv = new Map(
    await Promise.all(
      paths('snapshot').map(async (path) => [path.split('/').at(-1), await house.lake.read(path)] as const),
    ),
  );

  expect(await compact(house.lake, house.source, now)).toBe(true);
  const grains = paths('station_status').map((path) => /\/(part|hour|day)_/.exec(path)?.[1]);
  expect(grains).toEqual(['day', 'part', 'part']);
  const zips = paths('hour');
  expect(zips.map((path) => path.split('/').slice(-2).join('/'))).toEqual([
    '2026-11-23/22.zip',
    '2026-11-23/23.zip',
  ]);
  for (const zip of zips) {
    for (const { name, bytes } of unpackHour(await house.lake.read(zip)))
      expect(bytes).toEqual(csv.get(name));
  }
  expect(paths('snapshot')).toHaveLength(2);
  expect(await rows()).toBe(before);
  expect(await compact(house.lake, house.source, now)).toBe(false);

  now = start + 130 * MINUTE;
  await compact(house.lake, house.source, now);
  expect(paths('station_status').map((path) => /\/(part|hour|day)_/.exec(path)?.[1])).toEqual([
    'day',
    'hour',
  ]);
  expect(await rows()).toBe(before);
});

test('files that were replaced are gone from the disk, and another reader finds the same lake', async () => {
  await record(start);
  await record(start + MINUTE);
  const replaced = paths('station_status');
  await compact(house.lake, house.source, start + 70 * MINUTE);
  for (const path of replaced) {
    await expect(house.lake.read(path)).rejects.toMatchObject({ code: 'lake.missing_file' });
  }
  const other = await Lakehouse.open('live', house.source, references, () => now);
  expect(other.lake.state).toEqual(house.lake.state);
  expect(await other.answer({ kind: 'newest' })).toEqual(await house.answer({ kind: 'newest' }));
  await other.engine.terminate();
});

test('a snapshot that comes late into a packed hour gets a ZIP beside it', async () => {
  await record(start);
  await compact(house.lake, house.source, start + 70 * MINUTE);
  await record(start + MINUTE);
  await compact(house.lake, house.source, start + 70 * MINUTE);
  expect(paths('hour').map((path) => path.split('/').at(-1))).toEqual(['22.zip', '22-2.zip']);
  expect(paths('station_status')).toHaveLength(1);
});

test('an hour whose Silver is not written yet stays open', async () => {
  await record(start);
  now = start + MINUTE;
  await stage(house.lake, {
    ...{ source: house.source, origin: 'live', fetched_at: now, fetched_at_basis: 'clock', http_status: 200 },
    ...{ duration_ms: 1, body: null, error: null },
    records: parseRecords('[{"stationcode":"1","numbikesavailable":1,"numdocksavailable":1}]'),
  });
  await compact(house.lake, house.source, start + 70 * MINUTE);
  expect(paths('snapshot')).toHaveLength(2);
  expect((await Array.fromAsync(house.waiting())).flat()).toMatchObject([
    { header: ['stationcode', 'numbikesavailable', 'numdocksavailable'] },
  ]);
});

test('a snapshot whose Silver is still to come answers nothing: the one before stands, or the first', async () => {
  const put = (at: number) =>
    stage(house.lake, {
      ...{
        source: house.source,
        origin: 'live',
        fetched_at: at,
        fetched_at_basis: 'clock',
        http_status: 200,
      },
      ...{ duration_ms: 1, body: null, error: null },
      records: parseRecords('[{"stationcode":"1","numbikesavailable":1,"numdocksavailable":1}]'),
    });
  const answered = async (at: number) => (await house.answer({ kind: 'instant', at })).to;
  await put(start);
  await expect(answered(start)).rejects.toMatchObject({ code: 'lake.no_snapshot' });
  await expect(house.answer({ kind: 'range', from: start, to: start })).rejects.toMatchObject({
    code: 'lake.no_snapshot',
  });
  for await (const staged of house.waiting()) await house.refinery.refine(staged);
  await put(start + MINUTE);
  expect(await answered(start + MINUTE)).toBe(start);
  expect(await answered(start - MINUTE)).toBe(start);
  for await (const staged of house.waiting()) await house.refinery.refine(staged);
  expect(await answered(start + MINUTE)).toBe(start + MINUTE);
});

/** Silver and rollups that a span is answered from, and the answers. */
async function answered(from: number, to: number) {
  const { station_status, station_day } = choose(house.lake, house.source, from, to);
  const answers = await house.answer({ kind: 'range', from, to });
  return { silver: station_status.length, rollups: station_day.length, answers };
}

test('a closed day is answered from its rollup, and the answers stay what they were', async () => {
  for (const minutes of [0, 1, 4, 59, 62, 63]) await record(start + minutes * MINUTE);
  const spans = [
    [start, start + 63 * MINUTE, 2, 1],
    [start - 1000, start + 60.5 * MINUTE, 0, 1],
    [start + 30_000, start + 63 * MINUTE, 3, 0],
    [start, start + 3 * MINUTE, 1, 0],
  ] as const;
  const before = await Promise.all(spans.map(([from, to]) => answered(from, to)));
  expect(before.map(({ rollups }) => rollups)).toEqual([0, 0, 0, 0]);

  expect(await compact(house.lake, house.source, now)).toBe(true);
  expect(house.lake.entries('station_day', house.source)).toMatchObject([{ rows: 10, snapshots: 4 }]);
  for (const [index, [from, to, silver, rollups]] of spans.entries()) {
    const { answers } = before[index]!;
    expect(await answered(from, to)).toEqual({
      ...{ silver, rollups },
      answers: silver > 0 ? answers : withoutReports(answers),
    });
  }
});

/** A rollup does not tell when a station last reported: where it stands for the last snapshot, nothing does. */
function withoutReports(answers: Answers): Answers {
  expect(answers.stations.some(({ last_reported }) => last_reported !== null)).toBe(true);
  return { ...answers, stations: answers.stations.map((row) => ({ ...row, last_reported: null })) };
}

test('a rollup counts for just the Silver and the snapshots it was made of', async () => {
  await record(start);
  await record(start + MINUTE);
  const end = start + 120 * MINUTE;
  await compact(house.lake, house.source, end);
  const [first] = paths('station_day');
  const early = await answered(start, end);
  expect(early).toMatchObject({ silver: 0, rollups: 1 });

  await stage(house.lake, {
    ...{ source: house.source, origin: 'live', fetched_at: start + 2 * MINUTE, fetched_at_basis: 'clock' },
    ...{ http_status: 200, duration_ms: 1, body: null, error: null },
    records: parseRecords(
      JSON.stringify(
        ['16107', '1001'].map((stationcode) => ({ stationcode, numbikesavailable: 1, numdocksavailable: 1 })),
      ),
    ),
  });
  expect(await answered(start, end)).toEqual(early);

  for await (const staged of house.waiting()) await house.refinery.refine(staged);
  const late = await answered(start, end);
  expect(late).toMatchObject({ silver: 2, rollups: 0 });
  await compact(house.lake, house.source, end);
  const [second, ...others] = paths('station_day');
  expect(others).toEqual([]);
  expect(second).not.toBe(first);
  await expect(house.lake.read(first!)).rejects.toMatchObject({ code: 'lake.missing_file' });
  expect(await answered(start, end)).toEqual({ silver: 0, rollups: 1, answers: late.answers });
});

test('a day that has no rollup gets one when compaction next runs, and loses it with the day', async () => {
  await record(start);
  const end = start + 120 * MINUTE;
  await compact(house.lake, house.source, end);
  const replaces = paths('station_day');
  await house.lake.append([{ kind: 'commit', source: house.source, files: [], replaces }]);
  expect(await answered(start, end)).toMatchObject({ silver: 1, rollups: 0 });
  expect(await compact(house.lake, house.source, end)).toBe(true);
  expect(paths('station_day')).toEqual(replaces);
  expect(await compact(house.lake, house.source, end)).toBe(false);
  await house.deleteDay('2026-11-23');
  expect(paths('station_day')).toEqual([]);
  await expect(house.lake.read(replaces[0]!)).rejects.toMatchObject({ code: 'lake.missing_file' });
});
