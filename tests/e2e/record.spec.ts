import { en } from '../../src/ui/messages/en.ts';
import { record } from '../../src/ui/messages/en.record.ts';
import { Format } from '../../src/ui/format.ts';
import { expect, test } from './fixtures.ts';
import { attempts, untilKept } from './opfs.ts';
import {
  goTo,
  networkTotals,
  recordByHand,
  recordNow,
  recordOnce,
  recordUntil,
  saveAs,
  saved,
  savedTable,
} from './visit.ts';

test('Health shows the record: hours and gaps, attempts good and bad, curves, stations, the quota', async ({
  page,
  open,
  replica,
}) => {
  await recordByHand(page);
  // 15:30 UTC is 16:30 in Paris.
  await open({ clock: '2026-11-23T15:30:10Z' });
  await networkTotals(page);
  await recordUntil(page, 2);
  replica.next({ fault: 'status', status: 503 });
  await recordOnce(page);
  await goTo(page, 'Health');
  const section = page.getByRole('region', { name: record.title });

  await test.step('the calendar, walked with the arrows', async () => {
    const grid = section.getByRole('grid');
    const cell = grid.getByRole('gridcell', { name: /^2 of \d+ snapshots/ });
    await expect(cell).toBeVisible();
    await grid.getByRole('rowheader').first().focus();
    for (let column = 0; column < 17; column += 1) await page.keyboard.press('ArrowRight');
    await expect(cell).toBeFocused();
    await expect(section.getByText(/^Mon 23 Nov, 16:00 · 2 of \d+ snapshots/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(section.getByRole('heading', { name: record.attempts.title('Mon 23 Nov') })).toBeVisible();
  });

  await test.step('attempts, the failed one with its reason', async () => {
    await expect(section.getByText('3 attempts, 1 failed')).toBeVisible();
    const table = section.getByRole('table', { name: record.attempts.title('Mon 23 Nov') });
    await expect(table.getByRole('row')).toHaveCount(4);
    await section.getByText(record.attempts.onlyFailed, { exact: true }).click();
    await expect(table.getByRole('row')).toHaveCount(2);
    const failed = table.getByRole('row').last();
    await expect(failed).toContainText('503');
    await expect(failed).toContainText(/has a fault of its own/);
    await section.getByText(record.attempts.every, { exact: true }).click();
    await expect(table.getByRole('row').nth(2)).toContainText(/\d\s\w+, up to \d/);
  });

  await test.step('curves, stations and quota', async () => {
    for (const name of [record.curves.duration, record.curves.size, record.curves.age]) {
      await expect(
        section.getByRole('img', { name: new RegExp(`^${name} over Mon 23 Nov: median`) }),
      ).toBeVisible();
    }
    await expect(section.getByText(record.stations.none)).toBeVisible();
    await expect(section.getByRole('meter', { name: record.quota.title })).toBeVisible();
  });

  await test.step('a curve is read with the keys, to the byte of what came', async () => {
    const size = section.getByRole('slider', { name: new RegExp(`${record.curves.size}, Mon 23 Nov$`) });
    await size.focus();
    await page.keyboard.press('Home');
    const [{ bytes } = { bytes: 0 }] = await attempts(page);
    const figure = new Format('en').bytes(bytes);
    await expect(size).toHaveAttribute('aria-valuetext', new RegExp(`^16:30:\\d\\d: .* ${figure}$`));
    await expect(section.locator('.readout .box').getByText(figure)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(section.locator('.readout .box')).toHaveCount(0);
  });

  await test.step('hours, attempts and a curve are saved', async () => {
    const hours = await savedTable(page, record.title);
    expect(hours.reduce((sum, { snapshots }) => sum + Number(snapshots), 0)).toBe(2);
    expect(Object.keys(hours[0]!).slice(-3)).toEqual(['period_from', 'period_to', 'licence']);
    const told = (await attempts(page)).map(({ fetched_at, outcome, bytes }) => {
      return [new Date(fetched_at).toISOString(), outcome, String(bytes)];
    });
    const rows = await savedTable(page, record.attempts.title('Mon 23 Nov'));
    expect(rows.map((row) => [row['fetched_at'], row['outcome'], row['bytes']])).toEqual(told);

    const drawing = async (title: string): Promise<string> =>
      Buffer.from((await saved(page, await saveAs(page, title, 'SVG'))).bytes).toString();
    const curve = await drawing(`${record.curves.duration}, Mon 23 Nov`);
    expect(curve).toContain('<path');
    expect(curve).not.toContain('Vélib');
    const calendar = await drawing(record.title);
    const gaps = await section.locator('.cell .hole').count();
    // One more stands in the legend.
    expect(calendar.match(/fill="url\(#hatch\d+\)"/g)).toHaveLength(gaps + 1);
    expect(calendar).not.toMatch(/var\(|class=/);
  });

  await test.step('what comes meanwhile is added', async () => {
    await recordNow(page).click();
    await untilKept(page);
    await expect(section.getByText('4 attempts, 1 failed')).toBeVisible();
  });

  await open({ world: 'sample' });
  await goTo(page, 'Health');
  await expect(section.getByText(record.sample)).toBeVisible();
  await expect(page.getByRole('heading', { name: en.health, exact: true })).toBeVisible();
});
