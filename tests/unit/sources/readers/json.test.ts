import { describe, expect, test } from 'vitest';
import { readOne, refusal } from './read.ts';

const open = (value: unknown) => readOne(JSON.stringify(value), 'stations.csv');
const fields = { stationcode: '16107', numbikesavailable: 3, geo: [48.8, 2.3], note: null };
const texts = ['16107', '3', '[48.8,2.3]', null];
const header = ['stationcode', 'numbikesavailable', 'geo', 'note'];
const time = '2022-08-31T11:06:00.482+02:00';
const geometry = { type: 'Point', coordinates: [2.3, 48.8] };

describe('the envelope', () => {
  test('of a v2.1 export is an array', async () => {
    const records = [fields, { coordonnees_geo: { lon: 2.27, lat: 48.86 }, stationcode: '2' }];
    expect(await open(records)).toMatchObject({
      envelope: 'records',
      header: [...header, 'coordonnees_geo.lon', 'coordonnees_geo.lat'],
      rows: [
        [...texts, null, null],
        ['2', null, null, null, '2.27', '48.86'],
      ],
      feed_time: null,
    });
  });

  test.each([
    ['v2.1', { total_count: 1509, results: [fields] }],
    ['any other API', { meta: { pages: [{ n: 1 }] }, data: { stations: [fields, fields] } }],
  ])('of a page of %s', async (_, page) => {
    const { envelope, header: names, rows } = await open(page);
    expect([envelope, names, rows[0]]).toEqual(['records_page', header, texts]);
  });

  test('of a v2.0 page', async () => {
    const record = { id: 'f00', timestamp: time, size: 9, fields };
    expect(
      await open({ total_count: 1, links: [], records: [{ links: [{ rel: 'self' }], record }] }),
    ).toMatchObject({
      envelope: 'records_page',
      header: [...header, 'record_timestamp'],
      rows: [[...texts, time]],
    });
  });

  test.each([
    [
      'v1_search',
      (record: object) => ({ nhits: 1, parameters: {}, records: [record], facet_groups: [{ a: 1 }] }),
    ],
    ['v1_export', (record: object) => [record]],
  ])('of %s', async (envelope, wrap) => {
    const record = { datasetid: 'velib', recordid: 'f00', fields, geometry, record_timestamp: time };
    expect(await open(wrap(record))).toMatchObject({
      envelope,
      header: [...header, 'record_timestamp', 'geometry.lon', 'geometry.lat'],
      rows: [[...texts, time, '2.3', '48.8']],
    });
  });

  test('of GeoJSON, whose points are columns beside the properties’ own', async () => {
    const features = [
      { type: 'Feature', geometry, properties: { ...fields, lat: 1, lon: 2 } },
      { type: 'Feature', geometry: null, properties: { stationcode: '2' } },
    ];
    expect(await open({ type: 'FeatureCollection', features })).toMatchObject({
      envelope: 'geojson',
      header: [...header, 'lat', 'lon', 'geometry.lon', 'geometry.lat'],
      rows: [
        [...texts, '1', '2', '2.3', '48.8'],
        ['2', null, null, null, null, null, null, null],
      ],
    });
    const own = { type: 'Feature', geometry, properties: { geometry: 'Paris' } };
    expect((await open({ type: 'FeatureCollection', features: [own] })).rows).toEqual([['Paris']]);
  });

  test.each([
    [
      'gbfs_status',
      { last_updated: 1760778556, data: { stations: [{ station_id: 1, num_bikes_available: 0 }] } },
    ],
    ['gbfs_status', { lastUpdatedOther: 1760778556, data: { stations: [{ numDocksAvailable: 0 }] } }],
    [
      'gbfs_status',
      { last_updated: '2025-10-18T11:09:16+02:00', data: { stations: [{ num_vehicles_available: 1 }] } },
    ],
    [
      'gbfs_information',
      { last_updated: 1760778556000, data: { stations: [{ station_id: 1, capacity: 3 }] } },
    ],
  ])('of %s, with the feed’s time', async (envelope, feed) => {
    expect(await open(feed)).toMatchObject({ envelope, feed_time: Date.UTC(2025, 9, 18, 9, 9, 16) });
  });

  test('of a feed that tells no sensible time', async () => {
    const feed = { last_updated: 'yesterday', data: { stations: [{ num_bikes_available: 0 }] } };
    expect(await open(feed)).toMatchObject({ envelope: 'gbfs_status', feed_time: null });
  });

  test('of an object of records: the key is a column unless one tells it', async () => {
    const told = { '12': { id: 12, n: 1 }, '34': { id: 34, n: 2 } };
    const untold = { a: { n: 1, types: [{ ebike: 1 }] }, b: { n: 2, types: [] } };
    expect(await open(told)).toMatchObject({ envelope: 'keyed_records', header: ['id', 'n'] });
    expect(await open(untold)).toMatchObject({
      envelope: 'keyed_records',
      header: ['n', 'types', 'key'],
      rows: [
        ['1', '[{"ebike":1}]', 'a'],
        ['2', '[]', 'b'],
      ],
    });
  });

  test('of JSON Lines', async () => {
    const { envelope, rows } = await readOne(`\ufeff{"a":"}\\n{","b":1}\r\n{"a":null,"b":{"c":2}}\n`);
    expect([envelope, rows]).toEqual([
      'records',
      [
        ['}\n{', '1', null],
        [null, null, '2'],
      ],
    ]);
  });
});

describe('a value', () => {
  test('that is a number keeps its text', async () => {
    const { rows } = await readOne('[{"a":12345678901234567890.10,"b":1e5,"c":-0}]');
    expect(rows).toEqual([['12345678901234567890.10', '1e5', '-0']]);
  });

  test('may be Python’s NaN', async () => {
    const { rows } = await readOne('[{"capacity": NaN, "name": "NaN, \\"NaN"}]');
    expect(rows).toEqual([[null, 'NaN, "NaN']]);
  });

  test('of a key that stands twice is the last', async () => {
    expect((await readOne('[{"a":1,"a":2}]')).rows).toEqual([['2']]);
  });
});

describe('JSON is refused', () => {
  const deep = 10_000;

  test.each([
    ['import.too_deep', `${'['.repeat(deep)}${']'.repeat(deep)}`],
    ['import.too_deep', `${'{"a":'.repeat(deep)}1${'}'.repeat(deep)}`],
    ['import.too_deep', '[{"a":'.repeat(deep)],
    ['import.cut', '[{"a":1},{"a":'],
    ['import.cut', '[{"a":"x\\'],
    ['import.cut', '{"results":[{"a":1}'],
    ['import.cut', '{"a":1}\n{"a":2}\n{"a"'],
    ['import.not_json', '[{"a":1}]]'],
    ['import.not_json', '[{a:1}]'],
    ['import.not_json', '{"a":1} trailing'],
    ['import.no_rows', '[]'],
    ['import.no_rows', '{"total_count":0,"links":[{"rel":"self"}],"results":[]}'],
    ['import.not_a_table', '{}'],
    ['import.not_a_table', '[1,2]'],
    ['import.not_a_table', '[[{"a":1}]]'],
    ['import.not_a_table', '{"error_code":"ODSQLError","message":"no"}'],
    [
      'import.too_wide',
      JSON.stringify([Object.fromEntries(Array.from({ length: 1001 }, (_, i) => [`c${i}`, i]))]),
    ],
  ])('%s', async (code, text) => {
    expect(await refusal(text)).toBe(code);
  });

  test('above 200 MB, unread', async () => {
    const start = new TextEncoder().encode('[{"a":1}]');
    const large = new Uint8Array(200e6 + 1).fill(32);
    large.set(start);
    expect(await refusal(large)).toBe('import.too_large');
  });
});
