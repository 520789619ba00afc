import type { Engine } from '../engine/engine.ts';
import { bind, type SqlValues } from '../engine/sql.ts';
import areaHours from './area_hours.sql?raw';
import areas from './areas.sql?raw';
import { dayTypes } from './calendar.ts';
import chosenAreaHours from './chosen_area_hours.sql?raw';
import chosenAreas from './chosen_areas.sql?raw';
import chosenHours from './chosen_hours.sql?raw';
import dispatch from './dispatch.sql?raw';
import ebikeShare from './ebike_share.sql?raw';
import analysisAreas from './analysis_areas.sql?raw';
import analysisObserved from './analysis_observed.sql?raw';
import {
  freeOf,
  stationQuestions,
  type Analyses,
  type AnalysisArea,
  type AnalysisFilters,
  type AnalysisQuestion,
  type AnalysisRows,
  type AnalysisWindow,
  type FilterAxis,
} from './analysisRows.ts';
import { HOUR, hourStart, loadHours } from './hours.ts';
import imbalance from './imbalance.sql?raw';
import latestStock from './latest_stock.sql?raw';
import movements from './movements.sql?raw';
import nearStock from './near_stock.sql?raw';
import networkCurve from './network_curve.sql?raw';
import notspot from './notspot.sql?raw';
import observedHours from './observed_hours.sql?raw';
import outOfService from './out_of_service.sql?raw';
import places from './places.sql?raw';
import type { Question, Step } from './questions.ts';
import rebalancing from './rebalancing.sql?raw';
import serviceLevel from './service_level.sql?raw';
import stationDays from './station_days.sql?raw';
import stationHours from './station_hours.sql?raw';
import stationRanks from './station_ranks.sql?raw';
import stockOuts from './stock_outs.sql?raw';
import stuckBikes from './stuck_bikes.sql?raw';
import usualHours from './usual_hours.sql?raw';

/** What of the engine is needed to ask of tables. */
type Asked = Pick<Engine, 'query' | 'load'>;

/** How many stations a ranking names. */
const TOP = 50;

/** Tables of a window that its areas are asked of, in the order in which they are made. */
export const areaTables = {
  areas: { table: 'areas', sql: areas, reads: ['station_areas'] },
  area_hours: { table: 'area_hours', sql: areaHours, reads: ['area_hour', 'city_hours', 'areas'] },
  observed_hours: {
    table: 'observed_hours',
    sql: observedHours,
    reads: ['city_hours', 'section_area', 'seam_hours', 'paired_hours', 'area_hours'],
  },
} as const satisfies Readonly<Record<string, Step>>;

/** Those that its stations are asked of: they come last. */
export const stationTables = {
  places: {
    table: 'places',
    sql: places,
    reads: ['section_edge', 'station_information', 'station_areas', 'areas'],
  },
  station_hours: {
    table: 'station_hours',
    sql: stationHours,
    reads: ['station_hour', 'city_hours', 'places'],
  },
  station_days: {
    table: 'station_days',
    sql: stationDays,
    reads: ['station_hours', 'seam_hours', 'city_hours', 'observed_hours'],
  },
  usual_hours: {
    table: 'usual_hours',
    sql: usualHours,
    reads: ['station_hours', 'city_hours', 'coming_hours'],
  },
} as const satisfies Readonly<Record<string, Step>>;

/** What the stations hold at the window's end, of `station_interval`, and what is around them. */
export const latestTables = {
  latest_stock: { table: 'latest_stock', sql: latestStock, reads: ['station_interval'] },
  near_stock: { table: 'near_stock', sql: nearStock, reads: ['latest_stock', 'places'] },
} as const satisfies Readonly<Record<string, Step>>;

/** Views of what the filters leave. */
export const analysisViews = {
  chosen_hours: { table: 'chosen_hours', sql: chosenHours, reads: ['observed_hours'] },
  chosen_areas: { table: 'chosen_areas', sql: chosenAreas, reads: ['areas'] },
  chosen_area_hours: {
    table: 'chosen_area_hours',
    sql: chosenAreaHours,
    reads: ['area_hours', 'chosen_areas', 'chosen_hours'],
  },
} as const satisfies Readonly<Record<string, Step>>;

const steps = ['chosen_hours', 'chosen_area_hours'] as const;

/** The questions, those that are free of the same filters side by side. */
export const analysisQuestions = {
  network_curve: { sql: networkCurve, reads: steps },
  notspot: { sql: notspot, reads: steps },
  out_of_service: { sql: outOfService, reads: steps },
  stock_outs: { sql: stockOuts, reads: ['chosen_area_hours'] },
  ebike_share: { sql: ebikeShare, reads: ['chosen_area_hours'] },
  imbalance: { sql: imbalance, reads: ['chosen_area_hours'] },
  service_level: { sql: serviceLevel, reads: ['chosen_area_hours'] },
  rebalancing: { sql: rebalancing, reads: ['chosen_area_hours'] },
  movements: { sql: movements, reads: steps },
  stuck_bikes: {
    sql: stuckBikes,
    reads: ['station_days', 'chosen_hours', 'chosen_areas', 'places'],
  },
  dispatch: {
    sql: dispatch,
    reads: ['latest_stock', 'near_stock', 'places', 'usual_hours', 'chosen_hours', 'chosen_areas'],
  },
  station_ranks: {
    sql: stationRanks,
    reads: ['station_hours', 'chosen_hours', 'chosen_areas', 'places'],
  },
} as const satisfies Readonly<Record<AnalysisQuestion, Question>>;

function isOfStations(question: AnalysisQuestion): boolean {
  return (stationQuestions as readonly AnalysisQuestion[]).includes(question);
}

/** Single figures and lists beside the questions. */
export const analysisFacts = {
  analysis_areas: { sql: analysisAreas, reads: ['areas', 'area_hours'] },
  analysis_observed: { sql: analysisObserved, reads: ['chosen_hours'] },
} as const satisfies Readonly<Record<string, Question>>;

/** The statement that makes a table of a window. */
function analysisTable({ table, sql }: Step, values: SqlValues = {}): string {
  return `CREATE OR REPLACE TEMP TABLE ${table} AS\n${bind(sql, values)}`;
}

/** The statements that narrow the views to what filters leave, but those of some kinds. */
function viewsSql(filters: AnalysisFilters, free: readonly FilterAxis[], areas: readonly string[]): string[] {
  const values = valuesOf(filters, free, areas);
  return Object.values(analysisViews).map(
    ({ table, sql }) => `CREATE OR REPLACE TEMP VIEW ${table} AS\n${bind(sql, values)}`,
  );
}

/** The SELECT that answers a question from the views. */
function analysisSql(question: AnalysisQuestion, window: AnalysisWindow): string {
  return bind(analysisQuestions[question].sql, { step_h: stepOf(window), top: TOP });
}

/** Hours of a step of what goes through time: some hundreds of them. */
function stepOf({ from, to }: AnalysisWindow): number {
  const days = (to - from) / (24 * HOUR);
  if (days <= 32) return 1;
  return days <= 128 ? 6 : 24;
}

/**
 * Makes the tables that a window's areas are asked of from what `loadHistory` leaves of `station_hour`, and forgets those
 * of the window before. Rejects with `engine.*` errors. Must run in `engine.exclusive`.
 */
export async function loadAreas(engine: Asked, window: AnalysisWindow, newest: number): Promise<void> {
  await loadHours(engine, window.from, window.to, newest);
  for (const step of Object.values(areaTables)) await engine.query(analysisTable(step));
}

/** Makes those that its stations are asked of, after the others and from the same. */
export async function loadStations(engine: Asked, { to }: AnalysisWindow): Promise<void> {
  for (const step of Object.values(stationTables)) {
    await engine.query(analysisTable(step, { to_at: new Date(to) }));
  }
}

/** Makes those of the window's end, last of all, from `station_interval`, which must be readable. */
export async function loadLatest(engine: Asked, newest: number): Promise<void> {
  for (const step of Object.values(latestTables)) {
    await engine.query(analysisTable(step, { newest_at: new Date(newest) }));
  }
}

/** What was answered before from the same tables, by what was asked and the statements that asked for it. */
export type AnalysisMemory = Map<string, { readonly sql: string; readonly rows: readonly object[] }>;

/**
 * Asks every question of the tables of a window, or those of its areas alone; one whose statements are the same as last
 * time is not asked again. Areas that the window does not tell of are left out of the filters.
 * Rejects with `engine.*` errors. Must run in `engine.exclusive`.
 */
export async function askAnalyses(
  engine: Asked,
  window: AnalysisWindow,
  newest: number,
  wanted: AnalysisFilters,
  memory: AnalysisMemory,
  of: 'areas' | 'all' = 'all',
): Promise<Analyses> {
  let made: readonly string[] = [];
  const recall = async <T extends object>(name: string, select: string, views: readonly string[] = []) => {
    const sql = [...views, select].join();
    const known = memory.get(name);
    if (known?.sql === sql) return known.rows as readonly T[];
    for (const view of views) if (!made.includes(view)) await engine.query(view);
    if (views.length > 0) made = views;
    const rows = await engine.query<T>(select);
    memory.set(name, { sql, rows });
    return rows;
  };
  const areas = await recall<AnalysisArea>('areas', bind(analysisAreas, { level: wanted.level }));
  const ids = areas.map(({ id }) => id);
  const known = wanted.areas?.filter((id) => ids.includes(id)) ?? [];
  const filters = { ...wanted, areas: known.length === 0 ? null : known };
  const rows = {} as Record<AnalysisQuestion, readonly object[] | null>;
  for (const question of Object.keys(analysisQuestions) as AnalysisQuestion[]) {
    rows[question] = null;
    if (of === 'areas' && isOfStations(question)) continue;
    const views = viewsSql(filters, freeOf[question], ids);
    rows[question] = await recall(question, analysisSql(question, window), views);
  }
  const [seen] = await recall<{ observed: number | null; days: number }>(
    'observed',
    analysisObserved,
    viewsSql(filters, [], ids),
  );
  return {
    ...(rows as unknown as AnalysisRows),
    ...{ window, newest, filters, areas, step_h: stepOf(window) },
    ...{ days: seen!.days, observed: seen!.observed ?? 0 },
  };
}

function valuesOf(
  filters: AnalysisFilters,
  free: readonly FilterAxis[],
  areas: readonly string[],
): SqlValues {
  const bound = <T>(axis: FilterAxis, value: T | null, all: T): T =>
    free.includes(axis) ? all : (value ?? all);
  const hours = Array.from({ length: 24 }, (_, hour) => hour);
  return {
    level: filters.level,
    from_ms: bound('time', filters.from === null ? null : hourStart(filters.from), 0),
    to_ms: bound('time', filters.to, Number.MAX_SAFE_INTEGER),
    day_types: bound('dayTypes', filters.dayTypes, dayTypes),
    city_hours: bound('hours', filters.hours, hours),
    areas: bound('areas', filters.areas, areas),
  };
}
