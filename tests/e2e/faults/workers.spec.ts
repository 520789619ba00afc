import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import { expect, test } from './world.ts';

/** Milliseconds after an answer of the portal by which its snapshot has gone through all stages. */
const TICK = 600;
/** How long the page may take to go on: a worker that is silent is given up after a minute. */
const PATIENCE = 90_000;

for (const kind of ['engine', 'recorder'] as const) {
  test(`the ${kind} worker ends at ${sizes.workers / 2} moments between an answer and its Gold; the page goes on`, async ({
    visit,
    ledger,
    observer,
    reckon,
  }) => {
    test.setTimeout(120_000 + sizes.workers * 60_000);
    const random = new Random(kind);
    const tab = await visit();
    await ledger.more(2);
    for (let ended = 0; ended < sizes.workers / 2; ended += 1) {
      await ledger.more(1, PATIENCE);
      await sleep(random.below(TICK));
      await ledger.observe(observer);
      await expect.poll(() => tab.endWorker(kind), { timeout: PATIENCE }).toBe(true);
      ledger.faults += 1;
      await test.step(`goes on after ${ended + 1}`, () => ledger.more(2, PATIENCE));
    }
    await tab.close();
    await reckon({ unacknowledged: sizes.workers / 2 + 1 });
  });
}
