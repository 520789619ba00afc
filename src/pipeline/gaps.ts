import type { Gap, GapReason } from '../lake/journal.ts';
import { accountedUntil, type SourceState } from '../lake/state.ts';
import { MINUTE, type Interval } from './schedule.ts';

/** A stretch this many intervals long has missed a time of the grid. */
const MISSED = 1.5;

/** Why nothing is recorded from an instant on; null while nothing keeps the recorder from it. */
interface Cause {
  readonly from: number;
  readonly reason: GapReason | null;
}

/** What kept the recorder of one source from its grid, and since when. */
export class Gaps {
  #causes: Cause[];

  /** `opened`: before that instant no page was open. */
  constructor(
    private readonly source: () => SourceState,
    opened: number,
  ) {
    this.#causes = [
      { from: -Infinity, reason: 'closed' },
      { from: opened, reason: null },
    ];
  }

  /** From that instant on this is why nothing is recorded; null: nothing keeps the recorder from it any more. */
  because(reason: GapReason | null, from: number): void {
    const { recorded } = this.source();
    const current = this.#causes.findLastIndex((cause) => cause.from <= (recorded ?? -Infinity));
    this.#causes = this.#causes.slice(Math.max(0, current)).filter((cause) => cause.from < from);
    if (this.#causes.at(-1)?.reason !== reason) this.#causes.push({ from, reason });
  }

  /**
   * The gaps that an attempt at an instant finds, for the journal: nothing where no time of the grid was missed. A
   * stretch that is too short for a reason of its own is told with its neighbour.
   */
  before(at: number, interval: Interval): Gap[] {
    const { recorded } = this.source();
    const from = accountedUntil(this.source());
    if (from === null || from >= at) return [];
    const goesOn = from !== recorded;
    if (!goesOn && at - from <= MISSED * interval * MINUTE) return [];
    const stretches = this.#causes.flatMap(({ reason, ...cause }, index): Gap[] => {
      const start = Math.max(from, cause.from);
      const end = Math.min(at, this.#causes[index + 1]?.from ?? at);
      return reason === null || end <= start ? [] : [[start, end, reason]];
    });
    const long = stretches.filter(([start, end]) => end - start >= (interval * MINUTE) / 2);
    const longest = stretches.sort((a, b) => b[1] - b[0] - (a[1] - a[0])).slice(0, 1);
    const told = long.length > 0 ? long : longest;
    if (told.length === 0) return [[from, at, 'busy']];
    return told.map(([start, , reason], index) => [
      index === 0 ? from : start,
      told[index + 1]?.[0] ?? at,
      reason,
    ]);
  }
}
