import { describe, expect, test } from 'vitest';
import type { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { velib } from './golden.ts';
import { hasShared, housesOfTest, type TestHouse } from './houses.ts';

const open = housesOfTest();

describe.skipIf(!hasShared)('a GBFS pair', () => {
  const [status, information] = ['gbfs-2025/station_status.json', 'gbfs-2025/station_information.json'];
  const at = Date.UTC(2025, 9, 18, 9, 9, 16);
  const stocked = { station_code: '16107', mechanical: 1, ebikes: 4, docks: 30, state: 'balanced' };
  const named = { name: 'Benjamin Godard - Victor Hugo', lat: 48.865983, lon: 2.275725, capacity: 35 };
  const unnamed = { name: null, lat: null, lon: null, capacity: null };
  const station = async ({ house }: TestHouse) => {
    const { stations } = await house.answer({ kind: 'instant', at });
    return stations.find(({ station_code }) => station_code === '16107');
  };

  test('answers without the other half, and is whole in either order', async () => {
    const first = await open();
    await first.bring(await velib(status));
    expect(await station(first)).toMatchObject({ ...stocked, ...unnamed });
    await first.bring(await velib(information));
    expect(await station(first)).toMatchObject({ ...stocked, ...named });

    const last = await open();
    await last.bring(await velib(information));
    await expect(station(last)).rejects.toMatchObject({ code: 'lake.no_snapshot' });
    await last.bring(await velib(status));
    expect(await station(last)).toMatchObject({ ...stocked, ...named });
  });
});

/**
 * Sums over the raw files. A station is in service when it reported within 24 hours, no flag says no, and its
 * capacity is not 0; 'Boulogne-Billancourt' are the stations that the file of 2024 puts there.
 */
const instants = [
  {
    ...{
      path: 'v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz',
      at: '2024-11-05T07:55:01Z',
    },
    health: {
      stations: 1485,
      in_service: 1433,
      stale: 43,
      bikes: 14560,
      mechanical: 9632,
      ebikes: 4928,
      docks: 30362,
    },
    balance: { empty: 76, few_bikes: 223, balanced: 1101, few_docks: 27, full: 6 },
    commune: { stations: 29, mechanical: 299, ebikes: 81, docks: 485 },
    station: { mechanical: 9, ebikes: 3, docks: 22 },
  },
  {
    ...{ path: 'pipeline-csv-2025/velib_20250605_140002.csv', at: '2025-06-05T14:00:02Z' },
    health: {
      stations: 1000,
      in_service: 985,
      stale: 14,
      bikes: 11089,
      mechanical: 7354,
      ebikes: 3735,
      docks: 20562,
    },
    balance: { empty: 52, few_bikes: 201, balanced: 677, few_docks: 42, full: 13 },
    commune: { stations: 19, mechanical: 339, ebikes: 95, docks: 101 },
    station: { mechanical: 1, ebikes: 3, docks: 31 },
  },
  {
    ...{ path: 'gbfs-2025/station_status.json', at: '2025-10-18T09:09:16Z' },
    health: {
      stations: 1495,
      in_service: 1458,
      stale: 33,
      bikes: 18067,
      mechanical: 11052,
      ebikes: 7015,
      docks: 27893,
    },
    balance: { empty: 26, few_bikes: 128, balanced: 1212, few_docks: 69, full: 23 },
    commune: { stations: 29, mechanical: 383, ebikes: 97, docks: 382 },
    station: { mechanical: 1, ebikes: 4, docks: 30 },
  },
];

/** What the same question finds, whatever the era of the files. */
async function answered(house: Lakehouse, selection: Parameters<Lakehouse['answer']>[0]) {
  const { health, balance, areas, stations, ...rest } = await house.answer(selection);
  const commune = areas.commune.find(({ area_name }) => area_name === 'Boulogne-Billancourt');
  return { ...rest, health, balance, commune, station: stations.find((one) => one.station_code === '16107') };
}

test.skipIf(!hasShared)(
  'a year of three eras answers one question',
  async () => {
    const { house, bring } = await open();
    const files = [...instants.map(({ path }) => path), 'gbfs-2025/station_information.json'];
    await bring(...(await Promise.all(files.map(velib))));
    const always = { name: 'Benjamin Godard - Victor Hugo', capacity: 35, lat: 48.865983, lon: 2.275725 };
    for (const { at, health, balance, commune, station } of instants) {
      const answer = await answered(house, { kind: 'instant', at: Date.parse(at) });
      expect(answer).toMatchObject({
        snapshots: 1,
        health,
        balance,
        commune,
        station: { ...station, ...always },
      });
    }

    const [from, to] = [Date.UTC(2024, 10, 1), Date.UTC(2025, 10, 1)];
    const year = await answered(house, { kind: 'range', from, to });
    expect(year).toMatchObject({ snapshots: 3, station: always });
    expect(year.observed).toBeCloseTo((3 * 600_000) / (to - from), 12);
    const mean = (of: readonly Readonly<Record<string, number>>[], name: string) =>
      of.reduce((sum, one) => sum + one[name]!, 0) / of.length;
    for (const part of ['health', 'balance', 'commune', 'station'] as const) {
      const figures: Readonly<Record<string, unknown>> = { ...year[part] };
      const each = instants.map((one): Readonly<Record<string, number>> => one[part]);
      for (const name of Object.keys(each[0]!)) expect(figures[name], name).toBeCloseTo(mean(each, name), 6);
    }
  },
  240_000,
);
