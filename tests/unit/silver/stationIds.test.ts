import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parseStationIds } from '../../../src/silver/stationIds.ts';

const file = new URL('../../../public/station-ids.json', import.meta.url);
const feed = new URL('../../../../shared/data/velib/gbfs-2025/station_status.json', import.meta.url);
const ids = parseStationIds(JSON.parse(readFileSync(file, 'utf8')));

test('the bundled table has each station of 2023 and 2025 once', () => {
  expect(Object.keys(ids)).toHaveLength(1559);
  expect(new Set(Object.values(ids)).size).toBe(1559);
  expect(ids['213688169']).toBe('16107');
});

test.skipIf(!existsSync(feed))(
  'it says what the status feed of 2025 says, which it was not made from',
  () => {
    const { data } = JSON.parse(readFileSync(feed, 'utf8')) as {
      data: { stations: { station_id: number; stationCode: string }[] };
    };
    const told = data.stations.map(({ station_id, stationCode }) => [String(station_id), stationCode]);
    expect(told.map(([id]) => [id, ids[id!]])).toEqual(told);
  },
);

test('what is no such table is refused', () => {
  for (const json of [null, [], { a: '16107' }, { '213688169': 16107 }]) {
    expect(() => parseStationIds(json)).toThrow(expect.objectContaining({ code: 'unexpected' }));
  }
});
