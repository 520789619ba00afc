import { toVelolacError } from '../errors.ts';
import { sweepOutgoing } from '../lake/outgoing.ts';
import { fetchSnapshot } from '../sources/portal.ts';
import { velib, type Source } from '../sources/source.ts';
import { parseClock, type Clock } from './clock.ts';
import { network } from './network.ts';
import { Pace, type PaceSetting } from './pace.ts';
import type { OpenOptions, PipelineEvent, World } from './protocol.ts';
import { References } from './references.ts';
import { MINUTE, Schedule } from './schedule.ts';
import { HostClock } from './skew.ts';
import { lakeFacts } from './status.ts';
import type { Beat } from './tabs.ts';
import { OpenWorld } from './world.ts';

/**
 * The world that is open, and the way to another: opens it, keeps what the visitor has set for any, and tells the page
 * how it stands.
 */
export class Worlds {
  #options: OpenOptions;
  #world!: OpenWorld;
  #isOpen = false;
  #recording: boolean;
  #probing: Schedule | null = null;
  #liveAvailable = false;
  readonly #clock: Clock;
  readonly #source: Source;
  readonly #references: References;
  readonly #host: HostClock;

  constructor(
    options: OpenOptions,
    private readonly tell: (event: PipelineEvent) => void,
  ) {
    this.#options = options;
    this.#clock = parseClock(options.clock);
    this.#source = velib(options.portal);
    this.#recording = options.recording;
    this.#references = new References(options.base);
    this.#host = new HostClock(options.base, this.#clock, () => this.#tellStatus());
  }

  get current(): OpenWorld {
    return this.#world;
  }

  get pace(): PaceSetting {
    return this.#options.pace;
  }

  /** Milliseconds since the epoch, by the page's clock. */
  now(): number {
    return this.#clock.now();
  }

  /** Opens the first world: the one that was asked for, or the bundled day where the portal is silent and nothing is kept. */
  async open(): Promise<void> {
    await this.#openFirst(this.#options.world ?? 'live');
    const { house, tenure } = this.#world;
    const { isWriter } = tenure;
    const isDue = house.newest === null || house.newest.fetched_at < this.#clock.now() - MINUTE;
    if (house.world === 'live' && isDue && isWriter) {
      if (network().online) await this.#world.tick();
      const isSilent = !house.newest && tenure.isWriter;
      if (isSilent && this.#options.world === null) await this.setWorld('sample');
    }
    if (house.lake.storage.persistent && isWriter) sweepOutgoing().catch(this.#tellError);
    this.#isOpen = true;
    this.#world.cadence.choose(this.#options.pace);
    this.#world.setRecording(this.#recording);
  }

  setRecording(on: boolean): void {
    this.#recording = on;
    if (this.#isOpen) this.#world.setRecording(on);
  }

  setPace(pace: PaceSetting): void {
    this.#options = { ...this.#options, pace };
    if (this.#isOpen) this.#world.cadence.choose(pace);
  }

  async setWorld(world: World): Promise<void> {
    const before = this.#world.house.world;
    if (world === before) return;
    this.#world.close().catch(this.#tellError);
    await this.#openWorld(world).catch(async (thrown: unknown) => {
      await this.#openWorld(before);
      throw thrown;
    });
    try {
      if (world === 'live' && this.#world.tenure.isWriter) await this.#world.record();
    } finally {
      this.#world.setRecording(this.#recording);
    }
  }

  setAutomatic(on: boolean): void {
    this.#options = { ...this.#options, automatic: on };
    this.#world.ticker.automatic = on;
  }

  async setRetention(days: number | null): Promise<void> {
    this.#options = { ...this.#options, retention: days };
    if (this.#isOpen) await this.#world.retain(days);
  }

  /** Where the live lake is of a newer form, the bundled recording is what there is to show. */
  async #openFirst(name: World): Promise<void> {
    try {
      await this.#openWorld(name);
    } catch (thrown) {
      if (name === 'sample' || toVelolacError(thrown).code !== 'lake.newer') throw thrown;
      this.#tellError(thrown);
      await this.#openWorld('sample');
    }
  }

  async #openWorld(name: World): Promise<void> {
    this.#probing?.stop();
    const world = await OpenWorld.open(name, {
      ...{ source: this.#source, references: this.#references, clock: this.#clock },
      ...{ base: this.#options.base, pace: this.#options.pace, host: this.#host },
      retention: this.#options.retention,
      tell: this.tell,
      onChange: () => this.#tellStatus(),
      told: () => this.#told(),
      onBeat: () => this.#follow(),
    });
    world.ticker.automatic = this.#options.automatic;
    this.#world = world;
    this.#tellStatus();
    void this.#host.refresh(false);
    if (name === 'sample') this.#probe().catch(this.#tellError);
    await world.begin();
  }

  /** In the sample's world: asks whether the live portal answers, until it does. */
  async #probe(): Promise<void> {
    const { now } = this.#clock;
    const pace = new Pace(this.#options.pace);
    const due = () => {
      pace.online = network().online;
      return pace.due(now());
    };
    this.#probing = new Schedule(this.#clock, { onNext: () => undefined });
    await this.#probing.start(due, async (signal) => {
      pace.began(now());
      const { error, quota } = await fetchSnapshot(this.#source, { signal, now });
      if (signal.aborted) return false;
      pace.ended(now(), error, quota);
      this.#liveAvailable = error === null;
      this.#world.ticker.failure = error && { at: now(), error: error.toRecord() };
      this.#tellStatus();
      return error !== null;
    });
  }

  /** Shows what the tab that writes tells of itself, and goes on like it when it is gone. */
  #follow(): void {
    const { elsewhere } = this.#world.tenure;
    if (elsewhere) {
      this.#recording = elsewhere.recording;
      this.#world.setRecording(elsewhere.recording);
    }
    this.#tellStatus();
  }

  readonly #tellError = (thrown: unknown): void => {
    this.tell({ kind: 'error', error: toVelolacError(thrown).toRecord() });
  };

  #tellStatus(): void {
    const { house, tenure } = this.#world;
    const { isReader, since, elsewhere } = tenure;
    this.tell({
      kind: 'status',
      status: {
        ...lakeFacts(house, this.#clock.now()),
        ...(elsewhere ?? this.#told()),
        portal: this.#source.portal,
        writer: !isReader,
        writing_since: since,
        live_available: this.#liveAvailable,
      },
    });
  }

  /** What other tabs show of this one while it writes. */
  #told(): Beat['told'] {
    const { ticker, cadence, skew } = this.#world;
    const { failure, quota, traffic } = ticker;
    const pace = { next_at: cadence.next, pace: cadence.pace, clock_skew: skew };
    return { recording: this.#recording, failure, quota, traffic, ...pace };
  }
}
