import { registerSW } from 'virtual:pwa-register';

/** How often a page that stays open asks for a new version: browsers ask only when a page is opened. */
const EVERY = 3_600_000;
/** What is waited for the new service worker to take over before the page reloads all the same. */
const PATIENCE = 10_000;

/** The service worker's news: a newer version waits, or the page is now kept for offline use. */
export class AppUpdate {
  waiting = $state(false);
  /** True from the wish for the new version on: it comes when the work under way is over. */
  applying = $state(false);
  offlineReady = $state(false);
  readonly #rest: () => Promise<void>;
  #apply: (() => Promise<void>) | null = null;

  /** `rest` resolves once nothing is at work, and nothing more begins. */
  constructor(rest: () => Promise<void>) {
    this.#rest = rest;
  }

  /** Registers the service worker. A browser without one goes on without offline use. */
  register(): void {
    this.#apply = registerSW({
      immediate: true,
      onNeedRefresh: () => {
        this.waiting = true;
      },
      // The new version has taken over, here or by a word of another tab: this one follows when its work is over.
      onNeedReload: () => void this.#reload(),
      onOfflineReady: () => {
        this.offlineReady = true;
      },
      onRegisteredSW: (_, registration) => {
        if (registration) setInterval(() => void registration.update().catch(notReached), EVERY);
      },
      onRegisterError: (error: unknown) => {
        console.warn('The service worker was not registered; the page works online only.', error);
      },
    });
  }

  /** Takes the waiting version and reloads, once the work under way is over. */
  async apply(): Promise<void> {
    this.applying = true;
    await this.#rested();
    setTimeout(() => location.reload(), PATIENCE);
    await this.#apply?.();
  }

  async #reload(): Promise<void> {
    this.applying = true;
    await this.#rested();
    location.reload();
  }

  /** A recorder that cannot rest is no reason to keep its page. */
  async #rested(): Promise<void> {
    try {
      await this.#rest();
    } catch (error) {
      console.warn('The recorder did not come to rest; the page reloads.', error);
    }
  }
}

function notReached(error: unknown): void {
  console.warn('No new version was found: the page’s host did not answer.', error);
}
