import { VelolacError, type ErrorCode, type ErrorDetails } from '../../../src/errors.ts';
import type { Gap, JournalEvent, SnapshotRow } from '../../../src/lake/journal.ts';
import { apply } from '../../../src/lake/apply.ts';
import { emptyState, sourceState } from '../../../src/lake/state.ts';
import { Cadence } from '../../../src/pipeline/cadence.ts';
import type { Clock } from '../../../src/pipeline/clock.ts';
import type { PaceSetting } from '../../../src/pipeline/pace.ts';
import type { Quota } from '../../../src/sources/quota.ts';

const source = 'velib';

/** What the portal answers at an instant: nothing said means a snapshot. */
type Portal = (
  at: number,
) => { readonly code?: ErrorCode; readonly details?: ErrorDetails; quota?: Quota } | undefined;

/**
 * A recorder's cadence, its lake's state and its portal on a clock that a test turns: no real time passes. What happens
 * to the device is scripted by `at`.
 */
export class Simulation {
  /** True time. */
  time: number;
  /** The device's clock less true time. */
  offset = 0;
  readonly state = emptyState();
  /** When each attempt began, by the device's clock. */
  readonly attempts: number[] = [];
  readonly snapshots: number[] = [];
  portal: Portal = () => undefined;
  network = { online: true, metered: false };
  /** How long an attempt takes, in milliseconds. */
  takes = 700;
  cadence: Cadence;
  #script: { at: number; does: () => void }[] = [];
  #end = Infinity;
  #over: () => void = () => undefined;

  constructor(
    start: string,
    private readonly setting: PaceSetting = { interval: 1, ignoreMetered: false },
    private readonly random: () => number = () => 0.5,
  ) {
    this.time = Date.parse(start);
    this.cadence = this.#open();
  }

  get gaps(): readonly Gap[] {
    return sourceState(this.state, source).gaps;
  }

  /** What the device's clock shows. */
  get now(): number {
    return this.time + this.offset;
  }

  /** Does something at a true time: set the clock, pull the cable, sleep (`time` goes on, and nothing runs). */
  at(time: string, does: () => void): void {
    this.#script = [...this.#script, { at: Date.parse(time), does }].sort((a, b) => a.at - b.at);
  }

  /** Closes the page, and opens it again later. */
  reopen(later: number): void {
    this.cadence.stop(null);
    this.time += later;
    this.cadence = this.#open();
  }

  /** Records until a true time; then it is switched off. */
  async run(until: string): Promise<void> {
    this.#end = Date.parse(until);
    const over = new Promise<void>((resolve) => (this.#over = resolve));
    void this.cadence.start();
    await over;
    this.cadence.stop('stopped');
  }

  #open(): Cadence {
    const clock: Clock = {
      now: () => this.now,
      rate: 1,
      pause: async (ms) => this.#pass(Math.min(ms, 1000)),
    };
    const ports = {
      clock,
      network: () => this.network,
      source: () => sourceState(this.state, source),
      random: this.random,
    };
    const cadence: Cadence = new Cadence(
      { ...ports, take: () => cadence.attempt((gaps) => this.#attempt(gaps)), onChange: () => undefined },
      this.setting,
    );
    return cadence;
  }

  async #attempt(gaps: readonly Gap[]) {
    for (const [from, to, reason] of gaps) this.#journal({ kind: 'gap', source, from, to, reason });
    this.attempts.push(this.now);
    const { code, details, quota = null } = this.portal(this.now) ?? {};
    this.#pass(this.takes);
    const error = code ? new VelolacError(code, code, details) : null;
    const fetched_at = this.now;
    if (!error) this.snapshots.push(fetched_at);
    const row = {
      fetched_at,
      source,
      origin: 'live',
      outcome: error ? 'failed' : 'ok',
      stations: 1,
      bytes: 1,
    };
    this.#journal({
      kind: 'attempt',
      snapshot: { ...row, schema_fingerprint: null } as SnapshotRow,
      file: null,
    });
    return { error, quota };
  }

  #journal(event: object): void {
    apply(this.state, { at: this.now, term: 1, ...event } as JournalEvent);
  }

  #pass(ms: number): void {
    this.time += ms;
    for (let next = this.#script[0]; next && next.at <= this.time; next = this.#script[0]) {
      this.#script.shift();
      next.does();
    }
    if (this.time >= this.#end) {
      this.cadence.stop('stopped');
      this.#over();
    }
  }
}
