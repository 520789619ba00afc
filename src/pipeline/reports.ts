import type { ErrorRecord } from '../errors.ts';
import type { ImportReport, InspectedTable, MappedBy, Problem, SnapshotRow } from '../lake/journal.ts';
import type { Accepted } from '../silver/mapping.ts';
import type { Proposal } from '../silver/proposal.ts';

/** A file that the user brings. */
export interface ImportFile {
  readonly file: File;
  /** When its snapshot was taken, as the user corrected it (ms since the epoch, UTC); null: as the file tells. */
  readonly fetched_at: number | null;
}

/** What the beginning of a file tells, before it is imported. */
export interface Inspection {
  readonly name: string;
  readonly bytes: number;
  readonly tables: readonly InspectedTable[];
  /** Why the file cannot be read at all. */
  readonly error: ErrorRecord | null;
  /** True where it is the backup of a lake, which is restored and not imported. */
  readonly backup?: boolean;
}

/** A file that was not as the lake's journal says, and what became of it. */
export interface VerifyProblem {
  readonly path: string;
  readonly problem: Problem;
  /**
   * `rebuilt` from Bronze or from what the page knows, or `partly`, where some of it is lost; `dropped`, since it is made again by itself; `set_aside` below
   * `damaged/`; `noted`: what the journal told there is known, but can no longer be read; `lost`.
   */
  readonly done: 'rebuilt' | 'partly' | 'dropped' | 'set_aside' | 'noted' | 'lost';
}

/** What reading all of a lake found. */
export interface VerifyReport {
  readonly at: number;
  readonly ms: number;
  readonly files: number;
  readonly bytes: number;
  /** Lines of the journal. */
  readonly lines: number;
  /** Files that belong to nothing. */
  readonly strays: number;
  /** Files that were found damaged before and could not be made again. */
  readonly known: number;
  /** Snapshots that neither Bronze nor Silver hold any more, and did before. */
  readonly lost: number;
  readonly problems: readonly VerifyProblem[];
}

/** A file of a lake, or of a backup, that is not what it was. Paths of members: `…/16.zip/<name>`. */
export interface LostFile {
  readonly path: string;
  /** `conflict`: the lake has another snapshot of the same instant. */
  readonly reason: 'missing' | 'damaged' | 'conflict';
  /** Snapshots in it, as far as is known; of one that a restoring could not take, those that did not come otherwise. */
  readonly snapshots: number;
}

/** What a backup holds. */
export interface BackupSize {
  /** Members of the ZIP: its guide, the licence, the check sums and the journal, too. */
  readonly files: number;
  /** Length of the ZIP. */
  readonly bytes: number;
}

/** What became of a backup. */
export interface BackupReport extends BackupSize {
  /** Of the ZIP. */
  readonly name: string;
  /** Files that had been set aside as damaged, and are in it below `damaged/`. */
  readonly aside: number;
  /** Files that did not have their check sum, or were gone. */
  readonly lost: readonly LostFile[];
  /** What the page is to hand to the visitor; null where it was written to a chosen file. */
  readonly file: File | null;
}

/** What became of the restoring of a backup. */
export interface RestoreReport {
  /** Of the ZIP, with its bytes. */
  readonly name: string;
  readonly bytes: number;
  /** Snapshots that came in, those of imported files too, and those that were there. */
  readonly added: number;
  readonly known: number;
  /** Imported files that came in. */
  readonly imports: number;
  /** Files that had been set aside as damaged, and are so again. */
  readonly aside: number;
  /** Time of the first and of the last snapshot that came in. */
  readonly from: number | null;
  readonly to: number | null;
  /** What could not be taken. */
  readonly lost: readonly LostFile[];
}

/** One schema that the source has sent: a header and how it maps. */
export interface SchemaEntry {
  readonly fingerprint: string;
  readonly header: readonly string[];
  readonly era: string | null;
  readonly origin: SnapshotRow['origin'];
  /** `information`: what stations are, without counts. */
  readonly content: InspectedTable['content'];
  /** What its stations are told by; null where that is their codes. */
  readonly station: 'id' | 'name' | null;
  /** `fetched_at` of the first and the last snapshot in it. */
  readonly first: number;
  readonly last: number;
  readonly snapshots: number;
  /** Rows of imported files that wait for a mapping: what they hold of snapshots is not known until then. */
  readonly rows_waiting: number;
  /** The source's names that held other columns' values, against an earlier schema of the same header. */
  readonly contradicts: readonly string[];
  /** True where the user has set aside what waits in it. */
  readonly aside: boolean;
  /** Who mapped it; null while it is quarantined. */
  readonly by: 'built_in' | MappedBy | null;
  /** The contract's columns and the source's names they come from. */
  readonly mapped: readonly { readonly column: string; readonly from: string | null }[];
  /** Against the schema before it in time of the same content; null for the first. */
  readonly changes: SchemaChanges | null;
  readonly discarded: Readonly<Record<string, number>>;
  readonly rejected: Readonly<Record<string, number>>;
}

export interface SchemaChanges {
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly renamed: readonly { readonly column: string; readonly from: string; readonly to: string }[];
  /** The same name with another kind of value. */
  readonly retyped: readonly { readonly name: string; readonly from: string; readonly to: string }[];
}

/** A few rows of a table, for the eye. */
export interface Excerpt {
  readonly header: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** A schema that needs a word of the user: quarantined snapshots, or columns that went missing beside them. */
export interface DriftEntry {
  readonly fingerprint: string;
  /** True when its snapshots wait in quarantine; false when recording goes on without the missing columns. */
  readonly quarantined: boolean;
  /** Recorded snapshots in it, and rows of imported files: of both, those that wait where it is quarantined. */
  readonly snapshots: number;
  readonly rows: number;
  readonly first: number;
  readonly last: number;
  readonly proposal: Proposal;
  /** Where names lead for the columns whose values they no longer hold: what is accepted to leave all as it is. */
  readonly asNamed: Accepted;
  /** A few stations in the last good snapshot, and now: the same ones, or the first rows where no column tells which. */
  readonly before: Excerpt | null;
  readonly after: Excerpt;
  readonly isSame: boolean;
}

/** What waits in a schema that the user has set aside. */
export type AsideEntry = Pick<DriftEntry, 'fingerprint' | 'snapshots' | 'rows' | 'first' | 'last'>;

/** A row that could not be trusted. */
export interface RejectExample {
  readonly fetched_at: number;
  readonly reason: string;
  readonly station_code: string | null;
  readonly row_text: string;
}

/** Everything that the Health view shows. */
export interface Health {
  /** In the order of their first snapshot. */
  readonly schemas: readonly SchemaEntry[];
  readonly drift: readonly DriftEntry[];
  readonly aside: readonly AsideEntry[];
  readonly imports: readonly ImportReport[];
  readonly rejects: readonly RejectExample[];
  /** At or above this confidence a proposal may be applied on its own, where the user allows it. */
  readonly automatic_from: number;
}

/** How far a folder on disk is in step with the lake. */
export interface MirrorState {
  /** Files of the lake that are not in the folder as they are in the lake, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Files that were left out, since the lake does not have them as they were written. */
  readonly lost: number;
  /** When the folder had all for the last time in this visit (ms since the epoch); null before. */
  readonly at: number | null;
  readonly running: boolean;
  /** What ended the last round; `mirror.permission` where the browser wants to be asked again. */
  readonly error: ErrorRecord | null;
}

/** A mirror, and the folder that was chosen for it. */
export interface MirrorStatus extends MirrorState {
  readonly folder: FileSystemDirectoryHandle;
}
