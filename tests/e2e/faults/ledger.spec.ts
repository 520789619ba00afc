import type { Page } from '@playwright/test';
import { snapshotUrl, velib } from '../../../src/sources/source.ts';
import { readFile } from '../opfs.ts';
import { events } from './bronze.ts';
import { removeFile, writeFile } from './disk.ts';
import { unsound } from './settled.ts';
import { expect, test } from './world.ts';

test('the comparison notices what is lost, doubled, invented or never acknowledged', async ({
  visit,
  ledger,
  observer,
  replica,
}) => {
  const tab = await visit();
  await ledger.more(4);
  await tab.close();
  await ledger.observe(observer);
  const before = await ledger.compare(observer);
  expect(await unsound(observer)).toEqual([]);
  expect(before).toMatchObject({ lost: 0, doubled: 0, invented: 0 });
  expect(before.acknowledged).toBeGreaterThanOrEqual(3);

  const [first, second, third] = await snapshots(observer);
  const bytes = await readFile(observer, 'live', first!);
  await writeFile(observer, second!, bytes);
  await removeFile(observer, third!);
  expect(await ledger.compare(observer)).toEqual({ ...before, lost: 2, doubled: 1 });
  expect(await unsound(observer)).toEqual([`other content: ${second!}`, `missing: ${third!}`]);

  bytes[bytes.length >> 1]! ^= 1;
  await writeFile(observer, first!, bytes);
  expect(await ledger.compare(observer)).toEqual({ ...before, lost: 3, invented: 1 });

  await fetch(snapshotUrl(velib(replica.address))).then((answer) => answer.text());
  await expect
    .poll(() => ledger.compare(observer))
    .toMatchObject({ unacknowledged: before.unacknowledged + 1 });
});

/** The paths of the snapshots that attempts have committed. */
async function snapshots(observer: Page): Promise<string[]> {
  return (await events(observer)).flatMap((event) => {
    return event.kind === 'attempt' && event.file ? [event.file.path] : [];
  });
}
