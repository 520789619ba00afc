import { gunzipSync } from 'node:zlib';
import type { ErrorCode } from '../../src/errors.ts';
import type { ErrorFigures } from '../../src/ui/messages/en.errors.ts';
import { en } from '../../src/ui/messages/en.ts';
import { fr } from '../../src/ui/messages/fr.ts';
import type { Script } from '../replica/faults.ts';
import { expect, test } from './fixtures.ts';
import { attempts, listFiles, readGzip, untilKept } from './opfs.ts';
import { fileItem, networkTotals, notice, openFolds, recordByHand, recordNow, saved } from './visit.ts';

interface Case {
  readonly script: Script;
  readonly code: ErrorCode;
  readonly status: number | null;
  readonly figures?: ErrorFigures;
  readonly outcome?: 'failed' | 'partial';
  /** Whether there is a body to keep. */
  readonly kept?: boolean;
}

const cases: readonly Case[] = [
  { script: { fault: 'reset' }, code: 'portal.unreachable', status: null, kept: false },
  { script: { fault: 'reset', after: 1000 }, code: 'portal.unreachable', status: 200, kept: false },
  { script: { fault: 'none', cors: false }, code: 'portal.cors', status: null, kept: false },
  { script: { fault: 'quota' }, code: 'portal.quota', status: 429, figures: { until: '2 Jan, 01:00' } },
  { script: { fault: 'busy' }, code: 'portal.busy', status: 429, kept: false },
  { script: { fault: 'refused' }, code: 'portal.refused', status: 400, figures: { status: '400' } },
  {
    script: { fault: 'status', status: 503 },
    code: 'portal.server',
    status: 503,
    figures: { status: '503' },
  },
  { script: { fault: 'html' }, code: 'portal.html', status: 200 },
  { script: { fault: 'cut' }, code: 'portal.cut_json', status: 200 },
  { script: { fault: 'garbage' }, code: 'portal.not_json', status: 200 },
  { script: { fault: 'not-records' }, code: 'portal.not_records', status: 200 },
  { script: { fault: 'empty' }, code: 'portal.empty', status: 200, outcome: 'partial' },
  {
    script: { fault: 'large' },
    code: 'portal.too_large',
    status: 200,
    figures: { limit: '50 MB' },
    kept: false,
  },
];

test.describe('each fault of the portal', () => {
  test.use({ portal: { resetAt: Date.UTC(2027, 0, 2) } });

  test('is told, recorded and kept; nothing else changes; the next snapshot goes on', async ({
    page,
    open,
    replica,
  }) => {
    await recordByHand(page);
    await open();
    const { host } = new URL(replica.address);
    let totals = await networkTotals(page);
    await untilKept(page);
    let recorded = 1;

    for (const { script, code, status, figures = {}, outcome = 'failed', kept = true } of cases) {
      await test.step(`${code} (${JSON.stringify(script)})`, async () => {
        const files = await listFiles(page, 'live');
        const sentence = notice(page, en.errors[code]({ host, ...figures }));
        replica.always(script);
        const answered = replica.served.length;
        await recordNow(page).click();
        await expect(sentence).toBeVisible();
        replica.always({ fault: 'none' });

        const taken = await attempts(page);
        recorded += 1;
        expect(taken).toHaveLength(recorded);
        expect(taken.at(-1)).toMatchObject({ outcome, error_code: code, http_status: status, rows: 0 });
        const path = taken.at(-1)!.bronze_path;
        expect(path !== null, 'a body was kept').toBe(kept);
        if (path !== null) expect(await readGzip(page, 'live', path)).toEqual(replica.served[answered]!.body);
        expect(await listFiles(page, 'live')).toEqual([...files, ...(path ? [path] : [])].sort());
        expect(await networkTotals(page)).toBe(totals);

        replica.poll = recorded % replica.polls.length;
        await recordNow(page).click();
        recorded += 1;
        await expect(sentence).toHaveCount(0);
        await expect.poll(async () => (await attempts(page)).at(-1)?.outcome).toBe('ok');
        await expect.poll(() => networkTotals(page)).not.toBe(totals);
        await untilKept(page);
        totals = await networkTotals(page);
      });
    }
  });
});

test('a fault is told in French, its body downloads from the lake, and the answers outlive a reload', async ({
  page,
  open,
  replica,
}) => {
  await recordByHand(page);
  await open({ lang: 'fr' });
  const totals = await networkTotals(page);
  replica.next({ fault: 'html' });
  await recordNow(page).click();
  await expect(notice(page, fr.errors['portal.html']({}))).toBeVisible();

  await page.getByRole('link', { name: fr.lake, exact: true }).first().click();
  await openFolds(page);
  const button = fileItem(page, /\.body\.gz$/).getByRole('button', { name: /^Télécharger/ });
  const { bytes } = await saved(page, button);
  expect(gunzipSync(bytes)).toEqual(replica.served.at(-1)!.body);

  replica.always({ fault: 'status', status: 500 });
  await page.goto(page.url().replace(/#.*$/, ''));
  expect(await networkTotals(page)).toBe(totals);
});

test('what failed by hand is forgotten once a snapshot comes by itself', async ({ page, open, replica }) => {
  await open({ clock: '2026-11-23T16:24:10Z*20' });
  await networkTotals(page);
  replica.always({ fault: 'status', status: 503 });
  await recordNow(page).click();
  const sentence = notice(page, /has a fault of its own/);
  await expect(sentence).toBeVisible();
  const asked = replica.served.length;
  replica.always({ fault: 'none' });
  await replica.until(asked + 1);
  await expect(sentence).toHaveCount(0);
});
