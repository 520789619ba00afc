import { defineConfig } from '@playwright/test';

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

/** Of the random choices of the fault suite, whose workers all see it. */
process.env['FAULTS_SEED'] ??= String(Date.now() % 1_000_000);

/** One worker: the replica's timing and the measurements want the machine for themselves. */
export default defineConfig({
  outputDir: '../../test-results',
  workers: 1,
  retries: 0,
  timeout: 120_000,
  expect: { timeout: 20_000 },
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
      testIgnore: '**/faults/**',
      use: { launchOptions },
    },
    { name: 'faults', testDir: './faults', use: { launchOptions } },
    { name: 'firefox', testDir: '../firefox' },
  ],
});
