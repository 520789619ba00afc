import { expect, test } from 'vitest';
import type { ImportReport, SnapshotRow, TableReport } from '../../../src/lake/journal.ts';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { readAttempts } from '../../../src/pipeline/attempts.ts';

const MINUTE = 60_000;
const midnight = Date.UTC(2026, 10, 24);

const row = (fetched_at: number, change: Partial<SnapshotRow> = {}): SnapshotRow => ({
  ...{ fetched_at, fetched_at_basis: 'clock', source: 'velib', origin: 'live', http_status: 200 },
  ...{ duration_ms: 400, bytes: 155_000, rows: 1500, stations: 0, schema_fingerprint: 'f', outcome: 'ok' },
  ...{ error_code: null, bronze_path: `bronze/${fetched_at}.csv`, content_hash: 'h', unchanged: false },
  ...change,
});

const failed = { outcome: 'failed', error_code: 'portal.server', http_status: 503, bytes: 0 } as const;

async function lakeOf(rows: readonly SnapshotRow[]): Promise<Lake> {
  let now = 0;
  const lake = await Lake.open(new MemoryStorage(), () => now);
  for (const snapshot of rows) {
    // An attempt is written down when it is over.
    now = snapshot.fetched_at + 2000;
    await lake.append([{ kind: 'attempt', snapshot, file: null }]);
  }
  return lake;
}

test('good attempts and failed ones, of this source, recorded, in the span, over midnight', async () => {
  const rows = [
    row(midnight - 2 * MINUTE),
    row(midnight - 1000, failed),
    row(midnight + MINUTE, { source: 'velib@elsewhere' }),
    row(midnight + 2 * MINUTE),
    row(midnight + 3 * MINUTE),
  ];
  const lake = await lakeOf(rows);
  const found = await readAttempts(lake, 'velib', midnight - 2 * MINUTE, midnight + 2 * MINUTE);
  expect(found.map(({ fetched_at, outcome }) => [fetched_at, outcome])).toEqual([
    [midnight - 2 * MINUTE, 'ok'],
    [midnight - 1000, 'failed'],
    [midnight + 2 * MINUTE, 'ok'],
  ]);
  expect(found[1]).toMatchObject({ error_code: 'portal.server', http_status: 503, duration_ms: 400 });
  expect(await readAttempts(lake, 'velib', midnight + 9 * MINUTE, midnight + 99 * MINUTE)).toEqual([]);
});

test('a good attempt is as Silver judged it', async () => {
  const lake = await lakeOf([row(midnight)]);
  const report = {
    fetched_at: midnight,
    accepted: 1498,
    rejected: {},
    discarded: {},
    future: 0,
    bikes: 9000,
  };
  await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [report] }]);
  expect(await readAttempts(lake, 'velib', midnight, midnight)).toMatchObject([
    { stations: 1498, outcome: 'ok' },
  ]);
});

test('a snapshot in quarantine waits, until its schema is mapped: then nothing is wrong with it', async () => {
  const waiting = { outcome: 'quarantined', error_code: 'silver.schema' } as const;
  const lake = await lakeOf([row(midnight, waiting)]);
  expect(await readAttempts(lake, 'velib', midnight, midnight)).toMatchObject([waiting]);
  const told = { fetched_at: midnight, accepted: 1498, rejected: {}, discarded: {}, future: 0, bikes: 9000 };
  await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [told] }]);
  expect(await readAttempts(lake, 'velib', midnight, midnight)).toMatchObject([
    { stations: 1498, outcome: 'ok', error_code: null },
  ]);
});

test('what a former writer wrote after the next one does not count', async () => {
  const lake = await lakeOf([row(midnight)]);
  await lake.startTerm();
  await lake.append([{ kind: 'attempt', snapshot: row(midnight + MINUTE), file: null }]);
  lake.state.term -= 1;
  await lake.append([{ kind: 'attempt', snapshot: row(midnight + 2 * MINUTE, failed), file: null }]);
  const found = await readAttempts(lake, 'velib', midnight, midnight + 9 * MINUTE);
  expect(found.map(({ fetched_at }) => fetched_at)).toEqual([midnight, midnight + MINUTE]);
});

test('of what a backup brought, the journal of a later day tells; each attempt is told once', async () => {
  const DAY = 24 * 60 * MINUTE;
  const storage = new MemoryStorage();
  let now = midnight;
  const lake = await Lake.open(storage, () => now);
  const snapshots = [row(midnight), row(midnight + MINUTE, failed), row(midnight + 2 * MINUTE)];
  await lake.append([{ kind: 'attempt', snapshot: snapshots[0]!, file: null }]);
  now += 5 * DAY;
  const restored = { kind: 'restore', source: 'velib', files: [], snapshots, briefs: [], gaps: [] } as const;
  await lake.append([restored]);
  now += 5 * DAY;
  await lake.append([{ kind: 'attempt', snapshot: row(now), file: null }]);
  const read: string[] = [];
  lake.read = async (path) => {
    read.push(path);
    return storage.read(path);
  };
  const found = await readAttempts(lake, 'velib', midnight, midnight + 9 * MINUTE);
  expect(found.map(({ fetched_at, outcome }) => [(fetched_at - midnight) / MINUTE, outcome])).toEqual([
    [0, 'ok'],
    [1, 'failed'],
    [2, 'ok'],
  ]);
  expect(read).toEqual(['journal/2026-11-24.jsonl', 'journal/2026-11-29.jsonl']);
});

test('a day of which a backup brought only failed attempts is told of, by the journal of that backup alone', async () => {
  const DAY = 24 * 60 * MINUTE;
  const storage = new MemoryStorage();
  let now = midnight;
  const lake = await Lake.open(storage, () => now);
  const record = async (day: number) => {
    now = midnight + day * DAY;
    await lake.append([{ kind: 'attempt', snapshot: row(now), file: null }]);
  };
  await record(-1);
  await record(4);
  const snapshots = [row(midnight, failed), row(midnight + MINUTE, failed)];
  now += DAY;
  await lake.append([{ kind: 'restore', source: 'velib', files: [], snapshots, briefs: [], gaps: [] }]);
  await record(6);
  await lake.checkpoint();
  for (const one of [lake, await Lake.open(storage, () => now)]) {
    const read: string[] = [];
    one.read = async (path) => {
      read.push(path);
      return storage.read(path);
    };
    const found = await readAttempts(one, 'velib', midnight, midnight + 9 * MINUTE);
    expect(found.map(({ fetched_at, outcome }) => [fetched_at, outcome])).toEqual(
      snapshots.map(({ fetched_at }) => [fetched_at, 'failed']),
    );
    expect(read).toEqual(['journal/2026-11-29.jsonl']);
  }
});

test('for what was imported no later journal is read', async () => {
  const lake = await lakeOf([row(midnight), row(midnight + 5 * 24 * 60 * MINUTE)]);
  const at = midnight + 3 * MINUTE;
  const source = lake.state.sources['velib']!;
  source.days['2026-11-24']!.push([at, 'ok', 1498, 155_000, 9000]);
  const told = { from: at, to: at } as unknown as TableReport;
  const report = { name: 'x.csv', path: null, tables: [told] } as unknown as ImportReport;
  source.imports.push({ report, sha256: null, fetched_at: null, file_date: 0, dropped: [] });
  lake.read = async (path) => {
    expect(path).toBe('journal/2026-11-24.jsonl');
    return lake.storage.read(path);
  };
  expect(await readAttempts(lake, 'velib', midnight, at)).toHaveLength(1);
});
