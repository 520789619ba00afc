import type { ErrorRecord } from '../errors.ts';
import type { Analyses, AnalysisFilters, AnalysisWindow } from '../gold/analysisRows.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import type { Frames } from '../gold/frames.ts';
import type { GoldQuestion } from '../gold/questions.ts';
import type { Estimate } from '../lake/estimate.ts';
import type { ReportAge, StationChange } from '../gold/reports.ts';
import type { StationHabits, StationHistory } from '../gold/station.ts';
import type {
  Gap,
  GapReason,
  ImportReport,
  InspectedTable,
  Layer,
  Outcome,
  Recovery,
  SnapshotRow,
  TableReport,
} from '../lake/journal.ts';
import type { Place } from '../silver/mapping.ts';
import type { Attempt } from './attempts.ts';
import type { Calendar, HourRecord } from './calendar.ts';
import type { Forecast } from './forecast.ts';
import type { Traffic } from '../sources/traffic.ts';
import type { PaceSetting, PaceStatus } from './pace.ts';
import type {
  BackupReport,
  BackupSize,
  Health,
  ImportFile,
  Inspection,
  MirrorStatus,
  RestoreReport,
  VerifyReport,
} from './reports.ts';

/** The rooms a snapshot passes through, in order: what the medallion strip shows. */
export const stages = ['fetch', 'bronze', 'silver', 'gold'] as const;
export type Stage = (typeof stages)[number];

/** The two lakes: what was recorded here, and the bundled recording. They share no byte. */
export type World = 'live' | 'sample';

export type { Gap, GapReason, PaceSetting, PaceStatus };
export type { ImportReport, InspectedTable, Outcome, Recovery, SnapshotRow, TableReport };
export type * from './reports.ts';
export type * from '../gold/analysisRows.ts';
export { freeOf } from '../gold/analysisRows.ts';
export { dayTypes, type DayType } from '../gold/calendar.ts';
export { metresBetween, type Position } from '../silver/distance.ts';

/** What a stage last did. */
export interface StageReport {
  readonly stage: Stage;
  readonly status: 'idle' | 'running' | 'done' | 'failed';
  /** Wall time of the stage in milliseconds, once it is over. */
  readonly ms: number | null;
  /** Rows in, files or answers out, bytes written: what the stage has to show. */
  readonly rows: number | null;
  readonly bytes: number | null;
  readonly error: ErrorRecord | null;
}

/** A file of the lake. `rows` is null where a file has none (a ZIP, a body kept verbatim). */
export interface LakeFileRow {
  readonly path: string;
  readonly layer: Layer;
  readonly bytes: number;
  readonly rows: number | null;
  /** Snapshots inside: 1 for a CSV, n for a ZIP or a compacted Parquet. */
  readonly snapshots: number | null;
  /** `fetched_at` of the first and the last snapshot inside, where it has any. */
  readonly from: number | null;
  readonly to: number | null;
  /** UTC day that takes it along when it is deleted, YYYY-MM-DD; null where none does. */
  readonly day: string | null;
}

/** Sizes before and after compaction, for the Lake view's ratio. Bytes. */
export interface LakeTotals {
  readonly snapshots: number;
  readonly rows: number;
  /** CSV text of all snapshots, as sent; the ZIPs that hold the closed hours of it are smaller. */
  readonly bronze_csv_bytes: number;
  readonly bronze_stored_bytes: number;
  readonly silver_bytes: number;
  readonly gold_bytes: number;
  /** Silver of compacted hours and days, and the Bronze CSV text it came from. */
  readonly compacted_silver_bytes: number;
  readonly compacted_bronze_csv_bytes: number;
  readonly first: number | null;
  readonly last: number | null;
}

/** All that was recorded, by the quarter-hour. */
export interface RecordedQuarters {
  /** End of the first quarter-hour, milliseconds since the epoch, on the clock's grid. */
  readonly first: number;
  /**
   * A quarter-hour each, up to that of the newest snapshot: the bikes that its last snapshot counts, below zero where it
   * has none. A snapshot belongs to the quarter-hour that it lies before the end of, or at it: so the last one tells what
   * there was when the quarter-hour ended.
   */
  readonly bikes: Int32Array;
}

/** Everything the page shows beside the answers; sent whole after each change. */
export interface LakeStatus {
  readonly world: World;
  /** Source id: `velib`, or `velib@host` for another portal. */
  readonly source: string;
  /** Base address of the portal, without a slash at the end. */
  readonly portal: string;
  /** True when files outlive the visit; false in memory-only mode. */
  readonly persistent: boolean;
  /** True when this tab records and writes. */
  readonly writer: boolean;
  /** Since when a tab records and writes, this one or another; null until it is heard of. */
  readonly writing_since: number | null;
  readonly recording: boolean;
  /** When the next snapshot is due, or null. */
  readonly next_at: number | null;
  readonly pace: PaceStatus;
  /** Minutes that a snapshot speaks for at most: what lies beyond counts as not observed. */
  readonly reach: number;
  /** What a snapshot takes of the connection; null before the first of this visit. */
  readonly traffic: Traffic | null;
  /** How far the device's clock is behind true time (below zero: ahead), in milliseconds; null where it is right. */
  readonly clock_skew: number | null;
  readonly newest: SnapshotRow | null;
  /** The last attempt that failed, until one succeeds or its schema is mapped; in the sample world, the last probe. */
  readonly failure: { readonly at: number; readonly error: ErrorRecord } | null;
  /** True in the sample world once the live portal has answered. */
  readonly live_available: boolean;
  /** That the journal had to be rebuilt from the files, for a day; else null. */
  readonly recovered: Recovery | null;
  /** How many schemas wait for a word of the user. */
  readonly waiting_schemas: number;
  readonly quota: {
    readonly limit: number;
    readonly remaining: number;
    readonly reset_at: number | null;
  } | null;
  readonly totals: LakeTotals;
}

/** Long work that can be stopped. */
export interface Work {
  readonly task: 'import' | 'rebuild' | 'backup' | 'restore' | 'verify' | 'recover';
  /** A file's name or path, or a day. */
  readonly subject: string;
  /** 0–1 over all of the work. */
  readonly share: number;
}

/** Which stations came and went between two snapshots. */
export interface StationChanges {
  /** `fetched_at` of the two. */
  readonly from: number;
  readonly to: number;
  readonly changes: readonly StationChange[];
}

/** What takes room, how much there is, and how long it lasts. Bytes. */
export interface Space extends Estimate {
  /** Files of the lake, of all its sources. */
  readonly layers: Readonly<Record<Layer, number>>;
  /** Whether the browser has promised to keep the lake; null where it cannot be asked. */
  readonly persisted: boolean | null;
  readonly forecast: Forecast | null;
  /** UTC days whose Bronze was dropped: their Silver stays as it is. */
  readonly without_bronze: readonly string[];
  /** UTC days that are old enough to lose their Bronze, and whose Silver does not vouch for it. */
  readonly unverified: readonly string[];
  /** What a backup of the lake would be; null where there is nothing to back up. */
  readonly backup: BackupSize | null;
}

export type PipelineEvent =
  | { readonly kind: 'work'; readonly work: Work | null }
  | { readonly kind: 'stage'; readonly report: StageReport }
  | { readonly kind: 'status'; readonly status: LakeStatus }
  | { readonly kind: 'answers'; readonly answers: Answers }
  | { readonly kind: 'mirror'; readonly mirror: MirrorStatus | null }
  | { readonly kind: 'error'; readonly error: ErrorRecord };

/** How the page opens a lakehouse. */
export interface OpenOptions {
  /** Base address of the portal, or null for the default one. */
  readonly portal: string | null;
  /** Absolute address of the page's folder, for the boundaries and the sample. */
  readonly base: string;
  /** Whether recording is switched on. */
  readonly recording: boolean;
  readonly pace: PaceSetting;
  /** Null: live, unless the lake is empty and the portal silent. */
  readonly world: World | null;
  /** `2026-11-23T23:50:00Z*60`: a start and a rate for the recorder's clock, so that a test can run an hour in a minute. */
  readonly clock: string | null;
  /** Whether a sure proposal for an unknown schema may be applied without asking. */
  readonly automatic: boolean;
  /** After how many days recorded Bronze may be dropped; null keeps all. */
  readonly retention: number | null;
}

/** What the recorder worker does for the page. Every method rejects with a `VelolacError`. */
export interface Recorder {
  /** Opens the lake, then tells: status, kept answers, then the first snapshot's stages. Listener may be called at once. */
  open(options: OpenOptions, listener: (event: PipelineEvent) => void): Promise<void>;
  record(): Promise<void>;
  setRecording(on: boolean): Promise<void>;
  setPace(pace: PaceSetting): Promise<void>;
  setWorld(world: World): Promise<void>;
  answer(selection: Selection): Promise<Answers>;
  /**
   * The analyses of a window of time, from its first snapshot on, through filters; null where nothing was recorded in it.
   * The first question about a window reads it, and `early` gets what its areas tell before its stations are asked; those
   * after it are quick.
   */
  analyses(
    window: AnalysisWindow,
    filters: AnalysisFilters,
    early: (answers: Analyses) => void,
  ): Promise<Analyses | null>;
  /** All snapshots with rows, oldest first, as `fetched_at`. */
  instants(): Promise<readonly number[]>;
  /** All that was recorded, by the quarter-hour; null before the first snapshot. */
  recorded(): Promise<RecordedQuarters | null>;
  /** What the stations held at each quarter-hour of a UTC day; null where nothing was recorded. */
  frames(day: string): Promise<Frames | null>;
  files(): Promise<readonly LakeFileRow[]>;
  /** Members of a closed hour's ZIP, as files that `download` takes. */
  members(path: string): Promise<readonly LakeFileRow[]>;
  download(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The rows of one Gold answer as ZSTD Parquet. */
  exportAnswer(question: GoldQuestion, selection: Selection): Promise<Uint8Array<ArrayBuffer>>;
  /** Reads the beginning of files. */
  inspect(files: readonly File[]): Promise<readonly Inspection[]>;
  /** Imports files one after the other; `work` events tell how far it is. What is done when it is stopped stays. */
  importFiles(files: readonly ImportFile[]): Promise<readonly ImportReport[]>;
  /** Fetches a file from an address whose host allows it. Rejects with `portal.*` or `import.*`. */
  fetchFile(address: string): Promise<File>;
  /** Writes Silver and Gold anew from Bronze: of a UTC day, or all. Until it is done the old Silver answers. */
  rebuild(day: string | null): Promise<void>;
  /**
   * Writes the whole lake as one ZIP: into the file that the visitor has chosen, or into one that the page hands over
   * (`file`). Rejects with `backup.no_room`, `engine.aborted`, `lake.*`.
   */
  backUp(target: FileSystemFileHandle | null): Promise<BackupReport>;
  /** Removes what `backUp` left to be handed over. */
  sweepBackup(): Promise<void>;
  /**
   * Keeps a folder on disk in step with the live lake from now on, and in later visits; null stops. `mirror` events tell
   * how far it is. Rejects with `mirror.*`, and `lake.not_writer` in a tab that only reads.
   */
  mirrorTo(folder: FileSystemDirectoryHandle | null): Promise<void>;
  /** Merges a backup into the live lake. Rejects with `backup.*`, `lake.*`, `engine.aborted`; what is done stays. */
  restore(file: File): Promise<RestoreReport>;
  /** Stops long work, which then rejects with `engine.aborted`. */
  stopWork(): Promise<void>;
  /** Reads every file of the lake and its journal, and repairs what can be repaired. Rejects with `engine.aborted`. */
  verify(): Promise<VerifyReport>;
  health(): Promise<Health>;
  /** Maps columns of the contract for a schema, and replays what waited for it. */
  acceptMapping(fingerprint: string, columns: Readonly<Record<string, Place | null>>): Promise<void>;
  /** Leaves out what waits in a schema, or takes it up again. */
  setAside(fingerprint: string, aside: boolean): Promise<void>;
  setAutomatic(on: boolean): Promise<void>;
  deleteDay(day: string): Promise<void>;
  deleteAll(): Promise<void>;
  /** The record by the hour, and its gaps. Spans are milliseconds since the epoch, both ends included. */
  calendar(from: number, to: number): Promise<Calendar>;
  /** Every attempt to record, good or bad, oldest first. */
  attempts(from: number, to: number): Promise<readonly Attempt[]>;
  /** How old the stations' own reports were in each snapshot of a span, oldest first. */
  reportAges(from: number, to: number): Promise<readonly ReportAge[]>;
  /** The newest snapshot's stations against those of a day before; null where there are not two snapshots. */
  stationChanges(): Promise<StationChanges | null>;
  /** What one station did in a span; null where no good snapshot lies in it. */
  stationHistory(code: string, from: number, to: number): Promise<StationHistory | null>;
  /** What is usual at one station, as the four weeks up to an instant tell; null where no good snapshot lies in them. */
  stationHabits(code: string, to: number): Promise<StationHabits | null>;
  space(): Promise<Space>;
  /** Drops recorded Bronze older than so many days, where its Silver vouches for it; null keeps all. */
  setRetention(days: number | null): Promise<void>;
  /** Resolves once the work under way is over; from then on nothing is recorded. For a page that reloads. */
  rest(): Promise<void>;
}

export type { Attempt, Calendar, Frames, GoldQuestion, HourRecord, ReportAge, StationHabits, StationHistory };
export type { MovementRow, ServiceRow, StockRun, UsualRow, WeekRow } from '../gold/station.ts';
