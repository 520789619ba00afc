/** How often the tab that writes tells that it lives, in milliseconds of the device's time. */
export const BEAT = 1000;
/** Two beats missed. With the question that follows, another tab takes over within 5 s. */
const SILENCE = 2500;
const LOOK = 250;
/** A tab that did not look for so long was asleep, or busy: it may not have heard what was told. */
const ASLEEP = 2000;

/** Listens for a heart that beats once a second, and notices when this tab, awake all the while, hears it no more. */
export class Watch {
  #timer: ReturnType<typeof setInterval> | undefined;
  #heardAt = 0;
  #lookedAt = 0;

  constructor(private readonly onSilence: () => void) {}

  start(): void {
    this.stop();
    this.#heardAt = this.#lookedAt = performance.now();
    this.#timer = setInterval(() => this.#look(), LOOK);
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  heard(): void {
    this.#heardAt = performance.now();
  }

  hasHeardSince(instant: number): boolean {
    return this.#heardAt > instant;
  }

  #look(): void {
    const now = performance.now();
    if (now - this.#lookedAt > ASLEEP) this.#heardAt = now;
    this.#lookedAt = now;
    if (now - this.#heardAt < SILENCE) return;
    this.#heardAt = now;
    this.onSilence();
  }
}
