import { quarantineCodes, toVelolacError, VelolacError } from '../errors.ts';
import { estimateFree } from '../lake/estimate.ts';
import type { Gap } from '../lake/journal.ts';
import { sourceState } from '../lake/state.ts';
import type { Quota } from '../sources/quota.ts';
import type { Source } from '../sources/source.ts';
import type { Traffic } from '../sources/traffic.ts';
import type { Outcome } from './cadence.ts';
import type { Curator } from './curator.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { LakeStatus, PipelineEvent } from './protocol.ts';
import { isFull, Room } from './room.ts';
import { newestReport, type Witnesses } from './skew.ts';
import { stage, type Incoming, type Staged } from './stage.ts';
import { quarantineFailure } from './status.ts';
import { bronzeStage, fetchStage, goldStage, silverStage, tellReplayed } from './tick.ts';

/** Takes a lakehouse's snapshots, one after the other, and remembers how that went. */
export class Ticker {
  /** The last attempt that failed, until one succeeds or its schema is mapped. */
  failure: LakeStatus['failure'] = null;
  quota: Quota | null = null;
  /** What the last whole answer took of the connection. */
  traffic: Traffic | null = null;
  /** What the last answers say of the device's clock. */
  witnesses: Pick<Witnesses, 'report' | 'reset'> = { report: null, reset: null };
  /** Whether a sure mapping for an unknown schema may be applied without asking. */
  automatic = false;
  readonly #room: Room;

  constructor(
    readonly house: Lakehouse,
    private readonly curator: Curator,
    private readonly source: Source,
    private readonly now: () => number,
    private readonly tell: (event: PipelineEvent) => void,
  ) {
    this.#room = new Room(house.lake.storage, () => estimateFree(house.lake.bytes));
    this.review();
  }

  /** A snapshot in quarantine is the failure that the lake itself remembers: until it is mapped, or deleted. */
  review(): void {
    if (this.failure !== null && !quarantineCodes.includes(this.failure.error.code)) return;
    this.failure = quarantineFailure(this.house.lake, this.house.source);
  }

  /**
   * Takes one snapshot through all stages; `gaps` are journalled before it, and with it how far (ms) the device's clock
   * is off. `onAnswers` hears when it is answered and not yet kept. Gives the error that ended it, and what the portal
   * still allows.
   */
  async tick(
    { gaps, skew }: { readonly gaps: readonly Gap[]; readonly skew: number | null },
    onAnswers: () => void,
  ): Promise<Outcome> {
    const { house, source, now, tell } = this;
    let quota: Quota | null = null;
    try {
      await this.#room.look();
      await this.#tellGaps(gaps);
      const answer = await fetchStage(house, source, { now }, tell, skew, (came) => {
        quota = came.quota;
        this.quota = quota ?? this.quota;
        this.traffic = came.traffic ?? this.traffic;
        if (quota?.reset_at != null) {
          this.witnesses = { ...this.witnesses, reset: quota.reset_at - came.received_at };
        }
      });
      const staged = await this.#bronze(answer);
      this.#hearStations(answer, staged);
      await this.catchUp(staged);
      if (staged.length > 0) await silverStage(house, staged, tell);
      if (house.newest?.fetched_at !== (staged.at(-1)?.snapshot ?? answer).fetched_at) {
        throw new VelolacError('silver.partial', 'too few stations in the snapshot can be trusted');
      }
      this.failure = null;
      const answers = await goldStage(house, tell);
      onAnswers();
      if (answers) await house.keep(answers);
      return { error: null, quota };
    } catch (thrown) {
      const error = toVelolacError(thrown);
      this.#room.note(error);
      this.failure = { at: now(), error: error.toRecord() };
      return { error, quota };
    }
  }

  async #tellGaps(gaps: readonly Gap[]): Promise<void> {
    const { lake, source } = this.house;
    const events = gaps.map(([from, to, reason]) => ({ kind: 'gap' as const, source, from, to, reason }));
    if (events.length > 0) await lake.append(events);
  }

  #hearStations({ records, fetched_at }: Incoming, [staged]: readonly Staged[]): void {
    const place = staged?.mapping.columns.last_reported;
    const name = place?.kind === 'column' ? staged!.header[place.index] : undefined;
    if (name === undefined) return;
    const report = newestReport((records ?? []).map((record) => record[name]));
    this.witnesses = { ...this.witnesses, report: report === null ? null : report - fetched_at };
  }

  /**
   * Writes the Silver that was left undone, and tells of its Bronze unless the tick has just told of its own. When that
   * fails, it waits on, and new snapshots do not wait for it.
   */
  async catchUp(except: readonly Staged[] = []): Promise<void> {
    try {
      for await (const staged of this.house.waiting(except)) {
        if (except.length === 0) tellReplayed(staged, this.tell);
        await silverStage(this.house, staged, this.tell);
      }
    } catch (thrown) {
      this.#tellError(thrown);
    }
  }

  /** A snapshot that waits for a word of the user is taken when a sure mapping is found and the user allows it. */
  async #bronze(answer: Incoming): Promise<Staged[]> {
    const { house, curator, tell } = this;
    try {
      return await bronzeStage(house, [answer], tell, house.lastGood);
    } catch (thrown) {
      const error = toVelolacError(thrown);
      // An attempt all the same: its line is small, and may find the room that its file did not.
      if (isFull(error))
        await stage(house.lake, { ...answer, records: null, body: null, error }).catch(this.#tellError);
      const fingerprint = sourceState(house.lake.state, house.source).last?.schema_fingerprint;
      if (!quarantineCodes.includes(error.code) || !this.automatic || fingerprint == null) throw error;
      const columns = await curator.drift.sure(fingerprint);
      if (!columns) throw error;
      await curator.map(fingerprint, columns, 'automatic');
      curator.replay(fingerprint).catch(this.#tellError);
      return [];
    }
  }

  readonly #tellError = (thrown: unknown): void => {
    this.tell({ kind: 'error', error: toVelolacError(thrown).toRecord() });
  };
}
