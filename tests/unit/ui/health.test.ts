import { describe, expect, test } from 'vitest';
import type { DriftEntry, Health, SchemaChanges, SchemaEntry } from '../../../src/pipeline/protocol.ts';
import {
  arrange,
  firstPicks,
  groupColumns,
  isLikely,
  obstacleOf,
  ownPlaces,
  placesIn,
  strongReasons,
  toPlaces,
  withOthers,
  type Candidate,
  type ColumnProposal,
} from '../../../src/ui/health/proposal.ts';
import { Format } from '../../../src/ui/format.ts';
import { holdings, schemaNames } from '../../../src/ui/health/schemaName.ts';
import { extent, stretch, ticks } from '../../../src/ui/health/timeline.ts';
import { en } from '../../../src/ui/messages/en.ts';
import { viewMessages } from '../../../src/ui/messages/views.ts';
import { likelyNames } from '../../../src/ui/likelyNames.ts';

const candidate = (index: number, confidence: number, name = 0): Candidate => ({
  ...{ place: { kind: 'column', index }, name: `c${index}`, confidence },
  reasons: [{ kind: 'name', score: name }],
});
const column = (
  name: ColumnProposal['column'],
  candidates: Candidate[],
  change: Partial<ColumnProposal> = {},
): ColumnProposal => ({
  column: name,
  required: false,
  contradicted: null,
  candidates,
  ambiguous_with: [],
  ...change,
});

const bikes = column('num_bikes_available', [candidate(5, 0.9), candidate(6, 0.2)], { required: true });
const renting = column('is_renting', [candidate(8, 0.5), candidate(9, 0.4)], {
  ambiguous_with: ['is_returning'],
});
const returning = column('is_returning', [candidate(8, 0.5), candidate(9, 0.4, 0.8)], {
  ambiguous_with: ['is_renting'],
});

describe('a proposal', () => {
  test('puts columns together that no value can tell apart', () => {
    const groups = groupColumns([renting, bikes, returning]);
    expect(groups.map((group) => group.map(({ column }) => column))).toEqual([
      ['is_renting', 'is_returning'],
      ['num_bikes_available'],
    ]);
  });

  test('picks the likeliest, and of an ambiguous group only what its name hints at', () => {
    const named = column('is_renting', [candidate(8, 0.5, 0.9)], { ambiguous_with: ['is_returning'] });
    expect(firstPicks([bikes, renting])).toEqual({ num_bikes_available: 0, is_renting: null });
    expect(firstPicks([named, returning])).toEqual({ is_renting: 0, is_returning: 1 });
  });

  test('leaves an optional column out that hardly resembles, and never proposes a field twice', () => {
    expect(firstPicks([column('capacity', [candidate(3, 0.4)])])).toEqual({ capacity: null });
    const docks = column('num_docks_available', [candidate(5, 0.6), candidate(6, 0.5)], { required: true });
    expect(firstPicks([bikes, docks])).toEqual({ num_bikes_available: 0, num_docks_available: 1 });
  });

  test('is not accepted with a needed column missing, nor with a field picked twice', () => {
    expect(obstacleOf([bikes], { num_bikes_available: null })).toEqual({ kind: 'incomplete' });
    const none = column('station_code', [], { required: true });
    expect(obstacleOf([bikes, none], { num_bikes_available: 0 })).toEqual({ kind: 'incomplete' });
    expect(obstacleOf([renting, returning], { is_renting: 0, is_returning: 0 })).toEqual({
      kind: 'twice',
      name: 'c8',
    });
    expect(obstacleOf([renting], { is_renting: null })).toEqual({ kind: 'nothing' });
    expect(obstacleOf([bikes, renting], { num_bikes_available: 1, is_renting: null })).toBeNull();
  });

  test('offers the other columns of the source, too, after the likely ones and never by itself', () => {
    const none = column('station_code', [], { required: true });
    const entry = {
      proposal: { columns: [bikes, none] },
      after: { header: ['c0', 'c1', 'c2', 'c3', 'c4', 'c5', 'c6'], rows: [] },
    };
    const [first, second] = withOthers(entry as unknown as DriftEntry).proposal.columns;
    expect(first!.candidates.map(({ name }) => name)).toEqual(['c5', 'c6', 'c0', 'c1', 'c2', 'c3', 'c4']);
    expect(first!.candidates.map(isLikely).indexOf(false)).toBe(2);
    expect(second!.candidates).toHaveLength(7);
    expect(firstPicks([none])).toEqual({ station_code: null });
    const weak = column('station_code', [candidate(3, 0.004)], { required: true });
    expect(firstPicks([weak])).toEqual({ station_code: null });
    expect(weak.candidates.map(isLikely)).toEqual([false]);
    expect(toPlaces([second!], { station_code: 3 })).toEqual({ station_code: { kind: 'column', index: 3 } });
  });

  test('offers sums of two counts for a count, and for nothing else', () => {
    const none = column('name', []);
    const entry = {
      proposal: { columns: [bikes, none] },
      after: {
        header: ['code', 'classic', 'assisted', 'name', 'docks'],
        rows: [
          ['10001', '3', '4.0', 'Place', '12'],
          ['10002', null, '0', 'Pont', '9'],
        ],
      },
    };
    const [first, second] = withOthers(entry as unknown as DriftEntry).proposal.columns;
    const isSum = ({ place }: Candidate) => place.kind === 'sum';
    expect(first!.candidates.filter(isSum).map(({ name }) => name)).toEqual([
      'classic + assisted',
      'classic + docks',
      'assisted + docks',
    ]);
    expect(second!.candidates.some(isSum)).toBe(false);
    const pick = first!.candidates.findIndex(isSum);
    expect(toPlaces([first!], { num_bikes_available: pick })).toEqual({
      num_bikes_available: { kind: 'sum', indexes: [1, 2] },
    });
  });

  test('that is accepted names a place for each picked column', () => {
    expect(toPlaces([bikes, renting], { num_bikes_available: 1, is_renting: null })).toEqual({
      num_bikes_available: { kind: 'column', index: 6 },
    });
  });

  test('tells its weighty reasons first, and keeps weak ones to itself', () => {
    const reasons = strongReasons([
      { kind: 'type', score: 1 },
      { kind: 'name', score: 0.2 },
      { kind: 'agreement', score: 0.96 },
    ]);
    expect(reasons.map(({ kind }) => kind)).toEqual(['agreement', 'type']);
  });
});

describe('excerpts', () => {
  const header = ['code', 'name', 'types', 'lat, lon', 'nb', 'ne'];
  const schema = {
    header,
    mapped: [
      { column: 'station_code', from: 'code' },
      { column: 'num_ebikes_available', from: 'types.ebike' },
      { column: 'num_bikes_available', from: 'nb + ne' },
      { column: 'lat', from: 'lat, lon' },
      { column: 'capacity', from: null },
    ],
  } as unknown as SchemaEntry;

  test('show the station and the marked columns first, each once', () => {
    expect(arrange({ header, rows: [] }, [0], [4, 0, 99])).toEqual([0, 4, 1, 2, 3, 5]);
  });

  test('mark in the last good snapshot, which has the contract’s names, what is asked for', () => {
    const places = ownPlaces(['station_code', 'capacity']);
    expect([...places]).toEqual([
      ['station_code', [0]],
      ['capacity', [1]],
    ]);
  });

  test('mark where a column was, inside another and as a sum, too', () => {
    const places = placesIn(header, [schema]);
    expect(Object.fromEntries(places)).toEqual({
      station_code: [0],
      num_ebikes_available: [2],
      num_bikes_available: [4, 5],
      lat: [3],
      capacity: [],
    });
    expect(placesIn(['other'], [schema]).size).toBe(0);
  });
});

describe('the timeline', () => {
  const day = 86_400_000;

  test('is never shorter than a day, and ends with what came last', () => {
    const first = Date.UTC(2026, 10, 23, 12);
    expect(extent([{ first, last: first }])).toEqual([first - day, first]);
    const line = extent([
      { first, last: first + day },
      { first: first - 3 * day, last: first },
    ]);
    expect(stretch(first - day, first + day, line)).toEqual({ left: 0.5, width: 0.5 });
  });

  test('is marked at years, months or days, no more than there is room for', () => {
    const span = [Date.UTC(2014, 3), Date.UTC(2026, 10)] as const;
    const years = (width: number) => ticks(span, width).map(({ at }) => new Date(at).getUTCFullYear());
    expect(years(500)).toEqual([2015, 2017, 2019, 2021, 2023, 2025]);
    expect(years(200)).toEqual([2015, 2018, 2021, 2024]);
    const months = [Date.UTC(2026, 0, 5), Date.UTC(2026, 4, 5)] as const;
    expect(ticks(months, 600).map(({ unit }) => unit)).toContain('month');
    const days = ticks([Date.UTC(2026, 0, 30), Date.UTC(2026, 1, 2)], 600);
    expect(days.map(({ at }) => at)).toEqual([
      Date.UTC(2026, 0, 31),
      Date.UTC(2026, 1, 1),
      Date.UTC(2026, 1, 2),
    ]);
  });

  test('a name near the end stands before its mark, which goes if it would touch its neighbour', () => {
    const sides = (from: number, to: number, width: number) =>
      ticks([from, to], width).map(({ side }) => side);
    const days = [Date.UTC(2026, 0, 30), Date.UTC(2026, 1, 2)] as const;
    expect(sides(...days, 600)).toEqual(['after', 'after', 'before']);
    expect(sides(...days, 300)).toEqual(['after', 'after']);
    const tenDays = [Date.UTC(2024, 9, 31, 13, 50), Date.UTC(2024, 10, 9, 20, 25)] as const;
    expect(ticks(tenDays, 634).at(-1)).toMatchObject({ at: Date.UTC(2024, 10, 9), side: 'after' });
  });
});

test('the notice names needed columns of the latest quarantine as the portal did, with their likely new names', () => {
  const entry = (quarantined: boolean, columns: ColumnProposal[]) => ({
    ...{ quarantined, snapshots: 1 },
    proposal: { columns, confidence: 1 },
  });
  const docks = column('num_docks_available', [], { required: true });
  const misled = column('station_code', [candidate(3, 0.9)], { required: true, contradicted: 'code' });
  const mapped = [{ column: 'num_bikes_available', from: 'numbikesavailable' }];
  const health = {
    drift: [entry(true, [renting, bikes, docks, misled]), entry(false, [renting])],
    schemas: [
      { by: 'built_in', origin: 'live', mapped },
      { by: null, origin: 'live', mapped: [] },
    ],
  } as unknown as Health;
  expect(likelyNames(health)).toEqual([
    { name: 'numbikesavailable', likely: 'c5' },
    { name: 'num_docks_available', likely: null },
  ]);
  expect(likelyNames({ ...health, drift: [] })).toEqual([]);
  expect(likelyNames(null)).toEqual([]);
});

test('schemas of one era are told apart by what changed, else by when they came, else by their fingerprints', () => {
  const none: SchemaChanges = { added: [], removed: [], renamed: [], retyped: [] };
  const schema = (
    era: string | null,
    changes: Partial<SchemaChanges> | null,
    first = 0,
    contradicts = [] as readonly string[],
  ) => ({ era, first, contradicts, changes: changes && { ...none, ...changes } }) as SchemaEntry;
  const named = (...schemas: SchemaEntry[]) => schemaNames(schemas, viewMessages.en, new Format('en'));
  expect(named(schema('v2', null), schema('gbfs', { added: ['a'] }))).toEqual(['Portal API', 'GBFS feed']);
  const renamed = { column: 'capacity', from: 'capacity', to: 'places' };
  expect(
    named(
      schema('v2', null),
      schema('v2', { added: ['a', 'b'] }),
      schema('v2', { removed: ['b'] }),
      schema('v2', { renamed: [renamed], removed: ['a'] }),
      schema('v2', {}),
      schema('v2', {}, 0, ['bikes', 'docks']),
    ),
  ).toEqual([
    'Portal API · the first seen',
    'Portal API · 2 new columns',
    'Portal API · without b',
    'Portal API · new: places',
    'Portal API · another order',
    'Portal API · other values in 2 columns',
  ]);
  const minute = 60_000;
  expect(named(schema('v2', {}), schema('v2', {}, minute))).toEqual([
    'Portal API · another order, from 1\u00a0Jan\u00a01970, 01:00',
    'Portal API · another order, from 1\u00a0Jan\u00a01970, 01:01',
  ]);
  const ofStations = { ...schema('v2', null), content: 'information' } as const;
  expect(named(schema('v2', null), ofStations)).toEqual([
    'Portal API · the first seen',
    'Portal API · what stations are, without counts',
  ]);
  const twins = ['7445c8aaf460d466', '9c46e967c86704f6'].map((fingerprint) => {
    return { ...schema('v2', {}), fingerprint };
  });
  expect(named(...twins).map((name) => name.split(', ').at(-1))).toEqual(['7445c8', '9c46e9']);
});

test('what came in a schema is told in snapshots, and in rows where files wait for a mapping', () => {
  const held = (snapshots: number, rows_waiting: number) =>
    holdings({ snapshots, rows_waiting } as SchemaEntry, viewMessages.en, en, new Format('en'));
  expect(held(1, 0)).toBe('1 snapshot');
  expect(held(0, 63)).toBe('63 rows wait');
  expect(held(2, 1500)).toBe('2 snapshots, 1,500 rows wait');
  expect(held(0, 0)).toBe('0 snapshots');
});
