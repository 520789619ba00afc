import { defineConfig } from '@playwright/test';
import { isFull } from './faults/sizes.ts';

const executablePath = process.env['CHROMIUM_PATH'];

const launchOptions = {
  ...(executablePath && { executablePath }),
  args: [
    '--no-sandbox',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
    '--no-first-run',
  ],
};

/** What is about the map. Drawn without a graphics card, it takes the processor from all else: there it is not drawn. */
const mapped = ['map', 'access', 'share', 'shift'].map((name) => `**/${name}.spec.ts`);
const mapless = { ...launchOptions, args: [...launchOptions.args, '--disable-3d-apis'] };

/**
 * Every file of a lake damaged in turn, the nights in which clocks change, and a whole day: `npm run soak` has the time
 * for them, and the machine to itself, which minutes of a second need.
 */
const long = ['**/files.spec.ts', '**/nights.spec.ts', '**/day.spec.ts'];

/** One worker: the replica's timing and the measurements want the machine for themselves. */
export default defineConfig({
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  timeout: 300_000,
  expect: { timeout: 60_000 },
  forbidOnly: Boolean(process.env['CI']),
  reporter: [
    ['line'],
    ['./faults/figures.ts'],
    ...(process.env['PLAYWRIGHT_JSON_OUTPUT_FILE'] ? [['json'] as const] : []),
  ],
  use: { trace: 'off', screenshot: 'only-on-failure' },
  projects: [
    {
      name: 'chromium',
      testDir: '.',
      testIgnore: ['**/faults/**', ...mapped],
      use: { launchOptions: mapless },
    },
    { name: 'map', testDir: '.', testMatch: mapped, use: { launchOptions } },
    {
      name: 'faults',
      testDir: './faults',
      testIgnore: isFull ? [] : long,
      use: { launchOptions: mapless },
    },
    { name: 'firefox', testDir: '../firefox' },
  ],
});
