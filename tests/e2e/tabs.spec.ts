import type { Page } from '@playwright/test';
import { expect, pageAddress, test as base } from './fixtures.ts';
import { DevTools } from './faults/devtools.ts';
import { Tab } from './faults/tab.ts';
import { attempts, entries, journal, listFiles, untilKept } from './opfs.ts';
import { networkTotals, notice, recordByHand, recordNow } from './visit.ts';

/** Another tab records: told in full, since a reader learns from the beat whether it does. */
const elsewhere = (page: Page) => notice(page, /^Another tab (records|keeps the lake)/);
const everyMinute = (page: Page) => page.getByRole('switch', { name: 'Record every minute' });

/** How long nobody may record, in milliseconds: until the portal has the call of the next writer answered. */
const TAKEOVER = 5000;

const test = base.extend<{ openTab: () => Promise<Tab> }>({
  openTab: async ({ context, site, replica }, use) => {
    const devtools = await DevTools.of(context);
    await use(async () => Tab.open(await context.newPage(), devtools, pageAddress(site, replica)));
  },
});

test('of two tabs one writes and the other follows; the last one left takes over', async ({
  page,
  context,
  open,
  replica,
}) => {
  await recordByHand(page);
  await open();
  const first = await networkTotals(page);
  await untilKept(page);

  const other = await context.newPage();
  await open({}, other);
  await expect(elsewhere(other)).toBeVisible();
  await expect(everyMinute(other)).toBeDisabled();
  await expect(elsewhere(page)).toHaveCount(0);
  expect(await networkTotals(other)).toBe(first);

  await recordNow(page).click();
  await expect.poll(() => networkTotals(page)).not.toBe(first);
  const second = await networkTotals(page);
  await expect.poll(() => networkTotals(other)).toBe(second);

  await recordNow(other).click();
  await expect.poll(() => networkTotals(page)).not.toBe(second);
  const third = await networkTotals(page);
  await expect.poll(() => networkTotals(other)).toBe(third);
  await untilKept(other);
  expect(replica.snapshots).toHaveLength(3);
  expect(await terms(other)).toEqual([1]);

  replica.next({ fault: 'refused' });
  await recordNow(other).click();
  await expect(notice(other, /refused/i)).toBeVisible();

  await page.close();
  await expect(elsewhere(other)).toHaveCount(0);
  await expect(everyMinute(other)).toBeEnabled();
  await recordNow(other).click();
  await expect.poll(() => networkTotals(other)).not.toBe(third);
  expect(await terms(other)).toEqual([1, 2]);
  expect((await attempts(other)).filter(({ outcome }) => outcome === 'ok')).toHaveLength(4);
});

for (const end of ['close', 'crash', 'hang'] as const) {
  test(`a writer's ${end} in the midst of a snapshot costs no minute, and nothing counts twice`, async ({
    openTab,
    replica,
  }) => {
    replica.next({ fault: 'none', delay: 15_000 });
    const writer = await openTab();
    await expect.poll(() => asked(replica)).toBe(1);
    const reader = await openTab();
    await expect(elsewhere(reader.page)).toBeVisible();

    const ended = Date.now();
    await (end === 'close' ? writer.page.close() : writer[end]());
    await expect.poll(() => replica.snapshots.length, { intervals: [20] }).toBe(1);
    const [taken] = replica.snapshots;
    test.info().annotations.push({ type: 'takeover', description: `${taken!.at - ended} ms` });
    expect(taken!.at - ended).toBeLessThan(TAKEOVER);
    await expect(elsewhere(reader.page)).toHaveCount(0);
    await untilKept(reader.page);
    await everyMinute(reader.page).click();

    if (end === 'hang') {
      await writer.wake();
      await expect.poll(() => replica.snapshots.length).toBe(2);
      await expect(elsewhere(writer.page)).toBeVisible();
      await expect(everyMinute(writer.page)).toBeDisabled();
      const isLevel = async () => (await networkTotals(writer.page)) === (await networkTotals(reader.page));
      await expect.poll(isLevel).toBe(true);
    }
    const events = await journal(reader.page, 'live');
    expect(events.flatMap((event) => (event.kind === 'term' ? [event.term] : []))).toEqual([1, 2]);
    expect(events.flatMap((event) => (event.kind === 'attempt' ? [event.term] : []))).toContain(2);
    expect(events.flatMap((event) => (event.kind === 'attempt' ? [event.term] : []))).not.toContain(1);
    const minutes = (await attempts(reader.page)).map(({ fetched_at }) => Math.floor(fetched_at / 60_000));
    expect(new Set(minutes).size).toBe(minutes.length);
    // The last snapshot's Gold may still be on its way.
    await expect(async () => {
      const kept = (await entries(reader.page)).map(({ path }) => path).sort();
      const files = await listFiles(reader.page, 'live');
      expect(files.filter((path) => !path.startsWith('journal/'))).toEqual(kept);
    }).toPass();
  });
}

test('of three tabs one takes over from a hung writer, and the others follow it', async ({
  openTab,
  replica,
}) => {
  replica.next({ fault: 'silent' });
  const writer = await openTab();
  await expect.poll(() => asked(replica)).toBe(1);
  const readers = [await openTab(), await openTab()];
  for (const { page } of readers) await expect(elsewhere(page)).toBeVisible();

  await writer.hang();
  await expect.poll(() => Promise.all(readers.map(({ page }) => elsewhere(page).count()))).toContain(0);
  const [successor, follower] = await inOrder(readers);
  await untilKept(successor.page);
  expect(await terms(successor.page)).toEqual([1, 2]);
  await expect(elsewhere(follower.page)).toContainText(/ since (?!1 Jan)\d/);
  expect(await networkTotals(follower.page)).toBe(await networkTotals(successor.page));

  await successor.page.close();
  await expect(elsewhere(follower.page)).toHaveCount(0);
  expect(await terms(follower.page)).toEqual([1, 2, 3]);
});

async function inOrder([a, b]: readonly Tab[]): Promise<[writer: Tab, reader: Tab]> {
  return (await elsewhere(a!.page).count()) === 0 ? [a!, b!] : [b!, a!];
}

/** The calls that the portal has taken, answered or not. */
const asked = (replica: { readonly poll: number }): number => replica.poll;

async function terms(page: Page): Promise<number[]> {
  return [...new Set((await journal(page, 'live')).map(({ term }) => term))];
}

test('a recorder worker that dies is started again, and a press meanwhile is not lost', async ({
  openTab,
  replica,
}) => {
  const tab = await openTab();
  await expect.poll(() => replica.snapshots.length).toBe(1);
  await untilKept(tab.page);
  const before = await networkTotals(tab.page);
  expect(await tab.endWorker('recorder')).toBe(true);
  await expect(tab.page.getByText('The recorder stopped and is started again.')).toBeVisible();
  await recordNow(tab.page).click();
  await expect.poll(() => networkTotals(tab.page)).not.toBe(before);
  expect(await terms(tab.page)).toEqual([1, 2]);
});
