import type { Page } from '@playwright/test';
import { readFile } from 'node:fs/promises';
import type { SnapshotRow } from '../../../src/lake/journal.ts';
import { events } from './bronze.ts';
import { sizes } from './sizes.ts';
import { expect, test } from './world.ts';

const MINUTE = 60_000;
const QUARTER = 15 * MINUTE;
const HOUR = 60 * MINUTE;
/** How far the last hour may be from the first, in memory and in time. */
const LEVEL = 1.2;
const start = '2026-11-23T10:00:10Z';
/** A tick has a second: a machine that stalls for longer loses a minute, which the recorder on a clock of its own does not. */
const rate = 60;

test.use({ real: true, pace: { start, rate } });

test(`${sizes.hours} hours at one snapshot a minute: no gap; memory and ticks stay level`, async ({
  visit,
  ledger,
  observer,
  time,
  devtools,
  reckon,
}, testInfo) => {
  test.setTimeout(180_000 + (sizes.hours * HOUR * 1.5) / rate);
  const tab = await visit();
  await ledger.more(2);
  const pid = await tab.process();
  const memory: { at: number; megabytes: number }[] = [];
  let observed = time.now();
  const end = Date.parse(start) + sizes.hours * HOUR;
  await expect
    .poll(
      async () => {
        if (time.now() - (memory.at(-1)?.at ?? 0) > QUARTER) {
          await devtools.collectGarbage(tab.page);
          memory.push({ at: time.now(), megabytes: await residentMegabytes(pid) });
        }
        if (time.now() - observed > HOUR) {
          observed = time.now();
          await ledger.observe(observer);
        }
        return time.now();
      },
      { timeout: (sizes.hours * HOUR * 1.5) / rate, intervals: [1000] },
    )
    .toBeGreaterThan(end);
  await tab.page.getByRole('switch', { name: 'Record every minute' }).click();
  await tab.close();

  const ticks = await ticksOf(observer);
  const hour = (nth: number, all: readonly { at: number }[]) =>
    all.filter(({ at }) => at >= Date.parse(start) + nth * HOUR && at < Date.parse(start) + (nth + 1) * HOUR);
  const of = <T extends { at: number }>(all: readonly T[], value: (one: T) => number) => {
    const [first, last] = [0, sizes.hours - 1].map((nth) => median((hour(nth, all) as T[]).map(value)));
    return { first: first!, last: last! };
  };
  const rss = of(memory, ({ megabytes }) => megabytes);
  const ms = of(ticks, (tick) => tick.ms);
  testInfo.annotations.push({
    type: 'measured',
    description:
      `${ticks.length} snapshots in ${sizes.hours} simulated hours; first and last hour: renderer RSS ` +
      `${rss.first.toFixed(0)} and ${rss.last.toFixed(0)} MB, tick ${ms.first.toFixed(0)} and ${ms.last.toFixed(0)} ms`,
  });
  const minutes = ticks.map(({ at }) => Math.floor(at / MINUTE)).slice(1);
  expect(minutes.length).toBeGreaterThanOrEqual(sizes.hours * 60 - 5);
  expect(
    minutes.flatMap((minute, index) => (index > 0 && minute !== minutes[index - 1]! + 1 ? [minute] : [])),
  ).toEqual([]);
  expect((await events(observer)).filter(({ kind }) => kind === 'gap')).toEqual([]);

  await reckon({ unacknowledged: 1 });
  expect(rss.last / rss.first).toBeLessThan(LEVEL);
  expect(ms.last / ms.first).toBeLessThan(LEVEL);
});

/** Resident memory of a process (Linux). */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8');
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1000;
}

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
