import { flushSync } from 'svelte';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { StationRow } from '../../../src/gold/answers.ts';
import type { Lakehouse } from '../../../src/ui/lakehouse.svelte.ts';
import { Route } from '../../../src/ui/route.svelte.ts';
import { Settings } from '../../../src/ui/settings.svelte.ts';
import { distance } from '../../../src/ui/stations/distance.ts';
import { sortStations } from '../../../src/ui/stations/order.ts';
import { filters, passes, plain } from '../../../src/ui/stations/search.ts';
import { Stations } from '../../../src/ui/stations/stations.svelte.ts';
import { Comparison } from '../../../src/ui/time/comparison.svelte.ts';
import { fakeTab, type FakeTab } from './fakeTab.ts';

const row = (station_code: string, change: Partial<StationRow> = {}): StationRow => ({
  ...{ station_code, name: `Station ${station_code}`, lat: 48.85, lon: 2.35, area_name: null },
  ...{
    mechanical: 4,
    ebikes: 3,
    docks: 13,
    capacity: 20,
    state: 'balanced',
    stale: false,
    last_reported: null,
  },
  ...change,
});
const codes = (rows: readonly StationRow[]): string[] => rows.map(({ station_code }) => station_code);

const rows = [
  row('16107', { name: 'Benjamin Godard - Victor Hugo', area_name: 'Porte-Dauphine', ebikes: 9 }),
  row('9020', { name: 'Toudouze - Clauzel', area_name: 'Saint-Georges', ebikes: 0, mechanical: 0 }),
  row('12109', { name: 'Mairie du 12ème', area_name: 'Picpus', state: 'closed', docks: 5 }),
  row('11030', { name: 'Œuvre - République', area_name: 'Saint-Ambroise', docks: 0 }),
];

let tab: FakeTab;

function stations(settings = new Settings()): Stations {
  const quartier = [
    { area_name: 'Porte-Dauphine', arrondissement: 16 },
    { area_name: 'Saint-Georges', arrondissement: 9 },
    { area_name: 'Picpus', arrondissement: 12 },
    { area_name: 'Montreuil', arrondissement: null },
  ];
  const lakehouse = { answers: { stations: rows, areas: { quartier } } } as unknown as Lakehouse;
  const route = new Route();
  route.start();
  return new Stations(lakehouse, new Comparison(lakehouse), route, settings);
}

beforeEach(() => void (tab = fakeTab('#/station/9020')));
afterEach(() => vi.unstubAllGlobals());

describe('search', () => {
  test('takes no account of case, accents, ligatures and signs', () => {
    expect(plain('  Œuvre — RÉPUBLIQUE, n°3 ')).toBe('oeuvre republique n 3');
    expect(plain('Jaurès')).toBe(plain('Jaure\u0300s'));
  });

  test.each([
    ['republique', ['11030']],
    ['GODARD hugo', ['16107']],
    ['hugo picpus', []],
    // Names leave out what an address calls the way.
    ['rue Victor-Hugo', ['16107']],
    ['place de la République', ['11030']],
    ['rue de la Paix', []],
    ['mairie du 12', ['12109']],
    ['rue', []],
    ['saint', ['11030', '9020']],
    ['9020', ['9020']],
    ['12eme', ['12109']],
    ['16e', ['16107']],
    ['9ème', ['9020']],
    ['75012', ['12109']],
    ['paris 12', ['12109']],
    ['12e arrondissement', ['12109']],
    // Of two digits: neither within 16107 nor where 11030 begins.
    ['10', []],
    ['110', ['11030']],
    ['6e', []],
    ['paris', ['16107', '12109', '9020']],
    [' - ', ['16107', '12109', '11030', '9020']],
  ])('of “%s” goes through code, name, area and arrondissement', (text, found) => {
    const list = stations();
    list.text = text;
    expect(codes(list.matching)).toEqual(found);
  });
});

describe('filters', () => {
  test('are met all together, and a closed station has neither bikes nor docks to offer', () => {
    const list = stations();
    list.toggleFilter('docks');
    expect(codes(list.matching)).toEqual(['16107', '9020']);
    list.toggleFilter('ebikes');
    expect(codes(list.matching)).toEqual(['16107']);
    list.toggleFilter('docks');
    expect(codes(list.matching)).toEqual(['16107', '11030']);
    expect(list.narrowed).toBe(true);
    list.widen();
    expect([list.matching.length, list.narrowed]).toEqual([4, false]);
  });
});

test('a station whose docks are not told is open and has its bikes, and offers no dock', () => {
  const untold = row('7003', { state: 'unknown', docks: null });
  const passed = filters.filter((filter) => passes(untold, [filter], new Set()));
  expect(passed).toEqual(['ebikes', 'mechanical', 'open']);
  expect(codes(sortStations([untold, row('b')], 'ebikes', null))).toEqual(['7003', 'b']);
});

describe('order', () => {
  test('is by name as French sorts, numbers as numbers', () => {
    const named = ['Été', 'Zola', 'Quai 12', 'Quai 9', 'Eau'].map((name) => row(name, { name }));
    expect(codes(sortStations(named, 'name', null))).toEqual(['Eau', 'Été', 'Quai 9', 'Quai 12', 'Zola']);
  });

  test('has most first, equals by name, and last what is not known or closed', () => {
    const some = [row('a', { ebikes: null }), row('c', { ebikes: 5 }), row('b', { ebikes: 5 }), row('d')];
    expect(codes(sortStations(some, 'ebikes', null))).toEqual(['b', 'c', 'd', 'a']);
    const shut = [row('a', { docks: 59, state: 'closed' }), row('b'), row('c', { docks: 14 })];
    expect(codes(sortStations(shut, 'docks', null))).toEqual(['c', 'b', 'a']);
    const full = [row('a', { docks: 0, mechanical: 1, ebikes: 0 }), row('b'), row('c', { docks: null })];
    expect(codes(sortStations(full, 'fill', null))).toEqual(['a', 'b', 'c']);
  });

  test('has first what changed most, gained or lost, and last what is not known to have', () => {
    const changes = new Map([
      ['a', 3],
      ['b', -7],
      ['c', 0],
    ]);
    const some = ['d', 'c', 'a', 'b'].map((code) => row(code));
    const changeOf = ({ station_code }: StationRow) => changes.get(station_code) ?? null;
    expect(codes(sortStations(some, 'change', null, changeOf))).toEqual(['b', 'a', 'c', 'd']);
  });

  test('is the nearest first once a position is known', () => {
    const some = [row('far', { lat: 48.9 }), row('lost', { lat: null }), row('near', { lat: 48.851 })];
    expect(codes(sortStations(some, 'distance', { lat: 48.85, lon: 2.35 }))).toEqual(['near', 'far', 'lost']);
  });
});

test('distances are those of a sphere: a degree of latitude, and the poles half a turn apart', () => {
  expect(distance({ lat: 48, lon: 2 }, { lat: 49, lon: 2 })).toBeCloseTo(111_195, -1);
  expect(distance({ lat: 60, lon: 0 }, { lat: 60, lon: 0.001 })).toBeCloseTo(55.6, 0);
  expect(distance({ lat: 90, lon: 0 }, { lat: -90, lon: 77 })).toBeCloseTo(20_015_114, 0);
  expect(distance({ lat: 48, lon: null }, { lat: 49, lon: 2 })).toBeNull();
});

describe('favourites', () => {
  test('are kept for the next visit, and what storage holds amiss is left out', () => {
    const kept = new Map<string, string>();
    vi.stubGlobal('localStorage', {
      getItem: (key: string) => kept.get(key) ?? null,
      setItem: (key: string, value: string) => kept.set(key, value),
    });
    const list = stations();
    for (const code of ['9020', '16107', '9020', '11030']) list.toggleFavourite(code);
    flushSync();
    expect([...stations(new Settings()).favourites]).toEqual(['16107', '11030']);
    expect(codes(list.matching)).toHaveLength(4);
    list.toggleFilter('favourites');
    expect(codes(list.matching)).toEqual(['16107', '11030']);

    kept.set('velolac.settings', '{"favourites": ["9020", 3, null]}');
    expect(new Settings().favourites).toEqual(['9020']);
  });
});

describe('the address', () => {
  test('holds search, filters and order, and an opened one gives them back', () => {
    const list = stations();
    list.text = 'saint';
    list.toggleFilter('docks');
    list.toggleFilter('ebikes');
    list.order = 'fill';
    tab.leave();
    expect(tab.hash).toBe('#/station/9020?q=saint&show=docks,ebikes&sort=fill');
    const opened = stations();
    expect([opened.text, opened.filters, opened.order]).toEqual(['saint', ['ebikes', 'docks'], 'fill']);
    list.widen();
    list.order = 'name';
    tab.leave();
    expect(tab.hash).toBe('#/station/9020');
  });

  test('is believed as far as it makes sense', () => {
    tab.go('#/stations?show=ebikes,beer&sort=colour');
    const list = stations();
    expect([list.filters, list.order]).toEqual([['ebikes'], 'name']);
  });

  test('asks for distances in vain until the visitor says where they are', () => {
    tab.go('#/stations?sort=distance');
    const list = stations();
    expect(list.order).toBe('name');
    list.position = { lat: 48.85, lon: 2.35 };
    expect(list.order).toBe('distance');
  });
});

test('the selected station is the one of the address', () => {
  expect(stations().selected).toBe('9020');
});
