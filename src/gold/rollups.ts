import { framesSql, readingsSql } from './questions.ts';
import { figuresStep, partsSql, stepSql, type HistoryRollup } from './history.ts';
import { stationDayRows, stationDaySql } from './station_day.ts';
import { loadSnapshots, view, type GoldEngine } from './tables.ts';

/** Tables of which what is compacted has a file each, a UTC day or an hour of today, made of its Silver alone. */
export type Rollup = 'station_day' | HistoryRollup;

/** How a rollup's rows are made, from `station_status` and the instants of its good snapshots, oldest first. */
interface Recipe {
  /** The statements before, which other rollups may share. */
  readonly statements: (instants: readonly number[]) => readonly string[];
  /** A SELECT of the rows, equal values side by side. */
  readonly rows: string;
}

const history = (instants: readonly number[]) => [
  framesSql({ from: new Date(instants[0]!), to: new Date(instants.at(-1)!) }),
  readingsSql(),
];

const intervals = (instants: readonly number[]) => [
  ...history(instants),
  `CREATE OR REPLACE TEMP TABLE made_station_interval AS ${stepSql('station_interval')}`,
  'CREATE OR REPLACE TEMP VIEW station_interval AS SELECT * FROM made_station_interval',
];

const recipes: Readonly<Record<Rollup, Recipe>> = {
  station_interval: {
    statements: intervals,
    rows: 'SELECT * FROM station_interval ORDER BY station_code, from_at',
  },
  station_edge: {
    statements: intervals,
    rows: `SELECT * FROM (${stepSql('station_edge')}) ORDER BY station_code, from_at`,
  },
  station_hour: {
    statements: (instants) => [
      ...intervals(instants),
      `CREATE OR REPLACE TEMP VIEW hour_parts AS ${partsSql()}`,
      `CREATE OR REPLACE TEMP VIEW hour_figures AS ${figuresStep.sql}`,
    ],
    rows: `SELECT * FROM (${stepSql('station_hour')}) ORDER BY hour_at, station_code`,
  },
  station_frame: {
    statements: history,
    rows: `SELECT * FROM (${stepSql('station_frame')}) ORDER BY frame_at, station_code`,
  },
  station_day: { statements: stationDaySql, rows: stationDayRows },
};

export const rollups = Object.keys(recipes) as readonly Rollup[];

/** How a rollup is computed, limits included: what it holds follows from this and from its Silver. */
export function recipeOf(rollup: Rollup): string {
  const { statements, rows } = recipes[rollup];
  return [...statements([0, 1]), rows].join('\n');
}

/** A rollup as ZSTD Parquet. */
export interface RolledUp {
  readonly rollup: Rollup;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/**
 * Makes rollups of a day, or of a part of one, in one go: what several are made of is made once, which `station_day` takes apart and so comes
 * last. Rejects with `engine.*` errors.
 */
export function makeRollups(
  engine: GoldEngine,
  wanted: readonly Rollup[],
  status: readonly string[],
  instants: readonly number[],
): Promise<RolledUp[]> {
  return engine.exclusive(async () => {
    await loadSnapshots(engine, instants);
    await view(engine, 'station_status', status);
    const made: RolledUp[] = [];
    const done = new Set<string>();
    for (const rollup of rollups.filter((one) => wanted.includes(one))) {
      const { statements, rows } = recipes[rollup];
      for (const statement of statements(instants)) {
        if (!done.has(statement)) await engine.query(statement);
        done.add(statement);
      }
      await engine.query(`CREATE OR REPLACE TEMP TABLE rolled_up AS ${rows}`);
      const bytes = await engine.parquet('SELECT * FROM rolled_up');
      const [counted] = await engine.query<{ rows: number }>(
        'SELECT CAST(count(*) AS DOUBLE) AS rows FROM rolled_up',
      );
      made.push({ rollup, bytes, rows: counted!.rows });
    }
    return made;
  });
}
