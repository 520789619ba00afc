import type { Engine } from '../engine/engine.ts';
import { literal, parquetRows } from '../engine/sql.ts';
import type { Lake } from '../lake/lake.ts';
import { dropSlice, loadSlice, type RowSlice } from '../silver/slice.ts';

/** Where slices lie until their table is written: beside the lake's layers, and no event commits them. */
const SCRATCH = 'scratch';

/**
 * Milliseconds by which what stations are is told after what they had: the two halves of a GBFS pair, or two files, may
 * tell one time, and each is a snapshot of its own.
 */
export const BESIDE = 1;

/** What lies in a slice of a UTC day: 0 and all rows where no column tells the poll. Times in ms since the epoch. */
interface SliceDay {
  /** Its midnight; null for rows whose poll cannot be read. */
  readonly day: number | null;
  readonly rows: number;
  readonly first: number | null;
  /** The newest `last_reported` that is not after the file's own date. */
  readonly reported: number | null;
}

interface CastSlice {
  /** What its rows have as `slice`. */
  readonly number: number;
  readonly path: string;
  readonly days: readonly SliceDay[];
}

/**
 * The slices of a table as rows of the contract, each a Parquet file in scratch storage, which the engine has while
 * it reads it: what a table takes of memory does not grow with its length.
 */
export class CastSlices {
  readonly #folder = `${SCRATCH}/${crypto.randomUUID()}`;
  readonly #slices: CastSlice[] = [];
  #registered: readonly string[] = [];

  constructor(
    private readonly engine: Engine,
    private readonly lake: Lake,
    /** Milliseconds since the epoch: when the file was last changed. */
    private readonly fileDate: number,
  ) {}

  /** Removes what an import that was ended left behind. */
  static async sweep(lake: Lake): Promise<void> {
    await lake.sweep([SCRATCH]);
  }

  /** Casts a slice; it is kept to be read again, or its days are all that stays. Rejects with `engine.*`, `lake.*`. */
  async cast(slice: RowSlice, isKept: boolean): Promise<void> {
    const { engine, lake } = this;
    const number = this.#slices.length;
    const path = `${this.#folder}/${number}.parquet`;
    const days = await engine.exclusive(async () => {
      await loadSlice(engine, slice);
      const polled = slice.mapping.content === 'information' && slice.fetchedAt === null;
      const beside = polled ? ` REPLACE (fetched_at + INTERVAL '${BESIDE}' MILLISECOND AS fetched_at)` : '';
      const bytes = await engine.parquet(`SELECT *${beside}, ${number} AS slice FROM cast_rows`);
      await dropSlice(engine);
      await lake.fence();
      if (isKept) await lake.storage.write(path, bytes);
      await engine.register(path, bytes);
      const told = await engine.query<SliceDay>(`SELECT
          epoch_ms(CAST(CAST(fetched_at AS DATE) AS TIMESTAMP)) AS day,
          CAST(count(*) AS DOUBLE) AS rows,
          epoch_ms(min(fetched_at)) AS first,
          epoch_ms(max(CASE WHEN last_reported <= ${literal(new Date(this.fileDate))} THEN last_reported END)) AS reported
        FROM ${parquetRows([path])} GROUP BY 1 ORDER BY 1`);
      await engine.unregister(path);
      return told;
    });
    this.#slices.push({ number, path, days });
  }

  /** The first poll; null where there is none. */
  get first(): number | null {
    return extreme(
      this.#days(({ first }) => first),
      Math.min,
    );
  }

  /** The newest `last_reported` that is not after the file's own date. */
  get reported(): number | null {
    return extreme(
      this.#days(({ reported }) => reported),
      Math.max,
    );
  }

  /** How many rows each UTC day has (its midnight), and how many have no poll (null). */
  get rows(): Map<number | null, number> {
    const rows = new Map<number | null, number>();
    for (const one of this.#slices.flatMap(({ days }) => days)) {
      rows.set(one.day, (rows.get(one.day) ?? 0) + one.rows);
    }
    return rows;
  }

  /** An expression for the rows of all slices, until `free` or the next such call. */
  all(): Promise<string> {
    return this.#read(() => true);
  }

  /** The same for slices that have rows of UTC days in a span, its end left out. */
  ofSpan(from: number, to: number): Promise<string> {
    return this.#read(({ days }) => days.some(({ day }) => day !== null && day >= from && day < to));
  }

  /** The same for slices by their numbers. */
  ofNumbers(numbers: ReadonlySet<number>): Promise<string> {
    return this.#read(({ number }) => numbers.has(number));
  }

  /** Takes the slices that were read last out of the engine's memory. */
  async free(): Promise<void> {
    for (const path of this.#registered) await this.engine.unregister(path);
    this.#registered = [];
  }

  async drop(): Promise<void> {
    await this.free();
    await this.lake.storage.remove(this.#folder);
  }

  async #read(isRead: (slice: CastSlice) => boolean): Promise<string> {
    await this.free();
    const paths = this.#slices.filter(isRead).map(({ path }) => path);
    this.#registered = paths;
    for (const path of paths) await this.engine.register(path, await this.lake.storage.read(path));
    return parquetRows(paths);
  }

  #days(value: (day: SliceDay) => number | null): number[] {
    return this.#slices.flatMap(({ days }) => days.flatMap((day) => value(day) ?? []));
  }
}

function extreme(values: readonly number[], choose: (a: number, b: number) => number): number | null {
  return values.length === 0 ? null : values.reduce((a, b) => choose(a, b));
}
