import type { Outcome, SilverReport } from '../lake/journal.ts';
import type { SnapshotBrief } from '../lake/journal.ts';
import type { AttributeSet } from '../silver/attributes.ts';

/** Under this share of the stations of the table's fullest snapshot, a snapshot is partial. */
const WHOLE = 0.5;

/** An answer about so few stations is a search's, and no network's. */
const FEWEST = 10;

/** Counts what came of a table, snapshot by snapshot. */
export class Tally {
  /** What is new, by instant. */
  readonly snapshots: SnapshotBrief[] = [];
  /** Instants that the lake had from someone less trusted. */
  readonly withdrawn: number[] = [];
  #known = 0;
  #accepted = 0;
  #span: { from: number | null; to: number | null } = { from: null, to: null };
  readonly #sets = new Map<string, AttributeSet>();
  readonly #rejected: Record<string, number> = {};
  readonly #discarded: Record<string, number> = {};

  constructor(private readonly content: 'status' | 'information') {}

  /** Takes in the snapshots of a day: `known` ones are in the lake already and count as rejected. */
  add(reports: readonly SilverReport[], known: readonly number[], withdrawn: readonly number[]): void {
    this.withdrawn.push(...withdrawn);
    for (const { fetched_at, accepted, rejected, discarded, bikes } of reports) {
      this.#span = { from: this.#span.from ?? fetched_at, to: fetched_at };
      if (known.includes(fetched_at)) {
        this.#known += 1;
        const rows = accepted + Object.values(rejected).reduce((sum, count) => sum + count, 0);
        this.reject('known_snapshot', rows);
        continue;
      }
      this.#accepted += accepted;
      for (const [reason, count] of Object.entries(rejected)) this.reject(reason, count);
      for (const [column, count] of Object.entries(discarded)) add(this.#discarded, column, count);
      this.snapshots.push([fetched_at, 'ok', accepted, 0, bikes]);
    }
  }

  /** Takes in what stations say of themselves: a series says the same every day. */
  describe(sets: readonly AttributeSet[]): void {
    for (const set of sets) this.#sets.set(set.attributes_id, set);
  }

  /** The distinct sets that were taken in. */
  get attributes(): AttributeSet[] {
    return [...this.#sets.values()];
  }

  /** The instant of a table of which nothing was taken. */
  at(instant: number | null): void {
    this.#span = { from: instant, to: instant };
  }

  reject(reason: string, rows: number): void {
    if (rows > 0) add(this.#rejected, reason, rows);
  }

  /** Decides which snapshots are whole, and gives the sums. */
  totals() {
    const fullest = Math.max(0, ...this.snapshots.map(([, , stations]) => stations));
    for (const snapshot of this.snapshots) snapshot[1] = this.#outcome(snapshot[2], fullest);
    return {
      ...this.#span,
      snapshots: this.snapshots.length,
      known: this.#known,
      accepted: this.#accepted,
      rejected: this.#rejected,
      discarded: this.#discarded,
    };
  }

  #outcome(stations: number, fullest: number): Outcome {
    const isWhole = this.content === 'status' && stations >= Math.max(FEWEST, fullest * WHOLE);
    return isWhole ? 'ok' : 'partial';
  }
}

function add(counts: Record<string, number>, name: string, count: number): void {
  counts[name] = (counts[name] ?? 0) + count;
}
