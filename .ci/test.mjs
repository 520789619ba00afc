import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium, findFirefox } from './chromium.mjs';
import { add, countsOf, line, zero } from './counts.mjs';
import { install } from './install.mjs';
import { root } from './root.mjs';
import { run, seconds } from './shell.mjs';

/** `--check`: the static checks first. `--soak`: nothing but the fault suite, in full. */
const flag = { type: 'boolean', default: false };
const { values } = parseArgs({ options: { check: flag, soak: flag } });

/** Far more than any suite takes: what takes longer hangs. */
const minutesPerSuite = values.soak ? 90 : 45;

const reports = mkdtempSync(join(tmpdir(), 'velolac-'));
const report = (name) => join(reports, `${name}.json`);

function vitest(project) {
  const output = report(project);
  const args = ['run', '--project', project, '--passWithNoTests', '--reporter=default', '--reporter=json'];
  return { name: project, kind: 'vitest', command: 'vitest', args: [...args, `--outputFile.json=${output}`] };
}

function playwright(project, env = {}) {
  return {
    name: project,
    kind: 'playwright',
    command: 'playwright',
    args: ['test', '-c', 'tests/e2e/playwright.config.ts', '--project', project, '--pass-with-no-tests'],
    env: { ...env, PLAYWRIGHT_JSON_OUTPUT_FILE: report(project) },
  };
}

const started = performance.now();
let total = zero();
try {
  await install();
  const chromium = await findChromium();
  const firefox = findFirefox();
  const build = { name: 'build', kind: 'none', command: 'vite', args: ['build'] };
  const all = [
    ...(values.check ? [{ name: 'check', kind: 'check', command: 'npm', args: ['run', 'check'] }] : []),
    vitest('unit'),
    vitest('browser'),
    build,
    playwright('chromium'),
    playwright('map'),
    playwright('faults'),
    ...(firefox ? [playwright('firefox', { FIREFOX_PATH: firefox })] : []),
  ];
  const suites = values.soak ? [build, playwright('faults', { FAULTS: 'full' })] : all;
  const lines = [];
  for (const { name, kind, command, args, env } of suites) {
    console.log(`\n=== ${name}`);
    const start = performance.now();
    const code = await run(command, args, { CHROMIUM_PATH: chromium, ...env }, minutesPerSuite);
    const counts =
      kind === 'check' && code === 0 ? { ...zero(), passed: 1 } : countsOf(kind, report(name), code);
    lines.push(`${name}: ${line(counts)} (${seconds(start)})`);
    total = add(total, counts);
  }
  console.log(`\n${lines.join('\n')}`);
  if (!firefox) console.log('firefox: not installed, not walked');
} catch (error) {
  console.error(error.message);
  total = add(total, { ...zero(), failed: 1 });
}
rmSync(reports, { recursive: true });

// Tests skip for want of the shared data only: where it is there, a skipped test is one that does not work.
const wronglySkipped = total.skipped > 0 && existsSync(join(root, '../shared/data'));
if (wronglySkipped) console.log('Tests were skipped although ../shared is there');
console.log(`Took ${seconds(started)}`);
console.log(line(total));
process.exitCode = total.failed > 0 || total.passed === 0 || wronglySkipped ? 1 : 0;
