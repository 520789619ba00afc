import { readRows } from '../bronze/csv.ts';
import type { Lake } from '../lake/lake.ts';
import { sourceState } from '../lake/state.ts';
import { stocksOf, type Stocks } from '../silver/contradiction.ts';
import { readSnapshot } from './bronze.ts';
import type { SnapshotRow } from './protocol.ts';
import { restage, type Before } from './stage.ts';

interface Kept {
  readonly path: string;
  readonly stocks: Stocks | null;
}

/** What stations held in the last good snapshot: kept from one tick to the next, read from Bronze at first. */
export class LastGood implements Before {
  #good: Kept | null = null;
  #staged: Kept | null = null;

  constructor(
    private readonly lake: Lake,
    private readonly source: string,
  ) {}

  /** Null where there is no good snapshot, or none that can be read: recording waits for nothing. */
  async stocks(): Promise<Stocks | null> {
    const { newest } = sourceState(this.lake.state, this.source);
    const path = newest?.bronze_path;
    if (newest == null || path == null) return null;
    const kept = [this.#good, this.#staged].find((one) => one?.path === path);
    this.#good = kept ?? { path, stocks: await this.#read(newest, path).catch(() => null) };
    return this.#good.stocks;
  }

  note(path: string, stocks: Stocks): void {
    this.#staged = { path, stocks };
  }

  async #read({ fetched_at, fetched_at_basis, bytes }: SnapshotRow, path: string): Promise<Stocks | null> {
    const { lake, source } = this;
    const found = await readSnapshot(lake, source, fetched_at, path);
    const snapshot = { fetched_at, fetched_at_basis, bytes, bronze_path: path };
    const staged = found && restage(sourceState(lake.state, source), snapshot, found.csv);
    return staged && stocksOf(readRows(staged.csv), staged.mapping.columns);
  }
}
