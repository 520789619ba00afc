import { afterAll, beforeAll, expect, test } from 'vitest';
import { tryMapTable } from '../../../src/silver/mapping.ts';
import { observe } from '../../../src/silver/silver.ts';
import { dropSlice, loadSlice } from '../../../src/silver/slice.ts';
import { NodeEngine } from './engine.ts';
import { stationNames, stations, type Station } from './unseen.data.ts';

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.start();
}, 60_000);
afterAll(() => engine.close());

const header = [
  ...['date', 'capacity', 'available_mechanical', 'available_electrical'],
  ...['station_name', 'station_geo', 'operative'],
];
const row = (station: Station, date: string, change: Partial<Station> = {}) => {
  const { capacity, mechanical, ebikes, name, lat, lon } = { ...station, ...change };
  return [date, ...[capacity, mechanical, ebikes].map(String), name, `${lat},${lon}`, 'True'];
};
const polls = [26, 27, 28].flatMap((day) => ['08', '09', '10'].map((hour) => `2024-10-${day} ${hour}:59:00`));

/** What the cast makes of a slice: instant, code, bikes, docks and reason of each row. */
async function cast(rows: ReturnType<typeof row>[], firstRow = 0, around: number | null = null) {
  const { mapping, missing } = tryMapTable(header, rows);
  expect([mapping.station, missing]).toEqual(['name', []]);
  const fetchedAt = mapping.poll ? null : 0;
  await loadSlice(engine, { header, mapping, rows, firstRow, fetchedAt, around, stationNames });
  const result =
    await engine.query(`SELECT epoch_ms(fetched_at) AS at, station_code, num_bikes_available AS bikes,
    num_docks_available AS docks, reason, row_text FROM cast_rows ORDER BY bronze_row`);
  const reports = await observe(engine);
  await dropSlice(engine);
  return { result, reports, mapping };
}

test('a long history tells every station at every poll, the night of the clocks included', async () => {
  const rows = polls.flatMap((date, poll) =>
    stations.map((station) => row(station, date, { mechanical: poll, ebikes: station.ebikes })),
  );
  const { result, reports, mapping } = await cast(rows);
  expect(mapping).toMatchObject({ era: 'own', poll: { index: 0, basis: 'poll_column' } });
  const utc = (date: string) =>
    Date.parse(`${date.replace(' ', 'T')}Z`) - (date < '2024-10-27 03' ? 2 : 1) * 3_600_000;
  expect(result).toMatchObject(
    polls.flatMap((date, poll) =>
      stations.map(({ code, ebikes }) => {
        return { at: utc(date), station_code: code, bikes: poll + ebikes, docks: null, reason: null };
      }),
    ),
  );
  expect(reports.map(({ accepted, rejected }) => [accepted, rejected])).toEqual(
    polls.map(() => [stations.length, {}]),
  );
});

test('rows whose name tells no station are rejected, each with its reason and as it came', async () => {
  const date = '2024-11-09 12:05:00';
  const bad = [
    row(stations[0]!, date, { name: 'Nulle Part' }),
    row(stations[1]!, date, { name: '' }),
    row(stations[2]!, date, { lat: stations[2]!.lat + 0.01 }),
    row(stations[3]!, date, { name: 'Place de la Gare', lat: 0, lon: 0 }),
  ];
  const { result, reports } = await cast([...bad, ...stations.slice(4).map((one) => row(one, date))]);
  expect(result.slice(0, 4).map(({ station_code, reason }) => [station_code, reason])).toEqual([
    [null, 'unknown_station_name'],
    [null, 'no_station_code'],
    [null, 'misplaced_station'],
    [null, 'ambiguous_station_name'],
  ]);
  expect(result[0]!['row_text']).toContain('station_name=Nulle Part');
  expect(reports).toMatchObject([
    {
      accepted: stations.length - 4,
      rejected: {
        ...{ no_station_code: 1, unknown_station_name: 1, misplaced_station: 1, ambiguous_station_name: 1 },
      },
    },
  ]);
});
