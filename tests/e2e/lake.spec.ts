import { unzipSync } from 'fflate';
import Papa from 'papaparse';
import { expect, test } from './fixtures.ts';
import { attempts, entries, listFiles, untilKept } from './opfs.ts';
import { silverRows } from './oracle.ts';
import {
  answers,
  fileItem,
  goTo,
  networkTotals,
  openFolds,
  recordByHand,
  recordNow,
  recordUntil,
  saveAs,
  saved,
  savedTable,
} from './visit.ts';

test('a snapshot’s CSV is the text of its JSON; a closed hour is one ZIP and one Silver file, and answers stay', async ({
  page,
  open,
  replica,
}) => {
  await recordByHand(page);
  await open({ clock: '2026-11-23T16:50:00Z' });
  await networkTotals(page);
  await recordUntil(page, 3);

  const csvs = await test.step('a single CSV downloads, with the texts that were sent', async () => {
    await goTo(page, 'Lake');
    await openFolds(page);
    const found = new Map<string, Uint8Array>();
    for (const item of await fileItem(page, /\.csv$/).all()) {
      const { name, bytes } = await saved(page, item.getByRole('button', { name: /^Download/ }));
      found.set(name, bytes);
    }
    const names = [...found.keys()].sort();
    expect(names).toHaveLength(3);
    for (const [index, name] of names.entries()) {
      const { data } = Papa.parse<string[]>(Buffer.from(found.get(name)!).toString().trimEnd());
      const records = JSON.parse(replica.snapshots[index]!.body!.toString()) as Record<string, unknown>[];
      expect(data[0]).toEqual(header);
      expect(data.slice(1)).toEqual(records.map(cells));
    }
    await goTo(page, 'Now');
    return found;
  });

  await test.step('the list of files and the sizes are saved', async () => {
    await goTo(page, 'Lake');
    const files = await savedTable(page, 'Files');
    const paths = files.filter(({ layer }) => layer !== 'journal').map((file) => file['path']);
    expect(paths.sort()).toEqual((await entries(page)).map(({ path }) => path).sort());
    const sizes = await savedTable(page, 'Bronze to Silver');
    const told = (await attempts(page)).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(sizes.at(-1)).toMatchObject({ part: 'all', bronze_csv_bytes: String(told), licence: '' });
    const drawing = await saved(page, await saveAs(page, 'Space', 'SVG'));
    expect(Buffer.from(drawing.bytes).toString()).toMatch(/>Bronze [\d.]+/);
    await goTo(page, 'Now');
  });

  const before = await answers(page);
  const silver = await silverRows(page, /^silver\/station_status\/.*\/part_/);
  expect(silver).toHaveLength(3 * replica.snapshots[0]!.records.length);

  replica.always({ fault: 'reset' });
  await open({ clock: '2026-11-23T17:05:00Z' });
  await expect
    .poll(async () => (await entries(page)).filter(({ table }) => table === 'snapshot'))
    .toEqual([]);
  await expect
    .poll(async () => (await listFiles(page, 'live')).filter((path) => /\.csv$|\/part_.*station/.test(path)))
    .toEqual([]);
  await expect
    .poll(async () => (await entries(page)).filter(({ table }) => table === 'station_status'))
    .toMatchObject([
      { path: expect.stringMatching(/\/hour_20261123T16/), snapshots: 3, rows: silver.length },
    ]);
  expect(await silverRows(page, /^silver\/station_status\/.*\/hour_/)).toEqual(silver);
  expect(await answers(page)).toEqual(before);

  await test.step('the ZIP holds the same CSVs; it unfolds in the Lake, and its members download', async () => {
    await goTo(page, 'Lake');
    await openFolds(page);
    const zip = fileItem(page, /\/16\.zip$/).first();
    const whole = await saved(page, zip.getByRole('button', { name: 'Download 16.zip' }));
    const inside = unzipSync(whole.bytes);
    expect(Object.keys(inside).sort()).toEqual([...csvs.keys()].sort());
    for (const [name, bytes] of csvs) expect(Buffer.from(inside[name]!).equals(bytes)).toBe(true);
    await zip.getByRole('button', { name: 'Show its 3 snapshots' }).click();
    const [name] = [...csvs.keys()];
    const member = await saved(page, zip.getByRole('button', { name: `Download ${name}` }));
    expect(Buffer.from(member.bytes).equals(csvs.get(name!)!)).toBe(true);
  });
});

test('over midnight a day becomes one file; a day, then everything, is deleted behind a question', async ({
  page,
  open,
}) => {
  await open({ clock: '2026-11-23T23:55:30Z*20' });
  const yesterday = /^silver\/station_status\/.*\/date=2026-11-23\//;
  await expect
    .poll(async () =>
      (await entries(page)).filter(({ path }) => yesterday.test(path)).map(({ path }) => path),
    )
    .toEqual([expect.stringMatching(/\/day_20261123T/)]);
  await page.getByRole('switch', { name: 'Record every minute' }).click();
  await untilKept(page);
  const ofDay = (await attempts(page)).filter(({ fetched_at }) => fetched_at < Date.UTC(2026, 10, 24));
  const [file] = (await entries(page)).filter(({ path }) => yesterday.test(path));
  expect(file).toMatchObject({
    snapshots: ofDay.length,
    rows: ofDay.reduce((sum, { rows }) => sum + rows, 0),
  });
  expect(await silverRows(page, yesterday)).toHaveLength(file!.rows!);
  const zipped = (await entries(page)).find(({ path }) => path.endsWith('/2026-11-23/23.zip'));
  expect(zipped?.snapshots).toBe(ofDay.length);
  await expect.poll(() => listFiles(page, 'live')).toContain('journal/checkpoint-1.json');

  const totals = await networkTotals(page);
  await goTo(page, 'Lake');
  const dialog = page.getByRole('dialog');

  await test.step('the day: kept when the answer is no, gone when it is yes', async () => {
    const files = await listFiles(page, 'live');
    await openFolds(page);
    await page.getByRole('button', { name: 'Delete 23 November 2026' }).click();
    await expect(dialog).toContainText('Delete 23 November 2026?');
    await dialog.getByRole('button', { name: 'Keep' }).click();
    await expect(dialog).toHaveCount(0);
    expect(await listFiles(page, 'live')).toEqual(files);

    await page.getByRole('button', { name: 'Delete 23 November 2026' }).click();
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: '23 November 2026' })).toHaveCount(0);
    await expect(page.getByRole('heading', { name: '24 November 2026' })).toBeVisible();
    const left = (await listFiles(page, 'live')).filter((path) => !path.startsWith('journal/'));
    expect(left.filter((path) => /\/(date=)?2026-11-23\//.test(path))).toEqual([]);
    await goTo(page, 'Now');
    expect(await networkTotals(page)).toBe(totals);
  });

  await test.step('everything; then the lake begins anew', async () => {
    await goTo(page, 'Lake');
    await page.getByRole('button', { name: 'Delete everything' }).click();
    await expect(dialog).toContainText('Delete the whole lake?');
    await dialog.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText(/^0 snapshots, 0 rows, /)).toBeVisible();
    const left = await listFiles(page, 'live');
    expect(left.filter((path) => !path.startsWith('journal/'))).toEqual([]);
    expect(await attempts(page)).toEqual([]);
    await recordNow(page).click();
    await expect(page.getByText(/^1 snapshots?, /)).toBeVisible();
    await goTo(page, 'Now');
    expect(await networkTotals(page)).not.toBe(totals);
  });
});

const header = [
  'stationcode',
  'name',
  'is_installed',
  'capacity',
  'numdocksavailable',
  'numbikesavailable',
  'mechanical',
  'ebike',
  'is_renting',
  'is_returning',
  'duedate',
  'coordonnees_geo.lon',
  'coordonnees_geo.lat',
  'nom_arrondissement_communes',
  'code_insee_commune',
];

/** A record as a line of CSV, by hand. */
function cells(record: Record<string, unknown>): string[] {
  const { lon, lat } = (record['coordonnees_geo'] ?? {}) as Record<string, unknown>;
  const values: Record<string, unknown> = {
    ...record,
    'coordonnees_geo.lon': lon,
    'coordonnees_geo.lat': lat,
  };
  return header.map((name) => {
    const value = values[name] ?? '';
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}
