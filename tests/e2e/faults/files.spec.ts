import type { Page } from '@playwright/test';
import { listFiles } from '../opfs.ts';
import { readDisk, restoreDisk, writeFile } from './disk.ts';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import { silverCounts, unsettled, unsound } from './settled.ts';
import { isSound, tell, verify } from './verify.ts';
import { expect, report, recording, test } from './world.ts';
import { events, filesOf } from './bronze.ts';

const HOUR = 3_600_000;

const damages = {
  truncated: (bytes, random) => bytes.subarray(0, Math.floor(random.below(bytes.length))),
  zeroed: (bytes) => new Uint8Array(bytes.length),
  'with a flipped bit': (bytes, random) => {
    const flipped = Uint8Array.from(bytes);
    flipped[Math.floor(random.below(bytes.length))]! ^= 1 << Math.floor(random.below(8));
    return flipped;
  },
} satisfies Record<string, (bytes: Uint8Array, random: Random) => Uint8Array>;

test.use({ pace: { start: '2026-11-22T22:40:10Z', rate: 120 } });

test('every file of a small lake, in turn, is truncated, zeroed, or has a flipped bit', async ({
  visit,
  ledger,
  observer,
  time,
}, testInfo) => {
  test.setTimeout(1_500_000);
  const random = new Random('files');

  await test.step('a lake with open and closed hours and days', async () => {
    for (const hours of [0, 1, 2, 3]) {
      time.set(Date.parse('2026-11-22T22:40:10Z') + hours * HOUR);
      const tab = await visit();
      await ledger.more(3);
      await tab.close();
    }
    await recording(observer, false);
    time.set(time.now(), 1);
    const tab = await visit();
    await expect.poll(() => unsettled(observer, time.now()), { timeout: 60_000 }).toEqual([]);
    expect(isSound(await verify(tab.page))).toBe(true);
    await tab.close();
  });
  const disk = await readDisk(observer);
  const files = filesOf(await events(observer));
  await ledger.observe(observer);
  const whole = await ledger.compare(observer);
  expect(whole).toMatchObject({ lost: 0, doubled: 0, invented: 0 });
  expect([...disk.keys()].join('\n')).toMatch(/checkpoint[^]*day_[^]*hour_/);

  for (const [path, bytes] of disk) {
    const kinds = Object.entries(damages)
      .sort(() => random.below(2) - 1)
      .slice(0, sizes.damages);
    for (const [kind, damage] of kinds) {
      await test.step(`${path} ${kind}`, async () => {
        await restoreDisk(observer, disk);
        await writeFile(observer, path, damage(bytes, random));
        ledger.faults += 1;
        const tab = await visit();
        const { problems } = await verify(tab.page);
        const entry = files.get(path);
        if (entry && entry.layer !== 'gold') expect.soft(problems.map(([one]) => one)).toContain(path);
        await tab.close();
        const again = await visit();
        const verified = await verify(again.page);
        expect.soft(isSound(verified), tell(verified)).toBe(true);
        await again.close();
        // Lines of a damaged journal tell of files that lines which are gone have replaced.
        const by = path.startsWith('journal/') ? 'disk' : 'journal';
        if (by === 'journal') expect.soft(await unsound(observer)).toEqual([]);
        const { rows, keys } = await silverCounts(observer, by);
        expect.soft(rows).toBe(keys);
        const figures = await ledger.compare(observer, by);
        const within = entry?.layer === 'bronze' ? entry.snapshots : 0;
        expect.soft(figures.lost, 'snapshots lost').toBeLessThanOrEqual(within);
        expect.soft(figures).toMatchObject({ doubled: 0, invented: 0 });
        await keepsWhatIsLeft(observer, figures.lost);
      });
    }
  }
  await restoreDisk(observer, disk);
  report(testInfo, await ledger.compare(observer));
});

/** Damaged Bronze is set aside, never removed. */
async function keepsWhatIsLeft(observer: Page, lost: number): Promise<void> {
  if (lost === 0) return;
  const aside = (await listFiles(observer, 'live')).filter((path) => path.startsWith('damaged/'));
  expect(aside.length).toBeGreaterThan(0);
}
