import { expect, test } from 'vitest';
import { hashes, housesOfTest } from './houses.ts';

const open = housesOfTest();

const codes = ['16107', '1001', '9020', '35014', '7003', '12106', '5110', '20116', '18010', '44015'];
const feed = (name: string, of: (stationCode: string, row: number) => object) => {
  const stations = codes.map((stationCode, row) => ({
    stationCode,
    station_id: 213_688_169 + row,
    ...of(stationCode, row),
  }));
  return new File([JSON.stringify({ last_updated: 1_760_778_556, ttl: 60, data: { stations } })], name);
};
const status = feed('station_status.json', (_, row) => ({
  ...{ num_bikes_available: row, num_docks_available: 20 - row, last_reported: 1_760_778_500 },
  ...{ is_installed: 1, is_renting: 1, is_returning: 1 },
}));
const information = feed('station_information.json', (code, row) => ({
  ...{ name: `Place ${code}`, lat: 48.8 + row / 100, lon: 2.3, capacity: 20 },
}));

test(
  'both halves of a GBFS pair that tell one time stay, whichever comes first',
  { timeout: 120_000 },
  async () => {
    const one = await open();
    const reports = await one.bring(status, information);
    expect(reports.map(({ tables }) => tables.map(({ accepted, rejected }) => [accepted, rejected]))).toEqual(
      [[[codes.length, {}]], [[codes.length, {}]]],
    );
    const { stations } = await one.house.answer({ kind: 'instant', at: 1_760_778_556_000 });
    expect(stations.map(({ station_code, name }) => `${station_code} ${name}`).toSorted()).toEqual(
      codes.map((code) => `${code} Place ${code}`).toSorted(),
    );
    const other = await open();
    await other.bring(information, status);
    expect(await hashes(other.house)).toEqual(await hashes(one.house));
  },
);
