import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { chromium, type LaunchOptions } from '@playwright/test';

/**
 * A browser that nobody looks into: while DevTools is attached, each renderer keeps the answers that it was sent, up to
 * 100 MB of them.
 */
export class AloneBrowser {
  private constructor(
    private readonly child: ReturnType<typeof spawn>,
    private readonly profile: string,
  ) {}

  /** Opens an address in a profile. */
  static open(profile: string, address: string, { executablePath, args = [] }: LaunchOptions): AloneBrowser {
    const path = executablePath ?? chromium.executablePath();
    const all = ['--headless', ...args, `--user-data-dir=${profile}`, address];
    return new AloneBrowser(spawn(path, all, { stdio: 'ignore' }), profile);
  }

  /** Resident memory of its largest renderer, in megabytes; 0 while there is none. Linux alone tells. */
  async rendererMegabytes(): Promise<number> {
    const processes = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
    const sizes = await Promise.all(
      processes.map(async (id) => {
        try {
          const command = await readFile(`/proc/${id}/cmdline`, 'utf8');
          if (!command.includes('--type=renderer') || !command.includes(this.profile)) return 0;
          return (
            Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${id}/status`, 'utf8'))?.[1] ?? 0) / 1000
          );
        } catch {
          // It has ended since it was listed.
          return 0;
        }
      }),
    );
    return Math.max(0, ...sizes);
  }

  /** Resolves when it has ended. */
  async close(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const ended = once(this.child, 'exit');
    this.child.kill();
    await ended;
  }
}
