import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, test } from 'vitest';
import { systemClock } from '../../../src/pipeline/clock.ts';
import { clockSkew, HostClock, newestReport } from '../../../src/pipeline/skew.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const nobody = { report: null, reset: null, host: null };

describe('the device’s clock', () => {
  test.each([
    ['right, as all say', { report: -40_000, reset: 8 * HOUR, host: 300 }, null],
    ['right, as far as anybody knows', nobody, null],
    ['slow: a station cannot report from the future', { ...nobody, report: 7 * MINUTE }, 7 * MINUTE],
    [
      'slow, as the host says more exactly',
      { ...nobody, report: 6.5 * MINUTE, host: 7 * MINUTE },
      7 * MINUTE,
    ],
    ['a year slow', { ...nobody, report: 8760 * HOUR }, 8760 * HOUR],
    ['fast, as the host says', { ...nobody, report: -7 * MINUTE, host: -6 * MINUTE }, -6 * MINUTE],
    [
      'fast: the quota was given back in the past, and the feed is old',
      { ...nobody, report: -HOUR, reset: -HOUR },
      -HOUR,
    ],
    ['right, and the feed stands still', { ...nobody, report: -3 * HOUR, reset: HOUR }, null],
    [
      'right, and the feed stands still, as the host knows',
      { ...nobody, report: -3 * HOUR, host: 1000 },
      null,
    ],
    [
      'right: a host with a wrong clock contradicts the stations',
      { ...nobody, report: -30_000, host: -HOUR },
      null,
    ],
    ['off by less than matters', { ...nobody, report: 80_000, host: 80_000 }, null],
  ])('is %s', (_, witnesses, skew) => expect(clockSkew(witnesses)).toBe(skew));
});

describe('the newest report', () => {
  const at = (minute: number) => `2026-11-24T12:0${minute}:00+00:00`;

  test('is one that several stations have reached: one may have a clock of its own', () => {
    const texts = [...Array<string>(20).fill(at(3)), at(4), at(4), at(5), '2031-01-01T00:00:00+00:00'];
    expect(newestReport(texts)).toBe(Date.parse(at(3)));
  });

  test('is none where times say no offset, or none is told', () => {
    expect(newestReport(Array(9).fill('2026-11-24T12:00:00'))).toBeNull();
    expect(newestReport(Array(9).fill(null))).toBeNull();
    expect(newestReport([at(1), at(2)])).toBeNull();
  });
});

describe('the page’s host', () => {
  let server: Server | null = null;
  afterEach(() => server?.close());

  async function serve(headers: () => Record<string, string>, status = 200): Promise<string> {
    const opened = createServer((request, response) => {
      methods.push(request.method);
      response.writeHead(status, headers()).end();
    });
    server = opened;
    await new Promise<void>((done) => opened.listen(0, '127.0.0.1', done));
    return `http://127.0.0.1:${(opened.address() as AddressInfo).port}/`;
  }
  const methods: (string | undefined)[] = [];

  test('tells true time by its Date, with the age of what a cache kept, and is asked once an hour', async () => {
    let now = Date.now();
    const clock = { ...systemClock, now: () => now };
    const base = await serve(() => ({
      Date: new Date(Date.now() + 7 * MINUTE - 20_000).toUTCString(),
      Age: '20',
    }));
    let answers = 0;
    const host = new HostClock(base, clock, () => (answers += 1));
    await host.refresh(false);
    expect(Math.abs(host.offset! - 7 * MINUTE)).toBeLessThan(2000);
    await host.refresh(false);
    expect(answers).toBe(1);
    await host.refresh(true);
    now += HOUR;
    await host.refresh(false);
    expect(answers).toBe(3);
    expect(methods).toEqual(['HEAD', 'HEAD', 'HEAD']);
  });

  test('that does not answer is no witness, and no error', async () => {
    const host = new HostClock('http://127.0.0.1:9/', systemClock, () => undefined);
    await host.refresh(false);
    expect(host.offset).toBeNull();
  });

  test('is not asked about a test’s clock that runs at a pace of its own', async () => {
    const host = new HostClock(await serve(() => ({})), { ...systemClock, rate: 60 }, () => undefined);
    methods.length = 0;
    await host.refresh(true);
    expect(methods).toEqual([]);
  });
});
