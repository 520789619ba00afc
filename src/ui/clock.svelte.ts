/** The present, ticking once a second while the page is seen. */
export class Clock {
  now = $state(0);
  readonly #read: () => number;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(read: () => number = Date.now) {
    this.#read = read;
    this.now = read();
  }

  /** Starts ticking; the answer stops it. */
  start(): () => void {
    const tick = (): void => {
      this.now = this.#read();
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
