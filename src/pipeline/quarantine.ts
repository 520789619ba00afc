import type { SnapshotRow } from '../lake/journal.ts';
import { sourceState, type ImportState, type LakeState } from '../lake/state.ts';

/** What came in a schema that nothing maps yet, and waits in Bronze. */
export interface Quarantine {
  readonly fingerprint: string;
  /** Recorded snapshots, in the order of time. */
  readonly snapshots: readonly SnapshotRow[];
  /** Imported files that hold tables of the schema, and how many rows those have. */
  readonly imports: readonly ImportState[];
  readonly rows: number;
  /** True where the user has set it aside. */
  readonly aside: boolean;
  /** Instants of the first and the last of it, or the date of a file that tells none (ms since the epoch). */
  readonly first: number;
  readonly last: number;
}

/** Whether the lake has the original of an import: not of one that was refused, or went with its day. */
export function isKept({ files }: LakeState, { report: { path } }: ImportState): boolean {
  return path !== null && path in files;
}

/** What waits for a mapping in a source: one entry a schema, recorded ones first. */
export function quarantines(state: LakeState, source: string): Quarantine[] {
  const { quarantine, imports, schemas } = sourceState(state, source);
  const found = new Map<string, Quarantine>();
  const add = (fingerprint: string, at: number, more: (before: Quarantine) => Partial<Quarantine>): void => {
    const aside = schemas[fingerprint]?.aside ?? false;
    const none = { fingerprint, snapshots: [], imports: [], rows: 0, aside, first: at, last: at };
    const before = found.get(fingerprint) ?? none;
    const [first, last] = [Math.min(before.first, at), Math.max(before.last, at)];
    found.set(fingerprint, { ...before, first, last, ...more(before) });
  };
  for (const snapshot of Object.values(quarantine).sort((a, b) => a.fetched_at - b.fetched_at)) {
    add(snapshot.schema_fingerprint!, snapshot.fetched_at, ({ snapshots }) => ({
      snapshots: [...snapshots, snapshot],
    }));
  }
  for (const one of imports.filter((one) => isKept(state, one))) {
    for (const { fingerprint, quarantined, fetched_at } of one.report.tables) {
      if (fingerprint === null || quarantined === 0) continue;
      add(fingerprint, fetched_at ?? one.file_date, ({ imports, rows }) => ({
        imports: imports.includes(one) ? imports : [...imports, one],
        rows: rows + quarantined,
      }));
    }
  }
  return [...found.values()];
}
