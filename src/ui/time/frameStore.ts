import type { Frames } from '../../pipeline/protocol.ts';
import type { Frame } from './frame.ts';

const DAY = 86_400_000;

/** Frames of the days that were looked at last, a megabyte each. */
export class FrameStore {
  readonly #load: (day: string) => Promise<Frames | null>;
  readonly #limit: number;
  /** The one used longest ago first. */
  readonly #days = new Map<string, Promise<Frames | null>>();

  /** `load` reads the frames of a UTC day, YYYY-MM-DD; so many days are kept. */
  constructor(load: (day: string) => Promise<Frames | null>, limit = 4) {
    this.#load = load;
    this.#limit = limit;
  }

  /** The frame of a moment; null where no snapshot stands for it. The day that is then near is read ahead. */
  async at(moment: number): Promise<Frame | null> {
    const day = await this.#day(moment);
    const near = moment % DAY < DAY / 4 ? -DAY : moment % DAY >= (3 * DAY) / 4 ? DAY : 0;
    if (near !== 0) void this.#day(moment + near);
    const index = day?.instants.indexOf(moment) ?? -1;
    return day === null || index < 0 ? null : { at: moment, day, index };
  }

  /** Forgets all: the lake has changed. */
  clear(): void {
    this.#days.clear();
  }

  #day(moment: number): Promise<Frames | null> {
    const name = new Date(moment).toISOString().slice(0, 10);
    const kept = this.#days.get(name);
    this.#days.delete(name);
    const day = kept ?? this.#load(name);
    this.#days.set(name, day);
    for (const [oldest] of this.#days) {
      if (this.#days.size <= this.#limit) break;
      this.#days.delete(oldest);
    }
    return day;
  }
}
