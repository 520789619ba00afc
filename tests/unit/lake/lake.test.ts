import { expect, test } from 'vitest';
import { Lake, type FileDraft } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import type { SilverReport, SnapshotRow } from '../../../src/lake/journal.ts';
import { bronzePath, DAY } from '../../../src/lake/names.ts';

const start = Date.UTC(2026, 10, 23, 16, 24);

function snapshot(fetched_at: number, rows = 3): SnapshotRow {
  return {
    ...{
      fetched_at,
      fetched_at_basis: 'clock',
      source: 'velib',
      origin: 'live',
      http_status: 200,
      duration_ms: 5,
    },
    ...{
      bytes: 10,
      rows,
      stations: 0,
      schema_fingerprint: 'f',
      outcome: 'ok',
      error_code: null,
      unchanged: false,
    },
    ...{ bronze_path: bronzePath('velib', fetched_at, 'abcdef', 'csv'), content_hash: String(fetched_at) },
  };
}

const draft = (path: string, at: number): FileDraft => ({
  ...{
    path,
    layer: 'bronze',
    table: 'snapshot',
    source: 'velib',
    rows: 3,
    snapshots: 1,
    from: at,
    to: at,
    csv_bytes: 10,
  },
});

const report = (fetched_at: number, accepted = 3): SilverReport => ({
  ...{ fetched_at, accepted, rejected: {}, discarded: {}, future: 0, bikes: 42 },
});

async function attempt(lake: Lake, at: number) {
  const row = snapshot(at);
  const file = await lake.put(draft(row.bronze_path!, at), new TextEncoder().encode('a\n1\n'));
  await lake.append([{ kind: 'attempt', snapshot: row, file }]);
  return file;
}

test('the lake is the fold of its journal: another reader sees the same', async () => {
  const storage = new MemoryStorage();
  const lake = await Lake.open(storage, () => start);
  await lake.startTerm();
  await attempt(lake, start);
  expect(Object.keys(lake.state.sources['velib']!.waiting)).toHaveLength(1);
  await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [report(start)] }]);
  const again = await Lake.open(storage, () => start);
  expect(again.state).toEqual(lake.state);
  expect(again.state.sources['velib']!.newest).toMatchObject({ fetched_at: start, stations: 3 });
  expect(again.state.sources['velib']!.waiting).toEqual({});
});

test('a file that no event commits is not in the lake', async () => {
  const lake = await Lake.open(new MemoryStorage(), () => start);
  await lake.put(draft('bronze/velib/x.csv', start), new Uint8Array(3));
  expect(lake.state.files).toEqual({});
});

test('events of an older term than one already seen do not count', async () => {
  const storage = new MemoryStorage();
  const old = await Lake.open(storage, () => start);
  await old.startTerm();
  const young = await Lake.open(storage, () => start);
  await young.startTerm();
  await attempt(old, start);
  const reader = await Lake.open(storage, () => start);
  expect(reader.state.term).toBe(2);
  expect(reader.state.files).toEqual({});
});

test('a torn last line is left out, and the next event stands on a line of its own', async () => {
  const storage = new MemoryStorage();
  const lake = await Lake.open(storage, () => start);
  await lake.startTerm();
  await attempt(lake, start);
  await storage.append('journal/2026-11-23.jsonl', new TextEncoder().encode('{"kind":"comm'));
  const next = await Lake.open(storage, () => start);
  expect(Object.keys(next.state.files)).toHaveLength(1);
  await next.startTerm();
  await attempt(next, start + 60_000);
  const reader = await Lake.open(storage, () => start);
  expect(Object.keys(reader.state.files)).toHaveLength(2);
});

test('a clock that is set back a day does not bring the events out of order', async () => {
  const storage = new MemoryStorage();
  let now = start + DAY;
  const first = await Lake.open(storage, () => now);
  await first.startTerm();
  await attempt(first, now);
  now = start;
  const second = await Lake.open(storage, () => now);
  await second.startTerm();
  await attempt(second, now);
  const reader = await Lake.open(storage, () => now);
  expect(reader.state).toEqual(second.state);
  expect(Object.keys(reader.state.files)).toHaveLength(2);
});

test('a checkpoint of the days that are over changes nothing that can be seen', async () => {
  const storage = new MemoryStorage();
  let now = start;
  const lake = await Lake.open(storage, () => now);
  await lake.startTerm();
  for (let day = 0; day < 4; day += 1) {
    now = start + day * DAY;
    await lake.seal();
    await attempt(lake, now);
    await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [report(now)] }]);
  }
  expect(await storage.list('journal')).toContain('checkpoint-3.json');
  expect(await storage.list('journal')).not.toContain('checkpoint-1.json');
  const reader = await Lake.open(storage, () => now);
  expect(reader.state).toEqual(lake.state);
  expect(Object.keys(reader.state.sources['velib']!.days)).toHaveLength(4);
});

test('what is no whole Parquet file is refused before it is written', async () => {
  const storage = new MemoryStorage();
  const lake = await Lake.open(storage, () => start);
  const cut = new TextEncoder().encode('PAR1 and then nothing');
  await expect(lake.put(draft('silver/x.parquet', start), cut)).rejects.toMatchObject({
    code: 'lake.verify',
  });
  expect(await storage.list('silver')).toEqual([]);
});

test('a day that the user drops takes its files along, and the newest of the others is the newest', async () => {
  const lake = await Lake.open(new MemoryStorage(), () => start + DAY);
  await lake.startTerm();
  for (const at of [start, start + DAY]) {
    await attempt(lake, at);
    await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [report(at)] }]);
  }
  const path = bronzePath('velib', start + DAY, 'abcdef', 'csv');
  await lake.append([{ kind: 'drop', source: 'velib', day: '2026-11-24', paths: [path], reason: 'user' }]);
  expect(Object.keys(lake.state.files)).toEqual([bronzePath('velib', start, 'abcdef', 'csv')]);
  expect(lake.state.sources['velib']!.newest?.fetched_at).toBe(start);
});

test('a snapshot without a row that Silver accepts is partial: answers stay on the one before', async () => {
  const lake = await Lake.open(new MemoryStorage(), () => start);
  await lake.startTerm();
  await attempt(lake, start);
  await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [report(start)] }]);
  await attempt(lake, start + 60_000);
  const none = report(start + 60_000, 0);
  await lake.append([{ kind: 'commit', source: 'velib', files: [], replaces: [], reports: [none] }]);
  const { newest, days } = lake.state.sources['velib']!;
  expect(newest?.fetched_at).toBe(start);
  expect(days['2026-11-23']!.map(([, outcome]) => outcome)).toEqual(['ok', 'partial']);
});
