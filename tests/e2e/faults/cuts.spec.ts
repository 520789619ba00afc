import { setTimeout as sleep } from 'node:timers/promises';
import type { Page } from '@playwright/test';
import { listFiles, readFile } from '../opfs.ts';
import { writeFile } from './disk.ts';
import { Random } from './random.ts';
import { sizes } from './sizes.ts';
import type { JournalEvent } from '../../../src/lake/journal.ts';
import { test } from './world.ts';

/** Milliseconds after an answer in which its snapshot goes through Bronze, Silver and Gold. */
const TICK = 150;

test(`the power goes in the middle of a write: ${sizes.cuts} times, the last line or the last file cut at any byte`, async ({
  visit,
  ledger,
  observer,
  reckon,
}) => {
  test.setTimeout(180_000 + sizes.cuts * 45_000);
  const random = new Random('cuts');
  let kills = 0;
  while (ledger.faults < sizes.cuts) {
    const tab = await visit();
    await ledger.more(1);
    await sleep(random.below(TICK));
    await tab.kill();
    kills += 1;
    const cut = await cutLast(observer, random);
    if (cut) ledger.faults += 1;
    await ledger.observe(observer);
  }
  await reckon({ unacknowledged: kills + sizes.cuts });
});

/**
 * Undoes the end of the lake's last write, as if it had never reached the disk: what is left of the journal's last line
 * is a part of it, or nothing, and then what is left of the file that it would have committed, too. Gives false where
 * the last line replaced files, which are gone from the disk by now.
 */
async function cutLast(page: Page, random: Random): Promise<boolean> {
  const path = (await listFiles(page, 'live')).filter((one) => /^journal\/.*\.jsonl$/.test(one)).at(-1);
  if (path === undefined) return false;
  const bytes = await readFile(page, 'live', path);
  const start = bytes.lastIndexOf(10, bytes.length - 2) + 1;
  const event = JSON.parse(Buffer.from(bytes.subarray(start)).toString()) as JournalEvent;
  const isLastWrite = event.kind === 'attempt' || (event.kind === 'commit' && event.replaces.length === 0);
  if (!isLastWrite) return false;
  const kept = random.below(2) < 1 ? 0 : Math.floor(random.below(bytes.length - start));
  await writeFile(page, path, bytes.subarray(0, start + kept));
  const [file] = event.kind === 'attempt' ? [event.file] : event.files;
  if (kept === 0 && file) {
    const whole = await readFile(page, 'live', file.path);
    await writeFile(page, file.path, whole.subarray(0, Math.floor(random.below(whole.length))));
  }
  return true;
}
