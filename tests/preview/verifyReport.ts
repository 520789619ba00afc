import type { VerifyReport } from '../../src/pipeline/protocol.ts';

/** What verifying a lake with a damaged hour and a damaged day of Silver may find. */
export const verifyReport: VerifyReport = {
  ...{ at: Date.UTC(2026, 10, 23, 16, 24), ms: 1_840, files: 212, bytes: 48_000_000, lines: 8_934 },
  ...{ strays: 1, known: 0, lost: 1 },
  problems: [
    { path: 'bronze/velib/2026-11-22/16.zip', problem: 'content', done: 'set_aside' },
    {
      ...{
        path: 'silver/station_status/source=velib/date=2026-11-22/day_20261122T000023.117Z_9f2c11.parquet',
      },
      ...{ problem: 'size', done: 'rebuilt' },
    },
  ],
};
