import type { Page } from '@playwright/test';
import { parquetReadObjects } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { expect, test } from './fixtures.ts';
import { balance, health, native, topCommunes } from './oracle.ts';
import { openFolds, saveAs, saved } from './visit.ts';

/** Takes so many snapshots in all, each seen in the page before the next. */
async function recordUntil(page: Page, count: number): Promise<void> {
  await page.getByRole('link', { name: 'Lake' }).first().click();
  for (let taken = 1; taken <= count; taken += 1) {
    await expect(page.getByText(new RegExp(`^${taken} snapshots?, `))).toBeVisible();
    if (taken < count) await page.getByRole('button', { name: 'Record now' }).click();
  }
  await page.getByRole('link', { name: 'Now' }).first().click();
}

test('open, record three, ask, download, read elsewhere, reload offline', async ({
  page,
  open,
  replica,
  site,
  outside,
  requests,
}) => {
  const ours = [new URL(site.address).origin, replica.address].sort();
  await open();
  const everyMinute = page.getByRole('switch', { name: 'Record every minute' });
  await everyMinute.click();
  await expect(everyMinute).not.toBeChecked();
  await recordUntil(page, 3);

  const silver =
    await test.step('Silver is the rows of the JSON, for readers that are not ours', async () => {
      await page.getByRole('link', { name: 'Lake' }).first().click();
      await openFolds(page);
      const buttons = page.getByRole('button', { name: /^Download part_.*parquet$/ });
      const status: { name: string; bytes: Uint8Array<ArrayBuffer> }[] = [];
      for (const item of await page.locator('li', { hasText: 'silver/station_status' }).all()) {
        status.push(await saved(page, item.getByRole('button', { name: /^Download/ })));
      }
      status.sort((a, b) => a.name.localeCompare(b.name));
      expect(status).toHaveLength(3);
      expect(await buttons.count()).toBeGreaterThan(3);
      for (const [index, { bytes }] of status.entries()) {
        const sent = replica.snapshots[index]!;
        const rows = await native(
          `SELECT station_code, num_bikes_available AS bikes, num_docks_available AS docks, num_ebikes_available AS ebikes
         FROM read_parquet({a.parquet}) ORDER BY station_code`,
          { 'a.parquet': bytes },
        );
        const wanted = await native(
          `SELECT stationcode AS station_code, numbikesavailable AS bikes, numdocksavailable AS docks, ebike AS ebikes
         FROM read_json_auto({body.json}, format = 'array') ORDER BY station_code`,
          { 'body.json': new Uint8Array(sent.body!) },
        );
        expect(
          rows.map((row) => ({
            ...row,
            bikes: Number(row['bikes']),
            docks: Number(row['docks']),
            ebikes: Number(row['ebikes']),
          })),
        ).toEqual(
          wanted.map((row) => ({
            ...row,
            bikes: Number(row['bikes']),
            docks: Number(row['docks']),
            ebikes: Number(row['ebikes']),
          })),
        );
        const [{ compression } = {}] = await native(
          'SELECT DISTINCT compression FROM parquet_metadata({a.parquet})',
          { 'a.parquet': bytes },
        );
        expect(compression).toBe('ZSTD');
        const read = await parquetReadObjects({ file: bytes.buffer, compressors });
        expect(read.map((row) => [row['station_code'], row['num_bikes_available']])).toEqual(
          rows.map((row) => [row['station_code'], Number(row['bikes'])]),
        );
      }
      return status;
    });

  const shown =
    await test.step('the three answers are those of native DuckDB over the same JSON', async () => {
      await page.getByRole('link', { name: 'Now' }).first().click();
      const body = { 'body.json': new Uint8Array(replica.snapshots[2]!.body!) };
      const [{ at } = {}] = await native(
        'SELECT CAST(max(fetched_at) AS VARCHAR) AS at FROM read_parquet({a.parquet})',
        {
          'a.parquet': silver[2]!.bytes,
        },
      );
      const gold = async (title: string) =>
        (
          await native('SELECT * FROM read_parquet({a.parquet})', {
            'a.parquet': (await saved(page, await saveAs(page, title, 'Parquet'))).bytes,
          })
        )[0]!;
      for (const [title, sql] of [
        ['Full, empty, in between', balance(String(at))],
        ['System health', health(String(at))],
      ] as const) {
        const answer = await gold(title);
        const [wanted] = await native(sql, body);
        for (const [name, value] of Object.entries(wanted!))
          expect(Number(answer[name]), `${title}: ${name}`).toBeCloseTo(Number(value), 9);
      }
      await page.getByRole('radio', { name: 'Commune' }).check({ force: true });
      const areas = page.getByRole('region', { name: 'Most e-bikes by area' });
      await areas.getByRole('button', { name: 'Table' }).click();
      const cells = await areas
        .locator('tbody tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
      const wanted = await native(topCommunes(String(at)), body);
      const count = (value: unknown) => Number(value).toLocaleString('en-GB');
      expect(
        cells.map(([name, ebikes, mechanical, , docks, stations]) => [
          name,
          ebikes,
          mechanical,
          docks,
          stations,
        ]),
      ).toEqual(
        wanted.map((row) => [
          row['area_name'],
          count(row['ebikes']),
          count(row['mechanical']),
          count(row['docks']),
          count(row['stations']),
        ]),
      );
      return page.getByRole('region', { name: 'The network' }).innerText();
    });

  await test.step('offline, without the server, the page opens with the same answers', async () => {
    await page.waitForFunction(
      async () => (await navigator.serviceWorker.ready).active?.state === 'activated',
    );
    await site.stop();
    await replica.close();
    await page.reload();
    await expect(page.getByRole('region', { name: 'The network' })).toHaveText(
      shown.replaceAll(/\s+/g, ' '),
      { useInnerText: true },
    );
    await saved(page, await saveAs(page, 'System health', 'Parquet'));
  });

  const origins = new Set(
    requests
      .map(({ url }) => new URL(url))
      .filter(({ protocol }) => protocol !== 'blob:')
      .map(({ origin }) => origin),
  );
  expect([...origins].sort()).toEqual(ours);
  expect(outside.hosts).toEqual([]);
});
