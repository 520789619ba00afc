import { execFileSync } from 'node:child_process';
import { cpus, totalmem, type as system, release } from 'node:os';
import { existsSync, readFileSync } from 'node:fs';

/** The machine that it was measured on, in a line. */
export function machine(chromium: string): string {
  const { model } = cpus()[0] ?? { model: 'unknown CPU' };
  const memory = `${(totalmem() / 2 ** 30).toFixed(0)} GiB RAM`;
  const browser = version(execFileSync(chromium, ['--version'], { encoding: 'utf8', stdio: 'pipe' }));
  const node = `Node ${process.versions.node}`;
  return [model.trim(), `${cpus().length} cores`, memory, os(), `${browser} (headless)`, node].join(', ');
}

/** "Chromium 156.0.1.2": what the browser says of itself, without who built it. */
function version(text: string): string {
  return /^.*?\d+(?:\.\d+)+/.exec(text.trim())?.[0] ?? text.trim();
}

function os(): string {
  const file = '/etc/os-release';
  const name = existsSync(file) ? /^PRETTY_NAME="?([^"\n]+)/m.exec(readFileSync(file, 'utf8'))?.[1] : null;
  return name ?? `${system()} ${release()}`;
}
