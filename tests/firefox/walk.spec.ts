import { expect } from '@playwright/test';
import puppeteer, { type Browser, type Page } from 'puppeteer-core';
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

test('the page opens in Firefox', async ({ tab, site, replica, outside }) => {
  await tab.goto(pageAddress(site, replica));
  expect(await tab.title()).toBe('Vélolac');
  await replica.until(1);
  expect(outside.hosts).toEqual([]);
});
