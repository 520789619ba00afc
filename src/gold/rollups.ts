import { framesSql, readingsSql } from './questions.ts';
import { figuresStep, partsSql, stationAreasStep, stepSql, type HistoryRollup } from './history.ts';
import { stationDayRows, stationDaySql } from './station_day.ts';
import { loadSnapshots, tableSql, view, type GoldEngine } from './tables.ts';

/** Tables of which what is compacted has a file each, a UTC day or an hour of today, made of its Silver. */
export type Rollup = 'station_day' | HistoryRollup;

/** How a rollup's rows are made, from `station_status` and the instants of its good snapshots, oldest first. */
interface Recipe {
  /** The rollup that it is made of instead, whose rows are `area_parts`, and of `station_information`. */
  readonly of?: 'station_hour';
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
  area_hour: {
    of: 'station_hour',
    statements: () => [`CREATE OR REPLACE TEMP TABLE station_areas AS ${stationAreasStep.sql}`],
    rows: `SELECT * FROM (${stepSql('area_hour')}) ORDER BY hour_at, quartier_id, district_id`,
  },
  station_frame: {
    statements: history,
    rows: `SELECT * FROM (${stepSql('station_frame')}) ORDER BY frame_at, station_code`,
  },
  station_day: { statements: stationDaySql, rows: stationDayRows },
};

export const rollups = Object.keys(recipes) as readonly Rollup[];

/** How a rollup is computed, limits included: what it holds follows from this and from its inputs. */
export function recipeOf(rollup: Rollup): string {
  const { of, statements, rows } = recipes[rollup];
  return [...(of ? [recipeOf(of)] : []), ...statements([0, 1]), rows].join('\n');
}

/** A rollup as ZSTD Parquet. */
export interface RolledUp {
  readonly rollup: Rollup;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}

/** What rollups are made of: files that are registered in the engine. */
export interface RollupInputs {
  /** Silver of a section, and the instants of its good snapshots, oldest first. */
  readonly station_status: readonly string[];
  readonly instants: readonly number[];
  readonly station_information: readonly string[];
  /** The section's rollup of this name, where that is not to be made. */
  readonly station_hour: readonly string[];
}

/**
 * Makes rollups of a day, or of a part of one, in one go: what several are made of is made once, which `station_day`
 * takes apart and so comes last. Silver is read for all but `area_hour`. Rejects with `engine.*` errors.
 */
export function makeRollups(
  engine: GoldEngine,
  wanted: readonly Rollup[],
  { station_status, instants, station_information, station_hour }: RollupInputs,
): Promise<RolledUp[]> {
  return engine.exclusive(async () => {
    await loadSnapshots(engine, instants);
    await view(engine, 'station_status', station_status);
    await view(engine, 'station_information', station_information);
    const made: RolledUp[] = [];
    const done = new Set<string>();
    for (const rollup of rollups.filter((one) => wanted.includes(one))) {
      const { of, statements, rows } = recipes[rollup];
      if (of) {
        const parts = wanted.includes(of) ? `SELECT * FROM rolled_${of}` : tableSql(of, station_hour);
        await engine.query(`CREATE OR REPLACE TEMP VIEW area_parts AS ${parts}`);
      }
      for (const statement of statements(instants)) {
        if (!done.has(statement)) await engine.query(statement);
        done.add(statement);
      }
      await engine.query(`CREATE OR REPLACE TEMP TABLE rolled_${rollup} AS ${rows}`);
      const bytes = await engine.parquet(`SELECT * FROM rolled_${rollup}`);
      const [counted] = await engine.query<{ rows: number }>(
        `SELECT CAST(count(*) AS DOUBLE) AS rows FROM rolled_${rollup}`,
      );
      made.push({ rollup, bytes, rows: counted!.rows });
    }
    return made;
  });
}
