import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { fetchSnapshot } from '../../../src/sources/portal.ts';
import { velib } from '../../../src/sources/source.ts';
import { Replica } from '../../replica/replica.ts';
import { loadRecording } from '../../replica/recording.ts';

let replica: Replica;
beforeAll(
  async () => void (replica = await Replica.start({ polls: await loadRecording('2024-11-09', 'fixture') })),
);
beforeEach(() => replica.always({ fault: 'none' }));
afterAll(() => replica.close());

const take = (options: { timeout?: number; signal?: AbortSignal } = {}) =>
  fetchSnapshot(velib(replica.address), { now: () => 1_700_000_000_000, ...options });

test('one call brings a snapshot, the time by our clock, and the quota', async () => {
  const before = replica.served.length;
  const answer = await take();
  expect(replica.served.length).toBe(before + 1);
  expect(answer).toMatchObject({ received_at: 1_700_000_000_000, http_status: 200, error: null });
  expect(answer.records).toHaveLength(replica.served.at(-1)!.records.length);
  expect(answer.quota).toMatchObject({ limit: 5000, reset_at: expect.any(Number) });
});

test.each([
  [{ fault: 'status', status: 503 }, 'portal.server', { status: 503 }],
  [{ fault: 'refused' }, 'portal.refused', { status: 400 }],
  [{ fault: 'busy' }, 'portal.busy', {}],
  [{ fault: 'quota' }, 'portal.quota', { until: expect.stringMatching(/T00:00:00\.000Z$/) }],
  [{ fault: 'html' }, 'portal.html', {}],
  [{ fault: 'cut' }, 'portal.cut_json', {}],
  [{ fault: 'garbage' }, 'portal.not_json', {}],
  [{ fault: 'empty' }, 'portal.empty', {}],
  [{ fault: 'not-records' }, 'portal.not_records', {}],
  [{ fault: 'reset' }, 'portal.unreachable', {}],
] as const)('%o becomes a typed error, and what came is kept', async (script, code, details) => {
  replica.always(script);
  const { error, records, body } = await take();
  expect(error).toMatchObject({ code, details: expect.objectContaining(details) });
  expect(records).toBeNull();
  if (script.fault !== 'reset') expect(body).toEqual(new Uint8Array(replica.served.at(-1)!.body!));
});

test('an answer above 50 MB is refused while it comes', async () => {
  replica.always({ fault: 'large' });
  const { error, body } = await take();
  expect(error).toMatchObject({ code: 'portal.too_large' });
  expect(body).toBeNull();
});

test('silence ends in a time-out, and a stop in an abort', async () => {
  replica.always({ fault: 'silent' });
  expect((await take({ timeout: 100 })).error).toMatchObject({ code: 'portal.timeout' });
  const stop = new AbortController();
  const taking = take({ signal: stop.signal });
  stop.abort();
  expect((await taking).error).toMatchObject({ code: 'portal.aborted' });
});

test('another portal has a source id of its own, and only http and https are addresses', () => {
  expect(velib(null)).toMatchObject({ id: 'velib', portal: 'https://opendata.paris.fr' });
  expect(velib('https://opendata.paris.fr/').id).toBe('velib');
  expect(velib('http://localhost:8080/').id).toBe('velib@localhost_8080');
  expect(() => velib('javascript:alert(1)')).toThrow(expect.objectContaining({ code: 'portal.address' }));
});
