import type { DayType } from './calendar.ts';

/**
 * What the view History asks and is told. Times are milliseconds since the epoch, shares 0–1; figures are weighted by
 * time, and null is unknown. Each row type is that of the `.sql` file of its question.
 */

/** A stretch of time that is loaded, and the newest good snapshot in it. */
export interface AnalysisWindow {
  readonly from: number;
  readonly to: number;
}

/** How areas are told apart: quartiers, or arrondissements; communes outside Paris in both. */
export type AnalysisLevel = 'quartier' | 'district';

/** What of a window is looked at. Null: all of it. */
export interface AnalysisFilters {
  readonly level: AnalysisLevel;
  /** The end exclusive; both are taken to the whole hour they lie in. */
  readonly from: number | null;
  readonly to: number | null;
  readonly dayTypes: readonly DayType[] | null;
  /** Hours of the city's day, 0–23. */
  readonly hours: readonly number[] | null;
  /** Ids at the level. */
  readonly areas: readonly string[] | null;
}

export interface AnalysisArea {
  readonly id: string;
  readonly name: string;
}

/** `network_curve.sql` */
export interface CurveRow {
  readonly from_ms: number;
  readonly observed_ms: number;
  readonly mechanical: number | null;
  readonly ebikes: number | null;
  readonly docks: number | null;
}

/** `notspot.sql`: the NotSpot index is the sum of the first two shares. */
export interface NotspotRow {
  readonly from_ms: number;
  readonly observed_ms: number;
  readonly empty_share: number | null;
  readonly full_share: number | null;
  readonly service_share: number | null;
}

/** `out_of_service.sql` */
export interface OutRow {
  readonly from_ms: number;
  readonly observed_ms: number;
  readonly stations: number | null;
  readonly silent: number | null;
  readonly docks: number | null;
}

/** `stock_outs.sql` */
export interface StockOutRow {
  readonly area_id: string;
  readonly city_hour: number;
  readonly empty_ms: number;
  readonly full_ms: number;
  readonly serving_ms: number;
}

/** `service_level.sql` */
export interface ServiceLevelRow {
  readonly area_id: string;
  readonly service_share: number;
  readonly serving_ms: number;
}

/** `movements.sql`: bikes an hour, lower bounds; of hours in which something of the network moved. */
export interface MovesRow {
  readonly day_type: DayType;
  readonly city_hour: number;
  /** Time between snapshots, in which moves are seen, and in how many hours that was. */
  readonly observed_ms: number;
  readonly hours: number;
  readonly departures: number;
  readonly arrivals: number;
}

/** `rebalancing.sql` */
export interface RebalancingRow {
  readonly area_id: string;
  readonly city_hour: number;
  readonly brought: number;
  readonly taken: number;
}

/** `imbalance.sql`: −1 (a source) to 1 (a sink). */
export interface ImbalanceRow {
  readonly area_id: string;
  readonly morning: number | null;
  readonly evening: number | null;
  readonly morning_moves: number;
  readonly evening_moves: number;
}

/** `ebike_share.sql`: milliseconds × bikes. */
export interface EbikeShareRow {
  readonly area_id: string;
  readonly city_hour: number;
  readonly ebikes: number;
  readonly mechanical: number;
}

/** A station as the rankings name it. */
interface Named {
  readonly station_code: string;
  readonly name: string | null;
  readonly area_name: string;
}

/** `station_ranks.sql` */
export interface StationRankRow extends Named {
  readonly service_share: number;
  readonly empty_share: number;
  readonly full_share: number;
  readonly departures: number;
  readonly serving_ms: number;
  /** From 1, the worst, and from 1, the best. */
  readonly worst: number;
  readonly best: number;
}

/** `stuck_bikes.sql` */
export interface StuckRow extends Named {
  readonly bikes: number;
  /** Of the longest run, 3 or more, and its last one. */
  readonly days: number;
  /** Days since 1970-01-01 of the city's day. */
  readonly last_day: number;
}

/** `dispatch.sql` */
export interface DispatchRow extends Named {
  readonly action: 'bring' | 'take';
  readonly rank: number;
  /** 1 empty, 2 few bikes, 3 in between, 4 few docks, 5 full. */
  readonly state: number;
  readonly bikes: number;
  readonly docks: number;
  /** Null where too little was observed to tell what is usual. */
  readonly change: number | null;
  readonly amount: number;
  readonly near_bikes: number;
  readonly near_docks: number;
  readonly near_stations: number;
}

/** The rows of every question. */
export interface AnalysisRows {
  readonly network_curve: readonly CurveRow[];
  readonly stock_outs: readonly StockOutRow[];
  readonly notspot: readonly NotspotRow[];
  readonly service_level: readonly ServiceLevelRow[];
  readonly movements: readonly MovesRow[];
  readonly rebalancing: readonly RebalancingRow[];
  readonly out_of_service: readonly OutRow[];
  readonly imbalance: readonly ImbalanceRow[];
  readonly ebike_share: readonly EbikeShareRow[];
  readonly station_ranks: readonly StationRankRow[];
  readonly stuck_bikes: readonly StuckRow[];
  readonly dispatch: readonly DispatchRow[];
}

export type AnalysisQuestion = keyof AnalysisRows;

/** A kind of filter. */
export type FilterAxis = 'time' | 'dayTypes' | 'hours' | 'areas';

/** What a question shows all along, whatever is filtered: there the visitor picks. */
export const freeOf: Readonly<Record<AnalysisQuestion, readonly FilterAxis[]>> = {
  network_curve: ['time'],
  notspot: ['time'],
  out_of_service: ['time'],
  stock_outs: ['areas', 'hours'],
  ebike_share: ['areas', 'hours'],
  imbalance: ['areas', 'hours'],
  service_level: ['areas'],
  rebalancing: ['areas'],
  movements: ['hours'],
  stuck_bikes: ['hours'],
  dispatch: ['hours', 'dayTypes'],
  station_ranks: [],
};

/** Questions about single stations, which take longer to answer than those about areas. */
export const stationQuestions = ['stuck_bikes', 'dispatch', 'station_ranks'] as const;
type StationQuestion = (typeof stationQuestions)[number];

/** Rows; those of stations are null while only areas are told of. */
type ToldRows = Omit<AnalysisRows, StationQuestion> & {
  readonly [Question in StationQuestion]: AnalysisRows[Question] | null;
};

/** Everything that the view shows of a window through filters. */
export interface Analyses extends ToldRows {
  readonly window: AnalysisWindow;
  /** `fetched_at` of the newest good snapshot: the moment of `dispatch`. */
  readonly newest: number;
  readonly filters: AnalysisFilters;
  /** All areas of the level that the window's hours tell of, by name. */
  readonly areas: readonly AnalysisArea[];
  /** Hours of a step of what goes through time. */
  readonly step_h: number;
  /** How many of the city's days the filters leave that were observed. */
  readonly days: number;
  /** Share of the time that the filters leave that was observed. */
  readonly observed: number;
}
