import { toCsv } from '../bronze/csv.ts';
import type { Row } from '../engine/engine.ts';
import { bind, parquetRows } from '../engine/sql.ts';
import { attributesId } from './cast.ts';
import type { Part, SilverEngine } from './part.ts';
import attributesSql from './station_attributes.sql?raw';
import type { Attributes } from './versions.ts';

/** One distinct set of what stations say of themselves: a row of Silver `station_attributes`. */
export interface AttributeSet extends Attributes {
  /** 12 hex digits of the MD5 of the set. */
  readonly attributes_id: string;
}

/** The columns of `station_attributes` after `source`, with their SQL types. */
export const attributeColumns = {
  attributes_id: 'VARCHAR',
  name: 'VARCHAR',
  lat: 'DOUBLE',
  lon: 'DOUBLE',
  capacity: 'SMALLINT',
  commune: 'VARCHAR',
} as const satisfies Record<keyof AttributeSet, string>;

/** Sets of attributes as a file of `station_attributes`; null where there are none. */
export function attributesPart(
  engine: SilverEngine,
  source: string,
  sets: readonly AttributeSet[],
): Promise<Part | null> {
  if (sets.length === 0) return Promise.resolve(null);
  return engine.exclusive(async () => {
    const names = Object.keys(attributeColumns) as (keyof AttributeSet)[];
    const rows = sets.map((set) => names.map((name) => (set[name] === null ? null : String(set[name]))));
    await engine.load('attributes', attributeColumns, toCsv({ header: null, rows }));
    const bytes = await engine.parquet(bind(attributesSql, { source }));
    await engine.query('DROP TABLE attributes');
    return { bytes, rows: sets.length };
  });
}

/** The attributes_ids in registered files. */
export async function readAttributeIds(engine: SilverEngine, paths: readonly string[]): Promise<Set<string>> {
  if (paths.length === 0) return new Set();
  const rows = await engine.query<Pick<AttributeSet, 'attributes_id'>>(
    `SELECT DISTINCT attributes_id FROM ${parquetRows(paths)}`,
  );
  return new Set(rows.map(({ attributes_id }) => attributes_id));
}

/** The sets that became versions of stations, by registered files of `station_information`: all but the briefest. */
export async function setsOfVersions(
  engine: SilverEngine,
  paths: readonly string[],
): Promise<AttributeSet[]> {
  if (paths.length === 0) return [];
  const names = Object.keys(attributeColumns).filter((name) => name !== 'attributes_id');
  return engine.query<AttributeSet & Row>(
    `SELECT DISTINCT ${attributesId} AS attributes_id, ${names.join(', ')} FROM ${parquetRows(paths)}`,
  );
}

/** Those of the sets that `known` lacks, each once; they are known from then on. */
export function newSets(known: Set<string>, sets: readonly AttributeSet[]): AttributeSet[] {
  return sets.filter(({ attributes_id }) => {
    const isNew = !known.has(attributes_id);
    known.add(attributes_id);
    return isNew;
  });
}
