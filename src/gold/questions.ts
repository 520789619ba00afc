import { bind } from '../engine/sql.ts';
import alike from './alike.sql?raw';
import type { AreaLevel } from './answers.ts';
import frames from './frames.sql?raw';
import readings from './readings.sql?raw';
import stationBalance from './station_balance.sql?raw';
import stationSummary from './station_summary.sql?raw';
import stations from './stations.sql?raw';
import systemHealth from './system_health.sql?raw';
import topAreas from './top_areas.sql?raw';

/**
 * How long a snapshot stands for the network, in seconds, when no other follows. Recordings are made every
 * minute and imports mostly every five: twice that bridges one missed poll, and leaves a longer gap unknown.
 */
export const MAX_GAP_S = 600;

/** After how many hours without a report a station counts as out of service (the audits of gbfs-toolkit). */
export const STALE_AFTER_H = 24;

/** How many areas the ranking shows: the question is "top 5 neighbourhoods for e-bikes". */
export const TOP_AREAS = 5;

/** A span of time, both ends included; an instant has equal ends. */
export interface Span {
  readonly from: Date;
  readonly to: Date;
}

/** A table that is built for a selection before its questions are asked. */
export interface Step {
  readonly table: string;
  readonly sql: string;
  /** Tables that must exist first. */
  readonly reads: readonly string[];
}

/** A question: a SELECT whose rows are those of the interface of the same name in `answers.ts`. */
export interface Question {
  readonly sql: string;
  readonly reads: readonly string[];
}

/** Which areas are ranked and how many of them; only `top_areas` asks for it. */
export interface Ranking {
  readonly level: AreaLevel;
  readonly top: number;
}

/** The snapshots of the selection, with the time each stood for. */
export const framesStep: Step = { table: 'frames', sql: frames, reads: ['snapshots'] };

/** Each row of Silver with the state of its station. */
export const readingsStep: Step = { table: 'readings', sql: readings, reads: ['frames', 'station_status'] };

/** Readings taken together where they are alike: the only step of a summary that scans Silver. */
export const alikeStep: Step = { table: 'alike', sql: alike, reads: ['readings'] };

/** One row a station. */
export const stationSummaryStep: Step = {
  table: 'station_summary',
  sql: stationSummary,
  reads: ['frames', 'alike', 'station_day', 'station_information'],
};

/** Every question by its file's name. */
export const questions = {
  top_areas: { sql: topAreas, reads: ['station_summary'] },
  station_balance: { sql: stationBalance, reads: ['station_summary'] },
  system_health: { sql: systemHealth, reads: ['station_summary'] },
  stations: { sql: stations, reads: ['station_summary', 'frames', 'station_status'] },
} as const satisfies Readonly<Record<string, Question>>;

export type GoldQuestion = keyof typeof questions;

/** The statement that (re)builds `frames` for a span. */
export function framesSql(span: Span, maxGapS: number = MAX_GAP_S): string {
  return build(framesStep, { from_at: span.from, to_at: span.to, max_gap_s: maxGapS });
}

/** The statement that makes `readings` a view over `frames`. */
export function readingsSql(): string {
  return `CREATE OR REPLACE TEMP VIEW readings AS\n${bind(readings, { stale_h: STALE_AFTER_H })}`;
}

/** The statements that (re)build what the questions read, in their order. */
export function summarySql(span: Span, maxGapS?: number): string[] {
  return [
    framesSql(span, maxGapS),
    readingsSql(),
    build(alikeStep, {}),
    build(stationSummaryStep, { to_at: span.to }),
  ];
}

/** The SELECT that answers a question from `station_summary`. */
export function answerSql(
  question: GoldQuestion,
  ranking: Ranking = { level: 'quartier', top: TOP_AREAS },
): string {
  return bind(questions[question].sql, { level: ranking.level, top: ranking.top });
}

function build(step: Step, values: Parameters<typeof bind>[1]): string {
  return `CREATE OR REPLACE TABLE ${step.table} AS\n${bind(step.sql, values)}`;
}
