import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { StationRow } from '../../../src/gold/answers.ts';
import { toBoundaries } from '../../../src/ui/boundaries.ts';
import { frameOf, frameOfFound } from '../../../src/ui/frame.ts';
import { areaSigns, stationFeatures } from '../../../src/ui/map/features.ts';
import { iconOf, parts, reachOf, sectors } from '../../../src/ui/map/icons.ts';
import { near } from '../../../src/ui/map/near.ts';
import { distance } from '../../../src/ui/stations/distance.ts';

const row = (station_code: string, change: Partial<StationRow> = {}): StationRow => ({
  ...{ station_code, name: `Station ${station_code}`, lat: 48.85, lon: 2.35, area_name: null },
  ...{ mechanical: 5, ebikes: 5, docks: 10, capacity: 20, state: 'balanced', stale: false },
  last_reported: null,
  ...change,
});

/** Nothing stands out. */
const plain = { favourites: new Set<string>(), matching: null, selected: null };

test('a search is gone to where it left few stations, or such as are near each other', () => {
  const all = Array.from({ length: 400 }, (_, index) =>
    row(String(index), { lon: (index % 20) / 100, lat: 48 + Math.floor(index / 20) / 100 }),
  );
  const quarter = all.filter(({ lon, lat }) => lon! < 0.055 && lat! < 48.055);
  expect(quarter).toHaveLength(36);
  expect(frameOfFound(quarter, all)).toEqual([0, 48, 0.05, 48.05]);
  expect(frameOfFound([all[0]!, all[399]!], all)).toEqual([0, 48, 0.19, 48.19]);
  expect(
    frameOfFound(
      all.filter((_, index) => index % 10 === 0),
      all,
    ),
  ).toBeNull();
  expect(frameOfFound([], all)).toBeNull();
});

describe('icons', () => {
  test('each state has a shape of its own, and stock is cut into sectors', () => {
    expect(iconOf(row('a'))).toBe('disc-3-3');
    expect(iconOf(row('a', { state: 'few_bikes', mechanical: 0, ebikes: 1, docks: 30 }))).toBe('low-0-1');
    expect(iconOf(row('a', { state: 'few_docks', mechanical: 9, ebikes: 9, docks: 1 }))).toMatch(/^high-/);
    expect(iconOf(row('a', { state: 'empty' }))).toBe('empty');
    expect(iconOf(row('a', { state: 'full' }))).toBe('full');
    expect(iconOf(row('a', { state: 'unknown', docks: null }))).toBe('unknown');
    expect(iconOf(row('a', { state: 'closed' }))).toBe('closed');
    expect(iconOf(row('a', { state: 'closed', stale: true }))).toBe('stale');
  });

  test('what stands around a disc reaches farther, and figures keep off it', () => {
    const [disc, high] = [row('a'), row('b', { state: 'few_docks', docks: 1 })];
    const reach = stationFeatures([disc, high], plain, String).map(
      ({ properties }) => properties.reach / properties.size,
    );
    expect(reach).toEqual([reachOf('disc-3-3'), reachOf('high-6-6')].map((each) => expect.closeTo(each, 9)));
    expect(reach[1]).toBeGreaterThan(reach[0]!);
  });

  test('what is there is seen, however little of it', () => {
    const stocks = [0, 0.2, 1, 2, 7, 20, 60];
    for (const mechanical of stocks)
      for (const ebikes of stocks)
        for (const docks of stocks) {
          const [green, blue] = sectors(mechanical, ebikes, docks);
          expect(green > 0, 'mechanical').toBe(mechanical > 0);
          expect(blue > 0, 'electric').toBe(ebikes > 0);
          expect(green + blue < parts, 'free docks').toBe(docks > 0 || mechanical + ebikes === 0);
        }
  });
});

describe('features', () => {
  test('are of stations with a position, with the figures that are known', () => {
    const rows = [row('1', { docks: null }), row('2', { lat: null }), row('3', { ebikes: 3.4 })];
    const features = stationFeatures(rows, plain, (value) => (value === null ? '–' : value.toFixed(0)));
    expect(features.map(({ properties }) => [properties.code, properties.ebikes, properties.docks])).toEqual([
      ['1', '5', '–'],
      ['3', '3', '10'],
    ]);
    expect(features[0]!.geometry.coordinates).toEqual([2.35, 48.85]);
  });

  test('favourites and what a search leaves stand out', () => {
    const emphasis = { ...plain, favourites: new Set(['2']), matching: new Set(['2']) };
    const features = stationFeatures([row('1'), row('2')], emphasis, String);
    expect(features.map(({ properties }) => [properties.favourite, properties.dim])).toEqual([
      [false, true],
      [true, false],
    ]);
  });

  test('the chosen one is not dim, whatever a search leaves, and its figures keep off its ring', () => {
    const look = (selected: string | null) =>
      stationFeatures([row('1'), row('2')], { ...plain, matching: new Set(), selected }, String).map(
        ({ properties: { dim, reach } }) => [dim, reach >= reachOf('ring')],
      );
    expect(look(null)).toEqual([
      [true, false],
      [true, false],
    ]);
    expect(look('2')).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});

test('an area at two moments has a sign and a figure in its midst, one of which nothing is told has none', () => {
  const area = (id: string | null, lon: number) => ({
    ...{ type: 'Feature' as const, geometry: { type: 'Point' as const, coordinates: [lon, 48.85] } },
    properties: { id, name: String(id), kind: 'quartier' as const },
  });
  const labels = { type: 'FeatureCollection' as const, features: ['a', 'b', 'c', 'd', null].map(area) };
  const change = (area_id: string, change: number) => ({
    ...{ area_id, area_name: area_id, before: 10, after: 10 + change, change, share: null },
  });
  const signs = areaSigns([change('a', 3), change('b', -12), change('c', 0)], { labels }, String);
  expect(signs.map(({ geometry, properties }) => [geometry.coordinates[0], properties])).toEqual([
    [0, { icon: 'gain', text: '3', size: 3 }],
    [1, { icon: 'loss', text: '-12', size: 12 }],
    [2, { icon: 'even', text: '', size: 0 }],
  ]);
  expect(areaSigns(null, { labels }, String)).toEqual([]);
});

test('the nearest station is found, and none where none has a position', () => {
  const rows = [row('far', { lat: 48.9 }), row('near', { lat: 48.851 }), row('nowhere', { lat: null })];
  const found = near(rows, { lat: 48.85, lon: 2.35 });
  expect(found?.row.station_code).toBe('near');
  expect(found?.metres).toBeCloseTo(111.2, 1);
  expect(near([row('nowhere', { lon: null })], { lat: 48.85, lon: 2.35 })).toBeNull();
});

test('one station far away does not shrink the frame', () => {
  const many = Array.from({ length: 100 }, (_, index) => row(String(index), { lon: index / 100 }));
  const [west, , east] = frameOf([...many, row('500', { lon: 500 })]) ?? [0, 0, 0, 0];
  expect(west).toBeGreaterThanOrEqual(0);
  expect(east).toBeLessThan(1);
  expect(frameOf([])).toBeNull();
  const all = Array.from({ length: 1000 }, (_, index) => row(String(index), { lon: index / 1000 }));
  expect(frameOf(all, 0.002)).toEqual([0.002, 48.85, 0.997, 48.85]);
});

describe('boundaries', async () => {
  const topology: unknown = JSON.parse(readFileSync('public/boundaries.json', 'utf8'));
  const boundaries = await toBoundaries(topology as Parameters<typeof toBoundaries>[0]);

  test('the border between the banks is as long as the Seine through Paris, 13 km', () => {
    const metres = boundaries.seine.coordinates.flatMap((line) =>
      line
        .slice(1)
        .map(([lon = 0, lat = 0], index) =>
          distance({ lon: line[index]![0]!, lat: line[index]![1]! }, { lon, lat }),
        ),
    );
    const length = metres.reduce<number>((sum, part) => sum + (part ?? 0), 0);
    expect(length).toBeGreaterThan(12_000);
    expect(length).toBeLessThan(14_000);
  });

  test('each area and arrondissement has its name in its midst', () => {
    const kinds = boundaries.labels.features.map(({ properties }) => properties.kind);
    expect([80, 124, 20]).toEqual(
      ['quartier', 'commune', 'arrondissement'].map((kind) => kinds.filter((one) => one === kind).length),
    );
    const at = (name: string) =>
      boundaries.labels.features.find(({ properties }) => properties.name === name)?.geometry.coordinates;
    // geom_x_y of the city's own data set, arrondissements.
    expect(at('1er')).toEqual([expect.closeTo(2.33644, 3), expect.closeTo(48.86256, 3)]);
    expect(at('16e')).toEqual([expect.closeTo(2.26197, 3), expect.closeTo(48.86039, 3)]);
  });
});
