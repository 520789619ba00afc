import { bind, literals, type SqlValue } from '../../../src/engine/sql.ts';
import { quarterColumns, quartersOf } from '../../../src/gold/quarters.ts';
import { spanStart, stationQuestions, stationSql } from '../../../src/gold/station.ts';
import { Lake } from './lake.ts';

/** A run of like readings: what is left out is as in a healthy station of 20 docks. */
export interface Run {
  readonly from: string;
  readonly to: string;
  readonly state?: number | null;
  readonly mechanical?: number | null;
  readonly ebikes?: number | null;
  readonly docks?: number | null;
  readonly capacity?: number;
}

export const intervalTable = `CREATE TABLE station_interval (station_code VARCHAR, from_at TIMESTAMP,
  to_at TIMESTAMP, state TINYINT, mechanical SMALLINT, ebikes SMALLINT, bikes SMALLINT, docks SMALLINT,
  capacity SMALLINT)`;

export function fillIntervals(runs: readonly Run[]): string {
  const rows = runs.map((run): SqlValue[] => {
    const { state = 3, mechanical = 4, ebikes = 3, docks = 13, capacity = 20 } = run;
    const bikes = mechanical === null || ebikes === null ? null : mechanical + ebikes;
    const [from, to] = [new Date(run.from), new Date(run.to)];
    return ['16107', from, to, state, mechanical, ebikes, bikes, docks, capacity];
  });
  return `INSERT INTO station_interval VALUES ${rows.map((row) => `(${literals(row)})`).join(', ')}`;
}

/** The statements that make `quarters` of a span. */
export function fillQuarters(from: number, to: number): string[] {
  const columns = Object.entries(quarterColumns).map(([name, type]) => `${name} ${type}`);
  const rows = quartersOf(from, to).map(
    (row) => `(${literals([row.from_ms, row.to_ms, row.city_day, row.day_type, row.weekday, row.quarter])})`,
  );
  return [
    `CREATE OR REPLACE TABLE quarters (${columns.join(', ')})`,
    `INSERT INTO quarters VALUES ${rows.join(', ')}`,
  ];
}

/** A native DuckDB with one station's runs, and the questions of its panel. */
export async function openStation(runs: readonly Run[], span: readonly [from: string, to: string]) {
  const lake = await Lake.open();
  await lake.run(intervalTable);
  if (runs.length > 0) await lake.run(fillIntervals(runs));
  const [from, to] = [Date.parse(span[0]), Date.parse(span[1])];
  for (const statement of [...fillQuarters(spanStart(from, 0), to), ...stationSql('16107', from, to)])
    await lake.run(statement);
  return {
    ask: (question: keyof typeof stationQuestions, values: Readonly<Record<string, SqlValue>> = {}) =>
      lake.rows(bind(stationQuestions[question].sql, values)),
    lake,
  };
}
