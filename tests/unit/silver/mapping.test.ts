import { describe, expect, test } from 'vitest';
import type { ColumnName } from '../../../src/silver/contract.ts';
import { mapTable, tryMapTable, type Place } from '../../../src/silver/mapping.ts';

type Cells = Record<string, (row: number) => string | null>;

/** A table of made-up rows: for each name, what stands in each row. */
function table(cells: Cells, count = 60) {
  const header = Object.keys(cells);
  const rows = Array.from({ length: count }, (_, row) => header.map((name) => cells[name]!(row)));
  return { header, rows };
}

const codes = [
  '16107',
  '1001',
  '20116',
  '31104',
  '44015',
  '9020',
  '18010',
  '35014',
  '7003',
  '12106',
  '5110',
  '41301',
];
const ids = codes.map((_, index) => String(213_688_169 + 7919 * index));
const station = (list: readonly string[]) => (row: number) => list[row % list.length]!;
const round = (row: number) => Math.floor(row / codes.length);
const count = (salt: number) => (row: number) => String((row * 7 + salt * 13) % 40);
const stocks: Cells = { numbikesavailable: count(1), numdocksavailable: count(2) };
/** What `tryMapTable` says, by the names of the table. */
function map(cells: Cells, accepted: Partial<Record<ColumnName, Place>> = {}) {
  const { header, rows } = table(cells);
  const { mapping, missing } = tryMapTable(header, rows, accepted);
  const named = (place: Place | null) => (place?.kind === 'column' ? header[place.index] : place);
  const columns = Object.entries(mapping.columns).map(([column, place]) => [column, named(place)]);
  const poll = mapping.poll && `${header[mapping.poll.index]}/${mapping.poll.basis}`;
  return {
    ...mapping,
    missing,
    poll,
    at: Object.fromEntries(columns) as Record<ColumnName, string | Place | null>,
  };
}

const v21 =
  'stationcode,name,is_installed,capacity,numdocksavailable,numbikesavailable,mechanical,ebike,is_renting,is_returning,duedate,coordonnees_geo.lon,coordonnees_geo.lat,nom_arrondissement_communes,code_insee_commune'.split(
    ',',
  );

describe('names', () => {
  test('are compared without case, accents, spaces and signs, and with mojibake undone', () => {
    const { at } = map({
      'STATION CODE': station(codes),
      'numBikes-Available': count(1),
      'Nombre Bornettes Libres ': count(2),
      'CAPACITE DE LA STATION': count(3),
      'VÃ©los mÃ©caniques disponibles': count(4),
      'Ve\u0301los e\u0301lectriques disponibles': count(5),
    });
    expect(at).toMatchObject({
      station_code: 'STATION CODE',
      num_bikes_available: 'numBikes-Available',
      num_docks_available: 'Nombre Bornettes Libres ',
      capacity: 'CAPACITE DE LA STATION',
      num_mechanical_available: 'VÃ©los mÃ©caniques disponibles',
      num_ebikes_available: 'Ve\u0301los e\u0301lectriques disponibles',
    });
  });

  test('of Silver and both spellings of GBFS are known', () => {
    for (const names of [
      ['station_code', 'num_bikes_available', 'num_docks_available'],
      ['stationCode', 'numBikesAvailable', 'numDocksAvailable'],
    ]) {
      const cells = [station(codes), count(1), count(2)];
      expect(map(Object.fromEntries(names.map((name, index) => [name, cells[index]!]))).missing).toEqual([]);
    }
  });

  test('of GBFS 3, of its flattened bike types, and of the CityBikes API are known', () => {
    const gbfs = {
      station_id: station(ids),
      num_docks_available: count(2),
      last_reported: () => '1760778556',
    };
    expect(map({ ...gbfs, num_vehicles_available: count(1) }).missing).toEqual([]);
    const types = { num_bikes_available_mechanical: count(3), num_bikes_available_ebike: count(4) };
    expect(map({ ...gbfs, num_bikes_available: count(1), ...types }).at).toMatchObject({
      num_mechanical_available: 'num_bikes_available_mechanical',
      num_ebikes_available: 'num_bikes_available_ebike',
    });
    const citybikes = map({
      ...{ id: (row) => `e7c2d0c2a54c0b9c5a0e8f1b43b2b0f${row}`, name: () => 'Châtelet' },
      ...{ free_bikes: count(1), empty_slots: count(2), 'extra.uid': station(codes) },
      ...{
        'extra.ebikes': count(3),
        'extra.slots': count(4),
        latitude: () => '48.86',
        longitude: () => '2.34',
      },
    });
    expect(citybikes).toMatchObject({ era: 'citybikes', missing: [], station: 'code' });
    expect(citybikes.at).toMatchObject({ num_ebikes_available: 'extra.ebikes', capacity: 'extra.slots' });
  });

  test('of a dotted column go by their leaf, where it is the only one', () => {
    const nested = {
      'a.stationCode': station(codes),
      'a.numbikesavailable': count(1),
      'a.numdocksavailable': count(2),
    };
    expect(map(nested).missing).toEqual([]);
    expect(map({ ...nested, 'b.numbikesavailable': count(3) }).missing).toEqual(['num_bikes_available']);
  });

  test('that pandas made in a merge go by what they were', () => {
    const merged = {
      station_id: station(ids),
      stationCode_x: station(codes),
      stationCode_y: station(codes),
      ...stocks,
    };
    expect(map(merged)).toMatchObject({
      station: 'code',
      at: { station_code: 'stationCode_x' },
      missing: [],
    });
  });

  test('may stand twice, or be empty', () => {
    const header = ['', 'stationcode', 'numbikesavailable', 'x', 'x', 'numdocksavailable', ''];
    const rows = codes.map((code, row) => [String(row), code, '3', '0', '0', '12', null]);
    expect(mapTable(header, rows).columns.num_docks_available).toEqual({ kind: 'column', index: 5 });
  });

  test('without a required one are quarantined, and say which is gone', () => {
    const header = v21.map((name) => (name === 'numbikesavailable' ? 'velos' : name));
    expect(() => mapTable(header, [])).toThrow(
      expect.objectContaining({
        code: 'silver.schema',
        details: { columns: 'num_bikes_available', header: header.join(', ') },
      }),
    );
    expect(
      mapTable(
        v21.filter((name) => name !== 'capacity'),
        [],
      ).columns.capacity,
    ).toBeNull();
  });
});

describe('values', () => {
  test('tell a GBFS station_id from a station code under one label', () => {
    const labelled = { 'Nombre total vélos disponibles': count(1), 'Nombre bornettes libres': count(2) };
    expect(map({ 'Identifiant station': station(ids), ...labelled }).station).toBe('id');
    expect(map({ 'Identifiant station': station(codes), ...labelled }).station).toBe('code');
    expect(map({ station_id: station(codes), ...stocks }).station).toBe('code');
  });

  test('let a column of codes win over one of ids, wherever it stands', () => {
    const { at, ...mapping } = map({ station_id: station(ids), ...stocks, stationCode: station(codes) });
    expect([at.station_code, mapping.station]).toEqual(['stationCode', 'code']);
    const empty = map({ station_id: station(ids), ...stocks, stationCode: () => null });
    expect([empty.at.station_code, empty.station]).toEqual(['station_id', 'id']);
  });

  test('refuse a column whose name fits and whose values do not', () => {
    const { at, missing } = map({
      stationcode: station(codes),
      numbikesavailable: () => 'n/a',
      numdocksavailable: count(2),
      is_renting: count(3),
      capacity: (row) => (row % 3 ? '30' : 'n/a'),
      duedate: count(4),
    });
    expect(missing).toEqual(['num_bikes_available']);
    expect(at).toMatchObject({ is_renting: null, capacity: 'capacity', last_reported: null });
  });

  test('choose the spelling that is filled', () => {
    const { at } = map({
      stationCode: station(codes),
      num_bikes_available: () => null,
      numBikesAvailable: count(1),
      num_docks_available: count(2),
    });
    expect(at.num_bikes_available).toBe('numBikesAvailable');
  });

  test('tell whether a pair or an object stands in one column', () => {
    const geo = (text: string) =>
      map({ stationcode: station(codes), ...stocks, coordonnees_geo: () => text }).at.lat;
    expect(geo(`{'lon': 2.27, 'lat': 48.86}`)).toEqual({ kind: 'key', index: 3, key: 'lat' });
    expect(geo('{"lat":48.86,"lon":2.27}')).toEqual({ kind: 'key', index: 3, key: 'lat' });
    expect(geo('48.86, 2.27')).toEqual({ kind: 'part', index: 3, part: 0 });
    expect(geo('[48.86, 2.27]')).toEqual({ kind: 'part', index: 3, part: 0 });
  });

  test('tell latitude from longitude where a file writes them the other way', () => {
    const places = (lat: string, lon: string) =>
      map({ stationcode: station(codes), ...stocks, latitude: () => lat, longitude: () => lon }).at;
    expect(places('2.34', '48.86')).toMatchObject({ lat: 'longitude', lon: 'latitude' });
    expect(places('48.86', '2.34')).toMatchObject({ lat: 'latitude', lon: 'longitude' });
    const pair = map({ stationcode: station(codes), ...stocks, coordonnees_geo: () => '2.34, 48.86' });
    expect(pair.at).toMatchObject({ lat: { part: 1 }, lon: { part: 0 } });
  });

  test('of a card terminal are never is_renting', () => {
    const terminal = {
      banking: () => 'True',
      creditcard: () => 'yes',
      'Achat possible en station (CB)': () => 'yes',
    };
    expect(map({ stationcode: station(codes), ...stocks, ...terminal }).at.is_renting).toBeNull();
    const label = map({
      stationcode: station(codes),
      ...stocks,
      'Borne de paiement disponible': () => 'OUI',
    });
    expect(label.at.is_renting).toBe('Borne de paiement disponible');
  });
});

describe('an `id`', () => {
  const counts = { nbvelos: count(1), nbplaces: count(2) };
  const stationCode = (id: (row: number) => number) => {
    const { header, rows } = table({ id: (row) => String(id(row)), ...counts }, 1400);
    return tryMapTable(header, rows).mapping.columns.station_code;
  };

  test('that a database gave is no code, whatever gaps and order it has', () => {
    expect(stationCode((row) => 1 + row + Math.floor(row / 7))).toBeNull();
    expect(stationCode((row) => 5000 + ((row * 7919) % 1400) + Math.floor(row / 100))).toBeNull();
  });

  test('that leads with an arrondissement is one, however few numbers it leaves out', () => {
    const byArrondissement = (row: number) => 1000 * (1 + Math.floor(row / 70)) + 1 + (row % 70);
    expect(stationCode(byArrondissement)).toEqual({ kind: 'column', index: 0 });
  });
});

describe('content', () => {
  const placed: Cells = {
    stationcode: station(codes),
    name: (row) => `Station ${row}`,
    lat: () => '48.86',
    lon: () => '2.35',
    capacity: count(3),
  };

  test('is information where nothing is counted', () => {
    const extra = {
      arrondissement: (row: number) => String(1 + (row % 20)),
      code_insee_commune: () => '75056',
    };
    expect(map({ '': String, ...placed, ...extra })).toMatchObject({ content: 'information', missing: [] });
  });

  test('is information of 2013 with its departments', () => {
    const { header, rows } = table(
      {
        number: (row) => String(1000 + row),
        name: (row) => `04005 - SULLY ${row}`,
        nr: (row) => ['75', '92', '93', '94', '95'][row % 5]!,
        ville: () => 'PARIS',
        latitude: () => '48.85',
        longitude: () => '2.36',
      },
      200,
    );
    expect(tryMapTable(header, rows)).toMatchObject({
      mapping: { content: 'information', era: 'jcdecaux' },
      missing: [],
    });
  });

  test('is a status that lost its stocks where an unknown column counts something', () => {
    expect(map({ ...placed, velos: count(1) })).toMatchObject({
      content: 'status',
      missing: ['num_bikes_available', 'num_docks_available'],
    });
    expect(map({ ...placed, is_renting: () => 'OUI' }).content).toBe('status');
  });
});

describe('the poll', () => {
  const polls = (row: number) => new Date(Date.UTC(2024, 9, 31, 14) + round(row) * 300_000).toISOString();
  const reports = (row: number) => new Date(Date.UTC(2024, 9, 31, 13, 50) + row * 7_000).toISOString();
  const series = { stationcode: station(codes), ...stocks };

  test('is found by its name', () => {
    expect(map({ ...series, fetched_at: polls, duedate: reports }).poll).toBe('fetched_at/poll_column');
    expect(map({ ...series, record_timestamp: polls }).poll).toBe('record_timestamp/record_timestamp');
  });

  test('is found by its values, and is not the report', () => {
    expect(map({ ...series, duedate: reports, quand: polls }).poll).toBe('quand/poll_column');
    expect(map({ ...series, duedate: reports, jour: () => '2024-10-31' }).poll).toBeNull();
    expect(map({ ...series, quand: reports }).poll).toBeNull();
  });

  test('is found in rows sorted by station, of few stations', () => {
    const sorted = {
      stationcode: (row: number) => codes[Math.floor(row / 20)]!,
      ...stocks,
      duedate: (row: number) =>
        new Date(Date.UTC(2024, 9, 31, 14) + (row % 20) * 300_000 - row * 1000).toISOString(),
      quand: (row: number) => new Date(Date.UTC(2024, 9, 31, 14) + (row % 20) * 300_000).toISOString(),
    };
    expect(map(sorted).poll).toBe('quand/poll_column');
  });

  test('is told from the report where one name may mean either', () => {
    const both = map({ ...series, timestamp: polls });
    expect([both.poll, both.at.last_reported]).toEqual(['timestamp/poll_column', null]);
    const report = map({ ...series, timestamp: reports });
    expect([report.poll, report.at.last_reported]).toEqual([null, 'timestamp']);
  });

  test('of a table of one poll is a time that all its stations share', () => {
    const single = table({ ...series, duedate: reports, quand: () => '2024-10-31T14:00:03' }, codes.length);
    const { poll } = mapTable(single.header, single.rows);
    expect(poll).toEqual({ index: single.header.indexOf('quand'), basis: 'poll_column' });
  });
});

describe('clocks', () => {
  const series = { stationcode: station(codes), ...stocks };
  const naive =
    (hour: number, offset = 0) =>
    (row: number) =>
      new Date(Date.UTC(2022, 4, 12, hour) + round(row) * 600_000 + offset).toISOString().slice(0, 19);
  const zoned = (hour: number) => (row: number) => `${naive(hour)(row)}Z`;

  test('of reports follow the poll: one in its future is refuted, else the nearer holds', () => {
    const clock = (hour: number) =>
      map({ ...series, fetched_at: zoned(10), duedate: naive(hour, -60_000) }).clocks;
    expect(clock(12).last_reported).toBe('paris');
    expect(clock(10).last_reported).toBe('utc');
  });

  test('of polls follow the reports', () => {
    const clock = (hour: number) =>
      map({ ...series, fetched_at: naive(hour), duedate: zoned(10) }).clocks.poll;
    expect(clock(12)).toBe('paris');
    expect(clock(10)).toBe('utc');
  });

  test('of our own export are UTC, whatever the reports beside them say', () => {
    const ours = {
      station_code: station(codes),
      num_bikes_available: count(1),
      num_docks_available: count(2),
    };
    const { era, clocks } = map({ ...ours, fetched_at: naive(12), last_reported: naive(10, 120_000) });
    expect([era, clocks.poll, clocks.last_reported]).toEqual(['velolac', 'utc', 'utc']);
  });

  test('without a value that decides are those of the era, else of Paris', () => {
    const old = map({
      ...{ number: station(codes), available_bikes: count(1), available_bike_stands: count(2) },
      last_update: naive(10, -60_000),
    });
    expect([old.era, old.clocks.last_reported]).toEqual(['jcdecaux', 'utc']);
    const dates = map({ ...series, duedate: () => '2022-05-12', fetched_at: zoned(10) });
    expect(dates.clocks.last_reported).toBe('paris');
    const pipeline = map({ station_id: station(codes), ...stocks, name: () => 'x y', timestamp: naive(10) });
    expect(pipeline.clocks.file_name).toBe('utc');
  });
});

describe('accepted places', () => {
  const cells = { stationcode: station(codes), velos: count(1), numdocksavailable: count(2) };

  test('go before every alias, and make the mapping whole', () => {
    const accepted = { num_bikes_available: { kind: 'column', index: 1 } } as const;
    expect(map(cells).missing).toEqual(['num_bikes_available']);
    expect(map(cells, accepted)).toMatchObject({ missing: [], at: { num_bikes_available: 'velos' } });
  });

  test('take a column from the name it had', () => {
    const swapped = {
      num_bikes_available: { kind: 'column', index: 2 },
      num_docks_available: { kind: 'column', index: 1 },
    } as const;
    expect(map({ stationcode: station(codes), ...stocks }, swapped).at).toMatchObject({
      num_bikes_available: 'numdocksavailable',
      num_docks_available: 'numbikesavailable',
    });
    const taken = map(
      { stationcode: station(codes), ...stocks },
      { num_bikes_available: { kind: 'column', index: 2 } },
    );
    expect(taken.missing).toEqual(['num_docks_available']);
  });

  test('outside the header are left out', () => {
    expect(map(cells, { num_bikes_available: { kind: 'column', index: 9 } }).missing).toEqual([
      'num_bikes_available',
    ]);
  });
});

test('the same table gives the same mapping, however many rows follow', () => {
  const { header, rows } = table({ stationcode: station(codes), ...stocks }, 9000);
  expect(mapTable(header, rows)).toEqual(mapTable(header, rows.slice(0, 8000)));
});
