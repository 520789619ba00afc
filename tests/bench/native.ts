import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { literal, literals } from '../../src/engine/sql.ts';
import { answerSql, summarySql, type GoldQuestion } from '../../src/gold/questions.ts';
import { stationDayRows, stationDaySql } from '../../src/gold/station_day.ts';
import { tableSql, type QuestionTable } from '../../src/gold/tables.ts';
import type { Timings } from './figures.ts';
import type { PreparedLake } from './prepare.ts';

/** Silver and rollups on disk, as the browser wrote them: the paths of each table's files. */
export type SilverPaths = Readonly<Record<QuestionTable, readonly string[]>>;

const instantsTable = (instants: readonly number[]) => {
  const values = instants.map((at) => `(${literal(new Date(at))}, 'ok')`).join(', ');
  return `CREATE OR REPLACE TABLE snapshots AS SELECT * FROM (VALUES ${values}) AS t(fetched_at, outcome)`;
};

/** Native DuckDB on one thread, over the same Parquet: cold runs in an instance each, warm ones in the last. */
export class Native {
  constructor(
    private readonly silver: SilverPaths,
    private readonly instants: readonly number[],
  ) {}

  /** All snapshots: every day is whole, so that rollups stand for all of Silver. */
  ask(side: 'silver' | 'rollups', question: GoldQuestion, runs: number): Promise<Timings> {
    const span = { from: new Date(this.instants[0]!), to: new Date(this.instants.at(-1)!) };
    const unread: QuestionTable = side === 'silver' ? 'station_day' : 'station_status';
    const statements = [instantsTable(this.instants), ...summarySql(span), answerSql(question)];
    return this.#run({ ...this.silver, [unread]: [] }, runs, statements);
  }

  scan(sql: string, runs: number): Promise<Timings> {
    return this.#run(this.silver, runs, [sql]);
  }

  async #run(silver: SilverPaths, runs: number, statements: readonly string[]): Promise<Timings> {
    const times: { cold: number[]; warm: number[] } = { cold: [], warm: [] };
    for (let run = 1; run <= runs; run += 1) {
      const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
      const connection = await instance.connect();
      for (const [table, paths] of Object.entries(silver) as [QuestionTable, readonly string[]][]) {
        await connection.run(`CREATE VIEW ${table} AS ${tableSql(table, paths)}`);
      }
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

const all = (paths: readonly string[]) =>
  `SELECT * FROM read_parquet([${literals(paths)}], union_by_name=true)`;

/** Files that a lake of many days is made of. */
export interface MadeDays {
  readonly stations: number;
  /** What is told of them where they are served at an address, with a slash at its end. */
  readonly lake: (address: string) => Omit<PreparedLake, 'days' | 'csvBytes'>;
}

/**
 * Files for a lake of many days, made of one real day: a day, its rollup and its hours with a snapshot a minute,
 * each minute the reading of the poll that is next in the day. `Silver` must hold the day.
 */
export async function makeDays(
  silver: SilverPaths,
  { folder, source, today }: { readonly folder: string; readonly source: string; readonly today: number },
): Promise<MadeDays> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  await connection.run(`CREATE VIEW station_status AS ${all(silver.station_status)}`);
  await connection.run(`CREATE VIEW station_information AS ${all(silver.station_information)}`);
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
  const hours = Array.from({ length: 23 }, (_, hour) => `hour-${hour}.parquet`);
  for (const [hour, name] of hours.entries()) {
    await copy(`${rows} WHERE minute // 60 = ${hour} ${order}`, name);
  }
  await copy(
    `SELECT * REPLACE (${literal(source)} AS source) FROM station_information`,
    'information.parquet',
  );
  const instants = Array.from({ length: 1440 }, (_, minute) => today + minute * 60_000);
  await connection.run(
    `CREATE OR REPLACE VIEW station_status AS SELECT * FROM read_parquet(${literal(`${folder}/day.parquet`)})`,
  );
  for (const statement of [instantsTable(instants), ...stationDaySql(instants)])
    await connection.run(statement);
  await copy(stationDayRows, 'rollup.parquet');
  const [[counted] = []] = (
    await connection.runAndReadAll('SELECT count(DISTINCT station_code) FROM station_status')
  ).getRows();
  connection.closeSync();
  instance.closeSync();
  const stations = Number(counted);
  return {
    stations,
    lake: (address) => ({
      ...{ source, today, stations, hours: hours.map((name) => address + name) },
      ...{ day: `${address}day.parquet`, rollup: `${address}rollup.parquet` },
      information: `${address}information.parquet`,
    }),
  };
}
