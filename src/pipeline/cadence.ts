import { toVelolacError, type VelolacError } from '../errors.ts';
import type { Gap, GapReason } from '../lake/journal.ts';
import type { SourceState } from '../lake/state.ts';
import type { Quota } from '../sources/quota.ts';
import type { Clock } from './clock.ts';
import { Gaps } from './gaps.ts';
import type { Network } from './network.ts';
import { failureOf, Pace, type Failure, type PaceSetting, type PaceStatus } from './pace.ts';
import { Schedule } from './schedule.ts';

/** What came of an attempt, for the next one. */
export interface Outcome {
  readonly error: VelolacError | null;
  readonly quota: Quota | null;
}

export interface CadencePorts {
  readonly clock: Clock;
  /** The lake's record of the source. */
  readonly source: () => SourceState;
  /** One attempt to record, at a time of the schedule: it goes through `attempt` when its turn comes. */
  readonly take: () => Promise<unknown>;
  readonly network: () => Network;
  /** Called when the next time, or the pace, has changed. */
  readonly onChange: () => unknown;
  readonly random?: () => number;
}

/** When snapshots of a source are taken: the grid, the pace that circumstances allow, and what was missed of it. */
export class Cadence {
  /** When the next attempt is due; null where none is. */
  next: number | null = null;
  readonly #pace: Pace;
  readonly #gaps: Gaps;
  readonly #schedule: Schedule;
  /** The interval that the last attempt was taken at. */
  #kept: PaceStatus['interval'];
  /** When the last attempt of this visit began. */
  #began = -Infinity;
  #isOn = false;
  /** Why it is off. */
  #off: GapReason | null = null;
  #network: Network = { online: true, metered: false };

  constructor(
    private readonly ports: CadencePorts,
    setting: PaceSetting,
  ) {
    const { clock, source, random } = ports;
    this.#pace = new Pace(setting, random);
    this.#kept = setting.interval;
    this.#gaps = new Gaps(source, clock.now());
    this.#schedule = new Schedule(clock, {
      onNext: (at) => {
        this.next = at === Infinity ? null : at;
        ports.onChange();
      },
      onSleep: (from, to) => {
        this.#gaps.because('asleep', from);
        this.#gaps.because(this.#standing, to);
      },
    });
  }

  get pace(): PaceStatus {
    return this.#pace.status(this.ports.clock.now());
  }

  /** How far the device's clock is behind true time, in milliseconds: the portal's times are moved by it. */
  set skew(skew: number) {
    this.#pace.skew = skew;
  }

  /** Starts, or goes on. Resolves when it is stopped. */
  async start(): Promise<void> {
    if (this.#isOn) return;
    this.#isOn = true;
    this.#explain();
    const { recorded } = this.ports.source();
    if (recorded !== null && recorded > this.#began) this.#pace.began(recorded);
    await this.#schedule.start(
      (now) => {
        this.#follow(this.ports.network());
        return this.#pace.due(now);
      },
      async () => {
        await this.ports.take();
        return this.#isOn;
      },
    );
  }

  /** Stops: because recording is switched off, or, with null, because another tab records. */
  stop(reason: 'stopped' | null): void {
    this.#isOn = false;
    this.#off = reason;
    this.#explain();
    this.#schedule.stop();
  }

  choose(setting: PaceSetting): void {
    this.#pace.choose(setting, this.ports.clock.now());
    this.#schedule.wake();
    this.ports.onChange();
  }

  /** One attempt, of the schedule or by hand: `work` is given the gaps before it. Gives the error that ended it. */
  async attempt(work: (gaps: readonly Gap[]) => Promise<Outcome>): Promise<VelolacError | null> {
    const { clock } = this.ports;
    const began = clock.now();
    const interval = this.#pace.interval(began);
    const gaps = this.#gaps.before(began, interval > this.#kept ? interval : this.#kept);
    this.#pace.began((this.#began = began));
    const { error, quota } = await work(gaps).catch((thrown: unknown): Outcome => {
      return { error: toVelolacError(thrown), quota: null };
    });
    this.#pace.ended(clock.now(), error, quota);
    this.#kept = this.#pace.interval(clock.now());
    const failure = failureOf(error);
    this.#gaps.because(this.#standing ?? (failure && reasonOf(failure)), began);
    return error;
  }

  get #standing(): GapReason | null {
    if (!this.#isOn) return this.#off;
    return this.#network.online ? null : 'offline';
  }

  /** Silent while there is no connection, slow where it is metered, at once when it is back. */
  #follow(network: Network): void {
    const { online, metered } = this.#network;
    if (network.online === online && network.metered === metered) return;
    this.#network = network;
    this.#pace.metered = network.metered;
    this.#pace.online = network.online;
    this.#explain();
    this.ports.onChange();
  }

  #explain(): void {
    this.#gaps.because(this.#standing, this.ports.clock.now());
  }
}

function reasonOf(failure: Failure): GapReason {
  return failure === 'busy' ? 'failed' : failure;
}
