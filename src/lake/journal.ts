import type { ErrorCode, ErrorRecord } from '../errors.ts';

/** What became of an attempt to take a snapshot. */
export type Outcome = 'ok' | 'partial' | 'quarantined' | 'failed';

/** One attempt to take a snapshot: a row of the `snapshots` view. Times are milliseconds since the epoch, UTC. */
export interface SnapshotRow {
  /** When the answer was received; for an import or the sample, when its author received it. */
  readonly fetched_at: number;
  /** How that time is known, in the order of trust of the Silver contract. */
  readonly fetched_at_basis: string;
  readonly source: string;
  readonly origin: 'live' | 'import' | 'sample';
  readonly http_status: number | null;
  /** From the request to the last byte. */
  readonly duration_ms: number | null;
  /** Bytes of the CSV text, or of the body that was no snapshot. */
  readonly bytes: number;
  readonly rows: number;
  /** Rows that Silver accepted: one a station. */
  readonly stations: number;
  /** First 16 hex digits of the SHA-256 of the header's names in order. */
  readonly schema_fingerprint: string | null;
  readonly outcome: Outcome;
  readonly error_code: ErrorCode | null;
  readonly bronze_path: string | null;
  /** SHA-256 of the CSV text. */
  readonly content_hash: string | null;
  /** True when the content hash equals that of the snapshot before it. */
  readonly unchanged: boolean;
  /** How far the device's clock was behind true time, in milliseconds, where it was known to be off. */
  readonly clock_skew_ms?: number;
}

/**
 * A snapshot in short, for the years that a lake may hold: `[fetched_at, outcome, stations, CSV bytes, bikes]`, and the
 * fingerprint of its schema where its header has several (`Schema.contradicts`) and the names do not tell which.
 */
export type SnapshotBrief = [
  at: number,
  outcome: Outcome,
  stations: number,
  bytes: number,
  bikes: number | null,
  schema?: string,
];

/**
 * Why nothing was recorded for a while: the device slept, no page was open, recording was switched off, attempts
 * failed, the browser was offline, the portal's quota was spent, storage was full, or the recorder was held up.
 */
export const gapReasons = [
  'asleep',
  'closed',
  'stopped',
  'failed',
  'offline',
  'quota',
  'space',
  'busy',
] as const;
export type GapReason = (typeof gapReasons)[number];

/** A stretch without a snapshot where the pace asked for one: `[from, to, reason]`. */
export type Gap = [from: number, to: number, reason: GapReason];

export type Layer = 'bronze' | 'silver' | 'gold' | 'journal';

/** A file of the lake as the journal committed it. */
export interface FileEntry {
  readonly path: string;
  readonly layer: Layer;
  /** What is inside: `snapshot`, `hour`, `body`, or the table's name. */
  readonly table: string;
  readonly source: string;
  readonly bytes: number;
  /** Rows, or null where the file has none (a ZIP, a body kept verbatim). */
  readonly rows: number | null;
  readonly sha256: string;
  /** How many snapshots are inside, and the `fetched_at` of the first and the last one. */
  readonly snapshots: number;
  readonly from: number | null;
  readonly to: number | null;
  /** Bytes of the Bronze CSV text that the file holds or came from. */
  readonly csv_bytes: number;
  /** Of a rollup: what it was made of (`pipeline/rollup.ts`). It counts while its day holds just that. */
  readonly made_of?: string;
}

/** What Silver found in one snapshot. */
export interface SilverReport {
  readonly fetched_at: number;
  readonly accepted: number;
  readonly rejected: Readonly<Record<string, number>>;
  /** Values that could not be trusted and became NULL, by Silver column. */
  readonly discarded: Readonly<Record<string, number>>;
  /** Rows whose `last_reported` lies in the future. */
  readonly future: number;
  readonly bikes: number | null;
}

/** What the beginning of a table in a file tells. */
export interface InspectedTable {
  /** The file's own name, or that of a member of an archive. */
  readonly name: string;
  readonly envelope: string;
  /** Which schema the city published it in; null for one that nobody has seen. */
  readonly era: string | null;
  /** `status`: what stations had. `information`: what they are. */
  readonly content: 'status' | 'information';
  /** What tells its stations where their codes do not: GBFS station_ids, or names. */
  readonly station?: 'id' | 'name';
  /** How the time of its snapshots is known (`fetched_at_basis`). */
  readonly basis: string;
  /** The time of the first snapshot seen; of the only one where the table holds one. */
  readonly fetched_at: number | null;
  /** True where a column tells the poll: then the time cannot be corrected. */
  readonly series: boolean;
  /** Why it will be quarantined or refused. */
  readonly error: ErrorRecord | null;
}

/** What became of an imported table: rows = accepted + quarantined + rejected. */
export interface TableReport extends InspectedTable {
  readonly fingerprint: string | null;
  readonly from: number | null;
  readonly to: number | null;
  readonly snapshots: number;
  /** Snapshots that were in the lake already: their rows are counted in `rejected.known_snapshot`. */
  readonly known: number;
  readonly rows: number;
  readonly accepted: number;
  readonly quarantined: number;
  /** Rows by reason. */
  readonly rejected: Readonly<Record<string, number>>;
  /** Values that became NULL, by Silver column. */
  readonly discarded: Readonly<Record<string, number>>;
  /** Different names whose letters were lost before the file came, kept as they are; absent where there are none. */
  readonly garbled?: number;
}

/** What became of an imported file. */
export interface ImportReport {
  /** When it was imported. */
  readonly at: number;
  readonly name: string;
  readonly bytes: number;
  /** Where the original lies in the lake; null where it was not kept. */
  readonly path: string | null;
  /** True when the same file was imported before: nothing was added. */
  readonly known: boolean;
  readonly tables: readonly TableReport[];
  readonly error: ErrorRecord | null;
  /** How the time of the same bytes was known before, which gave way; absent where they are new, or another look. */
  readonly corrects?: { readonly fetched_at: number; readonly basis: string };
}

/** A header that a source has sent, as it was mapped when it was first seen. */
export interface Schema {
  readonly fingerprint: string;
  /** Fingerprint of the schema of the same header whose names came to hold other columns' values; absent where none did. */
  readonly contradicts?: string;
  readonly header: readonly string[];
  readonly era: string | null;
  readonly origin: SnapshotRow['origin'];
  readonly content: InspectedTable['content'];
  readonly station?: InspectedTable['station'];
  /** The source's name for each column of the contract; null where there is none. */
  readonly mapped: Readonly<Record<string, string | null>>;
  /** Required columns that no built-in alias maps, or columns whose names hold other columns' values. */
  readonly missing: readonly string[];
  /** What kind of values each column of the header held, in its order; null where it was empty. */
  readonly kinds: readonly (string | null)[];
}

/** Who mapped a schema that no built-in alias maps. */
export type MappedBy = 'accepted' | 'automatic';

/** How a file is not what the journal says of it. */
export type Problem = 'missing' | 'size' | 'content' | 'journal';

/** A file that was found damaged and cannot be made again. */
export interface Damage {
  readonly path: string;
  /** Null for a file of the journal, which is of all sources. */
  readonly source: string | null;
  readonly problem: Problem;
  /** Where what is left of it lies now; null where nothing is. */
  readonly moved: string | null;
  /** Instants of the snapshots that went with it: of Bronze, or of Silver that there is no Bronze of. */
  readonly lost: readonly number[];
}

/** What was found of a journal that was damaged or gone. */
export interface Recovery {
  readonly at: number;
  /** Lines that could not be read. */
  readonly lines: number;
  /** Files that no line told of, and that were taken into the lake again. */
  readonly adopted: number;
}

/** What happened, in order. `term` is the writer's fencing token: events of an older term than one seen do not count. */
export type JournalEvent = { readonly at: number; readonly term: number } & (
  | {
      readonly kind: 'term';
      /** Version of the lake's form, which a page that does not know it leaves alone; absent before there was one. */
      readonly format?: number;
      /** True when the writer before was ended in the middle of a line. */
      readonly torn?: true;
    }
  | {
      /** The writer is about to write into these folders: a later one looks there for what was left behind. */
      readonly kind: 'touch';
      readonly folders: readonly string[];
    }
  | {
      /** Nothing is left behind in the folders that were touched so far. */
      readonly kind: 'swept';
    }
  | {
      readonly kind: 'damage';
      readonly damages: readonly Damage[];
      /** What is kept of damaged files, in files of their own. */
      readonly files: readonly FileEntry[];
    }
  | ({ readonly kind: 'recovered' } & Omit<Recovery, 'at'>)
  | { readonly kind: 'attempt'; readonly snapshot: SnapshotRow; readonly file: FileEntry | null }
  | {
      readonly kind: 'commit';
      readonly source: string;
      readonly files: readonly FileEntry[];
      readonly replaces: readonly string[];
      readonly reports?: readonly SilverReport[];
      /** Station attributes seen but not yet long enough to open a version (`silver/versions.ts`). */
      readonly pending?: unknown;
      /** True when `files` hold every version of every station, false when they add to them. */
      readonly information?: boolean;
      /** Codes of stations whose prefix names another arrondissement than their position. */
      readonly misnamed?: readonly string[];
    }
  | {
      /** Written by the first attempt after it, or during it. */
      readonly kind: 'gap';
      readonly source: string;
      readonly from: number;
      readonly to: number;
      readonly reason: GapReason;
    }
  | { readonly kind: 'schema'; readonly source: string; readonly schema: Schema }
  | {
      readonly kind: 'mapping';
      readonly source: string;
      readonly fingerprint: string;
      /** A place in the header for columns of the contract (`silver/mapping.ts`), null for none. */
      readonly columns: Readonly<Record<string, unknown>>;
      readonly by: MappedBy;
    }
  | {
      /** What waits in a schema is left out of Silver and asked about no more, or again: Bronze keeps it. */
      readonly kind: 'aside';
      readonly source: string;
      readonly fingerprint: string;
      readonly aside: boolean;
    }
  | {
      readonly kind: 'import';
      readonly source: string;
      readonly report: ImportReport;
      /** When its snapshot was taken, as the user corrected it; and the file's own date. */
      readonly fetched_at: number | null;
      readonly file_date: number;
      /** UTC days of it that were deleted before, and were left out again. */
      readonly dropped: readonly string[];
      /** The original and what was made of it; nothing where the file was refused. */
      readonly files: readonly FileEntry[];
      readonly replaces: readonly string[];
      readonly snapshots: readonly SnapshotBrief[];
      /** Instants whose snapshot gave way to a more trusted one of the same instant, or whose time is better known now. */
      readonly withdrawn: readonly number[];
    }
  | {
      /** What a backup brought of one source: an hour, a day of which it has only Silver, or what lies between snapshots. */
      readonly kind: 'restore';
      readonly source: string;
      readonly files: readonly FileEntry[];
      /** Attempts whose Bronze is among the files, and those that brought none. */
      readonly snapshots: readonly SnapshotRow[];
      /** Snapshots of a UTC day that come as Silver alone, which is among the files. */
      readonly briefs: readonly SnapshotBrief[];
      /** True where that is not all of the day, or its Bronze was not dropped: a rebuild then goes through it. */
      readonly mixed?: true;
      readonly gaps: readonly Gap[];
      /** Its Bronze that was set aside as damaged, and is so again, or of which Silver alone could be taken. Absent where there is none. */
      readonly damages?: readonly Damage[];
    }
  | {
      /** The user deletes everything. The journal itself goes last: as the last event that counts this tells that files are left. */
      readonly kind: 'clear';
    }
  | {
      readonly kind: 'drop';
      readonly source: string;
      readonly day: string;
      readonly paths: readonly string[];
      readonly reason: 'user' | 'retention';
    }
);
