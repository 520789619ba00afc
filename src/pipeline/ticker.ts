import { toVelolacError, VelolacError } from '../errors.ts';
import { sourceState } from '../lake/state.ts';
import type { Quota } from '../sources/quota.ts';
import type { Source } from '../sources/source.ts';
import type { Curator } from './curator.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { LakeStatus, PipelineEvent } from './protocol.ts';
import type { Incoming, Staged } from './stage.ts';
import { quarantineFailure } from './status.ts';
import { bronzeStage, fetchStage, goldStage, silverStage, tellReplayed } from './tick.ts';

/** Takes a lakehouse's snapshots, one after the other, and remembers how that went. */
export class Ticker {
  /** The last attempt that failed, until one succeeds or its schema is mapped. */
  failure: LakeStatus['failure'] = null;
  quota: Quota | null = null;
  /** Whether a sure mapping for an unknown schema may be applied without asking. */
  automatic = false;

  constructor(
    readonly house: Lakehouse,
    private readonly curator: Curator,
    private readonly source: Source,
    private readonly now: () => number,
    private readonly tell: (event: PipelineEvent) => void,
  ) {
    this.review();
  }

  /** A snapshot in quarantine is the failure that the lake itself remembers: until it is mapped, or deleted. */
  review(): void {
    if (this.failure !== null && this.failure.error.code !== 'silver.schema') return;
    this.failure = quarantineFailure(this.house.lake, this.house.source);
  }

  /**
   * Takes one snapshot through all stages; `onAnswers` hears when it is answered and not yet kept. Gives the error
   * that ended it.
   */
  async tick(onAnswers: () => void): Promise<VelolacError | null> {
    const { house, source, now, tell } = this;
    try {
      const answer = await fetchStage(house, source, { now }, tell, ({ quota }) => {
        this.quota = quota ?? this.quota;
      });
      const staged = await this.#bronze(answer);
      await this.catchUp(staged);
      if (staged.length > 0) await silverStage(house, staged, tell);
      if ((house.newest?.fetched_at ?? 0) < answer.fetched_at) {
        throw new VelolacError('silver.partial', 'too few stations in the snapshot can be trusted');
      }
      this.failure = null;
      const answers = await goldStage(house, tell);
      onAnswers();
      if (answers) await house.keep(answers);
      return null;
    } catch (thrown) {
      const error = toVelolacError(thrown);
      this.failure = { at: now(), error: error.toRecord() };
      return error;
    }
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

  /** A snapshot that nothing maps is taken when a sure mapping is found and the user allows it. */
  async #bronze(answer: Incoming): Promise<Staged[]> {
    const { house, curator, tell } = this;
    try {
      return await bronzeStage(house, [answer], tell);
    } catch (thrown) {
      const error = toVelolacError(thrown);
      const fingerprint = sourceState(house.lake.state, house.source).last?.schema_fingerprint;
      if (error.code !== 'silver.schema' || !this.automatic || fingerprint == null) throw error;
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
