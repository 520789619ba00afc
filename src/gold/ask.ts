import type { Engine } from '../engine/engine.ts';
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
import { answerSql, summarySql, type GoldQuestion } from './questions.ts';
import { loadSnapshots, view } from './tables.ts';

/** What a question reads: files that are registered in the engine, and the good snapshots to choose from. */
export interface Inputs {
  /** Silver of the days that no rollup stands for. */
  readonly station_status: readonly string[];
  readonly station_information: readonly string[];
  /** Rollups of days whose good snapshots all lie in the span. */
  readonly station_day: readonly string[];
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
async function summarise(engine: Engine, inputs: Inputs): Promise<number> {
  const { instants, from, to } = inputs;
  await loadSnapshots(engine, instants);
  for (const table of ['station_status', 'station_information', 'station_day'] as const) {
    await view(engine, table, inputs[table]);
  }
  for (const statement of summarySql({ from: new Date(from), to: new Date(to) }))
    await engine.query(statement);
  if (from === to) return 1;
  const [{ seconds } = { seconds: 0 }] = await engine.query<{ seconds: number | null }>(
    'SELECT CAST(sum(weight_s) AS DOUBLE) AS seconds FROM frames',
  );
  return Math.min(1, ((seconds ?? 0) * 1000) / (to - from));
}
