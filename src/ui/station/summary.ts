import type { MovementRow, ServiceRow, StationHistory } from '../../pipeline/protocol.ts';
import { toInstant } from '../time.ts';

/** Whether a station was closed, as far as its state is known; null where it never is. */
export function closureOf({
  known_ms,
  closed_ms,
}: Pick<ServiceRow, 'known_ms' | 'closed_ms'>): 'never' | 'partly' | 'always' | null {
  if (known_ms === 0) return null;
  if (closed_ms === 0) return 'never';
  return closed_ms < known_ms ? 'partly' : 'always';
}

/** The share of its span that a station was observed, 0–1. */
export function observedShare({
  from,
  to,
  service,
}: Pick<StationHistory, 'from' | 'to' | 'service'>): number {
  return Math.min(1, service.observed_ms / (to - from));
}

/** All that left and came in a span, at least. */
export function sumOf(rows: readonly MovementRow[]): { departures: number; arrivals: number } {
  const sum = { departures: 0, arrivals: 0 };
  for (const { departures, arrivals } of rows) {
    sum.departures += departures;
    sum.arrivals += arrivals;
  }
  return sum;
}

/** Rows as a file tells them: whose they are, and their times as instants. */
export function toSave(
  station_code: string,
  origin: number,
  rows: readonly { readonly from_ms: number; readonly to_ms?: number }[],
): readonly object[] {
  return rows.map(({ from_ms, to_ms, ...figures }) => ({
    station_code,
    from_at: toInstant(origin + from_ms),
    ...(to_ms === undefined ? {} : { to_at: toInstant(origin + to_ms) }),
    ...figures,
  }));
}
