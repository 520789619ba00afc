import { expect, test } from 'vitest';
import type { TableReport } from '../../../src/lake/journal.ts';
import type { ImportState } from '../../../src/lake/state.ts';
import { isRepeated, outdatedIn } from '../../../src/pipeline/repeats.ts';

const at = Date.UTC(2024, 10, 9);
const named = 'velib_20241106_100501.csv';

function importOf(name: string, basis: string, table: Partial<TableReport> = {}): ImportState {
  const told: TableReport = {
    ...{ name, envelope: 'csv', era: null, content: 'status', basis, fetched_at: at, series: false },
    ...{ error: null, fingerprint: null, from: at, to: at, snapshots: 1, known: 0, rows: 10, accepted: 10 },
    ...{ quarantined: 0, rejected: {}, discarded: {}, ...table },
  };
  const report = {
    at,
    name,
    bytes: 1,
    path: `bronze/imports/${name}`,
    known: false,
    tables: [told],
    error: null,
  };
  return { report, sha256: 'ff', fetched_at: basis === 'user' ? at : null, file_date: at, dropped: [] };
}

const brought = (name: string, fetched_at: number | null = null) => ({
  ...{ file: new Blob(), name, file_date: at, fetched_at },
});

test.each([
  ['a guess, now named', importOf('velib.csv', 'file_date'), brought(named), 1],
  ['a guess from reports, now named', importOf('velib.csv', 'last_reported'), brought(named), 1],
  ['a guess, now told by the user', importOf('velib.csv', 'file_date'), brought('other.csv', at - 1), 1],
  ['a name, told anew for that file', importOf(named, 'file_name'), brought(named, at - 1), 1],
  [
    'another look at an unchanged network',
    importOf('velib_20241106_100000.csv', 'file_name'),
    brought(named),
    0,
  ],
  ['two words of the user', importOf(named, 'user'), brought(named, at - 1), 0],
])('the same bytes come in again at another time: %s', (_, before, again, gaveWay) => {
  expect(isRepeated(before, again, [])).toBe(false);
  expect(outdatedIn(before, again)).toHaveLength(gaveWay);
});

test.each([
  ['no better name', importOf('velib.csv', 'file_date'), brought('copy.csv')],
  ['the very name', importOf(named, 'file_name'), brought(named)],
  ['a series', importOf('series.csv', 'poll_column', { series: true }), brought(named)],
  ['a feed that tells its time', importOf('feed.json', 'feed_root'), brought(named)],
  ['the user’s word before', importOf('velib.csv', 'user'), brought(named)],
  ['the same word of the user', importOf('velib.csv', 'user'), brought('velib.csv', at)],
  [
    'a member that is no table',
    importOf('a.zip', 'file_date', { envelope: 'unreadable', snapshots: 0 }),
    brought('a_20241106_100501.zip'),
  ],
])('the same bytes are the same file: %s', (_, before, again) => {
  expect(isRepeated(before, again, [])).toBe(true);
  expect(outdatedIn(before, again)).toEqual([]);
});
