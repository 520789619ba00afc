import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import { expect, test } from './world.ts';

/** Milliseconds after an answer of the portal by which its snapshot has gone through all stages. */
const TICK = 600;
/** How long the page may take to go on: a worker that is silent is given up after a minute. */
const PATIENCE = 90_000;
const ends = sizes.workers / 2;

test(`the engine worker ends at ${ends} moments between an answer and its Gold; the page goes on`, async ({
  visit,
  ledger,
  observer,
  reckon,
}) => {
  test.setTimeout(300_000 + 2 * ends * PATIENCE);
  const random = new Random('engine');
  const tab = await visit();
  await ledger.more(2);
  for (let ended = 0; ended < ends; ended += 1) {
    await ledger.more(1, PATIENCE);
    await sleep(random.below(TICK));
    await ledger.observe(observer);
    await expect.poll(() => tab.endWorker('engine'), { timeout: PATIENCE }).toBe(true);
    ledger.faults += 1;
    await ledger.more(2, PATIENCE);
  }
  await tab.close();
  await reckon({ unacknowledged: 1 });
});

test(`the recorder worker ends at ${ends} moments between an answer and its Gold; another tab goes on`, async ({
  visit,
  ledger,
  observer,
  reckon,
}) => {
  test.setTimeout(300_000 + 2 * ends * PATIENCE);
  const random = new Random('recorder');
  let writer = await visit();
  await ledger.more(1);
  for (let ended = 0; ended < ends; ended += 1) {
    const other = await visit();
    await expect.poll(() => other.workers('recorder'), { timeout: PATIENCE }).toHaveLength(1);
    await ledger.more(1);
    await sleep(random.below(TICK));
    await ledger.observe(observer);
    expect(await writer.endWorker('recorder')).toBe(true);
    ledger.faults += 1;
    await ledger.more(2, PATIENCE);
    await writer.close();
    writer = other;
  }
  await writer.close();
  await reckon({ unacknowledged: ends + 1 });
});
