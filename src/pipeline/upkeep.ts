import { readAreaMap } from './areaMap.ts';
import { compact } from './compact.ts';
import type { Curator } from './curator.ts';
import type { Lakehouse } from './lakehouse.ts';
import { retain } from './retention.ts';

/**
 * Files that the engine writes before its worker is replaced: some seven hours at a snapshot a minute. Its memory grew
 * by 7 kB a file over 12 700 of them.
 */
const OUTPUTS = 2000;

/** What a lakehouse needs every now and then, beside its ticks: compaction, retention, memory given back. */
export class Upkeep {
  readonly #unverified = new Set<string>();
  #retention: number | null;

  constructor(
    private readonly house: Lakehouse,
    private readonly curator: Curator,
    private readonly now: () => number,
    retention: number | null,
    private readonly onChange: () => void,
  ) {
    this.#retention = retention;
  }

  /** After how many days recorded Bronze may be dropped; null keeps all. */
  get retention(): number | null {
    return this.#retention;
  }

  /** Days that are old enough to lose their Bronze, and were kept: Silver does not vouch for them. */
  get unverified(): readonly string[] {
    return [...this.#unverified];
  }

  /** Drops Bronze that is older than so many days, from the next `dropOld` on; false where that is the rule already. */
  choose(days: number | null): boolean {
    if (days === this.#retention) return false;
    this.#retention = days;
    this.reconsider();
    return true;
  }

  /** Looks again, at the next `dropOld`, at days that were kept: what was done to the lake may have mended their Silver. */
  reconsider(): void {
    this.#unverified.clear();
  }

  /** Decides station versions anew if need be, and compacts what is over. */
  async run(signal: AbortSignal): Promise<void> {
    const { lake, source, engine } = this.house;
    if (await this.curator.settle(signal)) this.onChange();
    await lake.seal();
    // Where it is known, no engine is started to see that nothing is to be done; what fails here fails where it counts.
    await engine.use(() => readAreaMap(lake, engine, source)).catch(() => null);
    if (await compact(lake, source, this.now(), signal)) this.onChange();
    await this.dropOld(signal);
    await this.#recycle();
  }

  async dropOld(signal: AbortSignal): Promise<void> {
    const { lake, source, world } = this.house;
    if (this.retention === null || world === 'sample') return;
    const dropped = await retain(lake, source, this.retention, this.now(), this.#unverified, signal);
    if (dropped.length > 0) this.onChange();
  }

  /** Gives the engine's memory back. It compiles what it runs at its first question: let that one be nobody's. */
  async #recycle(): Promise<void> {
    const { engine, newest } = this.house;
    if (engine.outputs < OUTPUTS) return;
    await engine.recycle();
    if (newest) await this.house.answer({ kind: 'newest' });
  }
}
