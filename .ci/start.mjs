import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { install } from './install.mjs';
import { root } from './root.mjs';
import { run } from './shell.mjs';

const { values } = parseArgs({ options: { port: { type: 'string' } } });

await install();
const code = await run('vite', ['build']);
if (code !== 0) process.exit(code);

const { runnerImport } = await import('vite');
const { Site } = (await runnerImport(join(root, 'tests/serve/static.ts'), { configFile: false })).module;
const site = await serve(Number(values.port ?? 4173));
console.log(`\nVélolac is at ${site.address} (Ctrl+C stops it)`);

/** Serves the built page on `port`, or on the next free one unless `--port` asked for it. */
async function serve(port) {
  try {
    return await Site.start({ folder: join(root, 'dist'), port });
  } catch (error) {
    if (error.code !== 'EADDRINUSE' || values.port) throw error;
    return serve(port + 1);
  }
}
