import { expect } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
import { attempts, listFiles, readFile, untilKept } from '../e2e/opfs.ts';
import { balance, health, native, topCommunes } from '../e2e/oracle.ts';
import { pageAddress, test as world } from '../serve/fixtures.ts';

interface FirefoxFixtures {
  /** A blank tab of a visitor of this test's own. */
  tab: Page;
}

interface FirefoxWorkerFixtures {
  firefox: Browser;
}

/** Playwright drives only a Firefox of its own make; the one that is installed speaks WebDriver BiDi. */
const test = world.extend<FirefoxFixtures, FirefoxWorkerFixtures>({
  firefox: [
    async ({ outside }, use) => {
      const firefox = await puppeteer.launch({
        browser: 'firefox',
        executablePath: process.env['FIREFOX_PATH'] ?? '/usr/bin/firefox-esr',
        headless: true,
        extraPrefsFirefox: {
          'network.proxy.type': 1,
          'network.proxy.http': '127.0.0.1',
          'network.proxy.http_port': outside.port,
          'network.proxy.ssl': '127.0.0.1',
          'network.proxy.ssl_port': outside.port,
        },
      });
      await use(firefox);
      await firefox.close();
    },
    { scope: 'worker' },
  ],
  tab: async ({ firefox }, use) => {
    const visitor = await firefox.createBrowserContext();
    await use(await visitor.newPage());
    await visitor.close();
  },
});

/** The network's totals, once they are figures. */
async function networkTotals(tab: Page): Promise<string> {
  const read = () => tab.$eval('section[aria-label="The network"]', (section) => section.innerText);
  await tab.waitForSelector('section[aria-label="The network"]');
  await expect.poll(read, { timeout: 30_000 }).toMatch(/\d/);
  return read();
}

/** A visitor who records by hand; what the page would let Firefox save is told as an event instead. */
function prepare(): void {
  localStorage.setItem('velolac.settings', JSON.stringify({ recording: false }));
  const create = URL.createObjectURL.bind(URL);
  let blob = new Blob();
  URL.createObjectURL = (given: Blob) => {
    blob = given;
    return create(given);
  };
  HTMLAnchorElement.prototype.click = function () {
    dispatchEvent(new CustomEvent('saved', { detail: { name: this.download, blob } }));
  };
}

/** Presses a button that downloads, and gives what the page handed over. */
async function saved(tab: Page, selector: string): Promise<{ name: string; bytes: Uint8Array<ArrayBuffer> }> {
  await tab.waitForSelector(selector);
  const { name, text } = await tab.evaluate(async (button) => {
    const given = new Promise<{ name: string; blob: Blob }>((resolve) => {
      addEventListener('saved', (event) => resolve((event as CustomEvent).detail), { once: true });
    });
    document.querySelector<HTMLButtonElement>(button)!.click();
    const { name, blob } = await given;
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return { name, text: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join('')) };
  }, selector);
  return { name, bytes: new Uint8Array(Buffer.from(text, 'base64')) };
}

const parquetButton = (title: string) => `button[aria-label^="Download “${title}” as Parquet"]`;

test('Firefox records, answers as native DuckDB does, downloads, and opens again without a server', async ({
  tab,
  site,
  replica,
  outside,
}) => {
  test.setTimeout(120_000);
  await tab.evaluateOnNewDocument(prepare);
  await tab.goto(pageAddress(site, replica));
  expect(await tab.title()).toBe('Vélolac');
  const first = await networkTotals(tab);
  await untilKept(tab);
  await tab.locator('header ::-p-text(Record now)').click();
  await expect.poll(() => networkTotals(tab), { timeout: 30_000 }).not.toBe(first);
  await untilKept(tab);
  const shown = await networkTotals(tab);

  const body = { 'body.json': new Uint8Array(replica.snapshots[1]!.body!) };
  const [attempt] = (await attempts(tab)).slice(-1);
  const at = new Date(attempt!.fetched_at).toISOString().replace('T', ' ').replace('Z', '');
  const path = (await listFiles(tab, 'live')).find((name) => name.includes('gold/station_balance/'))!;
  const downloaded = await saved(tab, parquetButton('System health'));
  expect(downloaded.name).toMatch(/^velolac_system_health_\d{4}-\d\d-\d\d\.parquet$/);
  for (const [bytes, sql] of [
    [await readFile(tab, 'live', path), balance(at)],
    [downloaded.bytes, health(at)],
  ] as const) {
    const [answer] = await native('SELECT * FROM read_parquet({a.parquet})', { 'a.parquet': bytes });
    const [wanted] = await native(sql, body);
    for (const [name, value] of Object.entries(wanted!))
      expect(Number(answer![name]), name).toBeCloseTo(Number(value), 9);
  }

  await tab.locator('::-p-text(Commune)').click();
  await tab.locator('::-p-text(Table)').click();
  await tab.waitForSelector('tbody tr');
  const rows = await tab.$$eval('tbody tr', (all) =>
    all.map((row) => [...row.children].map((cell) => cell.textContent)),
  );
  const communes = await native(topCommunes(at), body);
  expect(rows.map(([name, ebikes]) => [name, ebikes])).toEqual(
    communes.map((row) => [row['area_name'], Number(row['ebikes']).toLocaleString('en-GB')]),
  );

  await tab.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  await site.stop();
  await replica.close();
  await tab.reload();
  expect(await networkTotals(tab)).toBe(shown);
  const again = await saved(tab, parquetButton('System health'));
  expect(again.name).toBe(downloaded.name);
  expect(outside.hosts).toEqual([]);
});
