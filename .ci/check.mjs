import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { root } from './root.mjs';
import { run, seconds } from './shell.mjs';

const sparkTest = 'tests/unit/gold/spark.test.ts';

const steps = [
  ['formatting', 'prettier', ['--check', '--log-level', 'warn', '.']],
  ['lint', 'eslint', ['-c', '.ci/eslint.config.js', '--max-warnings', '0', '.']],
  [
    'components',
    'svelte-check',
    ['--tsconfig', './tsconfig.json', '--fail-on-warnings', '--output', 'human'],
  ],
  ['types', 'tsc', ['--noEmit']],
  ['architecture', 'depcruise', ['-c', '.ci/dependency-cruiser.cjs', '--output-type', 'err-long', 'src']],
  ['unused code', 'knip', ['--no-progress']],
  ['Gold SQL as Spark SQL', 'vitest', ['run', '--project', 'unit', sparkTest]],
];

await install();
const failed = [];
for (const [name, command, args] of steps) {
  if (args.includes(sparkTest) && !existsSync(join(root, sparkTest))) {
    console.log(`\n— ${name}: there is no ${sparkTest} yet`);
    continue;
  }
  console.log(`\n— ${name}`);
  const start = performance.now();
  const code = await run(command, args);
  console.log(`— ${name}: ${code === 0 ? 'ok' : `failed (code ${code})`}, ${seconds(start)}`);
  if (code !== 0) failed.push(name);
}
console.log(failed.length === 0 ? '\nAll checks passed' : `\nFailed: ${failed.join(', ')}`);
process.exitCode = failed.length === 0 ? 0 : 1;
