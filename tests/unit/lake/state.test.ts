import { describe, expect, it } from 'vitest';
import type {
  FileEntry,
  ImportReport,
  JournalEvent,
  SnapshotBrief,
  SnapshotRow,
  TableReport,
} from '../../../src/lake/journal.ts';
import { apply } from '../../../src/lake/apply.ts';
import { emptyState, sourceState, type LakeState } from '../../../src/lake/state.ts';

const source = 'velib';
const noon = Date.UTC(2026, 10, 23, 12);
const minute = 60_000;

type Draft<T> = T extends unknown ? Omit<T, 'at' | 'term'> : never;

function fold(...events: Draft<JournalEvent>[]): LakeState {
  const state = emptyState();
  for (const event of events) apply(state, { at: 0, term: 1, ...event });
  return state;
}

function file(path: string, from = noon, table = 'snapshot'): FileEntry {
  const facts = {
    layer: 'bronze' as const,
    source,
    bytes: 1,
    rows: 1,
    sha256: `hash of ${path}`,
    snapshots: 1,
  };
  return { ...facts, path, table, from, to: from, csv_bytes: 1 };
}

function attempt(at: number, outcome: SnapshotRow['outcome'] = 'ok'): Draft<JournalEvent> {
  const path = `bronze/${at}.csv`;
  const snapshot: SnapshotRow = {
    ...{
      fetched_at: at,
      fetched_at_basis: 'clock',
      source,
      origin: 'live',
      content: 'status',
      http_status: 200,
      duration_ms: 1,
    },
    ...{ bytes: 1, rows: 1, stations: 1, schema_fingerprint: 'f', outcome, error_code: null },
    ...{ bronze_path: path, content_hash: 'h', unchanged: false },
  };
  return { kind: 'attempt', snapshot, file: file(path, at) };
}

const schema: Draft<JournalEvent> = {
  kind: 'schema',
  source,
  schema: {
    fingerprint: 'f',
    header: ['a'],
    era: null,
    origin: 'live',
    content: 'status',
    mapped: {},
    missing: [],
    kinds: [null],
  },
};

function silver(at: number, accepted = 1): Draft<JournalEvent> {
  const report = {
    fetched_at: at,
    accepted,
    rejected: { no_station_code: 2 },
    discarded: {},
    future: 0,
    bikes: 7,
  };
  return { kind: 'commit', source, files: [], replaces: [], reports: [report] };
}

function imported(snapshots: SnapshotBrief[], withdrawn: number[] = []): Draft<JournalEvent> {
  const path = 'bronze/imports/2026-11-23/1_a.csv';
  const [from, to] = [snapshots[0]![0], snapshots.at(-1)![0]];
  const table: TableReport = {
    ...{
      name: 'a.csv',
      envelope: 'csv',
      era: 'labels',
      content: 'status',
      basis: 'file_name',
      fetched_at: from,
    },
    ...{ series: false, error: null, fingerprint: 'f', from, to, snapshots: snapshots.length, known: 0 },
    ...{ rows: 3, accepted: 2, quarantined: 0, rejected: { no_station_code: 1 }, discarded: { capacity: 4 } },
  };
  const report: ImportReport = {
    at: 0,
    name: 'a.csv',
    bytes: 1,
    path,
    known: false,
    tables: [table],
    error: null,
  };
  const files = [file(path, from, 'import')];
  return {
    kind: 'import',
    source,
    report,
    fetched_at: null,
    file_date: 0,
    dropped: [],
    files,
    replaces: [],
    snapshots,
    withdrawn,
  };
}

describe('quarantine', () => {
  it('keeps which schema a snapshot was given where its header does not tell, and forgets what was set aside once it is mapped', () => {
    const other = { ...schema.schema, fingerprint: 'g', contradicts: 'f' };
    const state = fold(schema, { kind: 'schema', source, schema: other }, attempt(noon));
    const quarantined = attempt(noon + minute, 'quarantined');
    const { snapshot } = quarantined as Extract<JournalEvent, { kind: 'attempt' }>;
    const given = {
      ...quarantined,
      snapshot: { ...snapshot, schema_fingerprint: 'g' },
    } as typeof quarantined;
    apply(state, { at: 0, term: 1, ...given });
    const velib = sourceState(state, source);
    expect(velib.days['2026-11-23']!.map((brief) => brief[5])).toEqual([undefined, 'g']);
    apply(state, { at: 0, term: 1, kind: 'aside', source, fingerprint: 'g', aside: true });
    expect(velib.schemas['g']!.aside).toBe(true);
    const mapping = { kind: 'mapping', source, fingerprint: 'g', columns: {}, by: 'accepted' } as const;
    apply(state, { at: 0, term: 1, ...mapping });
    expect(velib.schemas['g']!.aside).toBeUndefined();
  });

  it('waits for a mapping, then for Silver, then counts', () => {
    const state = fold(schema, attempt(noon, 'quarantined'));
    const velib = sourceState(state, source);
    expect(Object.keys(velib.quarantine)).toEqual([`bronze/${noon}.csv`]);
    expect(velib.waiting).toEqual({});
    apply(state, {
      ...{ at: 0, term: 1, kind: 'mapping', source, fingerprint: 'f', by: 'accepted' },
      columns: { capacity: { kind: 'column', index: 0 } },
    });
    expect(velib.quarantine).toEqual({});
    expect(Object.keys(velib.waiting)).toEqual([`bronze/${noon}.csv`]);
    expect(velib.schemas['f']!.accepted).toEqual({
      by: 'accepted',
      columns: { capacity: { kind: 'column', index: 0 } },
    });
    apply(state, { at: 0, term: 1, ...silver(noon) });
    expect(velib.waiting).toEqual({});
    expect(velib.days['2026-11-23']).toEqual([[noon, 'ok', 1, 1, 7]]);
    expect(velib.newest?.fetched_at).toBe(noon);
  });

  it('leaves other schemas where they are', () => {
    const state = fold(schema, attempt(noon, 'quarantined'), {
      ...{ kind: 'mapping', source, fingerprint: 'other', columns: {}, by: 'accepted' },
    });
    expect(Object.keys(sourceState(state, source).quarantine)).toHaveLength(1);
  });
});

describe('a schema', () => {
  it('knows since when it came, how often, and what could not be trusted in it', () => {
    const state = fold(schema, attempt(noon), silver(noon), attempt(noon + minute), silver(noon + minute));
    const { first, last, snapshots, rejected } = sourceState(state, source).schemas['f']!;
    expect({ first, last, snapshots, rejected }).toEqual({
      ...{ first: noon, last: noon + minute, snapshots: 2 },
      rejected: { no_station_code: 4 },
    });
  });
});

describe('an import', () => {
  it('takes its place in time, and asks for station versions anew', () => {
    const state = fold(schema, attempt(noon), silver(noon), imported([[noon - minute, 'ok', 2, 1, 3]]));
    const velib = sourceState(state, source);
    expect(velib.days['2026-11-23']!.map(([at]) => at)).toEqual([noon - minute, noon]);
    expect(velib.newest?.fetched_at).toBe(noon);
    expect(velib.stale).toBe(true);
    expect(velib.schemas['f']!.discarded).toEqual({ capacity: 4 });
    apply(state, { at: 0, term: 1, kind: 'commit', source, files: [], replaces: [], information: true });
    expect(velib.stale).toBe(false);
  });

  it('asks for them in the order of time, too: only what is recorded tells them as it comes', () => {
    const state = fold(attempt(noon), silver(noon), imported([[noon + minute, 'ok', 2, 1, 3]]));
    expect(sourceState(state, source).stale).toBe(true);
    expect(sourceState(state, source).newest).toMatchObject({ fetched_at: noon + minute, origin: 'import' });
  });

  it('takes the place of a less trusted snapshot of the same instant', () => {
    const state = fold(attempt(noon), silver(noon), imported([[noon, 'ok', 2, 1, 3]], [noon]));
    expect(sourceState(state, source).days['2026-11-23']).toEqual([[noon, 'ok', 2, 1, 3]]);
  });

  it('of the same file again takes the place of the one before', () => {
    const state = fold(imported([[noon, 'ok', 2, 1, 3]]), imported([[noon + minute, 'ok', 2, 1, 3]]));
    expect(sourceState(state, source).imports).toHaveLength(1);
  });

  it('remembers which of its days were deleted', () => {
    const day = '2026-11-23';
    const state = fold(imported([[noon, 'ok', 2, 1, 3]]), {
      ...{ kind: 'drop', source, day, paths: [], reason: 'user' },
    });
    expect(sourceState(state, source).imports[0]!.dropped).toEqual([day]);
    expect(sourceState(state, source).newest).toBeNull();
  });
});

it('where the Silver of the newest snapshot is lost, the newest is what is left', () => {
  const path = 'silver/station_status/b.parquet';
  const briefs = [noon, noon + minute].map((at) => [at, 'ok', 1500, 1, 9000] as SnapshotBrief);
  const files = [file('silver/station_status/a.parquet'), file(path, noon + minute)];
  const restored = { kind: 'restore', source, files, snapshots: [], briefs, gaps: [] } as const;
  const lost = { path, source, problem: 'content', moved: null, lost: [noon + minute] } as const;
  const state = fold(restored, { kind: 'damage', damages: [lost], files: [] });
  expect(sourceState(state, source).newest).toMatchObject({ fetched_at: noon, outcome: 'ok' });
});
