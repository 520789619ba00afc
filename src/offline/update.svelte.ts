import { registerSW } from 'virtual:pwa-register';

/** The service worker's news: a newer version waits, or the page is now kept for offline use. */
export class AppUpdate {
  waiting = $state(false);
  offlineReady = $state(false);
  #apply: ((reload?: boolean) => Promise<void>) | null = null;

  /** Registers the service worker. A browser without one goes on without offline use. */
  register(): void {
    this.#apply = registerSW({
      immediate: true,
      onNeedRefresh: () => {
        this.waiting = true;
      },
      onOfflineReady: () => {
        this.offlineReady = true;
      },
      onRegisterError: (error: unknown) => {
        console.warn('The service worker was not registered; the page works online only.', error);
      },
    });
  }

  /** Takes the waiting version and reloads. */
  async apply(): Promise<void> {
    this.waiting = false;
    await this.#apply?.(true);
  }
}
