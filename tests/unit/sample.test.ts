import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import Papa from 'papaparse';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { VelolacError } from '../../src/errors.ts';
import { readSample } from '../../src/sources/sample.ts';

const file = new URL('../../public/sample/velib-2024-11-09.bin', import.meta.url);
const shared = new URL('../../../shared/data/velib/v21-export-2024/', import.meta.url);
const present = existsSync(shared);

const bytes = readFileSync(file);
const served = (content: Uint8Array) =>
  `data:application/octet-stream;base64,${Buffer.from(content).toString('base64')}`;
const bundled = () => readSample(served(bytes));
const minutes = (from: number, to: number) => Math.round((to - from) / 60_000);

type Row = Record<string, unknown>;
const parsed = (body: string) => JSON.parse(body) as Row[];

afterEach(() => vi.unstubAllGlobals());

describe('the bundled sample', () => {
  test('weighs at most half a megabyte and says whose it is', async () => {
    expect(bytes.length).toBeLessThanOrEqual(500_000);
    const { recordedOn, licence, attribution } = await bundled();
    expect({ recordedOn, licence, attribution }).toEqual({
      recordedOn: '2024-11-09',
      licence: '© Ville de Paris / Smovengo / Agemob — ODbL',
      attribution: 'AbdelheqMokhtari/Velib-Dataset, commit 87dfbc159c26',
    });
  });

  test('holds 102 polls, five minutes apart but for three gaps', async () => {
    const { times } = await bundled();
    expect(times).toHaveLength(102);
    expect(new Date(times[0] ?? 0).toISOString()).toBe('2024-11-09T08:10:01.000Z');
    expect(new Date(times.at(-1) ?? 0).toISOString()).toBe('2024-11-09T20:25:01.000Z');
    const steps = times.slice(1).map((time, i) => minutes(times[i] ?? 0, time));
    expect(steps.filter((step) => step > 6)).toEqual([70, 31, 145]);
    expect(steps.filter((step) => step <= 6).every((step) => step >= 4)).toBe(true);
  });

  test('writes records as the portal does', async () => {
    const [first] = (await bundled()).polls();
    const wanted =
      '[{"stationcode": "10001", "name": "Ren\\u00e9 Boulanger - Lancry", "is_installed": "OUI", "capacity": 62, ' +
      '"numdocksavailable": 59, "numbikesavailable": 3, "mechanical": 0, "ebike": 3, "is_renting": "NON", ' +
      '"is_returning": "NON", "duedate": "2024-11-09T08:12:15+01:00", ' +
      '"coordonnees_geo": {"lon": 2.3600032, "lat": 48.8685433}, ' +
      '"nom_arrondissement_communes": "Paris", "code_insee_commune": "75056"},{';
    expect(first?.body.slice(0, wanted.length)).toBe(wanted);
  });

  test('has the same 1 485 stations, keys in order, at every poll', async () => {
    const sample = await bundled();
    const order =
      'stationcode,name,is_installed,capacity,numdocksavailable,numbikesavailable,mechanical,ebike,is_renting,' +
      'is_returning,duedate,coordonnees_geo,nom_arrondissement_communes,code_insee_commune';
    for (const { body } of sample.polls()) {
      const records = parsed(body);
      expect(new Set(records.map((record) => record['stationcode'])).size).toBe(1485);
      expect(new Set(records.map((record) => Object.keys(record).join()))).toEqual(new Set([order]));
    }
  });

  test('starts again from the first poll each time it is asked', async () => {
    const sample = await bundled();
    const bodies = () => [...sample.polls()].map(({ body }) => body);
    expect(bodies()).toEqual(bodies());
  });

  test('rebuilds a poll in a few milliseconds', async () => {
    const sample = await bundled();
    const start = performance.now();
    const count = [...sample.polls()].length;
    expect((performance.now() - start) / count).toBeLessThan(20);
  });
});

describe('reading a sample', () => {
  const tiny = {
    format: 1,
    recorded: '2024-11-09',
    timezone: 'Europe/Paris',
    licence: 'L',
    attribution: 'A',
    source: 'S',
    polls: ['2024-11-09T08:00:00.000Z', '2024-11-09T08:05:00.000Z'],
    stations: {
      stationcode: ['1', '2'],
      name: ['É "1"', null],
      coordonnees_geo: ['{"lon": 2.30, "lat": 48.8}', null],
      nom_arrondissement_communes: ['Paris', null],
      code_insee_commune: ['75056', null],
    },
    columns: [
      { name: 'is_installed', texts: ['NON', 'OUI'], rows: [[1, 0], [-1]] },
      { name: 'capacity', rows: [[20, 9], []] },
      {
        name: 'mechanical',
        rows: [
          [3, null],
          [-1, 5],
        ],
      },
      { name: 'ebike', rows: [[2], [0, 1]] },
      { name: 'numbikesavailable', plus: ['mechanical', 'ebike'], rows: [[], [1]] },
      {
        name: 'numdocksavailable',
        plus: ['capacity'],
        minus: ['numbikesavailable'],
        rows: [
          [-1, 0],
          [1, null],
        ],
      },
      { name: 'is_renting', texts: ['OUI'], rows: [[], [null]] },
      { name: 'is_returning', texts: ['OUI'], rows: [[], []] },
      {
        name: 'duedate',
        texts: ['a', 'b', 'c'],
        rows: [
          [2, 1],
          [-1, -1],
        ],
      },
    ],
  };
  const encoded = (value: unknown) => new TextEncoder().encode(JSON.stringify(value));
  const figures = [
    'is_installed',
    'capacity',
    'mechanical',
    'ebike',
    'numbikesavailable',
    'numdocksavailable',
  ];

  test('adds changes to the last value, keeps nulls, predicts from other columns', async () => {
    const sample = await readSample(served(gzipSync(encoded(tiny))));
    const polls = [...sample.polls()].map(({ body }) => parsed(body));
    const taken = polls.map((records) => records.map((record) => figures.map((key) => record[key])));
    expect(taken).toEqual([
      [
        ['OUI', 20, 3, 2, 5, 14],
        ['NON', 9, null, 0, 0, 9],
      ],
      [
        ['NON', 20, 2, 2, 5, 15],
        ['NON', 9, 5, 1, 6, null],
      ],
    ]);
    expect(polls.map((records) => records.map((r) => [r['is_renting'], r['duedate']]))).toEqual([
      [
        ['OUI', 'c'],
        ['OUI', 'b'],
      ],
      [
        [null, 'b'],
        ['OUI', 'a'],
      ],
    ]);
    expect(polls[0]?.map((r) => [r['name'], r['coordonnees_geo'], r['code_insee_commune']])).toEqual([
      ['É "1"', { lon: 2.3, lat: 48.8 }, '75056'],
      [null, null, null],
    ]);
  });

  test('is the same when the server has already decoded the gzip', async () => {
    const [packed, plain] = [await bundled(), await readSample(served(gunzipSync(bytes)))];
    expect([...plain.polls()].at(-1)).toEqual([...packed.polls()].at(-1));
  });

  test.each([
    ['cut', bytes.subarray(0, 100_000)],
    ['a page of HTML', new TextEncoder().encode('<!doctype html>')],
    ['empty', new Uint8Array()],
    ['of another format', encoded({ ...tiny, format: 2 })],
    ['without a column', encoded({ ...tiny, columns: tiny.columns.slice(1) })],
    ['short of a row', encoded({ ...tiny, polls: [...tiny.polls, '2024-11-09T08:10:00.000Z'] })],
  ])('fails with a typed error when the file is %s', async (_, content) => {
    const error = await readSample(served(content)).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(VelolacError);
    expect(error).toMatchObject({ code: 'sample.unreadable', cause: expect.any(Error) as Error });
  });

  test('fails with a typed error when it is not there, or given up', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    await expect(readSample('sample.bin')).rejects.toMatchObject({
      code: 'sample.unreadable',
      message: /404/,
    });
    vi.unstubAllGlobals();
    const error = await readSample(served(bytes), AbortSignal.abort()).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'sample.unreadable', cause: { name: 'AbortError' } });
  });
});

describe.skipIf(!present)('the sample against its source (skipped without ../shared/data)', () => {
  const whole = ['capacity', 'numdocksavailable', 'numbikesavailable', 'mechanical', 'ebike'];
  const texts = ['stationcode', 'is_installed', 'is_renting', 'is_returning', 'duedate'];
  const fixed = ['name', 'nom_arrondissement_communes', 'code_insee_commune'];
  const csv = (text: string) =>
    Papa.parse<Record<string, string>>(text, { header: true, skipEmptyLines: true }).data;

  test('every poll is the series row for row, every field of it', async () => {
    const series = gunzipSync(
      readFileSync(new URL('series_2024-10-31_to_2024-11-09.csv.gz', shared)),
    ).toString();
    const lines = series.split(/\r?\n/);
    const rows = csv(lines.filter((line, i) => i === 0 || line.startsWith('2024-11-09')).join('\n'));
    const stations = csv(readFileSync(new URL('stations.csv', shared), 'utf8'));
    const byCode = new Map<string | undefined, Record<string, string>[]>();
    for (const s of stations) byCode.set(s['stationcode'], [...(byCode.get(s['stationcode']) ?? []), s]);
    const expected = rows.map((row) => {
      const poll = row['poll'] ?? '';
      const station = (byCode.get(row['stationcode']) ?? []).filter(
        (s) => (s['first_poll'] ?? '') <= poll && poll <= (s['last_poll'] ?? ''),
      );
      if (station.length !== 1) throw new Error(`${station.length} rows of static columns for ${poll}`);
      return [
        Date.parse(`${poll}+01:00`),
        ...whole.map((key) => (row[key] === '' ? null : Number(row[key]))),
        ...texts.map((key) => row[key] || null),
        ...fixed.map((key) => station[0]?.[key] || null),
        station[0]?.['coordonnees_geo'],
      ].join('\t');
    });
    const rebuilt = [...(await bundled()).polls()].flatMap(({ fetched_at, body }) => {
      const positions = [...body.matchAll(/"coordonnees_geo": (\{[^}]*\})/g)].map((match) => match[1]);
      return parsed(body).map((record, i) =>
        [fetched_at, ...[...whole, ...texts, ...fixed].map((key) => record[key]), positions[i]].join('\t'),
      );
    });
    expect(rebuilt).toHaveLength(151_470);
    rebuilt.sort();
    expected.sort();
    expect(rebuilt.findIndex((row, i) => row !== expected[i])).toBe(-1);
    expect(expected).toHaveLength(rebuilt.length);
  });

  test('a record is spaced and escaped like one that the portal sent', async () => {
    const raw = gunzipSync(
      readFileSync(new URL('raw/shell-Velib__velib_data_20241105_085501.json.gz', shared)),
    ).toString();
    const [first] = (await bundled()).polls();
    const skeleton = (body: string) =>
      body.replaceAll(/: ("(?:[^"\\]|\\.)*"|-?[\d.]+)/g, ': ?').split('},{')[1] ?? 'none';
    expect(skeleton(first?.body ?? '')).toBe(skeleton(raw));
  });
});
