import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseJournal } from '../../src/lake/lines.ts';
import { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { References } from '../../src/pipeline/references.ts';
import { stage, type Incoming } from '../../src/pipeline/stage.ts';
import { VelolacError } from '../../src/errors.ts';
import { parseRecords } from '../../src/sources/records.ts';

const at = Date.UTC(2026, 10, 23, 16, 24);
const references = new References(location.origin);

let house: Lakehouse;
beforeEach(async () => {
  house = await Lakehouse.open('live', `velib@${crypto.randomUUID()}`, references, () => at);
  await house.lake.startTerm();
});
afterEach(() => house.engine.terminate());

const station = (code: string | null, change: object = {}) => ({
  ...{ stationcode: code, name: `Station ${code}`, is_installed: 'OUI', capacity: 30, numdocksavailable: 18 },
  ...{ numbikesavailable: 12, mechanical: 9, ebike: 3, is_renting: 'OUI', is_returning: 'OUI' },
  ...{ duedate: '2026-11-23T16:20:00+00:00', coordonnees_geo: { lon: 2.275725, lat: 48.865983 } },
  ...{ nom_arrondissement_communes: 'Paris', code_insee_commune: '75056', ...change },
});

function incoming(
  fetched_at: number,
  records: readonly object[] | null,
  error: VelolacError | null = null,
): Incoming {
  return {
    ...{
      source: house.source,
      origin: 'live',
      fetched_at,
      fetched_at_basis: 'clock',
      http_status: 200,
      duration_ms: 1,
    },
    records: records && parseRecords(JSON.stringify(records)),
    body: new TextEncoder().encode('what came'),
    error,
  };
}

async function take(records: readonly object[], fetched_at = at) {
  const { snapshot, staged } = await stage(house.lake, incoming(fetched_at, records));
  if (staged) await house.refinery.refine([staged]);
  return snapshot;
}

async function read(table: string) {
  const paths = house.lake.entries(table, house.source).map(({ path }) => path);
  await house.engine.registerAll(paths, (path) => house.lake.read(path));
  return paths.length === 0
    ? []
    : house.engine.query(`SELECT * FROM read_parquet([${paths.map((p) => `'${p}'`).join()}])`);
}

async function reports() {
  const { storage } = house.lake;
  const days = (await storage.list('journal')).filter((name) => name.endsWith('.jsonl'));
  const journal = await Promise.all(days.map((day) => storage.read(`journal/${day}`)));
  const events = journal.flatMap((bytes) => parseJournal(bytes).events);
  return events.flatMap((event) => {
    return event.kind === 'commit' && event.source === house.source ? (event.reports ?? []) : [];
  });
}

describe('an answer that is no snapshot', () => {
  test.each(['portal.cut_json', 'portal.not_json', 'portal.html'] as const)(
    '%s is recorded and kept verbatim',
    async (code) => {
      await take([station('16107')]);
      const before = house.newest;
      const { snapshot } = await stage(house.lake, incoming(at + 60_000, null, new VelolacError(code, 'no')));
      expect(snapshot).toMatchObject({ outcome: 'failed', error_code: code });
      const kept = await house.lake.read(snapshot.bronze_path!);
      const text = await new Response(
        new Blob([kept]).stream().pipeThrough(new DecompressionStream('gzip')),
      ).text();
      expect(text).toBe('what came');
      expect(house.newest).toEqual(before);
    },
  );

  test('an empty array is partial: a network without bikes is not what it says', async () => {
    await take([station('16107')]);
    const error = new VelolacError('portal.empty', 'empty');
    const { snapshot } = await stage(house.lake, incoming(at + 60_000, null, error));
    expect(snapshot.outcome).toBe('partial');
    expect((await house.answer({ kind: 'newest' })).to).toBe(at);
  });

  test('a snapshot of under half the stations is partial, and kept', async () => {
    await take([station('1001'), station('1002'), station('1003')]);
    expect((await take([station('1001')], at + 60_000)).outcome).toBe('partial');
    expect((await house.answer({ kind: 'newest' })).to).toBe(at);
    expect(await read('station_status')).toHaveLength(4);
  });

  test('a snapshot without a required column is quarantined', async () => {
    const { snapshot, staged, error } = await stage(
      house.lake,
      incoming(at, [{ stationcode: '1', velos: 2, numdocksavailable: 3 }]),
    );
    expect({ outcome: snapshot.outcome, staged, code: error?.code }).toEqual({
      outcome: 'quarantined',
      staged: null,
      code: 'silver.schema',
    });
    expect(house.lake.state.files).toHaveProperty([snapshot.bronze_path!]);
  });
});

describe('a row', () => {
  test('without a code goes to rejects, as it came', async () => {
    await take([station('16107'), station(null)]);
    const rejects = await read('rejects');
    expect(rejects).toMatchObject([{ reason: 'no_station_code', station_code: null, fetched_at: at }]);
    expect(rejects[0]!['row_text']).toContain('numbikesavailable=12');
    expect(await read('station_status')).toHaveLength(1);
  });

  test('that stands twice is kept once: the newer report, else the more complete row', async () => {
    await take([
      station('1001', { numbikesavailable: 1, duedate: '2026-11-23T16:00:00+00:00' }),
      station('1001', { numbikesavailable: 2, duedate: '2026-11-23T17:10:00+01:00' }),
      station('1002', { numbikesavailable: 3, capacity: null }),
      station('1002', { numbikesavailable: 4 }),
    ]);
    const status = await read('station_status');
    expect(status.map(({ num_bikes_available: bikes }) => bikes)).toEqual([2, 4]);
    expect(await read('rejects')).toMatchObject([
      { reason: 'duplicate_station' },
      { reason: 'duplicate_station' },
    ]);
  });
});

describe('a value', () => {
  test('of a wrong type, negative or above 32 767 is NULL and counted', async () => {
    await take([
      station('1', { numbikesavailable: 'n/a', numdocksavailable: -1, capacity: 1e9 }),
      station('2', {
        is_renting: 'maybe',
        duedate: 'yesterday',
        mechanical: 2.5,
        coordonnees_geo: { lon: 0, lat: 'x' },
      }),
      station('3', { ebike: 32768, capacity: 32767 }),
    ]);
    const rows = await read('station_status');
    expect(rows[0]).toMatchObject({ num_bikes_available: null, num_docks_available: null, capacity: null });
    expect(rows[1]).toMatchObject({ is_renting: null, last_reported: null, num_mechanical_available: null });
    expect(rows[2]).toMatchObject({ num_ebikes_available: null, capacity: 32767 });
    const [report] = await reports();
    expect(report?.discarded).toEqual({
      ...{ num_bikes_available: 1, num_docks_available: 1, capacity: 1, is_renting: 1, last_reported: 1 },
      ...{ num_mechanical_available: 1, lat: 1, lon: 1, num_ebikes_available: 1 },
    });
  });

  test('that is missing is NULL, never 0, and not counted as discarded', async () => {
    await take([station('1', { mechanical: null, ebike: null, capacity: null })]);
    expect((await read('station_status'))[0]).toMatchObject({
      num_mechanical_available: null,
      capacity: null,
    });
    expect((await reports())[0]?.discarded).toEqual({});
  });

  test('of time in the future is kept and flagged', async () => {
    await take([station('1', { duedate: '2027-01-01T00:00:00+00:00' })]);
    expect((await read('station_status'))[0]).toMatchObject({ last_reported: Date.UTC(2027, 0, 1) });
    expect((await reports())[0]?.future).toBe(1);
  });
});

test('a snapshot identical to the last one is stored and flagged', async () => {
  expect((await take([station('1')])).unchanged).toBe(false);
  expect((await take([station('1')], at + 60_000)).unchanged).toBe(true);
  expect(await read('station_status')).toHaveLength(2);
});

test('100 000 rows are accepted', async () => {
  const rows = Array.from({ length: 100_000 }, (_, index) => station(String(index)));
  await take(rows);
  expect((await reports())[0]).toMatchObject({ accepted: 100_000, rejected: {} });
});

test('names and values cannot break a statement', async () => {
  const nasty = `a"; DROP TABLE observed; --`;
  await take([
    station(`');--`, { [nasty]: `');--`, name: `x'); DROP TABLE y;--` }),
    station(null, { [nasty]: `');--` }),
  ]);
  expect((await read('station_status'))[0]).toMatchObject({ station_code: `');--` });
  expect((await read('rejects'))[0]!['row_text']).toContain(`${nasty}=');--`);
});

test('the GBFS names land in the same columns', async () => {
  await take([
    {
      ...{ station_id: 213688169, stationCode: '16107', num_bikes_available: 5, numBikesAvailable: 5 },
      ...{ num_bikes_available_types: [{ mechanical: 1 }, { ebike: 4 }], num_docks_available: 30 },
      ...{ is_installed: 1, is_returning: 1, is_renting: 0, last_reported: 1760776294 },
    },
  ]);
  expect((await read('station_status'))[0]).toMatchObject({
    ...{
      station_code: '16107',
      num_bikes_available: 5,
      num_mechanical_available: 1,
      num_ebikes_available: 4,
    },
    ...{ num_docks_available: 30, is_renting: false, last_reported: 1760776294000, capacity: null },
  });
});
