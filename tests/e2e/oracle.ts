import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';
import { expect, type Page } from '@playwright/test';
import { entries, readFile } from './opfs.ts';

/** A row as native DuckDB gives it. */
export type OracleRow = Record<string, unknown>;

/** Runs a statement in native DuckDB over files of a temporary folder, which the statement names as `{name}`. */
export async function native(sql: string, files: Record<string, Uint8Array>): Promise<OracleRow[]> {
  const folder = await mkdtemp(join(tmpdir(), 'velolac-oracle-'));
  try {
    let statement = sql;
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(folder, name);
      await writeFile(path, bytes);
      statement = statement.replaceAll(`{${name}}`, `'${path}'`);
    }
    const connection = await (await DuckDBInstance.create()).connect();
    await connection.run(`SET TimeZone = 'UTC'`);
    return (await connection.runAndReadAll(statement)).getRowObjectsJson();
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Rows of Silver's statuses, read by native DuckDB from the files that the lake holds, or those of them that match. */
export async function silverRows(page: Page, match = /./): Promise<OracleRow[]> {
  let files: Record<string, Uint8Array> = {};
  // A file may give way to a compacted one between the look at the journal and the reading.
  await expect(async () => {
    const paths = (await entries(page)).flatMap(({ table, path }) => {
      return table === 'station_status' && match.test(path) ? [path] : [];
    });
    const bytes = await Promise.all(paths.map((path) => readFile(page, 'live', path)));
    files = Object.fromEntries(bytes.map((one, index) => [`${index}.parquet`, one]));
  }).toPass();
  const list = Object.keys(files).map((name) => `{${name}}`);
  return native(
    `SELECT * FROM read_parquet([${list.join()}], hive_partitioning = false) ORDER BY station_code, fetched_at`,
    files,
  );
}

/** The portal's records with a flag for being in service, from its JSON alone. `:at` is when it was received. */
const records = (
  at: string,
) => `(SELECT *, is_installed = 'OUI' AND is_renting = 'OUI' AND is_returning = 'OUI'
    AND coalesce(capacity, 1) > 0
    AND coalesce(CAST(duedate AS TIMESTAMPTZ) >= TIMESTAMPTZ '${at}+00' - INTERVAL 24 HOUR, TRUE) AS serves
  FROM read_json_auto({body.json}, format = 'array'))`;

/** The communes with most e-bikes, as the source names them. */
export const topCommunes = (at: string) => `SELECT nom_arrondissement_communes AS area_name,
  CAST(sum(ebike) AS INTEGER) AS ebikes, CAST(sum(mechanical) AS INTEGER) AS mechanical,
  CAST(sum(numdocksavailable) AS INTEGER) AS docks, CAST(count(*) AS INTEGER) AS stations
  FROM ${records(at)} GROUP BY 1 ORDER BY ebikes DESC, area_name LIMIT 5`;

/** Full, empty and balanced stations in service. */
export const balance = (at: string) => `SELECT CAST(count(*) AS INTEGER) AS in_service,
  CAST(count(*) FILTER (numbikesavailable = 0) AS INTEGER) AS empty,
  CAST(count(*) FILTER (numbikesavailable > 0 AND numdocksavailable = 0) AS INTEGER) AS "full",
  CAST(count(*) FILTER (numbikesavailable >= 3 AND numdocksavailable >= 3) AS INTEGER) AS balanced,
  sum(numbikesavailable) / sum(numbikesavailable + numdocksavailable) AS fill_of_usable,
  sum(numbikesavailable) / sum(capacity) AS fill_of_capacity
  FROM ${records(at)} WHERE serves`;

/** The network's health. */
export const health = (at: string) => `SELECT CAST(count(*) AS INTEGER) AS stations,
  CAST(count(*) FILTER (NOT serves) AS INTEGER) AS out_of_service,
  CAST(sum(mechanical) AS INTEGER) AS mechanical, CAST(sum(ebike) AS INTEGER) AS ebikes,
  CAST(sum(numbikesavailable) AS INTEGER) AS bikes, CAST(sum(numdocksavailable) AS INTEGER) AS docks,
  CAST(sum(capacity) AS INTEGER) AS capacity, avg(capacity) AS average_capacity,
  avg(numbikesavailable) AS average_bikes, avg(numdocksavailable) AS average_docks,
  CAST(sum(greatest(capacity - numbikesavailable - numdocksavailable, 0)) FILTER (serves) AS INTEGER)
    AS docks_out_of_order
  FROM ${records(at)}`;
