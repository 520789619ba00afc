import { expect, test } from 'vitest';
import { mapTable, tryMapTable } from '../../../src/silver/mapping.ts';

const v21 =
  'stationcode,name,is_installed,capacity,numdocksavailable,numbikesavailable,mechanical,ebike,is_renting,is_returning,duedate,coordonnees_geo.lon,coordonnees_geo.lat,nom_arrondissement_communes,code_insee_commune'.split(
    ',',
  );
const gbfs =
  'station_id,num_bikes_available,num_bikes_available_types,num_docks_available,is_installed,is_returning,is_renting,last_reported,stationCode'.split(
    ',',
  );

test('the v2.1 names and the GBFS names map to the same columns', () => {
  const at = (header: string[], column: 'station_code' | 'num_bikes_available' | 'last_reported') => {
    const place = mapTable(header, []).columns[column];
    return place?.kind === 'column' ? header[place.index] : place;
  };
  expect(at(v21, 'num_bikes_available')).toBe('numbikesavailable');
  expect(at(gbfs, 'num_bikes_available')).toBe('num_bikes_available');
  expect(at(v21, 'last_reported')).toBe('duedate');
  expect(at(gbfs, 'last_reported')).toBe('last_reported');
  expect(at(gbfs, 'station_code')).toBe('stationCode');
  expect(mapTable(gbfs, []).columns.num_ebikes_available).toEqual({ kind: 'key', index: 2, key: 'ebike' });
});

test('a header without bikes is quarantined, and says which column is gone', () => {
  const header = v21.map((name) => (name === 'numbikesavailable' ? 'velos' : name));
  expect(() => mapTable(header, [])).toThrow(
    expect.objectContaining({
      code: 'silver.schema',
      details: expect.objectContaining({ columns: 'num_bikes_available' }),
    }),
  );
  expect(tryMapTable(header, []).missing).toEqual(['num_bikes_available']);
});

test('a column that only measures may be missing', () => {
  expect(
    mapTable(
      v21.filter((name) => name !== 'capacity'),
      [],
    ).columns.capacity,
  ).toBeNull();
});
