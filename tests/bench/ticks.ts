import { join } from 'node:path';
import { DAY } from '../../src/lake/names.ts';
import { velib } from '../../src/sources/source.ts';
import type { LakeStatus, Stage } from '../../src/pipeline/protocol.ts';
import { Replica } from '../replica/replica.ts';
import { loadRecording } from '../replica/recording.ts';
import type { Tick, TickFigures } from './figures.ts';
import { makeDays, type SilverPaths } from './native.ts';
import { watchPage, withoutMap, type Mark } from './watch.ts';
import { openBench, run, visit, type World } from './world.ts';

/** The day that is open. It is there until 22:59, so that compaction merges a whole day beside the ticks. */
const TODAY = Date.parse('2026-11-23T00:00:00Z');
const MIDNIGHT = TODAY + DAY;
const MINUTE = 60_000;

/** How many times as fast as a watch the recorder's clock goes: a tick every two seconds, harsher than one a minute. */
const RATE = 30;

/**
 * Ticks of the built page across midnight UTC, with lakes of 1, 10, … days at a snapshot a minute. Without a graphics card
 * the map is drawn by the processor, which hides what the page itself takes: a list stands in its place, and with the
 * last of the lakes they are taken once more with the map.
 */
export async function measureTicks(
  world: World,
  silver: SilverPaths,
  csvBytes: number,
  { lakes, ticks }: { readonly lakes: readonly number[]; readonly ticks: number },
): Promise<TickFigures[]> {
  // Half of the ticks on either side; a second for the page to open in.
  const start = MIDNIGHT - (ticks / 2) * MINUTE - RATE * 1000;
  let origin = Date.now();
  const now = () => start + (Date.now() - origin) * RATE;
  const replica = await Replica.start({ polls: (await loadRecording()).slice(0, 100), now });
  const { id: source } = velib(replica.address);
  const folder = join(world.folder, 'made');
  const made = await makeDays(silver, { folder, source, today: TODAY });
  const measureLake = (days: number, mapped: boolean) =>
    visit(world, async (visitor) => {
      console.log(
        `${ticks} ticks with ${days} ${days === 1 ? 'day' : 'days'} in the lake${mapped ? ', and a map' : ''} …`,
      );
      const { context, page, site } = visitor;
      await openBench(visitor);
      await run(page, 'prepare', { ...made.lake(`${site.address}made/`), days, csvBytes });
      await page.goto('about:blank');
      await context.addInitScript(watchPage);
      if (!mapped) await context.addInitScript(withoutMap);
      replica.served.splice(0);
      origin = Date.now();
      const query = new URLSearchParams({
        portal: replica.address,
        clock: `${new Date(start).toISOString()}*${RATE}`,
        lang: 'en',
      });
      await page.goto(`${site.address}page/index.html?${query.toString()}`);
      // The first one starts the engine: it is a first answer, not a tick.
      await replica.until(ticks + 2, 600_000);
      const marks = await page.evaluate(() => (globalThis as unknown as { marks: Mark[] }).marks);
      const sent = replica.snapshots.map(({ at }) => origin + (at - start) / RATE);
      const { rows, silver_bytes } = lastStatus(marks).totals;
      const told = readTicks(marks, sent).slice(1, ticks + 1);
      return { days, mapped, rows, silverBytes: silver_bytes, ticks: told };
    });
  try {
    const figures: TickFigures[] = [];
    for (const days of lakes) figures.push(await measureLake(days, false));
    figures.push(await measureLake(lakes.at(-1)!, true));
    return figures;
  } finally {
    await replica.close();
  }
}

/**
 * What the page went through, cut at each beginning of a fetch. The portal's answer counts as in hand when the
 * replica begins to send it. Ticks without answers are left out.
 */
function readTicks(marks: readonly Mark[], sent: readonly number[]): Tick[] {
  const starts = marks.flatMap((mark) => (isStage(mark, 'fetch', 'running') ? [mark.at] : []));
  return starts.flatMap((start, index): Tick[] => {
    const end = starts[index + 1] ?? Infinity;
    const within = marks.filter(({ at }) => at >= start && at < end);
    const body = sent.find((at) => at >= start && at < end);
    const parsed = within.find((mark) => isStage(mark, 'fetch', 'done'))?.at;
    const answered = within.find((mark) => mark.kind === 'event' && mark.event.kind === 'answers')?.at;
    const painted = within.findLast((mark) => mark.kind === 'paint' && mark.at > (answered ?? Infinity))?.at;
    if (!body || !parsed || !answered || !painted) return [];
    const ms = (stage: Stage) => {
      const mark = within.find((one) => isStage(one, stage, 'done'));
      return mark?.kind === 'event' && mark.event.kind === 'stage' ? (mark.event.report.ms ?? NaN) : NaN;
    };
    const long = within.flatMap((mark) => (mark.kind === 'longtask' ? [mark.ms] : []));
    return [
      {
        ...{ total: painted - body, parse: parsed - body, paint: painted - answered },
        ...{ bronze: ms('bronze'), silver: ms('silver'), gold: ms('gold'), longtask: Math.max(0, ...long) },
      },
    ];
  });
}

function isStage(mark: Mark, stage: Stage, status: 'running' | 'done'): boolean {
  if (mark.kind !== 'event' || mark.event.kind !== 'stage') return false;
  const { report } = mark.event;
  return report.stage === stage && report.status === status;
}

function lastStatus(marks: readonly Mark[]): LakeStatus {
  const mark = marks.findLast((one) => one.kind === 'event' && one.event.kind === 'status');
  if (mark?.kind === 'event' && mark.event.kind === 'status') return mark.event.status;
  throw new Error('the page told no status');
}
