import type { Page } from '@playwright/test';
import type { Served } from '../replica/replica.ts';
import { expect, test } from './fixtures.ts';
import { attempts, entries, journal, untilKept } from './opfs.ts';
import { silverRows } from './oracle.ts';
import { goTo, networkTotals, notice, recordByHand, recordOnce, recordUntil, unfold } from './visit.ts';

/** A header whose every name says nothing. */
const meaningless = {
  stationcode: 'c01',
  name: 'c02',
  is_installed: 'c03',
  capacity: 'c04',
  numdocksavailable: 'c05',
  numbikesavailable: 'c06',
  mechanical: 'c07',
  ebike: 'c08',
  is_renting: 'c09',
  is_returning: 'c10',
  duedate: 'c11',
  coordonnees_geo: 'c12',
  nom_arrondissement_communes: 'c13',
  code_insee_commune: 'c14',
};

const minute = 60_000;
const start = '2026-11-23T16:24:10Z';

/** A page that records by hand, with two good snapshots. */
async function openWithTwo(page: Page, open: (query: Record<string, string>) => Promise<unknown>) {
  await recordByHand(page);
  await open({ clock: start });
  await networkTotals(page);
  await recordUntil(page, 2);
}

const stage = (page: Page, name: string) =>
  page.getByRole('region', { name: 'Pipeline' }).getByRole('link', { name: new RegExp(`^${name}`) });
const drift = (page: Page) => page.getByRole('region', { name: /^Drift/ });
const newName = (page: Page, column: string) =>
  drift(page).getByRole('combobox', { name: `New name of “${column}”` });
const chosenName = async (page: Page, column: string) =>
  (await newName(page, column).locator('option:checked').innerText()).trim();
async function chooseName(page: Page, column: string, name: string): Promise<void> {
  const option = newName(page, column).locator('option', { hasText: name });
  await newName(page, column).selectOption(await option.getAttribute('value'));
}
const accept = (page: Page) => drift(page).getByRole('button', { name: 'Use this mapping' });

/** Opens Health from the notice that tells of a snapshot in quarantine. */
async function followNotice(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Look at it in Health' }).click();
  await expect(page.getByRole('heading', { name: 'Health', level: 1 })).toBeVisible();
}

/** Totals of the network as the portal said them. */
function totalsOf({ records }: Pick<Served, 'records'>): number[] {
  const sum = (name: 'mechanical' | 'ebike' | 'numdocksavailable') =>
    records.reduce((total, record) => total + (record[name] ?? 0), 0);
  return [sum('mechanical'), sum('ebike'), sum('numdocksavailable')];
}

const figures = (totals: string) =>
  (totals.match(/\d[\d,]*/g) ?? []).map((text) => Number(text.replaceAll(',', '')));

/** Silver holds for each snapshot what the portal said, station by station. */
async function expectSilver(page: Page, served: readonly Served[]): Promise<void> {
  const wanted = served.flatMap(({ records }) =>
    records.map((one) => ({
      station_code: one.stationcode,
      num_bikes_available: one.numbikesavailable,
      num_mechanical_available: one.mechanical,
      num_ebikes_available: one.ebike,
      num_docks_available: one.numdocksavailable,
      capacity: one.capacity,
      is_renting: one.is_renting === 'OUI',
    })),
  );
  const rows = (await silverRows(page)) as typeof wanted;
  const text = (row: (typeof wanted)[number]) =>
    JSON.stringify(
      wanted.length > 0 ? Object.keys(wanted[0]!).map((key) => row[key as keyof typeof row]) : [],
    );
  expect(rows.map(text).sort()).toEqual(wanted.map(text).sort());
}

/** The drift log's line of a schema that was mapped by a word of the user, or by itself. */
const schemaBy = (page: Page, by: string) =>
  page
    .getByRole('region', { name: 'Schemas' })
    .locator('details')
    .filter({ has: page.locator('summary', { hasText: by }) });

test('two columns get new names at once: told, proposed, mapped by one press, replayed, remembered', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  const before = await networkTotals(page);

  replica.always({
    fault: 'rename',
    names: { numbikesavailable: 'velos_dispos', numdocksavailable: 'places_libres' },
  });
  for (let taken = 0; taken < 2; taken += 1) {
    expect(await recordOnce(page)).toMatchObject({
      outcome: 'quarantined',
      error_code: 'silver.schema',
      rows: replica.snapshots.at(-1)!.records.length,
    });
  }
  await expect(
    notice(
      page,
      /^The portal no longer sends “numbikesavailable” \(it looks like “velos_dispos” now\) and “numdocksavailable” \(it looks like “places_libres” now\)/,
    ),
  ).toBeVisible();
  expect(await networkTotals(page)).toBe(before);

  const views = page.getByRole('navigation', { name: 'Views' });
  await test.step('Health proposes the new names, with reasons and rows of both', async () => {
    await expect(views.getByRole('link', { name: 'Health 1 schema waits for your word' })).toBeVisible();
    await expect(stage(page, 'Bronze')).toHaveClass(/done/);
    await expect(stage(page, 'Silver')).toHaveClass(/failed/);
    await followNotice(page);
    await expect(drift(page)).toContainText('2 snapshots wait');
    expect(await chosenName(page, 'bikes')).toMatch(/^velos_dispos \(\d+%\)$/);
    expect(await chosenName(page, 'free docks')).toMatch(/^places_libres \(\d+%\)$/);
    await expect(drift(page)).toContainText('the sums add up');
    const now = drift(page).getByRole('group', { name: /^Now, / });
    await expect(now.locator('mark')).toHaveText(['velos_dispos', 'places_libres']);
    await expect(now.locator('tbody tr')).toHaveCount(5);
    const before = drift(page).getByRole('group', { name: /^Before, / });
    await expect(before.locator('mark')).toHaveText(['num_bikes_available', 'num_docks_available']);
    await expect(before.locator('tbody tr')).toHaveCount(5);
  });

  await test.step('one press: what waited is in the answers', async () => {
    await accept(page).click();
    await expect(page.getByText('The mapping is in use.')).toBeVisible();
    await expect(accept(page)).toHaveCount(0);
    await expect(page.getByRole('link', { name: 'Look at it in Health' })).toHaveCount(0);
    const attempted = page.getByRole('group', { name: /^Attempts/ });
    await expect(attempted.getByText('good', { exact: true })).toHaveCount(4);
    await expect(attempted.getByText('The portal no longer sends')).toHaveCount(0);
    await expect(views.getByRole('link', { name: 'Health', exact: true })).toBeVisible();
    await expect(stage(page, 'Silver')).toHaveClass(/done/);
    await expectSilver(page, replica.snapshots);
    await goTo(page, 'Now');
    await expect(notice(page, /no longer sends/)).toHaveCount(0);
    await expect
      .poll(async () => figures(await networkTotals(page)))
      .toEqual(totalsOf(replica.snapshots[3]!));
  });

  await test.step('recording goes on by itself, with the new names', async () => {
    const asked = replica.snapshots.length;
    await page.getByRole('switch', { name: 'Record every minute' }).click();
    await replica.until(asked + 1, 2 * minute);
    await expect.poll(async () => (await attempts(page)).at(-1)).toMatchObject({ outcome: 'ok' });
    await expect
      .poll(async () => figures(await networkTotals(page)))
      .toEqual(totalsOf(replica.snapshots.at(-1)!));
  });

  await test.step('after a reload the mapping is there, and the log says who gave it', async () => {
    await open({ clock: '2026-11-23T16:30:10Z' });
    await networkTotals(page);
    expect(await recordOnce(page)).toMatchObject({ outcome: 'ok', error_code: null });
    await untilKept(page);
    await goTo(page, 'Health');
    await expect(drift(page)).toContainText('No column is missing.');
    const line = schemaBy(page, 'accepted by you');
    await expect(line).toHaveCount(1);
    await line.locator('summary').click();
    await expect(line).toContainText('numbikesavailable → velos_dispos');
    await expect(line).toContainText('numdocksavailable → places_libres');
    await expect(schemaBy(page, 'built in')).toHaveCount(1);
  });
  await expectSilver(page, replica.snapshots);
});

test('where the visitor allows it, a sure proposal is taken without a press, and the log says so', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  await goTo(page, 'Health');
  await page.getByRole('checkbox', { name: /^Apply sure proposals automatically/ }).check();
  await goTo(page, 'Now');
  replica.always({ fault: 'rename', names: { numbikesavailable: 'velos_dispos' } });
  await recordOnce(page);
  await expect.poll(async () => figures(await networkTotals(page))).toEqual(totalsOf(replica.snapshots[2]!));
  await expect(notice(page, /no longer sends/)).toHaveCount(0);
  await untilKept(page);
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok' });
  await untilKept(page);
  await expectSilver(page, replica.snapshots);

  await goTo(page, 'Health');
  await expect(drift(page)).toContainText('No column is missing.');
  const line = schemaBy(page, 'applied by itself');
  await line.locator('summary').click();
  await expect(line).toContainText('numbikesavailable → velos_dispos');
});

test('names that say nothing are all found by their values', async ({ page, open, replica }) => {
  await openWithTwo(page, open);
  replica.always({ fault: 'rename', names: meaningless });
  expect(await recordOnce(page)).toMatchObject({ outcome: 'quarantined' });
  await open({ clock: start });
  await expect(notice(page, /“stationcode” \(it looks like “c01” now\), /)).toBeVisible();
  expect(await attempts(page), 'the lake itself tells, and no new snapshot').toHaveLength(3);
  await followNotice(page);
  for (const [column, name] of [
    ['station code', meaningless.stationcode],
    ['bikes', meaningless.numbikesavailable],
    ['mechanical bikes', meaningless.mechanical],
    ['e-bikes', meaningless.ebike],
    ['free docks', meaningless.numdocksavailable],
    ['capacity', meaningless.capacity],
    ['name', meaningless.name],
  ] as const) {
    expect(await chosenName(page, column), column).toMatch(new RegExp(`^${name} `));
  }
  await expect(drift(page)).toContainText(/same value at \d+% of the stations/);
  await accept(page).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await goTo(page, 'Now');
  await expect.poll(async () => figures(await networkTotals(page))).toEqual(totalsOf(replica.snapshots[2]!));
});

test('two flags that no value tells apart are one group, are never applied alone, and stop no recording', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  await goTo(page, 'Health');
  await page.getByRole('checkbox', { name: /^Apply sure proposals automatically/ }).check();
  replica.always({ fault: 'rename', names: { is_renting: 'location_ok', is_returning: 'retour_ok' } });
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok' });
  await untilKept(page);
  await expect(drift(page)).toContainText('recording goes on');
  await expect(drift(page)).toContainText(/no value can tell them apart/);
  expect((await journal(page, 'live')).filter(({ kind }) => kind === 'mapping')).toEqual([]);

  await chooseName(page, 'gives bikes', 'location_ok');
  await chooseName(page, 'takes bikes', 'retour_ok');
  await accept(page).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await expectSilver(page, replica.snapshots);
});

test('a column that the answers can do without goes missing: recording goes on, and the word is taken', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  replica.always({ fault: 'rename', names: { ebike: 'vae' } });
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok' });
  await untilKept(page);
  await goTo(page, 'Health');
  await expect(drift(page)).toContainText('recording goes on');
  expect(await chosenName(page, 'e-bikes')).toMatch(/^vae /);
  await accept(page).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await expectSilver(page, replica.snapshots);
  await goTo(page, 'Now');
  await expect.poll(async () => figures(await networkTotals(page))).toEqual(totalsOf(replica.snapshots[2]!));
  expect((await entries(page)).filter(({ table }) => table === 'snapshot')).toHaveLength(3);
});

/** The portal's records, with what stands under two names changed about. */
const swapped = (a: string, b: string) =>
  ({
    fault: 'edit',
    edit: (record: Record<string, unknown>) => ({ ...record, [a]: record[b], [b]: record[a] }),
  }) as const;

test('two names that change places under the same header wait, are mapped by one press, and are followed back', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  const before = await networkTotals(page);
  replica.always(swapped('numbikesavailable', 'numdocksavailable'));
  const taken = await recordOnce(page);
  expect(taken).toMatchObject({ outcome: 'quarantined', error_code: 'silver.contradicted' });
  await expect(
    notice(page, /^“numbikesavailable”, “numdocksavailable”: .* hold the values of other columns/),
  ).toBeVisible();
  expect(await networkTotals(page)).toBe(before);

  await test.step('Health says what the names hold now', async () => {
    await followNotice(page);
    await expect(drift(page)).toContainText('station by station they hold what other columns held');
    expect(await chosenName(page, 'bikes')).toMatch(/^numdocksavailable \(\d+%\)$/);
    expect(await chosenName(page, 'free docks')).toMatch(/^numbikesavailable \(\d+%\)$/);
    await expect(drift(page)).toContainText('“numbikesavailable” holds something else now.');
    await expect(drift(page)).toContainText(/same value at \d+% of the stations/);
  });

  await test.step('one press: what waited is read by it, and so is what comes', async () => {
    await accept(page).click();
    await expect(page.getByText('The mapping is in use.')).toBeVisible();
    await expectSilver(page, replica.snapshots);
    await untilKept(page);
    expect(await recordOnce(page)).toMatchObject({ outcome: 'ok', error_code: null });
    await untilKept(page);
    await expectSilver(page, replica.snapshots);
  });

  await test.step('the portal puts its names right: followed without a word, after a reload too', async () => {
    replica.always({ fault: 'none' });
    const known = (await attempts(page)).length;
    await open({ clock: '2026-11-23T16:34:10Z' });
    // A visit begins with a snapshot where the last one is old.
    await expect.poll(async () => (await attempts(page)).length).toBe(known + 1);
    await untilKept(page);
    expect(await recordOnce(page)).toMatchObject({ outcome: 'ok', error_code: null });
    await untilKept(page);
    await expectSilver(page, replica.snapshots);
  });

  await test.step('written anew from Bronze, each snapshot is what it was', async () => {
    await goTo(page, 'Lake');
    await unfold(page, 'Rebuild');
    await page.getByRole('button', { name: 'Rebuild Silver and Gold from Bronze' }).click();
    await expect(page.getByText('Silver and Gold are rebuilt.')).toBeVisible();
    await expectSilver(page, replica.snapshots);
    await goTo(page, 'Now');
    await expect
      .poll(async () => figures(await networkTotals(page)))
      .toEqual(totalsOf(replica.snapshots.at(-1)!));
  });
});

test('values that seem to be another column’s are taken as they are, where the visitor says that they are right', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  replica.always(swapped('mechanical', 'ebike'));
  expect(await recordOnce(page)).toMatchObject({ outcome: 'quarantined', error_code: 'silver.contradicted' });
  await followNotice(page);
  await drift(page).getByRole('button', { name: 'It is right as it is' }).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await untilKept(page);
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok', error_code: null });
  await untilKept(page);
  const said = replica.snapshots.map((served, index) => ({
    ...served,
    records: served.records.map((one) =>
      index < 2 ? one : { ...one, mechanical: one.ebike, ebike: one.mechanical },
    ),
  }));
  await expectSilver(page, said);
});

test('a schema that nothing can map is set aside, kept, and taken up again', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  const edit = (record: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(record).filter(([name]) => !['stationcode', 'name'].includes(name)));
  replica.next({ fault: 'edit', edit });
  const { bronze_path } = await recordOnce(page);
  const badge = page
    .getByRole('navigation', { name: 'Views' })
    .getByRole('link', { name: 'Health 1 schema waits for your word' });
  await expect(badge).toBeVisible();
  await followNotice(page);
  await drift(page).getByRole('button', { name: 'Set aside' }).click();
  await expect(page.getByText('Set aside; it stays in Bronze.')).toBeVisible();
  await expect(badge).toHaveCount(0);
  await expect(accept(page)).toHaveCount(0);
  await expect(page.getByRole('link', { name: 'Look at it in Health' })).toHaveCount(0);

  await open({ clock: '2026-11-23T16:34:10Z' });
  await networkTotals(page);
  await goTo(page, 'Health');
  await expect(drift(page)).toContainText('Kept in Bronze, and in no answer.');
  await expect(badge).toHaveCount(0);
  expect((await entries(page)).map(({ path }) => path)).toContain(bronze_path);
  await drift(page).getByRole('button', { name: 'Take up again' }).click();
  await expect(badge).toBeVisible();
  await expect(drift(page).getByRole('button', { name: 'Set aside' })).toBeVisible();
});

test('a column that had another name for a while is read there, too, once the visitor says so', async ({
  page,
  open,
  replica,
}) => {
  await openWithTwo(page, open);
  replica.next({ fault: 'rename', names: { ebike: 'vae' } });
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok' });
  await untilKept(page);
  expect(await recordOnce(page)).toMatchObject({ outcome: 'ok' });
  await untilKept(page);
  await goTo(page, 'Health');
  expect(await chosenName(page, 'e-bikes')).toMatch(/^vae /);
  await accept(page).click();
  await expect(page.getByText('The mapping is in use.')).toBeVisible();
  await expectSilver(page, replica.snapshots);
  await expect(accept(page)).toHaveCount(0);
});
