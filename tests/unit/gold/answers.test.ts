import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerSql } from '../../../src/gold/questions.ts';
import { at, Lake, type Reading, type Version } from './lake.ts';

const now = at('08:00:00');
const montreuil = { commune: 'Montreuil', insee: '93048', area: '93048' };

const versions: Version[] = [
  { station: '16001', from: now, arrondissement: 16, area: '7511601' },
  { station: '16002', from: now, arrondissement: 16, area: '7511602' },
  { station: '1001', from: now, arrondissement: 1, area: '7510101' },
  { station: '31001', from: now, ...montreuil },
  { station: '31002', from: now, ...montreuil },
  { station: '31003', from: now, ...montreuil },
];

/** Each of the six states once, and a stale station of which nobody knows where it is. */
const readings: Reading[] = [
  { station: '16001', at: now, mechanical: 3, ebikes: 7, docks: 10, capacity: 20 },
  { station: '16002', at: now, mechanical: 0, ebikes: 0, docks: 15, capacity: 16 },
  { station: '1001', at: now, mechanical: 12, ebikes: 6, docks: 0, capacity: 20 },
  { station: '31001', at: now, mechanical: 1, ebikes: 1, docks: 8, capacity: 10 },
  { station: '31002', at: now, mechanical: 5, ebikes: 4, docks: 1, capacity: 10 },
  { station: '31003', at: now, mechanical: 0, ebikes: 2, docks: 10, capacity: 12, renting: false },
  {
    ...{ station: '99999', at: now, mechanical: 4, ebikes: 1, docks: 3, capacity: 8 },
    reported: new Date('2018-07-01T00:00:00Z'),
  },
];

describe('at one instant', () => {
  let lake: Lake;

  beforeAll(async () => {
    lake = await Lake.open({ snapshots: [now, at('08:01:00')], readings, versions });
    await lake.select({ from: now, to: now });
  });

  afterAll(() => lake.close());

  it('counts the stations in each state', async () => {
    expect(await lake.balance()).toEqual({
      in_service: 5,
      empty: 1,
      few_bikes: 1,
      balanced: 1,
      few_docks: 1,
      full: 1,
      empty_share: 0.2,
      full_share: 0.2,
      balanced_share: 0.2,
      // 10 + 0 + 18 + 2 + 9 bikes, 10 + 15 + 0 + 8 + 1 docks, 20 + 16 + 20 + 10 + 10 of capacity.
      fill_of_usable: 39 / (39 + 34),
      fill_of_capacity: 39 / 76,
    });
  });

  it('sums the network up', async () => {
    expect(await lake.health()).toEqual({
      stations: 7,
      in_service: 5,
      out_of_service: 2,
      stale: 1,
      mechanical: 25,
      ebikes: 21,
      bikes: 46,
      docks: 47,
      capacity: 96,
      ebike_share: 21 / 46,
      // One dock of 16002 and two of 1001.
      docks_out_of_order: 3,
      docks_out_of_order_share: 3 / 76,
      average_capacity: 96 / 7,
      average_bikes: 46 / 7,
      average_docks: 47 / 7,
    });
  });

  it('tells what each station is', async () => {
    const stations = await lake.stations();
    expect(stations.filter(({ stale }) => stale).map(({ station_code }) => station_code)).toEqual(['99999']);
    expect(stations.map((station) => [station.station_code, station.state])).toEqual([
      ['1001', 'full'],
      ['16001', 'balanced'],
      ['16002', 'empty'],
      ['31001', 'few_bikes'],
      ['31002', 'few_docks'],
      ['31003', 'closed'],
      ['99999', 'closed'],
    ]);
    expect(stations[1]).toEqual({
      ...{ station_code: '16001', name: 'Station 16001', lat: 48.85, lon: 2.35, area_name: 'Area 7511601' },
      ...{ mechanical: 3, ebikes: 7, docks: 10, capacity: 20, state: 'balanced' },
      ...{ stale: false, last_reported: now },
    });
    expect(stations[6]).toMatchObject({ name: null, lat: null, lon: null, area_name: null, capacity: 8 });
  });

  it('ranks quartiers, and communes outside Paris', async () => {
    expect(await lake.areas({ level: 'quartier', top: 3 })).toEqual([
      {
        ...{ rank: 1, area_id: '7511601', area_name: 'Area 7511601', arrondissement: 16 },
        ...{ stations: 1, ebikes: 7, mechanical: 3, docks: 10, ebike_share: 0.7 },
      },
      {
        ...{ rank: 2, area_id: '93048', area_name: 'Area 93048', arrondissement: null },
        ...{ stations: 3, ebikes: 7, mechanical: 6, docks: 19, ebike_share: 7 / 13 },
      },
      {
        ...{ rank: 3, area_id: '7510101', area_name: 'Area 7510101', arrondissement: 1 },
        ...{ stations: 1, ebikes: 6, mechanical: 12, docks: 0, ebike_share: 1 / 3 },
      },
    ]);
    const all = await lake.areas({ level: 'quartier', top: 10 });
    expect(all).toHaveLength(4);
    expect(all[3]).toMatchObject({ rank: 4, area_id: '7511602', ebikes: 0, ebike_share: null });
  });

  it('ranks arrondissements by their INSEE code', async () => {
    const areas = await lake.areas({ level: 'arrondissement', top: 5 });
    expect(areas.map((area) => [area.area_id, area.area_name, area.arrondissement, area.ebikes])).toEqual([
      ['75116', 'Paris 16e', 16, 7],
      ['93048', 'Area 93048', null, 7],
      ['75101', 'Paris 1er', 1, 6],
    ]);
    expect(areas[0]).toMatchObject({ stations: 2, mechanical: 3, docks: 25 });
  });

  it('ranks communes as the source names them', async () => {
    expect(await lake.areas({ level: 'commune', top: 1 })).toEqual([
      {
        ...{ rank: 1, area_id: '75056', area_name: 'Paris', arrondissement: null },
        ...{ stations: 3, ebikes: 13, mechanical: 15, docks: 25, ebike_share: 13 / 28 },
      },
    ]);
  });
});

describe('over a span', () => {
  let lake: Lake;

  /** Frames of 60, 120 and 60 seconds; `late` opens with the second. */
  beforeAll(async () => {
    const [first, second, third] = [at('08:00:00'), at('08:01:00'), at('08:03:00')];
    const place = { area: '93048', commune: 'Montreuil', insee: null };
    lake = await Lake.open({
      snapshots: [first, second, third],
      versions: [
        { station: 'early', from: first, ...place },
        { station: 'late', from: second, ...place },
      ],
      readings: [
        { station: 'early', at: first, mechanical: 0, ebikes: 0, docks: 20 },
        { station: 'early', at: second, mechanical: 8, ebikes: 4, docks: 6 },
        { station: 'early', at: third, renting: false, mechanical: 8, ebikes: 4, docks: 8 },
        { station: 'late', at: second, mechanical: 5, ebikes: 15, docks: 0, capacity: null },
        { station: 'late', at: third, mechanical: 5, ebikes: 13, docks: 2, capacity: null },
        { station: 'silent', at: first, mechanical: null, ebikes: null, bikes: null },
      ],
    });
    await lake.select({ from: first, to: at('08:04:00') });
  });

  afterAll(() => lake.close());

  it('counts a station for as long as it was in a state', async () => {
    // early: empty 1/4, balanced 1/2, closed 1/4. late: full 1/2, few docks 1/4. silent: unknown.
    const bikes = 12 * 0.5 + 20 * 0.5 + 18 * 0.25;
    const docks = 20 * 0.25 + 6 * 0.5 + 2 * 0.25;
    expect(await lake.balance()).toEqual({
      ...{ in_service: 1.5, empty: 0.25, few_bikes: 0, balanced: 0.5, few_docks: 0.25, full: 0.5 },
      empty_share: expect.closeTo(1 / 6, 12),
      full_share: expect.closeTo(1 / 3, 12),
      balanced_share: expect.closeTo(1 / 3, 12),
      fill_of_usable: expect.closeTo(bikes / (bikes + docks), 12),
      fill_of_capacity: expect.closeTo(bikes / (20 * 0.75 + 20 * 0.75), 12),
    });
  });

  it('sums what each station was while it was there', async () => {
    const ebikes = 4 * 0.75 + 15 * 0.5 + 13 * 0.25;
    const mechanical = 8 * 0.75 + 5 * 0.75;
    expect(await lake.health()).toMatchObject({
      stations: 0.25 + 1 + 0.75,
      // silent is in service, though its state is unknown.
      in_service: 0.75 + 0.75 + 0.25,
      out_of_service: 0.25,
      ebikes: expect.closeTo(ebikes, 12),
      mechanical: expect.closeTo(mechanical, 12),
      ebike_share: expect.closeTo(ebikes / (ebikes + mechanical), 12),
      // Two docks of early, while it is balanced; those while it is closed do not count.
      docks_out_of_order: expect.closeTo(2 * 0.5, 12),
      docks_out_of_order_share: expect.closeTo(1 / (20 * 0.75 + 20 * 0.75), 12),
      average_bikes: expect.closeTo((ebikes + mechanical) / 1.75, 12),
      average_capacity: 20,
    });
  });

  it('gives a station the state it was in for longest, the first of equals', async () => {
    const stations = await lake.stations();
    expect(stations.map((station) => [station.station_code, station.state, station.capacity])).toEqual([
      ['early', 'balanced', 20],
      ['late', 'full', 20],
      ['silent', 'unknown', 20],
    ]);
  });

  it('gives a commune without a code its name', async () => {
    const [area] = await lake.areas({ level: 'commune', top: 5 });
    expect(area).toMatchObject({ area_id: 'Montreuil', area_name: 'Montreuil', stations: 1.75 });
  });
});

describe('of what is not known', () => {
  it('an empty lake has no figure, and counts no station', async () => {
    const lake = await Lake.open();
    await lake.select({ from: now, to: now });
    expect(await lake.stations()).toEqual([]);
    expect(await lake.areas({ level: 'quartier', top: 5 })).toEqual([]);
    expect(await lake.health()).toMatchObject({ stations: 0, in_service: 0, bikes: null, ebike_share: null });
    expect(await lake.balance()).toMatchObject({
      in_service: 0,
      empty: 0,
      empty_share: null,
      fill_of_usable: null,
    });
    lake.close();
  });

  it('the last report is that of the last snapshot, where a station is in it and tells one', async () => {
    const later = new Date(now.getTime() + 60_000);
    const readings = [now, later].flatMap((at) => [
      { station: 'dead', at, reported: new Date('2018-07-01T00:00:00Z') },
      { station: 'gone', at: now, reported: now },
      { station: 'told', at },
      { station: 'untold', at, reported: null },
    ]);
    const lake = await Lake.open({ snapshots: [now, later], readings });
    await lake.select({ from: now, to: later });
    const rows = await lake.rows(answerSql('stations'));
    expect(rows.map(({ station_code, last_reported }) => [station_code, last_reported])).toEqual([
      ['dead', new Date('2018-07-01T00:00:00Z')],
      ['gone', null],
      ['told', later],
      ['untold', null],
    ]);
    lake.close();
  });

  it('a station without a capacity is left out of what is a share of it', async () => {
    const lake = await Lake.open({
      snapshots: [now],
      readings: [
        { station: 'told', at: now, mechanical: 4, ebikes: 1, docks: 13 },
        { station: 'untold', at: now, mechanical: 9, ebikes: 9, docks: 9, capacity: null },
      ],
    });
    await lake.select({ from: now, to: now });
    expect(await lake.balance()).toMatchObject({
      in_service: 2,
      fill_of_usable: 23 / 45,
      fill_of_capacity: 5 / 20,
    });
    expect(await lake.health()).toMatchObject({
      ...{ capacity: 20, average_capacity: 20, average_bikes: 11.5 },
      ...{ docks_out_of_order: 2, docks_out_of_order_share: 0.1 },
    });
    lake.close();
  });

  it('a source without bike types ranks no area and has no e-bike', async () => {
    const old = readings.map((reading) => ({ ...reading, mechanical: null, ebikes: null, bikes: 5 }));
    const lake = await Lake.open({ snapshots: [now], readings: old, versions });
    await lake.select({ from: now, to: now });
    expect(await lake.areas({ level: 'commune', top: 5 })).toEqual([]);
    expect(await lake.health()).toMatchObject({
      bikes: 35,
      ebikes: null,
      mechanical: null,
      ebike_share: null,
    });
    expect((await lake.stations())[0]).toMatchObject({ mechanical: null, ebikes: null });
    lake.close();
  });
});
