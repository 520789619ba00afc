import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { toCsv } from '../../src/bronze/csv.ts';
import { identifier, literal, literals } from '../../src/engine/sql.ts';
import { housesOfTest, today, type TestHouse } from './houses.ts';

/** Texts that end a quoted name or value, or have the names that the engine's own tables and statements use. */
const hostile = [
  'a"; DROP TABLE x; --',
  "');--",
  "'; DROP VIEW cast_rows; --",
  'c0',
  'fetched_at',
  'station_code) FROM',
  'bronze_row',
  ':source',
  '$1 {0} %s \\1 ${at}',
  '/* */ -- ;',
] as const;

/** Codes of stations: a code has no space. */
const codes = ["';--", '"x"', '");DROP', '1001'];

/** Signs are no part of a name: the contract's aliases find these columns. */
const names = [
  "stationcode');--",
  'name"',
  "'numbikesavailable",
  'numdocksavailable)',
  '`ebike`;',
  'nom_arrondissement_communes --',
];
const header = [...names, ...hostile];

/** One row a code and one without, with a hostile text wherever text may stand. */
const rows = [...codes, null].map((code, index) => {
  const text = (at: number) => hostile[(index + at) % hostile.length]!;
  return [code, text(0), String(index), '9', '3', text(1), ...hostile.map((_, at) => text(at))];
});
const told = rows.slice(0, -1).map(([station_code, name, bikes, , , commune]) => {
  return { station_code, name, bikes: Number(bikes), docks: 9, commune };
});
const inOrder = told.toSorted((a, b) => (a.station_code! < b.station_code! ? -1 : 1));

/** A row that was rejected, as text: what is null is left out. */
function rowText(titles: readonly string[], row: readonly (string | null)[]): string {
  return titles.flatMap((title, index) => (row[index] === null ? [] : [`${title}=${row[index]}`])).join('; ');
}

const openEmpty = housesOfTest();

async function open(): Promise<TestHouse> {
  const one = await openEmpty();
  await one.house.engine.query('CREATE TABLE x AS SELECT 1 AS still_there');
  return one;
}

async function read({ house: { lake, source, engine } }: TestHouse, table: string): Promise<string> {
  const paths = lake.entries(table, source).map(({ path }) => path);
  await engine.registerAll(paths, (path) => lake.read(path));
  return `read_parquet([${literals(paths)}])`;
}

/** The rows are there as data, the reject with its text, and nothing else happened. */
async function expectData(one: TestHouse, reject: string): Promise<void> {
  const { engine } = one.house;
  const status = await engine.query(`SELECT station_code, name, num_bikes_available AS bikes,
      num_docks_available AS docks, commune
    FROM ${await read(one, 'station_status')} AS s
    JOIN ${await read(one, 'station_attributes')} AS a ON a.attributes_id = s.attributes_id ORDER BY station_code`);
  expect(status).toEqual(inOrder);
  const rejects = `SELECT reason, station_code, row_text FROM ${await read(one, 'rejects')}`;
  expect(await engine.query(rejects)).toEqual([
    { reason: 'no_station_code', station_code: null, row_text: reject },
  ]);
  expect(await engine.query('SELECT * FROM x')).toEqual([{ still_there: 1 }]);
}

const csv = (titles: readonly string[], of: readonly (readonly (string | null)[])[]) =>
  toCsv({ header: [...titles], rows: of.map((row) => [...row]) });
const records = rows.map((row) =>
  Object.fromEntries(header.map((title, index) => [title, row[index] ?? null])),
);
const counts = { accepted: codes.length, quarantined: 0, rejected: { no_station_code: 1 } };

test.each(hostile.slice(0, 3))('a CSV of hostile names and values, called %s', async (name) => {
  const one = await open();
  const [report] = await one.bring(new File([csv(header, rows)], `${name}.csv`, { lastModified: today }));
  expect(report).toMatchObject({ name: `${name}.csv`, error: null, tables: [counts] });
  await expectData(one, rowText(header, rows.at(-1)!));
  await one.curator.rebuild(null);
  await expectData(one, rowText(header, rows.at(-1)!));
});

test('JSON, Parquet, and members of a ZIP', async () => {
  const json = await open();
  const text = JSON.stringify({ total_count: rows.length, results: records });
  expect(await json.bring(new File([text], `${hostile[0]}.json`))).toMatchObject([{ tables: [counts] }]);
  await expectData(json, rowText(header, rows.at(-1)!));

  const parquet = await open();
  const selects = rows.map((row) => {
    return `SELECT ${header.map((title, index) => `${literal(row[index] ?? null)} AS ${identifier(title)}`).join()}`;
  });
  const bytes = await parquet.house.engine.parquet(selects.join(' UNION ALL '));
  expect(await parquet.bring(new File([bytes], `${hostile[1]}.parquet`))).toMatchObject([
    { tables: [counts] },
  ]);
  await expectData(parquet, rowText(header, rows.at(-1)!));

  const zip = await open();
  const members = { [`${hostile[0]}.csv`]: new TextEncoder().encode(csv(header, rows)) };
  const [report] = await zip.bring(new File([new Uint8Array(zipSync(members))], `${hostile[2]}.zip`));
  expect(report).toMatchObject({ tables: [{ ...counts, name: `${hostile[0]}.csv` }] });
  await expectData(zip, rowText(header, rows.at(-1)!));
});

test('hostile names for every column, mapped by the user', async () => {
  const one = await open();
  const titles = hostile.slice(0, names.length);
  const renamed = rows.map((row) => row.slice(0, names.length));
  const [report] = await one.bring(new File([csv(titles, renamed)], 'renamed.csv', { lastModified: today }));
  expect(report).toMatchObject({ tables: [{ quarantined: rows.length, accepted: 0 }] });
  const column = (index: number) => ({ kind: 'column', index }) as const;
  const fingerprint = report!.tables[0]!.fingerprint!;
  const places = { station_code: column(0), name: column(1), num_bikes_available: column(2) };
  const mapping = { ...places, num_docks_available: column(3), commune: column(5) };
  await one.curator.map(fingerprint, mapping, 'accepted');
  await one.curator.replay(fingerprint);
  await expectData(one, rowText(titles, renamed.at(-1)!));
});

test('what is recorded, up to the answers', async () => {
  const one = await open();
  await one.record(today, records);
  await expectData(one, rowText(header, rows.at(-1)!));
  const selection = { kind: 'instant', at: today } as const;
  const { stations, areas } = await one.house.answer(selection);
  expect(stations).toMatchObject(inOrder.map(({ station_code, name }) => ({ station_code, name })));
  expect(areas.commune.map(({ area_name }) => area_name).toSorted()).toEqual(
    inOrder.map(({ commune }) => commune).toSorted(),
  );
  expect((await one.house.exportAnswer('stations', selection)).length).toBeGreaterThan(0);
});
