import { readFile as readDisk } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { hasSharedData } from '../replica/recording.ts';
import type { Replica } from '../replica/replica.ts';
import { expect, test } from './fixtures.ts';
import { attempts, journal, listFiles, readFile, readGzip, untilKept } from './opfs.ts';
import { native } from './oracle.ts';
import { networkTotals, notice, recordByHand, recordNow } from './visit.ts';

const folder = new URL('../../../shared/data/velib/v21-export-2024/raw/', import.meta.url);

/** A poll that a client of 2024 saved, as it was found. */
async function rawFile(name: string): Promise<Buffer> {
  return gunzipSync(await readDisk(new URL(`${name}.json.gz`, folder)));
}

/** Lets the portal answer with these bytes once, records them by hand, and gives the attempt. */
async function recordBody(page: Page, replica: Replica, body: Uint8Array) {
  const before = (await attempts(page)).length;
  replica.next({ fault: 'body', body });
  await recordNow(page).click();
  await expect.poll(async () => (await attempts(page)).length).toBe(before + 1);
  return (await attempts(page)).at(-1)!;
}

/** Mechanical bikes, e-bikes and free docks of a body, in the order of the page. */
async function sums(body: Uint8Array): Promise<number[]> {
  const [row] = await native(
    `SELECT sum(mechanical) AS a, sum(ebike) AS b, sum(numdocksavailable) AS c
     FROM read_json_auto({body.json}, format = 'array')`,
    { 'body.json': body },
  );
  return Object.values(row!).map(Number);
}

const figures = (totals: string) =>
  (totals.match(/[\d,]+/g) ?? []).map((text) => Number(text.replace(',', '')));

test.describe('files that real clients of the portal saved in 2024', () => {
  test.skip(!hasSharedData, 'needs ../shared/data/velib/v21-export-2024/raw, which is absent');

  test.beforeEach(async ({ page, open }) => {
    await recordByHand(page);
    await open();
    await networkTotals(page);
    await untilKept(page);
  });

  test('one that ends inside an escape is kept verbatim and changes nothing', async ({ page, replica }) => {
    const totals = await networkTotals(page);
    const body = await rawFile('shell-Velib__velib_data_20241105_112001');
    const attempt = await recordBody(page, replica, body);
    expect(attempt).toMatchObject({ outcome: 'failed', error_code: 'portal.cut_json', bytes: body.length });
    await expect(notice(page, /^The portal’s answer was cut short/)).toBeVisible();
    expect(await readGzip(page, 'live', attempt.bronze_path!)).toEqual(body);
    expect(await networkTotals(page)).toBe(totals);
  });

  test('one without a single key is all rejects, and no network without bikes', async ({ page, replica }) => {
    const totals = await networkTotals(page);
    const body = await rawFile('shell-Velib__velib_data_20241106_101001');
    const { rows } = await recordBody(page, replica, body);
    await expect(notice(page, /^The last snapshot is not whole/)).toBeVisible();
    await expect.poll(async () => (await silverReports(page)).length).toBe(2);
    expect((await silverReports(page))[1]).toMatchObject({
      accepted: 0,
      rejected: { no_station_code: rows },
    });
    const [path] = (await listFiles(page, 'live')).filter((name) => name.startsWith('silver/rejects/'));
    const [kept] = await native(`SELECT CAST(count(*) AS INTEGER) AS n FROM read_parquet({r.parquet})`, {
      'r.parquet': await readFile(page, 'live', path!),
    });
    expect(kept).toEqual({ n: rows });
    expect(await networkTotals(page)).toBe(totals);
  });

  test('one whose client dropped the codes is quarantined, named, and the next goes on', async ({
    page,
    replica,
  }) => {
    const totals = await networkTotals(page);
    const body = await rawFile('R-Velib__R-Velib20241104_111001');
    const attempt = await recordBody(page, replica, body);
    expect(attempt).toMatchObject({ outcome: 'quarantined', error_code: 'silver.schema' });
    const sentence = notice(page, /no longer sends “stationcode”/);
    await expect(sentence).toBeVisible();
    expect(await listFiles(page, 'live')).toContain(attempt.bronze_path);
    expect(await networkTotals(page)).toBe(totals);
    await recordNow(page).click();
    await expect(sentence).toHaveCount(0);
    await expect.poll(() => networkTotals(page)).not.toBe(totals);
  });

  for (const [name, what] of [
    ['shell-Velib__velib_data_20241104_111001', 'whose static columns are null'],
    ['R-Velib__R-Velib20241104_111501', 'whose client dropped the static columns'],
  ] as const) {
    test(`one ${what} counts, under the names that the stations had`, async ({ page, replica }) => {
      const body = await rawFile(name);
      expect(await recordBody(page, replica, body)).toMatchObject({ outcome: 'ok', error_code: null });
      const wanted = await sums(body);
      await expect.poll(async () => figures(await networkTotals(page))).toEqual(wanted);
      const areas = page.getByRole('region', { name: 'Most e-bikes by area' });
      await areas.getByRole('button', { name: 'Table' }).click();
      await expect(areas.locator('tbody tr')).toHaveCount(5);
      const names = await areas.locator('tbody th').allInnerTexts();
      expect(names.filter((area) => /[A-Z]/.test(area))).toHaveLength(5);
    });
  }
});

async function silverReports(page: Page) {
  return (await journal(page, 'live')).flatMap((event) =>
    event.kind === 'commit' ? (event.reports ?? []) : [],
  );
}

test('a renamed column: quarantined, named, kept in Bronze; the next good snapshot goes on', async ({
  page,
  open,
  replica,
}) => {
  await recordByHand(page);
  await open();
  const totals = await networkTotals(page);
  await untilKept(page);
  const edit = ({ numbikesavailable, ...others }: Record<string, unknown>) => ({
    ...others,
    velos: numbikesavailable,
  });
  replica.next({ fault: 'edit', edit });
  await recordNow(page).click();
  const sentence = notice(page, /no longer sends “num_?bikes_?available”/);
  await expect(sentence).toBeVisible();
  const attempt = (await attempts(page)).at(-1)!;
  expect(attempt).toMatchObject({ outcome: 'quarantined', error_code: 'silver.schema' });
  const csv = Buffer.from(await readFile(page, 'live', attempt.bronze_path!)).toString();
  expect(csv.split('\n')[0]).toContain('velos');
  expect(csv.trimEnd().split('\n')).toHaveLength(1 + replica.served.at(-1)!.records.length);
  expect(await networkTotals(page)).toBe(totals);

  await recordNow(page).click();
  await expect(sentence).toHaveCount(0);
  await expect.poll(() => networkTotals(page)).not.toBe(totals);
});
