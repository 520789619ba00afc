import { toCsv } from '../../src/bronze/csv.ts';
import { Engine, type Row } from '../../src/engine/engine.ts';
import { literal, literals } from '../../src/engine/sql.ts';
import { ask } from '../../src/gold/ask.ts';
import { answerSql, framesSql, stationSummarySql, type GoldQuestion } from '../../src/gold/questions.ts';
import type { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { goodSnapshots } from '../../src/pipeline/status.ts';
import { bronzeColumn, castList } from '../../src/silver/cast.ts';
import { mapHeader } from '../../src/silver/mapping.ts';
import type { BronzeGroup } from './series.ts';

export type Side = 'bronze' | 'silver';

/** Milliseconds of each run: each in an engine that has run nothing yet, then one after the other in the last of these. */
export interface QuestionRuns {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
  /** The answer. */
  readonly rows: readonly Row[];
}

interface SilverFile {
  readonly path: string;
  readonly table: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** A scan is over before the browser has compiled what it runs: so many runs are not counted between cold and warm. */
const SETTLING = 5;

/** Bytes enough for all of Bronze: nothing is evicted. */
const BUDGET = 2 ** 31;

/** The Gold questions over every snapshot of the series, on Bronze and on Silver, in engines of their own. */
export class GoldRuns {
  private constructor(
    private readonly silver: readonly SilverFile[],
    private readonly bronze: readonly BronzeGroup[],
    readonly instants: readonly number[],
  ) {}

  static async of({ lake, source }: Lakehouse, bronze: readonly BronzeGroup[]): Promise<GoldRuns> {
    const tables = ['station_status', 'station_information'];
    const entries = tables.flatMap((table) => lake.entries(table, source));
    const files = entries.map(async ({ path, table }) => ({ path, table, bytes: await lake.read(path) }));
    return new GoldRuns(
      await Promise.all(files),
      bronze,
      goodSnapshots(lake, source).map(([at]) => at),
    );
  }

  files(): readonly SilverFile[] {
    return this.silver;
  }

  /** From nothing but registered bytes to the answer: frames, `station_summary`, the question. */
  ask(side: Side, question: GoldQuestion | 'all', runs: number): Promise<QuestionRuns> {
    return this.#run(side, runs, (engine) => {
      return question === 'all' ? this.#askAll(engine) : this.#askOne(engine, question);
    });
  }

  scan(sql: string, runs: number): Promise<QuestionRuns> {
    return this.#run('silver', runs, (engine) => engine.query(sql, { timeout: 600_000 }), SETTLING);
  }

  async #run(
    side: Side,
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
      const engine = await this.#engine(side);
      await timed(engine, cold);
      if (run === runs) for (let again = 0; again < settling; again += 1) await work(engine);
      if (run === runs) for (let again = 0; again < runs; again += 1) await timed(engine, warm);
      await engine.terminate();
    }
    return { cold, warm, rows };
  }

  /** A new engine with the files registered and the views over them; nothing has been read yet. */
  async #engine(side: Side): Promise<Engine> {
    const engine = new Engine(BUDGET);
    for (const { path, bytes } of this.silver) await engine.register(path, bytes.slice());
    const status = side === 'silver' ? this.#view('station_status') : await this.#bronzeView(engine);
    await engine.query(`CREATE VIEW station_status AS ${status}`);
    await engine.query(`CREATE VIEW station_information AS ${this.#view('station_information')}`);
    return engine;
  }

  #paths(table: string): string[] {
    return this.silver.filter((file) => file.table === table).map(({ path }) => path);
  }

  #view(table: string): string {
    return `SELECT * FROM read_parquet([${literals(this.#paths(table))}], union_by_name=true)`;
  }

  /** The joined CSV, its columns told, cast by the statement that Silver is cast by. */
  async #bronzeView(engine: Engine): Promise<string> {
    const selects: string[] = [];
    for (const [index, { header, csv }] of this.bronze.entries()) {
      const name = `bronze-${index}.csv`;
      await engine.register(name, new Uint8Array(await csv.arrayBuffer()), { timeout: 600_000 });
      const texts = header.map((_, place) => `${literal(bronzeColumn(place))}: 'VARCHAR'`);
      const options = `header=false, auto_detect=false, delim=',', quote='"', escape='"', allow_quoted_nulls=false`;
      const columns = `{'fetched_at': 'TIMESTAMP', ${texts.join(', ')}}`;
      selects.push(`SELECT fetched_at, ${castList(mapHeader(header))}
        FROM read_csv(${literal(name)}, ${options}, max_line_size=10000000, columns=${columns})`);
    }
    return selects.join('\nUNION ALL\n');
  }

  async #askOne(engine: Engine, question: GoldQuestion): Promise<Row[]> {
    const rows = this.instants.map((at) => [new Date(at).toISOString(), 'ok']);
    const csv = toCsv({ header: null, rows });
    await engine.load('snapshots', { fetched_at: 'TIMESTAMP', outcome: 'VARCHAR' }, csv);
    const span = { from: new Date(this.instants[0]!), to: new Date(this.instants.at(-1)!) };
    const long = { timeout: 600_000 };
    await engine.query(framesSql(span), long);
    await engine.query(stationSummarySql(span), long);
    return engine.query(answerSql(question), long);
  }

  /** Every answer at once, as the page asks for them. */
  async #askAll(engine: Engine): Promise<Row[]> {
    const span = { from: this.instants[0]!, to: this.instants.at(-1)! };
    const { instants } = this;
    const [status, information] = [this.#paths('station_status'), this.#paths('station_information')];
    const answers = await ask(engine, { kind: 'range', ...span }, { status, information, instants, ...span });
    return [{ stations: answers.stations.length, observed: answers.observed }];
  }
}
