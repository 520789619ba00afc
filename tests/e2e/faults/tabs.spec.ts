import { setTimeout as sleep } from 'node:timers/promises';
import { notice } from '../visit.ts';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import type { Tab } from './tab.ts';
import { expect, test } from './world.ts';

/** Milliseconds in which another tab must have taken over and asked the portal, on a machine that has much to do. */
const TAKEN_OVER = 15_000;

for (const count of sizes.together) {
  test(`${count} tabs are opened, closed, crashed and hung in random order; one writes at a time`, async ({
    visit,
    ledger,
    observer,
    reckon,
  }, testInfo) => {
    test.setTimeout(300_000 + sizes.tabs * 60_000);
    const random = new Random(`tabs ${count}`);
    const open: Tab[] = [];
    const hung: Tab[] = [];
    let slowest = 0;
    while (open.length < count) open.push(await visit());
    for (let step = 0; step < sizes.tabs; step += 1) {
      await sleep(random.below(1500));
      const writer = await writerOf(open);
      // Every other time it is the writer that comes to harm.
      const victim = step % 2 === 0 && writer ? writer : random.of(open);
      const harm = random.of(['close', 'crash', 'hang'] as const);
      await test.step(`${harm} ${victim === writer ? 'the writer' : 'a reader'}`, async () => {
        await ledger.observe(observer);
        open.splice(open.indexOf(victim), 1);
        await victim[harm]();
        const harmed = performance.now();
        ledger.faults += 1;
        if (harm === 'hang') hung.push(victim);
        if (open.length === 0) open.push(await visit());
        await ledger.more(1, TAKEN_OVER);
        if (victim === writer) slowest = Math.max(slowest, performance.now() - harmed);
      });
      if (hung.length > 0 && random.below(1) < 0.5) {
        const [woken] = hung.splice(Math.floor(random.below(hung.length)), 1);
        await test.step('wake one', () => woken!.wake());
        open.push(woken!);
      }
      if (open.length + hung.length < count) open.push(await visit());
    }
    for (const tab of hung) await tab.wake();
    await ledger.more(2, TAKEN_OVER);
    for (const tab of [...open, ...hung]) await tab.close();
    testInfo.annotations.push({
      type: 'measured',
      description: `${count} tabs: the slowest takeover took ${Math.round(slowest)} ms`,
    });
    await reckon({ unacknowledged: sizes.tabs + 1 });
  });
}

/** The tab that does not say that another one records. */
async function writerOf(tabs: readonly Tab[]): Promise<Tab | undefined> {
  for (const tab of tabs) {
    const isReader = (await notice(tab.page, /^Another tab records/).count()) > 0;
    if (!isReader) return tab;
  }
  return undefined;
}

test('a writer that was held in the middle of a write wakes up to a term that is over', async ({
  visit,
  ledger,
  observer,
  reckon,
}) => {
  const first = await visit();
  await ledger.more(2);
  const second = await visit();
  await expect(notice(second.page, /^Another tab records/)).toBeVisible();
  await first.hang();
  ledger.faults += 1;
  await ledger.more(2, TAKEN_OVER);
  await first.wake();
  await expect(notice(first.page, /^Another tab records/)).toBeVisible({ timeout: 20_000 });
  await ledger.more(2);
  await ledger.observe(observer);
  await first.close();
  await second.close();
  await reckon({ unacknowledged: 2 });
});
