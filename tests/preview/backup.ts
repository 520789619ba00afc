import type { BackupReport, RestoreReport } from '../../src/pipeline/protocol.ts';

const name = 'velolac-2026-11-23.zip';

/** What became of a backup in the preview. */
export function backupOf(): BackupReport {
  return {
    name,
    bytes: 2_098_400_000,
    files: 418,
    aside: 1,
    lost: [],
    file: new File(['not a real backup'], name),
  };
}

/** What became of its restoring: most came in, some did not. */
export function restoreOf({ name: given, size }: File): RestoreReport {
  const hour = 'bronze/velib/2026-11-22/16.zip';
  return {
    ...{ name: given, bytes: size, added: 1_311, known: 122, imports: 2, aside: 1 },
    ...{ from: Date.UTC(2026, 10, 21, 6, 14), to: Date.UTC(2026, 10, 23, 15, 59) },
    lost: [
      { path: `${hour}/velib_20261122T162400.123Z_a41f90.csv`, reason: 'damaged', snapshots: 1 },
      { path: `${hour}/velib_20261122T162500.087Z_77be02.csv`, reason: 'conflict', snapshots: 1 },
      { path: 'bronze/velib/2026-11-22/17.zip', reason: 'missing', snapshots: 60 },
    ],
  };
}
