import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

/**
 * Runs a command in the project's folder, its output on this console, with the project's own tools on the path.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] beside the environment of this process
 * @returns {Promise<number>} the exit code; 127 where the command could not be started
 */
export function run(command, args, env = {}) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      done(127);
    });
    child.on('close', (code) => done(code ?? 1));
  });
}

/** Seconds since `start` (of `performance.now()`), for people. */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
