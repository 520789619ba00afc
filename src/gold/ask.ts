import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { literals } from '../engine/sql.ts';
import { informationColumns } from '../silver/information.ts';
import {
  areaLevels,
  type Answers,
  type AreaLevel,
  type AreaRow,
  type BalanceRow,
  type HealthRow,
  type Selection,
  type StationRow,
} from './answers.ts';
import { answerSql, framesSql, stationSummarySql, type GoldQuestion } from './questions.ts';

/** What a question reads: Silver files that are registered in the engine, and the good snapshots to choose from. */
export interface Inputs {
  readonly status: readonly string[];
  readonly information: readonly string[];
  /** `fetched_at` of good snapshots, oldest first. */
  readonly instants: readonly number[];
  readonly from: number;
  readonly to: number;
}

const ALL = 1000;

/** Answers every question about a span. Rejects with `engine.*` errors. */
export function ask(engine: Engine, selection: Selection, inputs: Inputs): Promise<Answers> {
  return engine.exclusive(async () => {
    const observed = await summarise(engine, inputs);
    const areas = {} as Record<AreaLevel, AreaRow[]>;
    for (const level of areaLevels) {
      areas[level] = await engine.query<AreaRow>(answerSql('top_areas', { level, top: ALL }));
    }
    const [balance] = await engine.query<BalanceRow>(answerSql('station_balance'));
    const [health] = await engine.query<HealthRow>(answerSql('system_health'));
    const stations = await engine.query<StationRow>(answerSql('stations'));
    const { from, to, instants } = inputs;
    return {
      selection,
      from,
      to,
      snapshots: instants.length,
      observed,
      areas,
      balance: balance!,
      health: health!,
      stations,
    };
  });
}

/** The rows of questions as ZSTD Parquet, a file each, in their order. */
export function askParquet(
  engine: Engine,
  questions: readonly GoldQuestion[],
  inputs: Inputs,
): Promise<Uint8Array<ArrayBuffer>[]> {
  return engine.exclusive(async () => {
    await summarise(engine, inputs);
    const files: Uint8Array<ArrayBuffer>[] = [];
    for (const question of questions) {
      files.push(await engine.parquet(answerSql(question, { level: 'quartier', top: ALL })));
    }
    return files;
  });
}

/** Makes `frames` and `station_summary`, which every question reads, and tells the share of the span observed. */
async function summarise(
  engine: Engine,
  { status, information, instants, from, to }: Inputs,
): Promise<number> {
  const rows = instants.map((at) => [new Date(at).toISOString(), 'ok']);
  await engine.load(
    'snapshots',
    { fetched_at: 'TIMESTAMP', outcome: 'VARCHAR' },
    toCsv({ header: null, rows }),
  );
  await view(engine, 'station_status', status);
  await view(engine, 'station_information', information);
  const span = { from: new Date(from), to: new Date(to) };
  await engine.query(framesSql(span));
  await engine.query(stationSummarySql(span));
  if (from === to) return 1;
  const [{ seconds } = { seconds: 0 }] = await engine.query<{ seconds: number | null }>(
    'SELECT CAST(sum(weight_s) AS DOUBLE) AS seconds FROM frames',
  );
  return Math.min(1, ((seconds ?? 0) * 1000) / (to - from));
}

async function view(engine: Engine, table: string, paths: readonly string[]): Promise<void> {
  const rows =
    paths.length > 0
      ? `SELECT * FROM read_parquet([${literals(paths)}], union_by_name=true, hive_partitioning=false)`
      : noInformation();
  await engine.query(`CREATE OR REPLACE TEMP VIEW ${table} AS ${rows}`);
}

/** A `station_information` without a row: no station has said a word of itself yet. */
function noInformation(): string {
  const columns = Object.entries(informationColumns).map(
    ([name, type]) => `CAST(NULL AS ${type}) AS ${name}`,
  );
  return `SELECT ${columns.join(', ')} WHERE FALSE`;
}
