import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { bind, literals } from '../engine/sql.ts';
import type { AttributeSet } from './attributes.ts';
import attributeRunsSql from './attribute_runs.sql?raw';
import informationSql from './station_information.sql?raw';
import { viewSilver } from './rows.ts';
import type { Part } from './silver.ts';
import type { Run, Version } from './versions.ts';

/** The columns of `station_information` after `source`, with their SQL types. */
export const informationColumns = {
  station_code: 'VARCHAR',
  name: 'VARCHAR',
  lat: 'DOUBLE',
  lon: 'DOUBLE',
  capacity: 'SMALLINT',
  commune: 'VARCHAR',
  commune_insee: 'VARCHAR',
  arrondissement: 'SMALLINT',
  quartier: 'VARCHAR',
  area_id: 'VARCHAR',
  area_name: 'VARCHAR',
  valid_from: 'TIMESTAMP',
} as const satisfies Record<keyof Version, string>;

/** Versions as a file of `station_information`; null where there are none. */
export function informationPart(
  engine: Engine,
  source: string,
  versions: readonly Version[],
): Promise<Part | null> {
  if (versions.length === 0) return Promise.resolve(null);
  return engine.exclusive(async () => {
    const header = Object.keys(informationColumns) as (keyof Version)[];
    const rows = versions.map((version) =>
      header.map((name) => cell(version[name], informationColumns[name])),
    );
    await engine.load('versions', informationColumns, toCsv({ header: null, rows }));
    const bytes = await engine.parquet(bind(informationSql, { source }));
    await engine.query('DROP TABLE versions');
    return { bytes, rows: versions.length };
  });
}

/** The versions in registered files, the oldest first. */
export function readVersions(engine: Engine, paths: readonly string[]): Promise<Version[]> {
  if (paths.length === 0) return Promise.resolve([]);
  return engine.query<Version>(`SELECT * EXCLUDE (source) REPLACE (epoch_ms(valid_from) AS valid_from)
    FROM read_parquet([${literals(paths)}]) ORDER BY valid_from`);
}

/**
 * Unbroken runs of equal attributes in registered files of `station_status`, with what `station_attributes` says of
 * them. Files of one day belong into one call.
 */
export function runsOf(
  engine: Engine,
  status: readonly string[],
  attributes: readonly string[],
): Promise<(Run & AttributeSet)[]> {
  if (status.length === 0 || attributes.length === 0) return Promise.resolve([]);
  return engine.exclusive(async () => {
    await viewSilver(engine, { station_status: status, station_attributes: attributes });
    return engine.query<Run & AttributeSet>(attributeRunsSql);
  });
}

function cell(value: string | number | null, type: string): string | null {
  if (value === null) return null;
  return type === 'TIMESTAMP' ? new Date(value).toISOString() : String(value);
}
