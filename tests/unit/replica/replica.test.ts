import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Script } from '../../replica/faults.ts';
import { loadRecording } from '../../replica/recording.ts';
import { Replica } from '../../replica/replica.ts';

const dataset = '/api/explore/v2.1/catalog/datasets/velib-disponibilite-en-temps-reel';
let replica: Replica;
const ask = (path: string) => fetch(replica.address + path);

beforeEach(async () => {
  replica = await Replica.start({ polls: await loadRecording('', 'fixture'), quota: 10 });
});

afterEach(() => replica.close());

test('an export is a bare array of flat records, a poll a call', async () => {
  const first = (await (await ask(`${dataset}/exports/json`)).json()) as Record<string, unknown>[];
  const second = (await (await ask(`${dataset}/exports/json`)).json()) as unknown[];
  expect(first).toHaveLength(63);
  expect(Object.keys(first[0] ?? {}).join(' ')).toBe(
    'stationcode name is_installed capacity numdocksavailable numbikesavailable mechanical ebike is_renting ' +
      'is_returning duedate coordonnees_geo nom_arrondissement_communes code_insee_commune',
  );
  expect(second).not.toEqual(first);
  expect(replica.served.map(({ poll }) => poll)).toEqual([0, 1]);
  expect(JSON.parse(replica.served[0]?.body?.toString() ?? '')).toEqual(first);
});

test('duedate moves with the poll, as if it had been taken now', async () => {
  await ask(`${dataset}/exports/json`);
  const [record] = replica.served[0]?.records ?? [];
  const sent = Date.parse(record?.duedate ?? '');
  const told = Date.parse(replica.polls[0]?.records[0]?.duedate ?? '');
  expect(Math.abs(Date.now() - sent - ((replica.polls[0]?.at ?? 0) - told))).toBeLessThan(5_000);
});

test('headers are the portal’s', async () => {
  const { headers } = await ask(`${dataset}/exports/json`);
  expect(headers.get('access-control-allow-origin')).toBe('*');
  expect(headers.get('access-control-expose-headers')).not.toMatch(/date(,|$)/i);
  expect(headers.get('x-ratelimit-remaining')).toBe('9');
  expect(headers.get('x-ratelimit-dataset-reset')).toMatch(/^\d{4}-\d\d-\d\d 00:00:00\+00:00$/);
  expect(headers.get('cache-control')).toBe('no-store');
  expect(headers.has('etag')).toBe(false);
});

test('metadata, pages and their limits, other datasets', async () => {
  expect(await (await ask(dataset)).json()).toMatchObject({ metas: { default: { records_count: 63 } } });
  const page = (await (await ask(`${dataset}/records?limit=100&offset=60`)).json()) as { results: unknown[] };
  expect(page).toMatchObject({ total_count: 63 });
  expect(page.results).toHaveLength(3);
  const refused = await ask(`${dataset}/records?limit=1473`);
  expect(refused.status).toBe(400);
  expect(await refused.json()).toEqual({
    error_code: 'InvalidRESTParameterError',
    message: 'Invalid value for limit API parameter: 1473 was found but -1 <= limit <= 100 is expected.',
  });
  expect((await ask(`${dataset}/records?limit=100&offset=9900`)).status).toBe(400);
  expect((await ask('/api/explore/v2.1/catalog/datasets/other')).status).toBe(404);
});

test('a used-up quota is told with its reset time', async () => {
  for (let i = 0; i < 10; i++) await ask(`${dataset}/exports/json`);
  const answer = await ask(`${dataset}/exports/json`);
  expect(answer.status).toBe(429);
  expect(answer.headers.get('x-ratelimit-remaining')).toBe('0');
  expect(await answer.json()).toMatchObject({ errorcode: 10002, call_limit: 10 });
});

describe('faults', () => {
  const cases: readonly (readonly [Script, status: number, body: RegExp])[] = [
    [{ fault: 'status', status: 503 }, 503, /error/],
    [{ fault: 'quota' }, 429, /"errorcode": 10002/],
    [{ fault: 'busy' }, 429, /^$/],
    [{ fault: 'refused' }, 400, /ODSQLSyntaxError/],
    [{ fault: 'html' }, 200, /^<!doctype html>/],
    [{ fault: 'cut', at: 100 }, 200, /^.{100}$/],
    [{ fault: 'garbage' }, 200, /\ufffd/],
    [{ fault: 'empty' }, 200, /^\[\]$/],
    [{ fault: 'not-records' }, 200, /^\{/],
    [{ fault: 'wrong-types' }, 200, /"n\/a"/],
    [{ fault: 'rename', names: { name: 'nom' } }, 200, /^\[\{"stationcode": "\d+", "nom": "/],
    [{ fault: 'edit', edit: () => ({ code: 1 }) }, 200, /^\[\{"code": 1\},/],
    [{ fault: 'body', body: 'as it is' }, 200, /^as it is$/],
  ];

  test.each(cases)('%o', async (script, status, body) => {
    replica.next(script);
    const answer = await ask(`${dataset}/exports/json`);
    expect(answer.status).toBe(status);
    expect(await answer.text()).toMatch(body);
    expect((await ask(`${dataset}/exports/json`)).status).toBe(200);
  });

  test('large bodies are whole JSON', async () => {
    replica.next({ fault: 'large', bytes: 1_000_000 }, { fault: 'rows', rows: 1_000 });
    const large = await (await ask(`${dataset}/exports/json`)).text();
    expect(large.length).toBeGreaterThanOrEqual(1_000_000);
    expect(JSON.parse(large)).toBeInstanceOf(Array);
    const rows = (await (await ask(`${dataset}/exports/json`)).json()) as { stationcode: string }[];
    expect(new Set(rows.map(({ stationcode }) => stationcode)).size).toBe(1_000);
  });

  test('silence, a broken connection, a missing CORS header', async () => {
    replica.next(
      { fault: 'silent' },
      { fault: 'reset' },
      { fault: 'reset', after: 50 },
      { fault: 'none', cors: false },
    );
    const patience = AbortSignal.timeout(200);
    await expect(fetch(`${replica.address}${dataset}/exports/json`, { signal: patience })).rejects.toThrow();
    await expect(ask(`${dataset}/exports/json`)).rejects.toThrow();
    const broken = await ask(`${dataset}/exports/json`);
    await expect(broken.text()).rejects.toThrow();
    const answer = await ask(`${dataset}/exports/json`);
    expect(answer.headers.has('access-control-allow-origin')).toBe(false);
  });

  test('a standing fault lasts until it is ended', async () => {
    replica.always({ fault: 'status', status: 500 });
    replica.next({ fault: 'empty' });
    const statuses = [];
    for (let i = 0; i < 3; i++) statuses.push((await ask(`${dataset}/exports/json`)).status);
    replica.always({ fault: 'none' });
    statuses.push((await ask(`${dataset}/exports/json`)).status);
    expect(statuses).toEqual([200, 500, 500, 200]);
  });
});
