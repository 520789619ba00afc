/** How often the tab that writes tells that it lives, in milliseconds of the device's time. */
export const BEAT = 1000;
/** Two beats missed, and half of one: with the question that follows, another tab takes over within 5 s. */
const LOOKS = 11;
const LOOK = 250;

/**
 * Listens for a heart that beats once a second, and notices when it is heard no more. Silence is counted in looks, not
 * by the clock: what this tab's own timer is late by, it slept or the machine is slow, and a beat may be as late.
 */
export class Watch {
  #timer: ReturnType<typeof setTimeout> | undefined;
  #heardAt = 0;
  #looks = 0;

  constructor(private readonly onSilence: () => void) {}

  start(): void {
    this.stop();
    this.heard();
    this.#lookSoon();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  heard(): void {
    this.#heardAt = performance.now();
    this.#looks = 0;
  }

  hasHeardSince(instant: number): boolean {
    return this.#heardAt > instant;
  }

  #lookSoon(): void {
    this.#timer = setTimeout(() => {
      this.#looks += 1;
      this.#lookSoon();
      if (this.#looks < LOOKS) return;
      this.#looks = 0;
      this.onSilence();
    }, LOOK);
  }
}
