/**
 * The typed rows of the Gold questions, one interface a `.sql` file. Every figure is a number: a count at one
 * instant, or a mean weighted by the time each snapshot stood for (`frames.sql`). A figure that cannot be
 * known is null.
 */

/** How stations are grouped: quartier or arrondissement in Paris and the commune outside, or the commune as the source names it. */
export type AreaLevel = 'quartier' | 'arrondissement' | 'commune';

export const areaLevels: readonly AreaLevel[] = ['quartier', 'arrondissement', 'commune'];

/** `top_areas.sql`: one area, the one with most e-bikes first. */
export interface AreaRow {
  readonly rank: number;
  readonly area_id: string;
  readonly area_name: string;
  /** 1–20 where the whole area lies in one arrondissement of Paris, else null. */
  readonly arrondissement: number | null;
  readonly stations: number;
  readonly ebikes: number;
  readonly mechanical: number | null;
  readonly docks: number | null;
  /** ebikes / (ebikes + mechanical), 0–1. */
  readonly ebike_share: number | null;
}

/** `station_balance.sql`: one row. Counts of stations in service; shares are of `in_service`, 0–1. */
export interface BalanceRow {
  /** Stations in service whose bikes and docks are both known: the five states add up to it. */
  readonly in_service: number;
  /** No bike at all. */
  readonly empty: number;
  /** 1 or 2 bikes, and a free dock. */
  readonly few_bikes: number;
  /** At least 3 bikes and 3 free docks. */
  readonly balanced: number;
  /** 1 or 2 free docks, and more than 2 bikes. */
  readonly few_docks: number;
  /** No free dock, but a bike. */
  readonly full: number;
  readonly empty_share: number | null;
  readonly full_share: number | null;
  readonly balanced_share: number | null;
  /** Σ bikes / Σ (bikes + free docks), stations in service: robust to broken docks. */
  readonly fill_of_usable: number | null;
  /** Σ bikes / Σ capacity, stations in service: can pass 1. */
  readonly fill_of_capacity: number | null;
}

/** `system_health.sql`: one row for the whole network. */
export interface HealthRow {
  readonly stations: number;
  /** Those whose bikes or docks are unknown are counted here, unlike in `BalanceRow`. */
  readonly in_service: number;
  /** Any flag NO, or capacity 0, or last report older than 24 h. */
  readonly out_of_service: number;
  /** Last report older than 24 h, whatever the flags say. */
  readonly stale: number;
  readonly mechanical: number | null;
  readonly ebikes: number | null;
  readonly bikes: number | null;
  readonly docks: number | null;
  readonly capacity: number | null;
  readonly ebike_share: number | null;
  /** Σ (capacity − bikes − free docks) where positive, stations in service. */
  readonly docks_out_of_order: number;
  readonly docks_out_of_order_share: number | null;
  readonly average_capacity: number | null;
  readonly average_bikes: number | null;
  readonly average_docks: number | null;
}

/** What a station is, told apart by shape and colour in every chart. Unknown: its bikes or free docks are not told. */
export type StationState = 'balanced' | 'few_bikes' | 'few_docks' | 'empty' | 'full' | 'closed' | 'unknown';

/** `stations.sql`: one station at one instant (or its means over a range). */
export interface StationRow {
  readonly station_code: string;
  readonly name: string | null;
  readonly lat: number | null;
  readonly lon: number | null;
  readonly area_name: string | null;
  readonly mechanical: number | null;
  readonly ebikes: number | null;
  readonly docks: number | null;
  readonly capacity: number | null;
  readonly state: StationState;
  /** Closed because its last report is older than 24 h: what it told last is no longer known to hold. */
  readonly stale: boolean;
  /** When the station itself last reported, as far as the selection's last snapshot tells. */
  readonly last_reported: number | null;
}

/** Which moment or span a question is about. Times are milliseconds since the epoch, UTC. */
export type Selection =
  | { readonly kind: 'newest' }
  | { readonly kind: 'instant'; readonly at: number }
  | { readonly kind: 'range'; readonly from: number; readonly to: number };

/** All answers to one selection. */
export interface Answers {
  readonly selection: Selection;
  /** `fetched_at` of the first and the last snapshot behind the figures. */
  readonly from: number;
  readonly to: number;
  readonly snapshots: number;
  /** Share of the selected span that the snapshots stand for, 0–1; 1 for an instant. */
  readonly observed: number;
  readonly areas: Readonly<Record<AreaLevel, readonly AreaRow[]>>;
  readonly balance: BalanceRow;
  readonly health: HealthRow;
  readonly stations: readonly StationRow[];
}
