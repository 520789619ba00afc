import type { Page } from '@playwright/test';
import type { SnapshotRow } from '../../../src/lake/journal.ts';
import { Quota } from '../../replica/quota.ts';
import type { Script } from '../../replica/faults.ts';
import { events } from './bronze.ts';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import { expect, test } from './world.ts';

const SECOND = 1000;
/** So many attempts, the network is switched off for a while. */
const EVERY = 25;

test.use({ pace: { start: '2026-11-23T10:00:10Z', rate: 600 } });

test(`${sizes.ticks} attempts over a bad network: slow, cut, 429, 500, garbage, one of five each; and off and on`, async ({
  visit,
  context,
  replica,
  ledger,
  observer,
  time,
  reckon,
}) => {
  test.setTimeout(300_000 + sizes.ticks * 6000);
  const random = new Random('network');
  const faults: readonly (() => Script)[] = [
    () => ({ fault: 'none', delay: (30 * SECOND) / time.rate }),
    () => ({ fault: 'cut', at: Math.ceil(random.below(10_000)) }),
    () => (random.below(2) < 1 ? { fault: 'busy' } : { fault: 'quota' }),
    () => ({ fault: 'status', status: 500 }),
    () => ({ fault: 'garbage' }),
  ];
  const tab = await visit();
  // A lake that is empty when the portal is silent shows the sample.
  await ledger.more(2);
  while (ledger.answers < sizes.ticks) {
    replica.always(random.of(faults)());
    replica.quota = new Quota(1e6, time.now, time.now() + 120 * SECOND);
    const before = ledger.answers;
    await ledger.more(1, 60 * SECOND);
    if (Math.floor(before / EVERY) < Math.floor(ledger.answers / EVERY)) {
      await context.setOffline(true);
      ledger.faults += 1;
      await ledger.observe(observer);
      await context.setOffline(false);
    }
  }
  replica.always({ fault: 'none' });
  await ledger.more(2, 60 * SECOND);
  ledger.faults += sizes.ticks;
  await tab.page.getByRole('switch', { name: 'Record every minute' }).click();
  await expect.poll(async () => (await taken(observer)).length).toBe(ledger.answers);

  await test.step('each attempt is in the journal, with what became of it', async () => {
    const attempts = await taken(observer);
    const codes = (code: string) => attempts.filter(({ error_code }) => error_code === code).length;
    expect({
      cut: codes('portal.cut_json'),
      busy: codes('portal.busy'),
      quota: codes('portal.quota'),
      status: codes('portal.server'),
      garbage: codes('portal.not_json'),
    }).toEqual(
      Object.fromEntries(
        (['cut', 'busy', 'quota', 'status', 'garbage'] as const).map((kind) => [
          kind,
          ledger.kinds.get(kind) ?? 0,
        ]),
      ),
    );
  });
  await tab.close();
  await reckon();
});

/** Attempts that the portal has answered. */
async function taken(observer: Page): Promise<SnapshotRow[]> {
  return (await events(observer)).flatMap((event) => {
    return event.kind === 'attempt' && event.snapshot.http_status !== null ? [event.snapshot] : [];
  });
}
