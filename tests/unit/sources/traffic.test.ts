import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { parseRetryAfter } from '../../../src/sources/quota.ts';
import { refusalError } from '../../../src/sources/refusal.ts';
import { trafficOf } from '../../../src/sources/traffic.ts';

const now = Date.UTC(2026, 10, 24, 12);

test('what an answer takes is what its header says came over the wire', async () => {
  const headers = new Headers({ 'Content-Length': '80400' });
  expect(await trafficOf(headers, new Blob(['a'.repeat(600_000)]))).toEqual({ bytes: 80_400, exact: true });
});

test('where that is not told, it is about as much as its gzip', async () => {
  const body = JSON.stringify(
    Array.from({ length: 1500 }, (_, n) => ({ stationcode: `${n}`, bikes: n % 37 })),
  );
  const { bytes, exact } = await trafficOf(new Headers(), new Blob([body]));
  expect(exact).toBe(false);
  expect(Math.abs(bytes / gzipSync(body).length - 1)).toBeLessThan(0.1);
});

test.each([
  ['120', now + 120_000],
  ['Tue, 24 Nov 2026 12:05:00 GMT', now + 300_000],
  ['soon', null],
  [null, null],
])('Retry-After %s is read as a time', (text, time) => expect(parseRetryAfter(text, now)).toBe(time));

test('a 429 that says when to come back is asked then', () => {
  const refusal = { status: 429, body: '', host: 'a.example', now };
  expect(refusalError({ ...refusal, headers: new Headers({ 'Retry-After': '90' }) })).toMatchObject({
    code: 'portal.busy',
    details: { until: '2026-11-24T12:01:30.000Z' },
  });
  expect(refusalError({ ...refusal, headers: new Headers() }).details).toEqual({ host: 'a.example' });
});
