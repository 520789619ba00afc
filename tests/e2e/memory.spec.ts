import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, pageAddress, test as base } from './fixtures.ts';
import {
  goTo,
  fileItem,
  networkTotals,
  notice,
  openFolds,
  recordByHand,
  recordNow,
  saveAs,
  saved,
} from './visit.ts';

/** A name of the local network: served over plain HTTP, it is no secure context, as `localhost` would be. */
const lanHost = 'lan.test';

const test = base.extend({
  launchOptions: [
    async ({ launchOptions }, use) => {
      const { proxy, args = [] } = launchOptions;
      await use({
        ...launchOptions,
        args: [...args, `--host-resolver-rules=MAP ${lanHost} 127.0.0.1`],
        ...(proxy && { proxy: { ...proxy, bypass: `${proxy.bypass},${lanHost}` } }),
      });
    },
    { scope: 'worker' },
  ],
});

test('on plain HTTP in a local network the page works for the visit, and says so', async ({
  page,
  site,
  replica,
}) => {
  const address = new URL(pageAddress(site, replica));
  address.hostname = lanHost;
  await recordByHand(page);
  await page.goto(address.href);
  expect(
    await page.evaluate(() => [
      isSecureContext,
      'storage' in navigator,
      'locks' in navigator,
      'serviceWorker' in navigator,
      'subtle' in crypto,
    ]),
  ).toEqual([false, false, false, false, false]);
  await expect(notice(page, /^This browser gives the page no storage/)).toBeVisible();
  await expect(notice(page, /^Another tab records/)).toHaveCount(0);
  const first = await networkTotals(page);
  await recordNow(page).click();
  await expect.poll(() => networkTotals(page)).not.toBe(first);

  const answer = await saved(page, await saveAs(page, 'System health', 'Parquet'));
  const [health] = await parquetReadObjects({ file: answer.bytes.buffer, compressors });
  expect(Number(health?.['stations'])).toBe(replica.snapshots[1]!.records.length);

  await goTo(page, 'Lake');
  await expect(page.getByText(/^2 snapshots, /)).toBeVisible();
  await openFolds(page);
  const csv = await saved(
    page,
    fileItem(page, /\.csv$/)
      .first()
      .getByRole('button', { name: /^Download/ }),
  );
  const lines = Buffer.from(csv.bytes).toString().trimEnd().split('\n');
  expect(lines).toHaveLength(1 + replica.snapshots[1]!.records.length);

  await page.reload();
  await expect(page.getByText(/^1 snapshots?, /)).toBeVisible();
});
