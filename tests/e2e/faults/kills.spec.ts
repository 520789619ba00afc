import { setTimeout as sleep } from 'node:timers/promises';
import { en } from '../../../src/ui/messages/en.ts';
import { goTo, unfold } from '../visit.ts';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import { expect, test } from './world.ts';

/**
 * Milliseconds within which a moment is chosen: from the first answer of the portal, the opening of the page (which
 * then compacts), the beginning of the rebuild.
 */
const span = { recording: 1500, compaction: 4000, rebuild: 800 };
const HOUR = 3_600_000;

test(`the renderer is killed at ${sizes.kills} moments of recording, compaction and rebuild`, async ({
  visit,
  ledger,
  observer,
  time,
  reckon,
}) => {
  test.setTimeout(180_000 + sizes.kills * 30_000);
  const random = new Random('kills');
  const phases = ['recording', 'compaction', 'rebuild'] as const;
  for (let kill = 0; kill < sizes.kills; kill += 1) {
    const phase = phases[kill % phases.length]!;
    // Over an hour's end: what was recorded before it is packed and merged as soon as the page opens.
    if (phase === 'compaction') time.set(Math.ceil(time.now() / HOUR) * HOUR + random.below(HOUR / 2));
    const tab = await visit();
    if (phase === 'recording') await ledger.more(1);
    if (phase === 'rebuild') {
      await ledger.acknowledges(observer);
      await goTo(tab.page, 'Lake');
      await unfold(tab.page, en.rebuild.title);
      await tab.page.getByRole('button', { name: en.rebuild.all }).click({ timeout: 20_000 });
    }
    await sleep(random.below(span[phase]));
    await ledger.observe(observer);
    await tab.kill();
    ledger.faults += 1;
    await ledger.observe(observer);
  }
  const { acknowledged } = await reckon({ unacknowledged: sizes.kills });
  expect(acknowledged, 'a new one for each rebuild').toBeGreaterThanOrEqual(sizes.kills / phases.length);
});
