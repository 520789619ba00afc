import { beforeEach, expect, test } from 'vitest';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { sourceState } from '../../../src/lake/state.ts';
import { readSnapshot } from '../../../src/pipeline/bronze.ts';
import { LastGood } from '../../../src/pipeline/lastGood.ts';
import { restage, stage, type StageResult } from '../../../src/pipeline/stage.ts';
import { quarantineFailure } from '../../../src/pipeline/status.ts';
import { parseRecords } from '../../../src/sources/records.ts';
import { MINUTE, source, start } from './scriptedLake.ts';

type Names = 'right' | 'swapped' | 'kinds';

let now: number;
let storage: MemoryStorage;
let lake: Lake;
let before: LastGood;
/** What each snapshot that Bronze holds really counts as bikes at its first station. */
let truth: Map<number, number>;

async function open(): Promise<void> {
  lake = await Lake.open(storage, () => now);
  await lake.startTerm();
  before = new LastGood(lake, source);
}

beforeEach(async () => {
  now = start;
  storage = new MemoryStorage();
  truth = new Map();
  await open();
});

const state = () => sourceState(lake.state, source);

/** An answer of the portal, a minute later: at one station in ten something moved. */
function answer(names: Names, stations = 200) {
  const minute = now / MINUTE;
  return Array.from({ length: stations }, (_, index) => {
    const moved = (index + minute) % 10 === 0 ? 1 : 0;
    const [mechanical, ebike, docks] = [1 + (index % 7) + moved, 7 + (index % 3), 12 + (index % 11) - moved];
    const bikes = mechanical + ebike;
    const one = { stationcode: String(1001 + index), name: `Place ${index}`, capacity: 40 };
    if (index === 0) truth.set(now, bikes);
    const [b, d] = names === 'swapped' ? [docks, bikes] : [bikes, docks];
    const [m, e] = names === 'kinds' ? [ebike, mechanical] : [mechanical, ebike];
    return { ...one, numdocksavailable: d, numbikesavailable: b, mechanical: m, ebike: e };
  });
}

function take(names: Names, stations?: number): Promise<StageResult> {
  now += MINUTE;
  return receive(answer(names, stations));
}

/** A snapshot of these records, now. */
async function receive(records: readonly object[]): Promise<StageResult> {
  const result = await stage(
    lake,
    {
      ...{ source, origin: 'live', fetched_at: now, fetched_at_basis: 'clock' },
      ...{ http_status: 200, duration_ms: 1, body: null, error: null },
      records: parseRecords(JSON.stringify(records)),
    },
    before,
  );
  if (result.staged) await commit(now);
  return result;
}

/** Silver takes a snapshot. */
async function commit(fetched_at: number): Promise<void> {
  const report = { fetched_at, accepted: 200, rejected: {}, discarded: {}, future: 0, bikes: 1 };
  await lake.append([{ kind: 'commit', source, files: [], replaces: [], reports: [report] }]);
}

const at = (index: number) => ({ kind: 'column', index }) as const;
const swap = { num_bikes_available: at(3), num_docks_available: at(4) };

/** The user's word on what waits, which Silver then takes. */
async function accept(columns: object = swap): Promise<void> {
  const waits = Object.values(state().quarantine);
  const fingerprint = waits[0]!.schema_fingerprint!;
  await lake.append([{ kind: 'mapping', source, fingerprint, columns: { ...columns }, by: 'accepted' }]);
  for (const { fetched_at } of waits) await commit(fetched_at);
}

/** What a rebuild reads as bikes at the first station, for each snapshot that does not wait. */
async function rebuilt(): Promise<Map<number, number>> {
  const read = new Map<number, number>();
  for (const fetched_at of truth.keys()) {
    const csv = await readSnapshot(lake, source, fetched_at, null);
    const snapshot = { fetched_at, fetched_at_basis: 'clock', bytes: 1, bronze_path: csv!.path };
    const staged = restage(state(), snapshot, csv!.csv);
    const place = staged?.mapping.columns.num_bikes_available;
    if (place?.kind !== 'column') continue;
    read.set(fetched_at, Number(csv!.csv.split('\n')[1]!.split(',')[place.index]));
  }
  return read;
}

test('swapped names wait with their reason; accepted, each snapshot is read by what its names meant when it came', async () => {
  await take('right');
  await take('right');
  const { snapshot, staged, error } = await take('swapped');
  expect(staged).toBeNull();
  expect(error).toMatchObject({
    code: 'silver.contradicted',
    details: { columns: 'numbikesavailable, numdocksavailable' },
  });
  expect(snapshot).toMatchObject({ outcome: 'quarantined', error_code: 'silver.contradicted' });
  expect(quarantineFailure(lake, source)).toMatchObject({ error: { code: 'silver.contradicted' } });
  await take('swapped');
  expect(Object.keys(state().quarantine)).toHaveLength(2);
  expect(Object.keys(state().schemas)).toHaveLength(2);
  expect((await rebuilt()).size).toBe(2);

  await accept();
  expect((await take('swapped')).error).toBeNull();
  expect(await rebuilt()).toEqual(truth);
});

test('a portal that changes its mind, and again, is followed without asking twice', async () => {
  await take('right');
  await take('swapped');
  expect((await take('right')).error, 'while one waits').toBeNull();
  expect((await take('swapped')).error?.code).toBe('silver.contradicted');
  await accept();
  for (const names of ['swapped', 'right', 'right', 'swapped', 'right'] as const) {
    expect((await take(names)).error).toBeNull();
  }
  expect(Object.keys(state().schemas)).toHaveLength(2);
  expect(await rebuilt()).toEqual(truth);
});

test('another change on top of an accepted one keeps what was accepted', async () => {
  await take('right');
  await take('swapped');
  await accept();
  now += MINUTE;
  const records = answer('swapped').map((one) => ({ ...one, mechanical: one.ebike, ebike: one.mechanical }));
  const { error } = await receive(records);
  expect(error?.details).toEqual({ columns: 'mechanical, ebike' });
  await accept({ num_mechanical_available: at(6), num_ebikes_available: at(5) });
  expect(await rebuilt()).toEqual(truth);
});

test('said to be right as it is, it is read under its names from then on, and nothing is asked again', async () => {
  await take('right');
  await take('kinds');
  await accept({ num_mechanical_available: at(5), num_ebikes_available: at(6) });
  expect((await take('kinds')).error).toBeNull();
  expect((await take('kinds')).error).toBeNull();
  expect(await rebuilt()).toEqual(truth);
});

test('a header that was never seen is held against the last good snapshot, too', async () => {
  await take('right');
  now += MINUTE;
  const records = answer('swapped').map((one) => ({ ...one, also: 1 }));
  const { error } = await receive(records);
  expect(error?.code).toBe('silver.contradicted');
  await accept();
  expect(await rebuilt()).toEqual(truth);
});

test('the next visit reads the last good snapshot from Bronze; where that is gone, recording waits for nothing', async () => {
  await take('right');
  await open();
  expect((await take('swapped')).error?.code).toBe('silver.contradicted');
  expect((await take('right')).error).toBeNull();
  const path = state().newest!.bronze_path!;
  await storage.remove(path);
  await open();
  expect((await take('swapped')).error).toBeNull();
});

test('what is set aside waits in Bronze and counts no more, until it is taken up again', async () => {
  await take('right');
  await take('swapped');
  const [waits] = Object.values(state().quarantine);
  const fingerprint = waits!.schema_fingerprint!;
  await lake.append([{ kind: 'aside', source, fingerprint, aside: true }]);
  expect(quarantineFailure(lake, source)).toBeNull();
  await open();
  expect(state().schemas[fingerprint]?.aside).toBe(true);
  expect(Object.keys(state().quarantine)).toHaveLength(1);
  await lake.append([{ kind: 'aside', source, fingerprint, aside: false }]);
  expect(quarantineFailure(lake, source)).toMatchObject({ error: { code: 'silver.contradicted' } });
  await accept();
  expect(await rebuilt()).toEqual(truth);
});
