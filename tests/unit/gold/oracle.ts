import type { BalanceRow, HealthRow, StationState } from '../../../src/gold/answers.ts';

/** One row of Silver, as the oracle reads it. Times are milliseconds since the epoch. */
export interface Row {
  readonly code: string;
  readonly at: number;
  readonly reported: number | null;
  readonly bikes: number;
  readonly mechanical: number;
  readonly ebikes: number;
  readonly docks: number;
  readonly capacity: number | null;
  readonly flags: readonly boolean[];
}

/** What the oracle says of the network over the frames it was given. */
export interface Verdict {
  readonly balance: BalanceRow;
  readonly health: HealthRow;
  /** Time-weighted e-bikes by area. */
  readonly ebikes: ReadonlyMap<string, number>;
  readonly seconds: number;
}

/** How long each snapshot of a span stood, in seconds; one second each when the span is an instant. */
export function weigh(times: readonly number[], to: number, maxGapS: number): Map<number, number> {
  const sorted = [...new Set(times)].sort((a, b) => a - b);
  const weights = sorted.map((time, index) => Math.min(((sorted[index + 1] ?? to) - time) / 1000, maxGapS));
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return new Map(sorted.map((time, index) => [time, total > 0 ? weights[index]! : 1]));
}

/** The state of a station, from one row. */
export function stateOf({ at, reported, bikes, docks, capacity, flags }: Row): StationState {
  const stale = reported !== null && at - reported > 86_400_000;
  if (stale || capacity === 0 || flags.includes(false)) return 'closed';
  if (bikes < 1) return 'empty';
  if (docks < 1) return 'full';
  if (bikes < 3) return 'few_bikes';
  return docks < 3 ? 'few_docks' : 'balanced';
}

/**
 * The answers the slow way: every frame is summed over the network, then the frames are averaged. It knows
 * nothing of the SQL, which sums each station over time first. Rows must know every figure but the capacity,
 * which comes from `capacities` where they do not.
 */
export function judge(
  rows: readonly Row[],
  weights: ReadonlyMap<number, number>,
  capacities: ReadonlyMap<string, number>,
  areas: ReadonlyMap<string, string>,
): Verdict {
  const sums = new Map<string, number>();
  const ebikes = new Map<string, number>();
  const seconds = [...weights.values()].reduce((sum, weight) => sum + weight, 0);
  const add = (name: string, value: number) => sums.set(name, (sums.get(name) ?? 0) + value);
  for (const raw of rows) {
    const weight = weights.get(raw.at);
    if (weight === undefined) continue;
    const row = { ...raw, capacity: raw.capacity ?? capacities.get(raw.code) ?? 0 };
    const state = stateOf(row);
    add('stations', weight);
    add(state, weight);
    if (row.reported !== null && row.at - row.reported > 86_400_000) add('stale', weight);
    for (const measure of ['mechanical', 'ebikes', 'bikes', 'docks', 'capacity'] as const) {
      add(measure, weight * row[measure]);
      if (state !== 'closed') add(`service ${measure}`, weight * row[measure]);
    }
    if (state !== 'closed') {
      add('broken', weight * Math.max(row.capacity - row.bikes - row.docks, 0));
    }
    const area = areas.get(row.code);
    if (area !== undefined) ebikes.set(area, (ebikes.get(area) ?? 0) + weight * row.ebikes);
  }
  const mean = (name: string) => (sums.get(name) ?? 0) / seconds;
  for (const [area, sum] of ebikes) ebikes.set(area, sum / seconds);
  return { balance: balance(mean), health: health(mean), ebikes, seconds };
}

function balance(mean: (name: string) => number): BalanceRow {
  const in_service = mean('stations') - mean('closed');
  return {
    in_service,
    empty: mean('empty'),
    few_bikes: mean('few_bikes'),
    balanced: mean('balanced'),
    few_docks: mean('few_docks'),
    full: mean('full'),
    empty_share: mean('empty') / in_service,
    full_share: mean('full') / in_service,
    balanced_share: mean('balanced') / in_service,
    fill_of_usable: mean('service bikes') / (mean('service bikes') + mean('service docks')),
    fill_of_capacity: mean('service bikes') / mean('service capacity'),
  };
}

function health(mean: (name: string) => number): HealthRow {
  const stations = mean('stations');
  return {
    stations,
    in_service: stations - mean('closed'),
    out_of_service: mean('closed'),
    stale: mean('stale'),
    mechanical: mean('mechanical'),
    ebikes: mean('ebikes'),
    bikes: mean('bikes'),
    docks: mean('docks'),
    capacity: mean('capacity'),
    ebike_share: mean('ebikes') / (mean('ebikes') + mean('mechanical')),
    docks_out_of_order: mean('broken'),
    docks_out_of_order_share: mean('broken') / mean('service capacity'),
    average_capacity: mean('capacity') / stations,
    average_bikes: mean('bikes') / stations,
    average_docks: mean('docks') / stations,
  };
}
