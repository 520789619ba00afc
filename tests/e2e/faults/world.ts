import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page, type TestInfo } from '@playwright/test';
import { loadRecording } from '../../replica/recording.ts';
import { Replica } from '../../replica/replica.ts';
import { expect, pageAddress, test as base } from '../fixtures.ts';
import { DevTools } from './devtools.ts';
import { Ledger, type Figures } from './ledger.ts';
import { silverCounts, unsettled, unsound } from './settled.ts';
import { Tab } from './tab.ts';
import { Time } from './time.ts';
import { isSound, tell, verify } from './verify.ts';

interface FaultFixtures {
  /** The folder of the visitor's profile. */
  profile: string;
  /** Where the recorder's clock starts, and how much faster than the device's it goes. */
  pace: { readonly start: string; readonly rate: number };
  /** Whether the portal answers a day of real polls of all stations, where they are at hand, or three small ones. */
  real: boolean;
  time: Time;
  ledger: Ledger;
  devtools: DevTools;
  /** A document of the page's origin without the page's code: it looks into the lake from beside. */
  observer: Page;
  /** Opens the page in a new tab, at the recorder's time. */
  visit: (query?: Record<string, string>) => Promise<Tab>;
  /** The last step of a case: the lake is verified and compared with what the portal sent. Gives its figures. */
  reckon: (allowed?: Partial<Figures>) => Promise<Figures>;
}

/** A visitor with a profile on disk, whose browser can come to harm, and a record of what the portal sent. */
export const test = base.extend<FaultFixtures>({
  pace: [{ start: '2026-11-23T10:00:10Z', rate: 120 }, { option: true }],
  real: [false, { option: true }],
  serviceWorkers: 'block',
  profile: async ({}, use) => {
    const profile = await mkdtemp(join(tmpdir(), 'velolac-faults-'));
    await use(profile);
    await rm(profile, { recursive: true, force: true });
  },
  context: async ({ profile, launchOptions, serviceWorkers }, use) => {
    const context = await chromium.launchPersistentContext(profile, { ...launchOptions, serviceWorkers });
    await use(context);
    await context.close();
  },
  time: async ({ pace }, use) => {
    await use(new Time(pace.start, pace.rate));
  },
  ledger: async ({}, use) => {
    await use(new Ledger());
  },
  replica: async ({ portal, real, time, ledger }, use) => {
    const polls = await (real ? loadRecording() : loadRecording('', 'fixture'));
    const record = { keep: false, onServed: ledger.note };
    const replica = await Replica.start({ polls, quota: 1e6, now: time.now, ...record, ...portal });
    await use(replica);
    await replica.close();
  },
  devtools: async ({ context }, use) => {
    await use(await DevTools.of(context));
  },
  observer: async ({ context, site }, use) => {
    const page = context.pages()[0] ?? (await context.newPage());
    await page.goto(`${site.address}manifest.webmanifest`);
    await use(page);
  },
  visit: async ({ observer, site, replica, time, devtools }, use) => {
    await use(async (query = {}) => {
      const page = await observer.context().newPage();
      return Tab.open(page, devtools, pageAddress(site, replica, { clock: time.query, ...query }));
    });
  },
  reckon: async ({ observer, ledger, time, visit }, use, testInfo) => {
    await use(async (allowed = {}) => {
      await recording(observer, false);
      time.set(time.now(), 1);
      const tab = await visit();
      await expect.poll(() => unsettled(observer, time.now()), { timeout: 60_000 }).toEqual([]);
      const verified = await verify(tab.page);
      expect(isSound(verified), tell(verified)).toBe(true);
      // Nothing gives way to a compacted file while it is looked at.
      await tab.close();
      expect(await unsound(observer)).toEqual([]);
      const { rows, keys, snapshots, good } = await silverCounts(observer);
      expect({ rows, snapshots }, 'rows of Silver, each once').toEqual({ rows: keys, snapshots: good });
      await ledger.observe(observer);
      const figures = await ledger.compare(observer);
      report(testInfo, figures);
      expect(figures).toMatchObject({ lost: 0, doubled: 0, invented: 0 });
      expect(figures.unacknowledged).toBeLessThanOrEqual(allowed.unacknowledged ?? 0);
      return figures;
    });
  },
});

/** Hands a case's figures to the suite's sum (`figures.ts`). */
export function report(testInfo: TestInfo, figures: Figures): void {
  testInfo.annotations.push({ type: 'figures', description: JSON.stringify(figures) });
}

/** Switches recording on schedule on or off, for tabs that are opened from now on. */
export async function recording(observer: Page, on: boolean): Promise<void> {
  await observer.evaluate((recording) => {
    localStorage.setItem('velolac.settings', JSON.stringify({ recording }));
  }, on);
}

export { expect };
