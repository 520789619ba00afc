import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { DAY } from '../../src/lake/names.ts';
import { velib } from '../../src/sources/source.ts';
import { Replica } from '../replica/replica.ts';
import { loadRecording } from '../replica/recording.ts';
import type { Moved, PastFigures } from './figures.ts';
import { peakOfRenderers } from './memory.ts';
import { makeDays, type SilverPaths } from './native.ts';
import { timePage, type Timed } from './timed.ts';
import { watchPage, withoutMap, type Mark } from './watch.ts';
import { openBench, run, visit, type World } from './world.ts';

const DAYS = 31;
/** Today, until 23:00. */
const TODAY = Date.parse('2026-11-23T00:00:00Z');

/** What History is narrowed to, one after the other: hours, an area, stretches of time, and all of it again. */
const brushes = [
  'hours=8-10',
  'hours=17-20',
  'area=75101',
  'area=75111,75112',
  'from=2026-11-02T08:00Z&to=2026-11-06T20:00Z',
  'from=2026-11-20T00:00Z&to=2026-11-21T00:00Z',
  'from=2026-10-26T00:00Z&to=2026-11-09T00:00Z&hours=8-10',
  '',
];

/** A month at a snapshot a minute, looked at in the built page: History, the slider, play. */
export async function measurePast(
  world: World,
  silver: SilverPaths,
  csvBytes: number,
  runs: number,
): Promise<PastFigures> {
  const replica = await Replica.start({ polls: (await loadRecording()).slice(0, 1) });
  const { id: source } = velib(replica.address);
  const made = await makeDays(silver, { folder: join(world.folder, 'made'), source, today: TODAY });
  try {
    return await visit(world, async (visitor) => {
      console.log(`A month at a snapshot a minute …`);
      const { context, page: bench, site } = visitor;
      await openBench(visitor);
      await run(bench, 'prepareMonth', { ...made.lake(`${site.address}made/`), days: DAYS, csvBytes });
      // Its process goes with it, and with that the memory that making the lake took.
      const page = await context.newPage();
      await bench.close();
      await page.addInitScript(() => {
        localStorage.setItem('velolac.settings', JSON.stringify({ recording: false }));
      });
      await page.addInitScript(watchPage);
      await page.addInitScript(timePage);
      const clock = `${new Date(TODAY + DAY - 3_600_000 + 30_000).toISOString()}*1`;
      const query = new URLSearchParams({ portal: replica.address, clock, lang: 'en' });
      const address = `${site.address}page/index.html?${query.toString()}`;
      const [startMs, firstMs, openMs]: [number[], number[], number[]] = [[], [], []];
      for (let open = 0; open < runs; open += 1) {
        await page.goto(`${address}#/history`);
        await page.reload();
        startMs.push(await page.evaluate(() => (globalThis as unknown as Timed).timed.charts()));
        await page.goto(`${address}#/`);
        await page.reload();
        await page.waitForFunction(() => {
          const { marks } = globalThis as unknown as { marks: readonly Mark[] };
          return marks.some((mark) => mark.kind === 'event' && mark.event.kind === 'answers');
        });
        // What is asked here waits for the question that the page asks to warm its engine, and the second for the
        // frames that the first one reads: then the page is at rest.
        for (let step = 0; step < 2; step += 1) {
          await page.evaluate(() => (globalThis as unknown as Timed).timed.watchRest());
          await page.getByRole('slider', { name: /^Moment/ }).press('ArrowLeft');
          await page.evaluate(() => (globalThis as unknown as Timed).timed.rest());
        }
        const history = () => (globalThis as unknown as Timed).timed.history();
        const [first, whole] = await page.evaluate(history);
        firstMs.push(first);
        openMs.push(whole);
      }
      const brushMs: number[] = [];
      for (const brush of [...brushes, ...brushes]) {
        const narrow = (to: string) => (globalThis as unknown as Timed).timed.narrow(to);
        brushMs.push(await page.evaluate(narrow, brush));
      }
      await page.goto(`${address}#/`);
      const drawn = await moveThroughTime(page);
      // Without a graphics card the map is drawn by the processor: what the page itself takes is seen without one.
      await page.addInitScript(withoutMap);
      await page.reload();
      await page.getByRole('slider', { name: /^Moment/, disabled: false }).waitFor();
      const mapless = await moveThroughTime(page);
      return {
        days: DAYS,
        rows: DAYS * 1440 * made.stations,
        ...{ startMs, firstMs, openMs },
        brushMs,
        ...{ drawn, mapless },
        peak: await peakOfRenderers(),
      };
    });
  } finally {
    await replica.close();
  }
}

/** Steps of the slider by the keyboard, and the longest task of the main thread while a day is played. Milliseconds. */
async function moveThroughTime(page: Page): Promise<Moved> {
  const slider = page.getByRole('slider', { name: /^Moment/ });
  await slider.focus();
  const stepMs: number[] = [];
  for (let step = 0; step < 30; step += 1) {
    await page.evaluate(() => (globalThis as unknown as Timed).timed.watchStep());
    await page.keyboard.press('ArrowLeft');
    stepMs.push(await page.evaluate(() => (globalThis as unknown as Timed).timed.step()));
  }
  await page.getByRole('button', { name: 'Now', exact: true }).click();
  await page.getByRole('combobox', { name: 'Speed of play' }).selectOption('3 h/s');
  const before = await page.evaluate(() => performance.timeOrigin + performance.now());
  await page.getByRole('button', { name: 'Play', exact: true }).click();
  await page.getByRole('button', { name: 'Pause' }).waitFor();
  await page.getByRole('button', { name: 'Play', exact: true }).waitFor();
  const marks = await page.evaluate(() => (globalThis as unknown as { marks: Mark[] }).marks);
  const tasks = marks.flatMap((mark) => (mark.kind === 'longtask' && mark.at > before ? [mark.ms] : []));
  return { stepMs, playMs: Math.max(0, ...tasks) };
}
