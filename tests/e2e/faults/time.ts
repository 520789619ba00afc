/** The recorder's time across visits: it goes on, faster than the device's, while no page is open. */
export class Time {
  #base: number;
  #since = performance.now();

  /** `start` is an ISO instant; `rate` how much faster than the device's clock it goes. */
  constructor(
    start: string,
    public rate: number,
  ) {
    this.#base = Date.parse(start);
  }

  readonly now = (): number => Math.round(this.#base + (performance.now() - this.#since) * this.rate);

  /** Sets the clock, forward or back. */
  set(at: number): void {
    this.#base = at;
    this.#since = performance.now();
  }

  /** What the address of a page says that opens now. */
  get query(): string {
    return `${new Date(this.now()).toISOString()}*${this.rate}`;
  }
}
