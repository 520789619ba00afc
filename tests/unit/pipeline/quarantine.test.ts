import { expect, test } from 'vitest';
import type { FileEntry, SnapshotRow, TableReport } from '../../../src/lake/journal.ts';
import { emptyState, sourceState, type ImportState, type SchemaState } from '../../../src/lake/state.ts';
import { quarantines } from '../../../src/pipeline/quarantine.ts';

const snapshot = (fetched_at: number, schema_fingerprint: string) =>
  ({ fetched_at, schema_fingerprint }) as SnapshotRow;

/** An import of tables: each its schema, the rows of it that wait, and its instant where it tells one. */
function brought(path: string, ...tables: [string, number, number | null][]): ImportState {
  const reports = tables.map(
    ([fingerprint, quarantined, fetched_at]) => ({ fingerprint, quarantined, fetched_at }) as TableReport,
  );
  const report = { at: 9, name: path, bytes: 1, path, known: false, tables: reports, error: null };
  return { report, sha256: null, fetched_at: null, file_date: 50, dropped: [] };
}

test('what waits is told by schema: snapshots, and rows of files that the lake still has', () => {
  const state = emptyState();
  const source = sourceState(state, 'velib');
  source.schemas['two'] = { aside: true } as SchemaState;
  Object.assign(source.quarantine, { b: snapshot(20, 'one'), a: snapshot(10, 'one') });
  for (const path of ['x', 'y']) state.files[path] = {} as FileEntry;
  source.imports.push(
    brought('x', ['one', 5, 5], ['mapped', 0, 6]),
    brought('y', ['two', 7, null], ['two', 8, 40]),
    brought('gone with its day', ['three', 9, 30]),
  );
  const told = quarantines(state, 'velib').map(({ snapshots, imports, ...facts }) => ({
    ...facts,
    snapshots: snapshots.map(({ fetched_at }) => fetched_at),
    imports: imports.map(({ report }) => report.name),
  }));
  expect(told).toEqual([
    { fingerprint: 'one', snapshots: [10, 20], imports: ['x'], rows: 5, aside: false, first: 5, last: 20 },
    { fingerprint: 'two', snapshots: [], imports: ['y'], rows: 15, aside: true, first: 40, last: 50 },
  ]);
});
