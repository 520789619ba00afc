import type { Page } from '@playwright/test';
import { hangRecorder } from '../hang.ts';
import type { DevTools } from './devtools.ts';

/** One opened page, and the ways in which it can come to harm. */
export class Tab {
  #wake: () => Promise<void> = () => Promise.resolve();

  private constructor(
    readonly page: Page,
    private readonly devtools: DevTools,
    private readonly before: ReadonlyMap<number, number>,
  ) {}

  /** Opens an address in a new tab. */
  static async open(page: Page, devtools: DevTools, address: string): Promise<Tab> {
    const before = await devtools.renderers();
    await page.goto(address, { waitUntil: 'commit' });
    return new Tab(page, devtools, before);
  }

  /** Its process: of all renderers the one that has worked most since it was opened. Asked of the newest tab only. */
  async process(): Promise<number> {
    const worked = [...(await this.devtools.renderers())].map(([id, seconds]) => {
      return { id, seconds: seconds - (this.before.get(id) ?? 0) };
    });
    return worked.reduce((most, one) => (one.seconds > most.seconds ? one : most)).id;
  }

  /**
   * Ends the process, as the system does when memory is short: no handler runs, no file is closed in order. Where the
   * one that has worked most was not the page's (its service worker has one of its own), the page is crashed instead.
   */
  async kill(): Promise<void> {
    const died = this.page.waitForEvent('crash', { timeout: 5000 });
    process.kill(await this.process(), 'SIGKILL');
    try {
      await died;
    } catch {
      return this.crash();
    }
    await this.page.close();
  }

  async crash(): Promise<void> {
    const died = this.page.waitForEvent('crash');
    const session = await this.page.context().newCDPSession(this.page);
    session.send('Page.crash').catch(() => undefined);
    await died;
    await this.page.close();
  }

  /** Holds its recorder worker at whatever it does: it keeps its lock and its files. */
  async hang(): Promise<void> {
    this.#wake = await hangRecorder(this.page);
  }

  async wake(): Promise<void> {
    await this.#wake();
  }

  /** Ends the recorder worker, or the engine worker that was started last. Gives false where there is none. */
  async endWorker(kind: 'recorder' | 'engine'): Promise<boolean> {
    const worker = (await this.workers(kind)).at(-1);
    if (worker === undefined) return false;
    await (await this.devtools.attach(worker)).end();
    return true;
  }

  /** The DevTools targets of its workers. */
  workers(kind: 'recorder' | 'engine'): Promise<string[]> {
    return this.devtools.workers(this.page, kind);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
