import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { literal, literals } from '../../src/engine/sql.ts';
import { answerSql, framesSql, stationSummarySql, type GoldQuestion } from '../../src/gold/questions.ts';
import type { Timings } from './figures.ts';

/** Silver on disk, as the browser wrote it. */
export interface SilverPaths {
  readonly status: readonly string[];
  readonly information: readonly string[];
}

const view = (table: string, paths: readonly string[]) =>
  `CREATE VIEW ${table} AS SELECT * FROM read_parquet([${literals(paths)}], union_by_name=true)`;

/** Native DuckDB on one thread, over the same Parquet: cold runs in an instance each, warm ones in the last. */
export class Native {
  constructor(
    private readonly silver: SilverPaths,
    private readonly instants: readonly number[],
  ) {}

  ask(question: GoldQuestion, runs: number): Promise<Timings> {
    const span = { from: new Date(this.instants[0]!), to: new Date(this.instants.at(-1)!) };
    const values = this.instants.map((at) => `(${literal(new Date(at))}, 'ok')`).join(', ');
    return this.#run(runs, [
      `CREATE OR REPLACE TABLE snapshots AS SELECT * FROM (VALUES ${values}) AS t(fetched_at, outcome)`,
      framesSql(span),
      stationSummarySql(span),
      answerSql(question),
    ]);
  }

  scan(sql: string, runs: number): Promise<Timings> {
    return this.#run(runs, [sql]);
  }

  async #run(runs: number, statements: readonly string[]): Promise<Timings> {
    const times: { cold: number[]; warm: number[] } = { cold: [], warm: [] };
    for (let run = 1; run <= runs; run += 1) {
      const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
      const connection = await instance.connect();
      await connection.run(view('station_status', this.silver.status));
      await connection.run(view('station_information', this.silver.information));
      times.cold.push(await timed(connection, statements));
      const more = run === runs ? runs : 0;
      for (let again = 0; again < more; again += 1) times.warm.push(await timed(connection, statements));
      connection.closeSync();
      instance.closeSync();
    }
    return times;
  }
}

async function timed(connection: DuckDBConnection, statements: readonly string[]): Promise<number> {
  const start = performance.now();
  for (const sql of statements) (await connection.runAndReadAll(sql)).getRows();
  return performance.now() - start;
}

/**
 * Files for a lake of many days, made of one real day: a day and its hours with a snapshot a minute, each minute
 * the reading of the poll that is next in the day. `Silver` must hold the day.
 */
export async function makeDays(
  silver: SilverPaths,
  { folder, source, today }: { readonly folder: string; readonly source: string; readonly today: number },
): Promise<{ stations: number }> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(view('station_status', silver.status));
  await connection.run(view('station_information', silver.information));
  await connection.run(`CREATE TABLE polls AS
    SELECT fetched_at, row_number() OVER (ORDER BY fetched_at) - 1 AS poll, count(*) OVER () AS polls
    FROM (SELECT DISTINCT fetched_at FROM station_status
      WHERE CAST(fetched_at AS DATE) = (SELECT max(CAST(fetched_at AS DATE)) FROM station_status))`);
  const midnight = literal(new Date(today));
  await connection.run(`CREATE TABLE minutes AS
    SELECT fetched_at, ${midnight} + to_minutes(minute) AS told_at, minute
    FROM range(1440) AS t(minute) JOIN polls ON poll = minute * polls // 1440`);
  const rows = `SELECT s.* REPLACE (${literal(source)} AS source, m.told_at AS fetched_at,
      m.told_at - to_seconds(90) AS last_reported)
    FROM station_status AS s JOIN minutes AS m ON m.fetched_at = s.fetched_at`;
  const copy = (select: string, name: string) =>
    connection.run(`COPY (${select}) TO ${literal(`${folder}/${name}`)}
      (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880)`);
  const order = 'ORDER BY s.station_code, m.told_at';
  await copy(`${rows} ${order}`, 'day.parquet');
  for (let hour = 0; hour < 23; hour += 1) {
    await copy(`${rows} WHERE minute // 60 = ${hour} ${order}`, `hour-${hour}.parquet`);
  }
  await copy(
    `SELECT * REPLACE (${literal(source)} AS source) FROM station_information`,
    'information.parquet',
  );
  const [[stations] = []] = (
    await connection.runAndReadAll('SELECT count(DISTINCT station_code) FROM station_status')
  ).getRows();
  connection.closeSync();
  instance.closeSync();
  return { stations: Number(stations) };
}
