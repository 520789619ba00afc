import { expect, test } from 'vitest';
import { hasShared, housesOfTest, sharedFile, today } from './houses.ts';

const open = housesOfTest();

const jcdecaux = (name: string, lat: number, lon: number) => {
  const lines = Array.from({ length: 40 }, (_, row) => {
    const position = row === 0 ? '0.0, 0.0' : `${lat + row / 1000}, ${lon}`;
    return `${1001 + row};Place ${row};${position};OPEN;20;${row % 20};${20 - (row % 20)};2014-12-24T14:18:05+00:00`;
  });
  const header = 'number;name;position;status;bike_stands;available_bike_stands;available_bikes;last_update';
  return new File([[header, ...lines, ''].join('\n')], name, { lastModified: today });
};

test('a file of another city is refused, and leaves nothing behind', async () => {
  const { house, curator, bring } = await open();
  const lille = hasShared ? [(await sharedFile('other-cities/lille_vlille-realtime_2021-09-20.json'))!] : [];
  const before = Object.keys(house.lake.state.files);
  const files = [jcdecaux('lyon.csv', 45.76, 4.83), ...lille];
  for (const { error } of await curator.inspect(files)) expect(error?.code).toBe('import.elsewhere');
  for (const { error, path, tables } of await bring(...files)) {
    expect([error?.code, path, tables]).toEqual(['import.elsewhere', null, []]);
  }
  expect(Object.keys(house.lake.state.files)).toEqual(before);
  const [report] = await bring(jcdecaux('paris.csv', 48.85, 2.35));
  expect(report!.tables).toMatchObject([{ accepted: 40, discarded: { lat: 1, lon: 1 } }]);
});
