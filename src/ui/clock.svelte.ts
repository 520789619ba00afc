/** The present, ticking once a second while the page is seen. */
export class Clock {
  now = $state(Date.now());
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Starts ticking; the answer stops it. */
  start(): () => void {
    const tick = (): void => {
      this.now = Date.now();
      clearTimeout(this.#timer);
      if (document.visibilityState === 'visible') this.#timer = setTimeout(tick, 1000 - (this.now % 1000));
    };
    tick();
    document.addEventListener('visibilitychange', tick);
    return () => {
      clearTimeout(this.#timer);
      document.removeEventListener('visibilitychange', tick);
    };
  }
}
