import { readRows } from '../../src/bronze/csv.ts';
import { Engine, type Row } from '../../src/engine/engine.ts';
import { literal } from '../../src/engine/sql.ts';
import { ask, type Inputs } from '../../src/gold/ask.ts';
import { answerSql, summarySql, type GoldQuestion } from '../../src/gold/questions.ts';
import { loadSnapshots, tableSql, type QuestionTable } from '../../src/gold/tables.ts';
import { DAY } from '../../src/lake/names.ts';
import type { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { choose } from '../../src/pipeline/rollup.ts';
import { goodSnapshots } from '../../src/pipeline/status.ts';
import { bronzeColumn, castSql } from '../../src/silver/cast.ts';
import { mapTable, SAMPLE_ROWS } from '../../src/silver/mapping.ts';
import type { BronzeGroup } from './series.ts';

/** What a question reads: Bronze, Silver alone, or as the page does: rollups for whole days, Silver for the rest. */
export type Side = 'bronze' | 'silver' | 'rollups';

/** What a question is about: every snapshot, or from noon of the second day to noon of the last. */
export type Stretch = 'all' | 'noons';

/** Milliseconds of each run: each in an engine that has run nothing yet, then one after the other in the last of these. */
export interface QuestionRuns {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
  /** The answer. */
  readonly rows: readonly Row[];
}

interface SilverFile {
  readonly path: string;
  readonly table: QuestionTable;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A scan is over before the browser has compiled what it runs: so many runs are not counted between cold and warm. */
const SETTLING = 5;

/** Bytes enough for all of Bronze: nothing is evicted. */
const BUDGET = 2 ** 31;

const long = { timeout: 600_000 };
const read: readonly QuestionTable[] = ['station_status', 'station_information', 'station_day'];

/** The Gold questions over the series, on Bronze, on Silver and on rollups, in engines of their own. */
export class GoldRuns {
  private constructor(
    private readonly house: Lakehouse,
    private readonly kept: readonly SilverFile[],
    private readonly bronze: readonly BronzeGroup[],
    readonly instants: readonly number[],
  ) {}

  static async of(house: Lakehouse, bronze: readonly BronzeGroup[]): Promise<GoldRuns> {
    const { lake, source } = house;
    const files = read.flatMap((table) =>
      lake.entries(table, source).map(async ({ path }) => ({ path, table, bytes: await lake.read(path) })),
    );
    const instants = goodSnapshots(lake, source).map(([at]) => at);
    return new GoldRuns(house, await Promise.all(files), bronze, instants);
  }

  /** The files of Silver and the rollups. */
  files(): readonly SilverFile[] {
    return this.kept;
  }

  /** From nothing but registered bytes to the answer over all snapshots. */
  ask(side: Side, question: GoldQuestion, runs: number): Promise<QuestionRuns> {
    const inputs = this.#inputs(side, 'all');
    const span = { from: new Date(inputs.from), to: new Date(inputs.to) };
    return this.#run(side, inputs, runs, async (engine) => {
      await loadSnapshots(engine, inputs.instants);
      for (const statement of summarySql(span)) await engine.query(statement, long);
      return engine.query(answerSql(question), long);
    });
  }

  /** Every answer at once, as the page asks for them. */
  askAll(side: 'silver' | 'rollups', stretch: Stretch, runs: number): Promise<QuestionRuns> {
    const inputs = this.#inputs(side, stretch);
    const { from, to } = inputs;
    return this.#run(side, inputs, runs, async (engine) => {
      const answers = await ask(engine, { kind: 'range', from, to }, inputs);
      return [{ observed: answers.observed, ...answers.health }];
    });
  }

  scan(sql: string, runs: number): Promise<QuestionRuns> {
    const work = (engine: Engine) => engine.query(sql, long);
    return this.#run('silver', this.#inputs('silver', 'all'), runs, work, SETTLING);
  }

  async #run(
    side: Side,
    inputs: Inputs,
    runs: number,
    work: (engine: Engine) => Promise<Row[]>,
    settling = 0,
  ): Promise<QuestionRuns> {
    const cold: number[] = [];
    const warm: number[] = [];
    let rows: readonly Row[] = [];
    const timed = async (engine: Engine, times: number[]) => {
      const start = performance.now();
      rows = await work(engine);
      times.push(performance.now() - start);
    };
    for (let run = 1; run <= runs; run += 1) {
      const engine = await this.#engine(side, inputs);
      await timed(engine, cold);
      if (run === runs) for (let again = 0; again < settling; again += 1) await work(engine);
      if (run === runs) for (let again = 0; again < runs; again += 1) await timed(engine, warm);
      await engine.terminate();
    }
    return { cold, warm, rows };
  }

  #inputs(side: Side, stretch: Stretch): Inputs {
    const { lake, source } = this.house;
    const [first, last] = [this.instants[0]!, this.instants.at(-1)!];
    const noon = (at: number) => Math.floor(at / DAY) * DAY + DAY / 2;
    const [from, to] = stretch === 'all' ? [first, last] : [noon(first + DAY), noon(last)];
    const chosen = choose(lake, source, from, to);
    const paths = (table: QuestionTable) =>
      this.kept.filter((file) => file.table === table).map(({ path }) => path);
    const rolled = side === 'rollups';
    return {
      station_status: rolled ? chosen.station_status.map(({ path }) => path) : paths('station_status'),
      station_day: rolled ? chosen.station_day.map(({ path }) => path) : [],
      station_information: paths('station_information'),
      instants: this.instants.filter((at) => at >= from && at <= to),
      ...{ from, to },
    };
  }

  /** A new engine with the files registered and the views over them; nothing has been read yet. */
  async #engine(side: Side, inputs: Inputs): Promise<Engine> {
    const engine = new Engine(BUDGET);
    const wanted = new Set(read.flatMap((table) => inputs[table]));
    for (const { path, bytes } of this.kept) if (wanted.has(path)) await engine.register(path, bytes.slice());
    for (const table of read) {
      const bronze = side === 'bronze' && table === 'station_status';
      const rows = bronze ? await this.#bronzeView(engine) : tableSql(table, inputs[table]);
      await engine.query(`CREATE TEMP VIEW ${table} AS ${rows}`);
    }
    return engine;
  }

  /** The joined CSV, its columns told, cast by the statement that Silver is cast by. */
  async #bronzeView(engine: Engine): Promise<string> {
    const selects: string[] = [];
    for (const [index, { header, csv }] of this.bronze.entries()) {
      const name = `bronze-${index}.csv`;
      await engine.register(name, new Uint8Array(await csv.arrayBuffer()), long);
      const texts = header.map((_, place) => `${literal(bronzeColumn(place))}: 'VARCHAR'`);
      const options = `header=false, auto_detect=false, delim=',', quote='"', escape='"', allow_quoted_nulls=false`;
      const columns = `{'fetched_at': 'TIMESTAMP', ${texts.join(', ')}}`;
      const read = `read_csv(${literal(name)}, ${options}, max_line_size=10000000, columns=${columns})`;
      const beginning = readRows(`\n${await csv.slice(0, 2 ** 20).text()}`, SAMPLE_ROWS).slice(0, -1);
      const mapping = mapTable(
        header,
        beginning.map(([, ...texts]) => texts),
      );
      selects.push(`SELECT * FROM (${castSql(mapping, read, [])})`);
    }
    return selects.join('\nUNION ALL\n');
  }
}
