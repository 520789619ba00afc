import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from './chromium.mjs';
import { install } from './install.mjs';
import { root } from './root.mjs';
import { run, seconds } from './shell.mjs';

/** `--quick`: each thing once and with few ticks, to see that the bench works. */
const { values } = parseArgs({ options: { quick: { type: 'boolean', default: false } } });

const started = performance.now();
await install();
const chromium = await findChromium();
const folder = mkdtempSync(join(tmpdir(), 'velolac-bench-'));
try {
  await build('page', []);
  await build('bench', ['--config', 'tests/bench/vite.config.ts']);
  const { runnerImport } = await import('vite');
  const { measure } = (await runnerImport(join(root, 'tests/bench/main.ts'), { configFile: false })).module;
  const quick = { runs: 1, ticks: 12, lakes: [1, 10] };
  const table = await measure({ chromium, folder }, ...(values.quick ? [quick] : []));
  console.log(`\n${table}\n`);
  if (!values.quick) await keep(table);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`Took ${seconds(started)}`);

async function build(name, args) {
  const out = ['--outDir', join(folder, name), '--emptyOutDir', '--logLevel', 'warn'];
  const code = await run('vite', ['build', ...args, ...out]);
  if (code !== 0) throw new Error(`building the ${name} ended with code ${code}`);
}

/** Puts the table between the README's marks, where it has them, and formats it as `npm run check` wants it. */
async function keep(table) {
  const path = join(root, 'README.md');
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const marked = /(<!-- bench -->\n)[\s\S]*?(<!-- \/bench -->)/;
  if (!marked.test(text)) return;
  const { format, resolveConfig } = await import('prettier');
  const replaced = text.replace(marked, (_, start, end) => `${start}\n${table}\n\n${end}`);
  writeFileSync(path, await format(replaced, { ...(await resolveConfig(path)), filepath: path }));
  console.log('README.md has the new table');
}
