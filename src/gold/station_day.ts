import { literal } from '../engine/sql.ts';
import { alikeStep, framesSql, readingsSql } from './questions.ts';

/**
 * The statements that make `rolled`, the rows of a day's `station_day`, from its `station_status` and the instants
 * of its good snapshots, oldest first, at least one. How long a snapshot stands is told by the next one, so of the last
 * one of a day only the day after can tell: its rows stand by themselves, as if it stood for a millisecond, and
 * a question weighs them (`station_summary.sql`). The rows need nothing else of the day after, and no station's
 * attributes, which depend on the end of the range.
 *
 * Reads `snapshots`, and replaces `frames` and `readings`.
 */
export function stationDaySql(instants: readonly number[]): string[] {
  const [first, last] = [new Date(instants[0]!), new Date(instants.at(-1)!)];
  return [
    framesSql({ from: first, to: last }),
    `DELETE FROM frames WHERE fetched_at = ${literal(last)}`,
    readingsSql(),
    `CREATE OR REPLACE TABLE rolled AS
    SELECT CAST(NULL AS TIMESTAMP) AS open_at, a.* FROM (${alikeStep.sql}) AS a`,
    `CREATE OR REPLACE TABLE frames AS
    SELECT ${literal(last)} AS fetched_at, CAST(0.001 AS DOUBLE) AS weight_s`,
    `INSERT INTO rolled SELECT ${literal(last)} AS open_at, a.* FROM (${alikeStep.sql}) AS a`,
  ];
}

/** The rows in the order they are kept in: equal values side by side. */
export const stationDayRows =
  'SELECT * FROM rolled ORDER BY station_code, open_at NULLS FIRST, state, unknowns, stock';
