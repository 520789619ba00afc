import {
  askHabits,
  askHistory,
  HABIT_MS,
  spanStart,
  type StationHabits,
  type StationHistory,
  type StationSpan,
} from '../gold/station.ts';
import type { Lakehouse } from './lakehouse.ts';
import { goodSnapshots } from './status.ts';

/** What one station did in a span; null where no good snapshot lies in it. */
export function historyOf(
  house: Lakehouse,
  station: string,
  span: StationSpan,
): Promise<StationHistory | null> {
  return read(house, station, span, (engine) => askHistory(engine, station, span));
}

/** What is usual at one station, seen from an instant; null where no good snapshot lies in the weeks before. */
export function habitsOf(house: Lakehouse, station: string, to: number): Promise<StationHabits | null> {
  const span = { from: spanStart(to, HABIT_MS), to };
  return read(house, station, span, (engine) => askHabits(engine, station, to));
}

async function read<T>(
  { lake, source, history }: Lakehouse,
  station: string,
  span: StationSpan,
  work: (engine: Lakehouse['engine']) => Promise<T>,
): Promise<T | null> {
  if (goodSnapshots(lake, source, span.from, span.to).length === 0) return null;
  return history.read('station_interval', { ...span, station }, work);
}
