import type { RecordedQuarters } from '../../pipeline/protocol.ts';

export const QUARTER = 900_000;

/** Quarter-hours of a day. */
export const DAY = 96;

/** Where a step leads, and how many quarter-hours without a snapshot it passed over. */
interface Step {
  readonly index: number;
  readonly missed: number;
}

/** The quarter-hours from the first snapshot to the newest, by their index: the places of the time slider. */
export class Recorded {
  readonly #first: number;
  readonly #bikes: Int32Array;

  constructor(quarters: RecordedQuarters | null) {
    this.#first = quarters?.first ?? 0;
    this.#bikes = quarters?.bikes ?? new Int32Array(0);
  }

  get count(): number {
    return this.#bikes.length;
  }

  /** The place of the newest snapshot; -1 where nothing was recorded. */
  get last(): number {
    return this.count - 1;
  }

  /** The moment of a place, milliseconds since the epoch: its quarter-hour's end. */
  at(index: number): number {
    return this.#first + index * QUARTER;
  }

  /** The place that shows an instant, the first or the last where it lies outside. */
  indexOf(at: number): number {
    return Math.max(0, Math.min(Math.ceil((at - this.#first) / QUARTER), this.last));
  }

  /** Where an instant lies among the places, in fractions of them. */
  placeOf(at: number): number {
    return (at - this.#first) / QUARTER;
  }

  /** Whether a snapshot tells of an instant: one of its quarter-hour. */
  covers(at: number): boolean {
    return this.bikes(Math.ceil((at - this.#first) / QUARTER)) !== null;
  }

  /** Bikes of the last snapshot of a place; null where it has none. */
  bikes(index: number): number | null {
    const bikes = this.#bikes[index] ?? -1;
    return bikes < 0 ? null : bikes;
  }

  /** The place with a snapshot that is nearest to another, the earlier of two. */
  nearest(index: number): number {
    for (let away = 0; away < this.count; away += 1) {
      if (this.bikes(index - away) !== null) return index - away;
      if (this.bikes(index + away) !== null) return index + away;
    }
    return index;
  }

  /** Of how many quarter-hours of the day up to a place there are snapshots. */
  dayUpTo(index: number): number {
    const day = Array.from({ length: DAY }, (_, back) => this.bikes(index - back));
    return day.filter((bikes) => bikes !== null).length;
  }

  /** So many places on (below zero: back), or further to the next one with a snapshot; never past the ends. */
  step(index: number, places: number): Step {
    const way = Math.sign(places);
    let to = Math.max(0, Math.min(index + places, this.last));
    while (this.bikes(to) === null && to > 0 && to < this.last) to += way;
    let missed = 0;
    for (let passed = Math.min(index, to) + 1; passed < Math.max(index, to); passed += 1) {
      if (this.bikes(passed) === null) missed += 1;
    }
    return { index: to, missed };
  }
}
