import { seed } from './sizes.ts';

/** Random numbers that a seed repeats: mulberry32 (T. Ettinger, 2017, public domain), good enough to choose by. */
export class Random {
  #state: number;

  /** `name` gives each case numbers of its own. */
  constructor(name: string) {
    this.#state = Buffer.from(name).reduce((state, byte) => Math.imul(state, 31) + byte, seed);
  }

  /** From 0 up to and without `end`. */
  below(end: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), this.#state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * end;
  }

  of<T>(choices: readonly T[]): T {
    return choices[Math.floor(this.below(choices.length))]!;
  }
}
