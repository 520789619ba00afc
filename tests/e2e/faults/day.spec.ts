import type { Page } from '@playwright/test';
import type { SnapshotRow } from '../../../src/lake/journal.ts';
import { pageAddress } from '../fixtures.ts';
import { AloneBrowser } from './alone.ts';
import { events } from './bronze.ts';
import { sizes } from './sizes.ts';
import { expect, test as base } from './world.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** How far the last hour may be from the first whole one, in memory and in time. */
const LEVEL = 1.2;
/** On the full hour: the first one compacts nothing, so what is compared begins with the second. */
const start = '2026-11-23T10:00:10Z';
/** The engine's start takes seconds of the device, which are minutes here. */
const OPENING = 5 * MINUTE;
/** A tick has a second: a machine that stalls for longer loses a minute, which the recorder on a clock of its own does not. */
const rate = 60;
/** The device's time that all of it takes at most. */
const limit = (sizes.hours * HOUR * 1.5) / rate;

interface Sample {
  readonly at: number;
  readonly megabytes: number;
}

/** The context is of the same profile, opened when the day is over. */
const test = base.extend<{ day: readonly Sample[] }>({
  day: async ({ profile, site, replica, time, ledger, launchOptions }, use) => {
    const address = pageAddress(site, replica, { clock: time.query });
    const browser = AloneBrowser.open(profile, address, launchOptions);
    const memory: Sample[] = [];
    try {
      await ledger.more(2);
      const end = Date.parse(start) + sizes.hours * HOUR;
      await expect
        .poll(
          async () => {
            memory.push({ at: time.now(), megabytes: await browser.rendererMegabytes() });
            return time.now();
          },
          { timeout: limit, intervals: [1000] },
        )
        .toBeGreaterThan(end);
    } finally {
      await browser.close();
    }
    await use(memory);
  },
  context: async ({ day, context }, use) => {
    expect(day).not.toEqual([]);
    await use(context);
  },
});

test.use({ real: true, pace: { start, rate } });
test.describe.configure({ timeout: 180_000 + limit });

test(`${sizes.hours} hours at one snapshot a minute: no gap; memory and ticks stay level`, async ({
  day,
  observer,
  reckon,
}, testInfo) => {
  const ticks = await ticksOf(observer);
  const hour = (nth: number, all: readonly { at: number }[]) =>
    all.filter(({ at }) => at >= Date.parse(start) + nth * HOUR && at < Date.parse(start) + (nth + 1) * HOUR);
  const of = <T extends { at: number }>(all: readonly T[], value: (one: T) => number) => {
    const medians = [0, 1, sizes.hours - 1].map((nth) => median((hour(nth, all) as T[]).map(value)));
    const [start, first, last] = medians as [number, number, number];
    return { start, first, last };
  };
  const rss = of(day, ({ megabytes }) => megabytes);
  const ms = of(ticks, (tick) => tick.ms);
  const three = ({ start, first, last }: typeof rss) =>
    [start, first, last].map((one) => one.toFixed(0)).join(', ');
  testInfo.annotations.push({
    type: 'measured',
    description:
      `${ticks.length} snapshots in ${sizes.hours} simulated hours; first, second and last hour: ` +
      `renderer RSS ${three(rss)} MB, tick ${three(ms)} ms`,
  });
  const opened = Date.parse(start) + OPENING;
  const minutes = ticks.flatMap(({ at }) => (at < opened ? [] : Math.floor(at / MINUTE)));
  expect(minutes.length).toBeGreaterThanOrEqual(sizes.hours * 60 - 7);
  expect(
    minutes.flatMap((minute, index) => (index > 0 && minute !== minutes[index - 1]! + 1 ? [minute] : [])),
  ).toEqual([]);
  const gaps = (await events(observer)).filter((event) => event.kind === 'gap' && event.to > opened);
  expect(gaps).toEqual([]);

  await reckon({ unacknowledged: 1 });
  expect(rss.last / rss.first).toBeLessThan(LEVEL);
  expect(ms.last / ms.first).toBeLessThan(LEVEL);
});

/** When snapshots were asked for, with the milliseconds of the device's time from the answer's last byte to its answers being kept. */
async function ticksOf(observer: Page): Promise<{ at: number; ms: number }[]> {
  const ticks: { at: number; ms: number }[] = [];
  let waiting: SnapshotRow | null = null;
  for (const event of await events(observer)) {
    if (event.kind === 'attempt') waiting = event.snapshot;
    const isKept = event.kind === 'commit' && event.files.some(({ table }) => table === 'answers');
    if (!isKept || waiting === null) continue;
    const { fetched_at, duration_ms } = waiting;
    ticks.push({ at: fetched_at - duration_ms! * rate, ms: (event.at - fetched_at) / rate });
    waiting = null;
  }
  return ticks;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
