import type {
  Damage,
  FileEntry,
  Gap,
  ImportReport,
  MappedBy,
  Recovery,
  Schema,
  SnapshotBrief,
  SnapshotRow,
} from './journal.ts';
import { noLeftovers, type Leftovers } from './leftovers.ts';

/** A schema with what came in it. */
export interface SchemaState extends Schema {
  /** `fetched_at` of the first and the last snapshot in it; null before the first. */
  first: number | null;
  last: number | null;
  snapshots: number;
  /** What an accepted mapping maps beyond the built-in aliases (places in the header), and whose word that was. */
  accepted: { readonly columns: Readonly<Record<string, unknown>>; readonly by: MappedBy } | null;
  /** True where the user has set aside what waits in it. */
  aside?: boolean;
  readonly discarded: Record<string, number>;
  readonly rejected: Record<string, number>;
}

/** A file that was imported, or an attempt to. */
export interface ImportState {
  readonly report: ImportReport;
  /** SHA-256 of the original; null where it was not kept. */
  readonly sha256: string | null;
  /** When its snapshot was taken, as the user corrected it; and the file's own date. */
  readonly fetched_at: number | null;
  readonly file_date: number;
  /** UTC days that were deleted since: a rebuild leaves them out. */
  readonly dropped: string[];
}

/** What the lake knows of one source. */
export interface SourceState {
  /** Snapshots of each UTC day in the order of `fetched_at`; failed attempts are left to the journal. */
  readonly days: Record<string, SnapshotBrief[]>;
  /** Snapshots whose Bronze is committed and whose Silver is not yet, by Bronze path. */
  readonly waiting: Record<string, SnapshotRow>;
  /** Snapshots that wait for a mapping, by Bronze path. */
  readonly quarantine: Record<string, SnapshotRow>;
  /** By fingerprint. */
  readonly schemas: Record<string, SchemaState>;
  readonly imports: ImportState[];
  /** The newest snapshot that answers may stand on. */
  newest: SnapshotRow | null;
  /** The last attempt: in the order of the journal, since the device's clock may have been set back. */
  last: SnapshotRow | null;
  /** `fetched_at` of the last attempt that brought a snapshot, in the order of the journal. */
  recorded: number | null;
  /** Stretches without a snapshot, oldest first; those that touch, for one reason, are one. */
  readonly gaps: Gap[];
  /** Station attributes seen but not yet long enough to open a version (`silver/versions.ts`). */
  pending: unknown;
  /** True when snapshots came by import or out of the order of time, and station versions must be decided anew. */
  stale: boolean;
  /** UTC days whose recorded Bronze was dropped as too old: their Silver is all there is of them. */
  without_bronze: string[];
  /** UTC days in whose journal stands what backups brought: attempts of any day. */
  readonly restored: string[];
}

/** The lake as it stands: the fold of its journal, and nothing else. As JSON it is a checkpoint. */
export interface LakeState {
  /** Version of this form. */
  readonly format: typeof FORMAT;
  term: number;
  readonly files: Record<string, FileEntry>;
  readonly sources: Record<string, SourceState>;
  readonly leftovers: Leftovers;
  /** Files that were found damaged, and could not be made again. */
  readonly damages: Damage[];
  /** The last time that the journal had to be rebuilt from the files; null where it never had. */
  recovered: Recovery | null;
}

/** Version of the lake's form that this page writes; it opens older ones (`migrations.ts`). */
export const FORMAT = 3;

export function emptyState(): LakeState {
  const nothing = { files: {}, sources: {}, leftovers: noLeftovers(), damages: [], recovered: null };
  return { format: FORMAT, term: 0, ...nothing };
}

export function emptySource(): SourceState {
  return {
    ...{ days: {}, waiting: {}, quarantine: {}, schemas: {}, imports: [], gaps: [] },
    ...{ newest: null, last: null, recorded: null, pending: null, stale: false, without_bronze: [] },
    restored: [],
  };
}

/** A source's part of the state, made if the source is new. */
export function sourceState(state: LakeState, source: string): SourceState {
  return (state.sources[source] ??= emptySource());
}

/** The instant up to which a source's record is told of, by snapshots or by gaps; null where there is none. */
export function accountedUntil({ recorded, gaps }: SourceState): number | null {
  const gap = gaps.at(-1)?.[1];
  return recorded === null || gap === undefined ? recorded : Math.max(recorded, gap);
}
