/** The recorder's time across visits: it goes on, faster than the device's, while no page is open. */
export class Time {
  #base: number;
  #since = performance.now();
  #rate: number;

  /** `start` is an ISO instant; `rate` how much faster than the device's clock it goes. */
  constructor(start: string, rate: number) {
    this.#base = Date.parse(start);
    this.#rate = rate;
  }

  readonly now = (): number => Math.round(this.#base + (performance.now() - this.#since) * this.#rate);

  get rate(): number {
    return this.#rate;
  }

  /** Sets the clock, forward or back, and perhaps its pace. */
  set(at: number, rate = this.#rate): void {
    this.#base = at;
    this.#since = performance.now();
    this.#rate = rate;
  }

  /** What the address of a page says that opens now. */
  get query(): string {
    return `${new Date(this.now()).toISOString()}*${this.#rate}`;
  }
}
