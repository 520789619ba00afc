import type { Engine } from '../engine/engine.ts';
import { bind } from '../engine/sql.ts';
import reportAgesSql from './report_ages.sql?raw';
import stationChangesSql from './station_changes.sql?raw';
import { view } from './tables.ts';

/** How old the stations' own reports were in a snapshot, in seconds. */
export interface ReportAge {
  readonly fetched_at: number;
  readonly median_s: number;
  readonly max_s: number;
}

/** A station that is in one of two snapshots and not in the other. */
export interface StationChange {
  readonly station_code: string;
  readonly name: string | null;
  readonly change: 'vanished' | 'appeared';
  /** The last snapshot that listed it, or the first one. */
  readonly since: number;
}

/** Registered files of Silver and a span, milliseconds since the epoch, both ends included. */
export interface Reports {
  readonly station_status: readonly string[];
  readonly station_information: readonly string[];
  readonly from: number;
  readonly to: number;
}

/** The age of reports in each snapshot of a span, oldest first. Rejects with `engine.*` errors. */
export function reportAges(engine: Engine, { station_status, from, to }: Reports): Promise<ReportAge[]> {
  return engine.exclusive(async () => {
    await view(engine, 'station_status', station_status);
    return engine.query<ReportAge>(bind(reportAgesSql, { from_at: new Date(from), to_at: new Date(to) }));
  });
}

/** Stations of which only the first or only the last snapshot of a span tells. Rejects with `engine.*` errors. */
export function stationChanges(engine: Engine, reports: Reports): Promise<StationChange[]> {
  return engine.exclusive(async () => {
    for (const table of ['station_status', 'station_information'] as const) {
      await view(engine, table, reports[table]);
    }
    const values = { before_at: new Date(reports.from), after_at: new Date(reports.to) };
    return engine.query<StationChange>(bind(stationChangesSql, values));
  });
}
