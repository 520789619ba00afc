import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { contradictions, stocksOf } from '../../../src/silver/contradiction.ts';
import type { Columns, Place, TextRow } from '../../../src/silver/place.ts';
import { sources, type Poll } from './proposal.data.ts';

const counts = [
  ...(['num_bikes_available', 'num_mechanical_available', 'num_ebikes_available'] as const),
  ...(['num_docks_available', 'capacity'] as const),
];

const byName = sources();
/** Pairs of real polls up to an hour apart, by their source and their number; in a fresh clone, of one source. */
const pairOf = (names: readonly string[]) =>
  fc
    .constantFrom(...names)
    .chain((name) => fc.record({ name: fc.constant(name), at: fc.nat(byName[name]!.length - 1) }));
const any = pairOf(Object.keys(byName));
/** Sources that tell each count once. */
const single = pairOf(Object.keys(byName).filter((name) => !name.startsWith('GBFS')));
const polls = ({ name, at }: { readonly name: string; readonly at: number }) => byName[name]![at]!();
/** Sources of polls minutes apart. */
const near = ['fixture', 'labels of 2023', 'labels of 2026', 'GBFS of 2025'].filter((name) => name in byName);

const columnsOf = ({ truth }: Poll) => truth as unknown as Columns;

/** What is found in a poll whose names lead to these places, after one whose names were right. */
function found(before: Poll, rows: readonly TextRow[], header: readonly string[], columns: Columns) {
  const was = stocksOf(before.rows, columnsOf(before));
  return contradictions(was, stocksOf(rows, columns), header, rows, columns);
}

/** Rows in which counts say something else, as `edit` tells of each station's. */
function edited({ rows, truth }: Poll, edit: (values: Record<string, string | null>) => object): TextRow[] {
  const places = counts.flatMap((name) => {
    const place = truth[name];
    return place?.kind === 'column' ? [[name, place.index] as const] : [];
  });
  return rows.map((row) => {
    const values = Object.fromEntries(places.map(([name, index]) => [name, row[index] ?? null]));
    const news: Record<string, string | null> = { ...values, ...edit(values) };
    const later = [...row];
    for (const [name, index] of places) later[index] = news[name] ?? null;
    return later;
  });
}

/** What portals do that makes counts look like others, and is no other meaning of a name. */
const outages: Record<string, (values: Record<string, string | null>) => object> = {
  'no e-bikes are counted': ({ num_mechanical_available }) => ({
    ...{ num_ebikes_available: '0', num_bikes_available: num_mechanical_available },
  }),
  'all bikes are of one kind': ({ num_bikes_available }) => ({
    ...{ num_mechanical_available: num_bikes_available, num_ebikes_available: '0' },
  }),
  'all bikes are gone': ({ capacity }) => ({
    ...{ num_bikes_available: '0', num_mechanical_available: '0', num_ebikes_available: '0' },
    num_docks_available: capacity ?? null,
  }),
  'all is zero': () => Object.fromEntries(counts.map((name) => [name, '0'])),
  'nothing is told': () => Object.fromEntries(counts.map((name) => [name, null])),
  'docks are told twice': ({ num_docks_available }) => ({ num_bikes_available: num_docks_available }),
  'docks are what is left': ({ capacity, num_bikes_available }) => ({
    num_docks_available: capacity == null ? null : String(Number(capacity) - Number(num_bikes_available)),
  }),
};

describe('a name that holds another column’s values', () => {
  test('is never found in real polls, whichever of them are left, whatever order they come in', () => {
    fc.assert(
      fc.property(any, fc.boolean(), fc.integer({ min: 1, max: 20 }), (pair, turned, step) => {
        const [a, b] = polls(pair);
        const [before, after] = turned ? [b, a] : [a, b];
        const rows = after.rows.filter((_, index) => index % step === 0);
        expect(found(before, rows, after.header, columnsOf(after))).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  test.each(Object.entries(outages))('is not found where %s, nor when that is over', (_, edit) => {
    fc.assert(
      fc.property(single, (pair) => {
        const [before, after] = polls(pair);
        const rows = edited(after, edit);
        expect(found(before, rows, after.header, columnsOf(after))).toEqual([]);
        expect(found({ ...after, rows }, before.rows, before.header, columnsOf(before))).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('is found wherever names change places, or one moves on to another column', () => {
    const swap = fc.constantFrom(
      ['num_bikes_available', 'num_docks_available'] as const,
      ['num_mechanical_available', 'num_ebikes_available'] as const,
    );
    fc.assert(
      fc.property(pairOf(near), swap, fc.boolean(), (pair, [a, b], moves) => {
        const [before, after] = polls(pair);
        const truth: Record<string, Place> = { ...after.truth };
        const columns = { ...truth, [a]: truth[b], ...(!moves && { [b]: truth[a] }) } as unknown as Columns;
        expect(found(before, after.rows, after.header, columns)).toEqual(moves ? [a] : [a, b]);
      }),
      { numRuns: 100 },
    );
  });

  test('is not told of few stations', () => {
    const [before, after] = byName['fixture']![0]!();
    const { truth } = after;
    const columns = {
      ...truth,
      ...{ num_bikes_available: truth['num_docks_available'] },
      ...{ num_docks_available: truth['num_bikes_available'] },
    } as unknown as Columns;
    const told = (stations: number) => found(before, after.rows.slice(0, stations), after.header, columns);
    expect(told(60)).toEqual(['num_bikes_available', 'num_docks_available']);
    expect(told(30)).toEqual([]);
  });
});
