import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { toCsv } from '../../../src/bronze/csv.ts';
import { mapTable, tryMapTable, type Mapping } from '../../../src/silver/mapping.ts';
import { castBatch } from '../../../src/silver/silver.ts';
import { dropSlice, loadSlice } from '../../../src/silver/slice.ts';
import { isKind, readTime } from '../../../src/silver/values.ts';
import { instantOf } from '../../../src/silver/clocks.ts';
import { NodeEngine } from './engine.ts';

const at = Date.UTC(2026, 10, 23, 16, 24);
const header = [
  ...[
    'station_code',
    'num_bikes_available',
    'num_docks_available',
    'last_reported',
    'is_renting',
    'capacity',
  ],
  ...['name', 'lat', 'lon', 'types', 'pair', 'a', 'b'],
];
const usual: Record<string, string | null> = {
  ...{ station_code: '16107', num_bikes_available: '12', num_docks_available: '18', capacity: '35' },
  ...{ last_reported: '2026-11-23T16:20:00+00:00', is_renting: 'OUI', name: 'Godard' },
  ...{ lat: '48.865983', lon: '2.275725' },
};
const rowOf = (change: Record<string, string | null>) =>
  header.map((name) => ({ ...usual, ...change })[name] ?? null);
const mapping = mapTable(header, [rowOf({})]);

let engine: NodeEngine;
beforeAll(async () => {
  engine = await NodeEngine.start();
});
afterAll(() => engine.close());

/** What the cast makes of rows, in their order. */
async function cast(
  rows: readonly (readonly (string | null)[])[],
  change: Partial<Mapping> = {},
  fetchedAt = at,
) {
  await loadSlice(engine, {
    ...{ header, rows, firstRow: 0, fetchedAt, mapping: { ...mapping, ...change } },
    stationIds: { '213688169': '16107' },
  });
  const result = await engine.query('SELECT * FROM cast_rows ORDER BY bronze_row');
  await dropSlice(engine);
  return result;
}

/** Texts of one column, each with what the cast makes of it, and whether it counts as lost. */
async function castTexts(column: string, texts: readonly (string | null)[], change: Partial<Mapping> = {}) {
  const rows = await cast(
    texts.map((text) => rowOf({ [column]: text })),
    change,
  );
  return rows.map((row) => [row[column], row[`lost_${column}`]]);
}

const iso = (value: unknown) => (typeof value === 'number' ? new Date(value).toISOString() : value);

describe('a count', () => {
  const forms: [string | null, number | null][] = [
    ...([
      ['0', 0],
      ['12', 12],
      ['12.0', 12],
      ['12.00', 12],
      [' 7 ', 7],
      ['32767', 32767],
    ] as [string, number][]),
    ...['-1', '12.5', '32768', '1e3', 'n/a', '1e9', '٣', '1 2', '0x1'].map((text): [string, null] => [
      text,
      null,
    ]),
  ];
  test('of every form', async () => {
    const found = await castTexts(
      'num_bikes_available',
      forms.map(([text]) => text),
    );
    expect(found).toEqual(forms.map(([, value]) => [value, value === null ? 1 : 0]));
  });

  test('is what the mapping takes for one', () => {
    for (const [text, value] of forms)
      expect([text, isKind('count', text!.trim())]).toEqual([text, value !== null]);
  });

  test('that is missing is NULL and not lost', async () => {
    const missing = [null, '', '  ', 'nan', 'NaN', 'NA', 'None', 'null', 'NULL'];
    expect(await castTexts('capacity', missing)).toEqual(missing.map(() => [null, 0]));
  });
});

describe('a flag', () => {
  const yes = ['OUI', 'oui', '1', '1.0', 't', 'True', 'yes', 'O', 'OPEN', 'Operative'];
  const no = ['NON', 'non', '0', '0.0', 'f', 'False', 'no', 'N', 'CLOSED', 'Close', 'Work in progress'];
  test('of every form', async () => {
    const found = await castTexts('is_renting', [...yes, ...no, 'maybe', '2']);
    expect(found.map(([value]) => value)).toEqual([
      ...yes.map(() => true),
      ...no.map(() => false),
      null,
      null,
    ]);
    expect(found.map(([, lost]) => lost)).toEqual([...yes, ...no].map(() => 0).concat(1, 1));
  });

  test('is what the mapping takes for one', () => {
    expect([...yes, ...no].filter((text) => !isKind('flag', text))).toEqual([]);
    expect(isKind('flag', 'maybe')).toBe(false);
  });
});

describe('a time', () => {
  /** Text, its instant read as UTC, and as Paris time where that is another. */
  const forms: [string, string | null, string?][] = [
    ['2022-05-12T11:17:59Z', '2022-05-12T11:17:59.000Z'],
    ['2022-05-12T11:17:59+02:00', '2022-05-12T09:17:59.000Z'],
    ['2022-05-12T11:17:59-0530', '2022-05-12T16:47:59.000Z'],
    ['2022-05-12 11:17:59 UTC', '2022-05-12T11:17:59.000Z'],
    ['2022-05-12 11:17:59 +02:00', '2022-05-12T09:17:59.000Z'],
    ['2019-10-02T19:11:01.032000+00:00', '2019-10-02T19:11:01.032Z'],
    ['2022-08-31T11:06:00.482+02:00', '2022-08-31T09:06:00.482Z'],
    ['1529654643', '2018-06-22T08:04:03.000Z'],
    ['1529654643.0', '2018-06-22T08:04:03.000Z'],
    ['1529654643123', '2018-06-22T08:04:03.123Z'],
    ['2022-05-12 11:17:59', '2022-05-12T11:17:59.000Z', '2022-05-12T09:17:59.000Z'],
    ['2022-01-12T11:17', '2022-01-12T11:17:00.000Z', '2022-01-12T10:17:00.000Z'],
    ['2022/01/12 11:17:59.5', '2022-01-12T11:17:59.500Z', '2022-01-12T10:17:59.500Z'],
    ['2018-06-22', '2018-06-22T00:00:00.000Z', '2018-06-21T22:00:00.000Z'],
    ['22/06/2018 08:04', '2018-06-22T08:04:00.000Z', '2018-06-22T06:04:00.000Z'],
    ['22/06/2018 08:04:03', '2018-06-22T08:04:03.000Z', '2018-06-22T06:04:03.000Z'],
    ['22/06/2018', '2018-06-22T00:00:00.000Z', '2018-06-21T22:00:00.000Z'],
    ...['yesterday', '2022-13-01', '2022-02-30 10:00:00', '12:30:00', '75056', 'epoch', 'infinity'].map(
      (text): [string, null] => [text, null],
    ),
  ];
  const clocked = (last_reported: 'utc' | 'paris') => ({ clocks: { ...mapping.clocks, last_reported } });

  test.each(['utc', 'paris'] as const)('of every form, by the clock of %s', async (clock) => {
    const found = await castTexts(
      'last_reported',
      forms.map(([text]) => text),
      clocked(clock),
    );
    const expected = forms.map(([text, utc, paris]) => [text, clock === 'utc' ? utc : (paris ?? utc)]);
    expect(found.map(([value], index) => [forms[index]![0], iso(value)])).toEqual(expected);
    expect(found.map(([, lost]) => lost)).toEqual(forms.map(([, utc]) => (utc === null ? 1 : 0)));
  });

  test.each(['utc', 'paris'] as const)('is what the mapping takes for one, by the clock of %s', (clock) => {
    for (const [text, utc, paris] of forms) {
      const told = readTime(text);
      const expected = clock === 'utc' ? utc : (paris ?? utc);
      // The 30th of February is no date to DuckDB, and a day in March to JavaScript: a sample needs no calendar.
      if (text.startsWith('2022-02-30')) continue;
      expect([text, told && iso(instantOf(told, clock))]).toEqual([text, expected]);
    }
  });

  test('of the hour repeated in October or skipped in March is NULL in Paris, and lost', async () => {
    const texts = [
      '2024-10-27 01:59:59',
      '2024-10-27 02:00:00',
      '2024-10-27 02:59:59',
      '2024-10-27 03:00:00',
    ];
    const spring = ['2024-03-31 01:59:59', '2024-03-31 02:30:00', '2024-03-31 03:00:00'];
    const found = await castTexts('last_reported', [...texts, ...spring], clocked('paris'));
    expect(found.map(([value, lost]) => [iso(value), lost])).toEqual([
      ...[
        ['2024-10-26T23:59:59.000Z', 0],
        [null, 1],
        [null, 1],
        ['2024-10-27T02:00:00.000Z', 0],
      ],
      ...[
        ['2024-03-31T00:59:59.000Z', 0],
        [null, 1],
        ['2024-03-31T01:00:00.000Z', 0],
      ],
    ]);
  });
});

describe('a position', () => {
  const positions = (rows: readonly Record<string, unknown>[]) => rows.map(({ lat, lon }) => [lat, lon]);

  test('of 0, 0 is unknown; one that is swapped is put right; another city is left alone', async () => {
    const pairs = [
      ['48.86', '2.35'],
      ['2.35', '48.86'],
      ['0', '0'],
      ['0.0', '2.35'],
      ['50.63', '3.06'],
      ['91', '2.35'],
    ];
    const rows = await cast(pairs.map(([lat, lon]) => rowOf({ lat: lat!, lon: lon! })));
    expect(positions(rows)).toEqual([
      ...[
        [48.86, 2.35],
        [48.86, 2.35],
        [null, null],
        [null, 2.35],
        [50.63, 3.06],
        [null, 2.35],
      ],
    ]);
    expect(rows.map(({ lost_lat: lost }) => lost)).toEqual([0, 0, 1, 1, 0, 1]);
  });

  test('is read out of a pair, whatever its brackets', async () => {
    const index = header.indexOf('pair');
    const columns = {
      ...mapping.columns,
      lat: { kind: 'part', index, part: 0 },
      lon: { kind: 'part', index, part: 1 },
    } as const;
    const texts = [
      '48.8564519854, 2.33485188335',
      '48.86,2.35',
      '[48.86, 2.35]',
      '(2.35; 48.86)',
      '0.0, 0.0',
      '48.86',
      null,
    ];
    const rows = await cast(
      texts.map((pair) => rowOf({ pair })),
      { columns },
    );
    expect(positions(rows)).toEqual([
      ...[
        [48.8564519854, 2.33485188335],
        [48.86, 2.35],
        [48.86, 2.35],
        [48.86, 2.35],
      ],
      ...[
        [null, null],
        [null, null],
        [null, null],
      ],
    ]);
    expect(rows.map(({ lost_lat: lost }) => lost)).toEqual([0, 0, 0, 0, 1, 1, 0]);
  });
});

test('a value is read out of JSON and of Python text', async () => {
  const index = header.indexOf('types');
  const columns = {
    ...mapping.columns,
    num_mechanical_available: { kind: 'key', index, key: 'mechanical' },
    num_ebikes_available: { kind: 'key', index, key: 'e.b[ike' },
    name: { kind: 'key', index, key: 'name' },
  } as const;
  const texts = [
    '[{"mechanical":1},{"e.b[ike":4}]',
    "{'mechanical': 2, 'e.b[ike': None, 'name': 'Beaux-Arts - Bonaparte'}",
    '{"mechanical": "x", "exbike": 3}',
    null,
  ];
  const rows = await cast(
    texts.map((types) => rowOf({ types })),
    { columns },
  );
  expect(
    rows.map((row) => [row['num_mechanical_available'], row['num_ebikes_available'], row['name']]),
  ).toEqual([
    ...[
      [1, 4, null],
      [2, null, 'Beaux-Arts - Bonaparte'],
      [null, null, null],
      [null, null, null],
    ],
  ]);
  expect(rows.map((row) => row['lost_num_mechanical_available'])).toEqual([0, 0, 1, 0]);
});

test('a sum is unknown as soon as one of its terms is', async () => {
  const columns = {
    ...mapping.columns,
    capacity: { kind: 'sum', indexes: [header.indexOf('a'), header.indexOf('b')] },
  } as const;
  const terms: [string | null, string | null][] = [
    ...([
      ['0', '20'],
      ['12.0', '3'],
      ['0', null],
      [null, null],
      ['x', '3'],
      ['-3', '5'],
      ['32000', '800'],
    ] as [string | null, string | null][]),
  ];
  const rows = await cast(
    terms.map(([a, b]) => rowOf({ a, b })),
    { columns },
  );
  expect(rows.map((row) => [row['capacity'], row['lost_capacity']])).toEqual([
    ...[
      [20, 0],
      [15, 0],
      [null, 0],
      [null, 0],
      [null, 1],
      [null, 1],
      [null, 1],
    ],
  ]);
});

describe('a station', () => {
  test('of an id is translated, and told apart from one without', async () => {
    const rows = await cast(
      [rowOf({ station_code: '213688169' }), rowOf({ station_code: '1' }), rowOf({ station_code: null })],
      { station: 'id' },
    );
    expect(rows.map((row) => [row['station_code'], row['reason']])).toEqual([
      ['16107', null],
      [null, 'unknown_station_id'],
      [null, 'no_station_code'],
    ]);
  });

  test('keeps its code as text, without the decimals of pandas', async () => {
    const codes = await castTexts('station_code', ['16107', '16107.0', '31024_relais', ' 1001 ', '01001']);
    expect(codes.map(([code]) => code)).toEqual(['16107', '16107', '31024_relais', '1001', '01001']);
  });

  test('gets an id of what it says of itself', async () => {
    const nothing = { name: null, lat: null, lon: null, capacity: null };
    const rows = await cast([
      rowOf({}),
      rowOf({ num_bikes_available: '1' }),
      rowOf({ capacity: '36' }),
      rowOf(nothing),
    ]);
    const [first, same, other, none] = rows.map((row) => row['attributes_id']);
    expect(first).toMatch(/^[0-9a-f]{12}$/);
    expect([same, other === first, none]).toEqual([first, false, null]);
  });
});

test('a slice reads the poll of each row by its clock, and rejects a row without one', async () => {
  const series = ['poll', ...header];
  const polls = ['2024-10-31T14:50:01', '2024-10-27 02:30:00', null, '2024-10-31T14:50:01+01:00'];
  const rows = polls.map((poll) => [poll, ...rowOf({})]);
  const { mapping: polled } = tryMapTable(series, rows);
  await loadSlice(engine, {
    ...{ header: series, rows, firstRow: 50_000, fetchedAt: null },
    mapping: {
      ...polled,
      poll: { index: 0, basis: 'poll_column' },
      clocks: { ...polled.clocks, poll: 'paris' },
    },
  });
  const found = await engine.query('SELECT * FROM cast_rows ORDER BY bronze_row');
  await dropSlice(engine);
  expect(found.map((row) => [row['bronze_row'], iso(row['fetched_at']), row['reason']])).toEqual([
    [50_000, '2024-10-31T13:50:01.000Z', null],
    [50_001, null, 'no_poll_time'],
    [50_002, null, 'no_poll_time'],
    [50_003, '2024-10-31T13:50:01.000Z', null],
  ]);
  expect(found[0]!['row_text']).toContain('poll=2024-10-31T14:50:01; station_code=16107');
});

test('names whose UTF-8 was read as another encoding are repaired, in a snapshot and in a slice', async () => {
  const name = 'HÃ´pital Mondor';
  expect(await castTexts('name', [name])).toEqual([['Hôpital Mondor', undefined]]);
  const csv = toCsv({ header, rows: [rowOf({ name }), rowOf({ name: null, station_code: '1001' })] });
  const batch = { source: 'velib', basis: 'clock', header, mapping, snapshots: [{ fetched_at: at, csv }] };
  const { runs } = await castBatch(engine, batch);
  expect(runs.map((run) => run.name)).toEqual([null, 'Hôpital Mondor']);
});

describe('a batch', () => {
  const snapshot = (rows: (string | null)[][], fetched_at = at) => ({
    fetched_at,
    csv: toCsv({ header, rows }),
  });
  const batch = (rows: (string | null)[][]) => ({
    ...{ source: 'velib', basis: 'clock', header, mapping },
    snapshots: [snapshot(rows), snapshot(rows, at + 60_000)],
  });

  test('counts each snapshot’s rows by reason, and its lost values', async () => {
    const rows = [
      rowOf({}),
      rowOf({ is_renting: 'maybe' }),
      rowOf({ station_code: null }),
      rowOf({ station_code: '1' }),
    ];
    const { reports, status, rejects } = await castBatch(engine, batch(rows));
    const report = {
      ...{
        accepted: 2,
        rejected: { no_station_code: 1, duplicate_station: 1 },
        discarded: { is_renting: 1 },
      },
      ...{ future: 0, bikes: 24 },
    };
    expect(reports).toEqual([
      { fetched_at: at, ...report },
      { fetched_at: at + 60_000, ...report },
    ]);
    expect([status?.rows, rejects?.rows]).toEqual([4, 4]);
  });

  test('gives each distinct set of attributes once', async () => {
    const rows = [rowOf({}), rowOf({ station_code: '1001', name: 'Sully' }), rowOf({ station_code: '1002' })];
    const { attributes, runs } = await castBatch(engine, batch(rows));
    expect(attributes.map(({ name }) => name).sort()).toEqual(['Godard', 'Sully']);
    expect(attributes[0]).toEqual({
      ...{ attributes_id: expect.stringMatching(/^[0-9a-f]{12}$/), name: 'Sully' },
      ...{ lat: 48.865983, lon: 2.275725, capacity: 35, commune: null },
    });
    expect(runs).toHaveLength(3);
    expect(runs[0]).not.toHaveProperty('attributes_id');
  });
});

test('names and values of a source end up as data', async () => {
  const nasty = [`a"; DROP TABLE bronze_lines; --`, `');--`, `{'x': "`];
  const titles = [...header, ...nasty];
  const rows = [[...rowOf({ station_code: `');--`, name: `x'); DROP TABLE y;--` }), `');--`, '"', '\\']];
  const { columns } = mapTable(titles, rows);
  const key = { kind: 'key', index: header.length, key: `'); DROP TABLE bronze_lines; --` } as const;
  await loadSlice(engine, {
    ...{ header: titles, rows, firstRow: 0, fetchedAt: at },
    mapping: { ...mapping, columns: { ...columns, commune: key } },
  });
  const [row] = await engine.query('SELECT * FROM cast_rows');
  await dropSlice(engine);
  expect(row).toMatchObject({ station_code: `');--`, name: `x'); DROP TABLE y;--`, commune: null });
  expect(row!['row_text']).toContain(`${nasty[0]}=');--; ');--="; {'x': "=\\`);
});
