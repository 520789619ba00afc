import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { at, Lake } from './lake.ts';

const sql = readFileSync(new URL('../../../src/gold/known_stations.sql', import.meta.url), 'utf8');

const [first, second, third] = [at('08:00:00'), at('09:00:00'), at('10:00:00')];

it('a version that tells neither name nor place has those that the station is first told with later', async () => {
  const lake = await Lake.open({
    snapshots: [],
    readings: [],
    versions: [
      { station: 'later', from: first, capacity: 21 },
      { station: 'later', from: second, capacity: 22, name: 'Bastille', area: '7510101' },
      { station: 'later', from: third, capacity: 22, name: 'Bastille - Rivoli', area: '7510102' },
      { station: 'never', from: first, capacity: 30 },
      { station: 'placed', from: first, area: '7510103' },
      { station: 'placed', from: second, name: 'Rivoli', area: '7510104' },
    ],
  });
  try {
    await lake.run(`UPDATE station_information SET name = NULL
      WHERE station_code = 'placed' AND valid_from = (SELECT min(valid_from) FROM station_information)`);
    await lake.run(`UPDATE station_information SET name = NULL, lat = NULL, lon = NULL, area_id = NULL, area_name = NULL
      WHERE capacity IN (21, 30)`);
    await lake.run('CREATE VIEW station_versions AS SELECT * FROM station_information');
    const rows = await lake.rows(
      `SELECT station_code, name, area_id, capacity, lat IS NOT NULL AS placed
       FROM (${sql}) ORDER BY station_code, valid_from`,
    );
    expect(rows.map((row) => Object.values(row))).toEqual([
      ['later', 'Bastille', '7510101', 21, true],
      ['later', 'Bastille', '7510101', 22, true],
      ['later', 'Bastille - Rivoli', '7510102', 22, true],
      ['never', null, null, 30, false],
      ['placed', null, '7510103', 20, true],
      ['placed', 'Rivoli', '7510104', 20, true],
    ]);
  } finally {
    lake.close();
  }
});
