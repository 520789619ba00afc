import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.mjs';
import { run } from './shell.mjs';

/** Runs `npm ci` unless node_modules already holds what package-lock.json says. Throws where that fails. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing packages (npm ci) …');
  const code = await run('npm', ['ci', '--no-audit', '--no-fund']);
  if (code !== 0) throw new Error(`npm ci ended with code ${code}`);
}

/** npm keeps a copy of the lock in node_modules, without the packages that this platform does not need. */
function isInstalled() {
  const wanted = readLock('package-lock.json');
  const present = readLock('node_modules/.package-lock.json');
  if (!wanted) throw new Error('package-lock.json is missing or broken');
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || optional || present?.[path]?.version === version,
  );
}

function readLock(path) {
  try {
    return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
  } catch (error) {
    if (error.code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
