import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { Site } from '../serve/static.ts';
import { expect, test } from './fixtures.ts';
import { entries, journal, listFiles, untilKept } from './opfs.ts';
import {
  export2024,
  jcdecaux2014,
  labels2023,
  polls,
  series2024,
  unreadable,
  type OldFile,
} from './oldFiles.ts';
import { silverRows, type OracleRow } from './oracle.ts';
import {
  answers,
  fileItem,
  goTo,
  networkTotals,
  openFolds,
  recordByHand,
  recordUntil,
  saved,
  unfold,
} from './visit.ts';

const shared = (path: string) =>
  fileURLToPath(new URL(`../../../shared/data/velib/${path}`, import.meta.url));

const imports = (page: Page) => page.getByRole('region', { name: 'Import', exact: true });

/** Chooses files in the dialog of the Lake view, and waits until they are read. */
async function choose(page: Page, files: OldFile[] | string[]): Promise<void> {
  const dialog = page.waitForEvent('filechooser');
  await imports(page).getByRole('button', { name: 'Drop files here, or choose them' }).click();
  await (await dialog).setFiles(files);
  await expect(chosen(page, /./).first()).toBeVisible();
}

const chosen = (page: Page, name: string | RegExp) =>
  imports(page)
    .getByRole('listitem')
    .filter({ has: page.getByRole('button', { name: /^Do not import/ }) })
    .filter({ hasText: name });

/** Presses the button, and waits for what came of it. */
async function importChosen(page: Page, count: number): Promise<void> {
  await imports(page)
    .getByRole('button', { name: `Import ${count} file${count === 1 ? '' : 's'}` })
    .click();
  await expect(imports(page).getByRole('heading', { name: 'What came of it' })).toBeVisible({
    timeout: 60_000,
  });
}

/** What the report of a file says: its outcome, and the counts of its rows. */
async function reported(page: Page, name: string): Promise<Record<string, string | number>> {
  const card = report(page, name);
  const outcome = await card.locator('summary .outcome').innerText();
  if (outcome === 'already in the lake') return { outcome };
  if ((await card.getAttribute('open')) === null) await card.locator('summary').first().click();
  await expect(card.locator('dl')).toBeVisible();
  const [labels, counts] = [card.locator('dl dt'), card.locator('dl dd')];
  const numbers = (await counts.allInnerTexts()).map((text) => Number(text.replaceAll(',', '')));
  const names = (await labels.allInnerTexts()).map((text) => text.trim());
  return { outcome, ...Object.fromEntries(names.map((label, index) => [label, numbers[index]])) };
}

const report = (page: Page, name: string) =>
  page.locator('.results details').filter({ has: page.locator('summary', { hasText: name }) });

/** A page that records by hand, with one snapshot, on the Lake view. */
async function openLake(page: Page, open: () => Promise<unknown>): Promise<void> {
  await recordByHand(page);
  await open();
  await networkTotals(page);
  await untilKept(page);
  await goTo(page, 'Lake');
  await expect(imports(page)).toBeVisible();
}

/** Files that are no journal: what an import that fails must leave as they were. */
const lakeFiles = async (page: Page) =>
  (await listFiles(page, 'live')).filter((path) => !path.startsWith('journal/'));

/** How many rows Silver has of each instant. */
function byInstant(rows: readonly OracleRow[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { fetched_at } of rows) counts[String(fetched_at)] = (counts[String(fetched_at)] ?? 0) + 1;
  return counts;
}

/** Shows the last snapshot of a day in Now, and gives the network's totals. */
async function totalsOf(page: Page, day: string): Promise<string> {
  await goTo(page, 'Now');
  const before = await networkTotals(page);
  const picker = page.getByRole('group', { name: 'Moment' });
  if (!(await picker.isVisible()))
    await page.getByRole('button', { name: 'Choose a moment or a period' }).click();
  await page.getByRole('radio', { name: 'Earlier' }).check({ force: true });
  await page.getByRole('combobox', { name: 'Day' }).selectOption({ label: day });
  await expect.poll(() => networkTotals(page)).not.toBe(before);
  return networkTotals(page);
}

test('files of several eras at once: told, corrected, imported, answered; the same again adds nothing', async ({
  page,
  open,
}) => {
  await openLake(page, open);
  const live = await silverRows(page);
  const [v2, labels, jcdecaux, series] = await Promise.all([
    export2024(),
    labels2023(),
    jcdecaux2014(),
    series2024(),
  ]);
  const bad = await unreadable();
  const sound = [v2, labels, jcdecaux, series];

  await test.step('before anything is imported, the page tells what each file is', async () => {
    const before = await lakeFiles(page);
    await choose(page, [...sound, ...bad.map(({ file }) => file)]);
    await expect(imports(page).getByRole('heading', { level: 3 }).first()).toContainText('7 files');
    await expect(imports(page)).toContainText('3 of them cannot be read.');
    await expect(chosen(page, v2.name)).toContainText('Taken 9 Nov 2024, 12:00, from the file’s name');
    await expect(chosen(page, labels.name)).toContainText('portal CSV with French labels', {
      ignoreCase: true,
    });
    await expect(chosen(page, jcdecaux.name)).toContainText('JCDecaux feed');
    await expect(chosen(page, series.name)).toContainText('Many snapshots');
    for (const { file, why } of bad) await expect(chosen(page, file.name)).toContainText(why);
    expect(await lakeFiles(page)).toEqual(before);
  });

  await test.step('a time that a file does not tell is corrected; one to come is refused', async () => {
    const time = imports(page).getByLabel(`Paris time of ${jcdecaux.name}`);
    await expect(imports(page).getByLabel(`Paris time of ${series.name}`)).toHaveCount(0);
    await time.fill('2099-01-01T00:00:00');
    await time.blur();
    await expect(chosen(page, jcdecaux.name)).toContainText('This time is still to come.');
    await expect(imports(page).getByRole('button', { name: 'Import 4 files' })).toBeDisabled();
    await time.fill('2014-12-24T15:30:00');
    await time.blur();
    await expect(imports(page).getByRole('button', { name: 'Import 4 files' })).toBeEnabled();
  });

  const stations = (await polls())[0]!.records.length;
  await test.step('each has a report: rows accepted, rejected and why, values discarded', async () => {
    await importChosen(page, 4);
    const clean = { outcome: 'in the lake', accepted: stations, quarantined: 0, rejected: 0 };
    expect(await reported(page, jcdecaux.name)).toMatchObject(clean);
    expect(await reported(page, labels.name)).toMatchObject({
      ...clean,
      accepted: stations - 1,
      rejected: 1,
      'values discarded': 1,
    });
    await expect(report(page, labels.name)).toContainText('no station code');
    const [one, many] = [await reported(page, v2.name), await reported(page, series.name)];
    expect(Number(one['accepted']) + Number(many['accepted'])).toBeGreaterThanOrEqual(3 * stations);
    const attempted = (await journal(page, 'live')).flatMap((event) =>
      event.kind === 'import' && event.report.path === null ? [event.report.name] : [],
    );
    expect(attempted.sort()).toEqual(bad.map(({ file }) => file.name).sort());
    for (const { file, why } of bad) {
      await expect(report(page, file.name)).toContainText('not imported');
      await report(page, file.name).locator('summary').first().click();
      await expect(report(page, file.name)).toContainText(why);
    }
  });

  const silver = await silverRows(page);
  await test.step('Silver has each snapshot once, at its time', async () => {
    const rows = byInstant(silver.filter(({ fetched_at }) => String(fetched_at) < '2026'));
    expect(rows).toEqual({
      '2014-12-24 14:30:00': stations,
      [String(silver.find(({ fetched_at }) => String(fetched_at).startsWith('2023'))!['fetched_at'])]:
        stations - 1,
      '2024-11-09 11:00:01': stations,
      '2024-11-09 11:05:01': stations,
      '2024-11-09 11:10:01': stations,
    });
    expect(silver).toHaveLength(live.length + 5 * stations - 1);
  });

  await test.step('the same files again, and in one with another name, add nothing', async () => {
    const before = await lakeFiles(page);
    const renamed = { ...jcdecaux, name: 'copy of stations.csv' };
    await choose(page, [v2, labels, series, renamed]);
    await importChosen(page, 4);
    for (const { name } of [v2, labels, series]) {
      expect(await reported(page, name)).toEqual({ outcome: 'already in the lake' });
    }
    expect((await reported(page, renamed.name))['outcome']).toMatch(/already in the lake|nothing new in it/);
    expect(await silverRows(page)).toEqual(silver);
    expect(
      (await lakeFiles(page)).filter((path) => !before.includes(path) && path.startsWith('silver')),
    ).toEqual([]);
  });

  await test.step('the originals download byte for byte', async () => {
    await openFolds(page);
    for (const { name, buffer } of sound) {
      const button = fileItem(page, name)
        .first()
        .getByRole('button', { name: /^Download/ });
      expect(Buffer.from((await saved(page, button)).bytes).equals(buffer), name).toBe(true);
    }
  });

  await test.step('an imported snapshot answers', async () => {
    const count = (value: number) => value.toLocaleString('en-GB');
    const sum = (
      name: 'mechanical' | 'ebike' | 'numdocksavailable',
      records: readonly Record<typeof name, number | null>[],
    ) => count(records.reduce((total, record) => total + (record[name] ?? 0), 0));
    const { records } = (await polls())[2]!;
    const totals = await totalsOf(page, '9 November 2024');
    expect(totals.match(/[\d,]+/g)).toEqual([
      sum('mechanical', records),
      sum('ebike', records),
      sum('numdocksavailable', records),
    ]);
  });
});

test('files are dropped anywhere on the Lake view', async ({ page, open }) => {
  await openLake(page, open);
  const file = await export2024();
  const transfer = await page.evaluateHandle(
    ({ name, text, type }) => {
      const data = new DataTransfer();
      data.items.add(new File([text], name, { type }));
      return data;
    },
    { name: file.name, text: file.buffer.toString(), type: file.mimeType },
  );
  await page.dispatchEvent('body', 'dragover', { dataTransfer: transfer });
  await expect(page.getByText('Drop to import')).toBeVisible();
  await page.dispatchEvent('body', 'drop', { dataTransfer: transfer });
  await expect(chosen(page, file.name)).toBeVisible();
  await importChosen(page, 1);
  expect(await reported(page, file.name)).toMatchObject({ outcome: 'in the lake', accepted: 63 });
});

test('a rebuild from Bronze gives the same answers; a deleted day of an import does not come back', async ({
  page,
  open,
}) => {
  await openLake(page, open);
  const files = await Promise.all([labels2023(), series2024(), export2024()]);
  await choose(page, files);
  await importChosen(page, 3);
  await goTo(page, 'Now');
  const [before, silver] = [await answers(page), await silverRows(page)];
  const rebuilt = page.getByText('Silver and Gold are rebuilt.');

  await test.step('all of it', async () => {
    await goTo(page, 'Lake');
    await unfold(page, 'Rebuild');
    await page.getByRole('button', { name: 'Rebuild Silver and Gold from Bronze' }).click();
    await expect(rebuilt).toBeVisible();
    expect(await silverRows(page)).toEqual(silver);
    await goTo(page, 'Now');
    expect(await answers(page)).toEqual(before);
  });

  await test.step('a day', async () => {
    await goTo(page, 'Lake');
    await expect(rebuilt).toHaveCount(0, { timeout: 10_000 });
    await openFolds(page);
    await page.getByRole('button', { name: 'Rebuild 9 November 2024 from Bronze' }).click();
    await expect(rebuilt).toBeVisible();
    expect(await silverRows(page)).toEqual(silver);
  });

  await test.step('without a day that was deleted, until its file is brought again', async () => {
    await page.getByRole('button', { name: 'Delete 9 November 2024' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('heading', { name: '9 November 2024' })).toHaveCount(0);
    const left = silver.filter(({ fetched_at }) => !String(fetched_at).startsWith('2024-11-09'));
    await expect.poll(async () => silverRows(page)).toEqual(left);
    await expect(rebuilt).toHaveCount(0, { timeout: 10_000 });
    await page.getByRole('button', { name: 'Rebuild Silver and Gold from Bronze' }).click();
    await expect(rebuilt).toBeVisible();
    expect(await silverRows(page)).toEqual(left);
    await choose(page, files);
    await importChosen(page, 3);
    expect(await silverRows(page)).toEqual(silver);
  });
});

test('what a lake of Vélolac’s gave comes back as what it is: nothing new', async ({ page, open }) => {
  await recordByHand(page);
  await open();
  await recordUntil(page, 2);
  await goTo(page, 'Lake');
  const silver = await silverRows(page);
  await openFolds(page);
  const given: OldFile[] = [];
  for (const path of [/\.csv$/, /silver\/station_status/]) {
    for (const item of await fileItem(page, path).all()) {
      const { name, bytes } = await saved(page, item.getByRole('button', { name: /^Download/ }));
      given.push({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(bytes) });
    }
  }
  expect(given.map(({ name }) => name.split('.').at(-1))).toEqual(['csv', 'csv', 'parquet', 'parquet']);
  await choose(page, given);
  await importChosen(page, 4);
  for (const { name } of given) {
    expect(await reported(page, name)).toMatchObject({ outcome: 'nothing new in it', accepted: 0 });
  }
  expect(await silverRows(page)).toEqual(silver);
});

test.describe('by web address', () => {
  let folder = '';
  test.beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'velolac-files-'));
    const { name, buffer } = await export2024();
    await writeFile(join(folder, name), buffer);
  });
  test.afterEach(() => rm(folder, { recursive: true }));

  test('a file comes from a host that allows it; one that does not is told', async ({ page, open }) => {
    const [allowing, refusing] = [await Site.start({ folder, cors: true }), await Site.start({ folder })];
    try {
      await openLake(page, open);
      const { name } = await export2024();
      const address = imports(page).getByLabel('Address of a file');
      const fetchIt = imports(page).getByRole('button', { name: 'Fetch' });
      const alert = imports(page).getByRole('alert');

      await address.fill('velib.json');
      await fetchIt.click();
      await expect(alert).toHaveText('This is not a web address.');
      await address.fill(refusing.address + name);
      await fetchIt.click();
      await expect(alert).toContainText('does not let other sites’ pages read it');
      await address.fill(`${allowing.address}nothing.json`);
      await fetchIt.click();
      await expect(alert).toContainText('status 404');
      await address.fill('http://localhost:1/velib.json');
      await fetchIt.click();
      await expect(alert).toContainText('localhost:1 cannot be reached');
      await address.fill(allowing.address + name);
      await fetchIt.click();
      await expect(chosen(page, name)).toBeVisible();
      await expect(alert).toHaveText('');
      await importChosen(page, 1);
      expect(await reported(page, name)).toMatchObject({ outcome: 'in the lake', accepted: 63 });
    } finally {
      await Promise.all([allowing.stop(), refusing.stop()]);
    }
  });
});

test('an import under way is stopped: what was done before stays, the rest leaves nothing', async ({
  page,
  open,
}) => {
  await openLake(page, open);
  const [first, long] = [await export2024(), await series2024(1500)];
  await choose(page, [first, long]);
  await imports(page).getByRole('button', { name: 'Import 2 files' }).click();
  await expect(page.getByRole('progressbar', { name: `Importing ${long.name}` })).toBeVisible({
    timeout: 30_000,
  });
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  await expect(imports(page).getByText('Stopped. What was imported until then is in the lake.')).toBeVisible({
    timeout: 30_000,
  });
  expect(await reported(page, first.name)).toMatchObject({ outcome: 'in the lake', accepted: 63 });
  await expect(report(page, long.name)).toHaveCount(0);
  const old = (await silverRows(page)).filter(({ fetched_at }) => String(fetched_at) < '2026');
  expect(byInstant(old)).toEqual({ '2024-11-09 11:00:01': 63 });
  await expect
    .poll(async () => {
      const committed = (await entries(page)).map(({ path }) => path);
      return (await lakeFiles(page)).filter((path) => !committed.includes(path));
    })
    .toEqual([]);
  expect((await journal(page, 'live')).filter(({ kind }) => kind === 'import')).toHaveLength(1);
});

test('real files of a dozen years come in together, and every row is accounted for', async ({
  page,
  open,
}) => {
  const files = [
    'jcdecaux-2014/stations-velib-disponibilites-en-temps-reel.csv',
    'smovengo-2019/velib-disponibilite-en-temps-reel.geojson',
    'scraped-labels-2022/a_2022-05-12.csv.gz',
    'labels-csv-2023/velib-disponibilite-en-temps-reel.csv',
    'v21-export-2024/raw/python-Velib__velib_data_20241105_085501.json.gz',
    'pipeline-csv-2025/velib_20250605_080002.csv',
    'gbfs-2025/station_status.json',
    'gbfs-2025/station_information.json',
    'pandas-csv-2026/velib_20260207_235858.csv',
  ].map(shared);
  test.skip(!files.every((path) => existsSync(path)), 'needs ../shared/data/velib, which is absent');
  await openLake(page, open);
  await choose(page, files);
  await importChosen(page, files.length);
  const cards = page.locator('.results details:has(> summary .outcome)');
  await expect(cards).toHaveCount(files.length);
  const reports = (await journal(page, 'live')).flatMap((event) =>
    event.kind === 'import' ? [event.report] : [],
  );
  expect(reports).toHaveLength(files.length);
  for (const { name, tables, error } of reports) {
    expect(error, name).toBeNull();
    for (const { rows, accepted, quarantined, rejected } of tables) {
      const refused = Object.values(rejected).reduce((sum, count) => sum + count, 0);
      expect(accepted + quarantined + refused, name).toBe(rows);
      expect(accepted, name).toBeGreaterThan(0.9 * rows);
    }
  }
  const years = new Set((await silverRows(page)).map(({ fetched_at }) => String(fetched_at).slice(0, 4)));
  for (const year of ['2014', '2019', '2022', '2023', '2024', '2025', '2026'])
    expect([...years]).toContain(year);
});

test('a file of an unknown schema waits, is mapped by one press in Health, and is in the lake', async ({
  page,
  open,
}) => {
  await openLake(page, open);
  const { name, buffer, mimeType } = await export2024();
  const text = buffer
    .toString()
    .replaceAll('"numbikesavailable"', '"bicis"')
    .replaceAll('"stationcode"', '"punto"');
  await choose(page, [{ name, mimeType, buffer: Buffer.from(text) }]);
  await expect(chosen(page, name)).toContainText('Nothing in it is known as station code, bikes.');
  await importChosen(page, 1);
  expect(await reported(page, name)).toMatchObject({
    outcome: 'waits for your word',
    accepted: 0,
    quarantined: 63,
  });
  await report(page, name).getByRole('link', { name: 'Give your word in Health' }).click();
  const drift = page.getByRole('region', { name: /^Drift/ });
  for (const [column, now] of [
    ['station code', 'punto'],
    ['bikes', 'bicis'],
  ] as const) {
    const chosenName = drift
      .getByRole('combobox', { name: `New name of “${column}”` })
      .locator('option:checked');
    await expect(chosenName).toContainText(now);
  }
  await drift.getByRole('button', { name: 'Use this mapping' }).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await expect(drift).toContainText('No column is missing.');
  const old = (await silverRows(page)).filter(({ fetched_at }) => String(fetched_at) < '2026');
  expect(byInstant(old)).toEqual({ '2024-11-09 11:00:01': 63 });
});

test('an import of the past changes no answer about now, even if it tells less of the stations', async ({
  page,
  open,
}) => {
  await recordByHand(page);
  await open();
  await networkTotals(page);
  await untilKept(page);
  const before = await answers(page);
  await goTo(page, 'Lake');
  const file = await series2024();
  await choose(page, [file]);
  await importChosen(page, 1);
  await goTo(page, 'Now');
  expect(await answers(page)).toEqual(before);
});
