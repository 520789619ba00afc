import { spawn } from 'node:child_process';
import { delimiter, join } from 'node:path';
import { root } from './root.mjs';

/**
 * Runs a command in the project's folder, its output on this console, with the project's own tools on the path.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {Record<string, string>} [env] beside the environment of this process
 * @param {number} [minutes] after which the command and all it started are ended
 * @returns {Promise<number>} the exit code; 127 where the command could not be started, 124 where time was up
 */
export function run(command, args, env = {}, minutes = Infinity) {
  const path = [join(root, 'node_modules', '.bin'), process.env.PATH].join(delimiter);
  return new Promise((done) => {
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, PATH: path, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
      // A group of its own, so that a suite's workers and browsers can be ended with it.
      detached: process.platform !== 'win32',
    });
    const end = (signal) => process.kill(process.platform === 'win32' ? child.pid : -child.pid, signal);
    const interrupted = () => {
      end('SIGTERM');
      process.exit(130);
    };
    process.once('SIGINT', interrupted);
    process.once('SIGTERM', interrupted);
    let late = false;
    const limit = Number.isFinite(minutes)
      ? setTimeout(() => {
          late = true;
          console.error(`${command} took more than ${minutes} minutes and was ended`);
          end('SIGKILL');
        }, minutes * 60_000)
      : undefined;
    const over = (code) => {
      clearTimeout(limit);
      process.off('SIGINT', interrupted);
      process.off('SIGTERM', interrupted);
      done(late ? 124 : code);
    };
    child.on('error', (error) => {
      console.error(`${command}: ${error.message}`);
      over(127);
    });
    child.on('close', (code) => over(code ?? 1));
  });
}

/** Seconds since `start` (of `performance.now()`), for people. */
export function seconds(start) {
  return `${((performance.now() - start) / 1000).toFixed(1)} s`;
}
