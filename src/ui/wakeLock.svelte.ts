/** Keeps the screen on, on wish (Screen Wake Lock API). The browser takes the lock back whenever the page is hidden. */
export class WakeLock {
  readonly isSupported = 'wakeLock' in navigator;
  /** True while the browser refuses, as it may to save the battery. */
  isRefused = $state(false);

  /** Keeps the screen on whenever the page is seen; the answer ends it. */
  hold(): () => void {
    if (!this.isSupported) return () => undefined;
    let lock: WakeLockSentinel | null = null;
    let isWanted = true;
    const take = async (): Promise<void> => {
      if (document.visibilityState !== 'visible') return;
      try {
        lock = await navigator.wakeLock.request('screen');
        this.isRefused = false;
        if (!isWanted) await lock.release();
      } catch {
        this.isRefused = isWanted;
      }
    };
    const follow = (): void => void take();
    follow();
    document.addEventListener('visibilitychange', follow);
    return () => {
      isWanted = false;
      this.isRefused = false;
      document.removeEventListener('visibilitychange', follow);
      void lock?.release();
    };
  }
}
