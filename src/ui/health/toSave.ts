import type {
  Attempt,
  Gap,
  HourRecord,
  RejectExample,
  ReportAge,
  SchemaEntry,
  StationChanges,
} from '../../pipeline/protocol.ts';
import { toInstant } from '../time.ts';

/** Hours of the record as a file tells them: snapshots that were taken, and how many were wanted. */
export function hoursToSave(hours: readonly HourRecord[]): readonly object[] {
  return hours.map(({ at, snapshots, wanted }) => ({ hour_from: toInstant(at), snapshots, wanted }));
}

export function gapsToSave(gaps: readonly Gap[]): readonly object[] {
  return gaps.map(([from, to, reason]) => ({ from_at: toInstant(from), to_at: toInstant(to), reason }));
}

/** Attempts with the ages of the reports in what they brought, in seconds; blank where it brought none. */
export function attemptsToSave(attempts: readonly Attempt[], ages: readonly ReportAge[]): readonly object[] {
  const byTime = new Map(ages.map((age) => [age.fetched_at, age]));
  return attempts.map(({ fetched_at, outcome, http_status, duration_ms, bytes, stations, error_code }) => {
    const { median_s = null, max_s = null } = byTime.get(fetched_at) ?? {};
    return {
      ...{
        fetched_at: toInstant(fetched_at),
        outcome,
        http_status,
        duration_ms,
        bytes,
        stations,
        error_code,
      },
      ...{ age_median_s: median_s, age_max_s: max_s },
    };
  });
}

/** A row for each column of the contract in each schema: where it comes from, by whose word, in what span. */
export function schemasToSave(schemas: readonly SchemaEntry[]): readonly object[] {
  return schemas.flatMap(({ fingerprint, era, origin, first, last, snapshots, rows_waiting, by, mapped }) =>
    mapped.map(({ column, from }) => ({
      ...{ fingerprint, era, origin, first_at: toInstant(first), last_at: toInstant(last) },
      ...{ snapshots, rows_waiting, mapped_by: by, column, source_column: from },
    })),
  );
}

export function rejectsToSave(rejects: readonly RejectExample[]): readonly object[] {
  return rejects.map(({ fetched_at, ...reject }) => ({ fetched_at: toInstant(fetched_at), ...reject }));
}

export function changesToSave(changes: StationChanges['changes']): readonly object[] {
  return changes.map(({ since, ...change }) => ({ ...change, since_at: toInstant(since) }));
}
