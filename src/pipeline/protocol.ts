import type { ErrorRecord } from '../errors.ts';
import type { Answers, Selection } from '../gold/answers.ts';
import type { GoldQuestion } from '../gold/questions.ts';
import type { Layer, Outcome, SnapshotRow } from '../lake/journal.ts';

/** The rooms a snapshot passes through, in order: what the medallion strip shows. */
export const stages = ['fetch', 'bronze', 'silver', 'gold'] as const;
export type Stage = (typeof stages)[number];

/** The two lakes: what was recorded here, and the bundled recording. They share no byte. */
export type World = 'live' | 'sample';

export type { Outcome, SnapshotRow };

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
  /** UTC day of the path, YYYY-MM-DD, where it has one. */
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

/** One quarter-hour slot of the coverage line: how many snapshots it holds. */
export interface CoverageSlot {
  readonly from: number;
  readonly snapshots: number;
  readonly bikes: number | null;
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
  readonly recording: boolean;
  /** When the next snapshot is due, or null. */
  readonly next_at: number | null;
  readonly newest: SnapshotRow | null;
  /** The last attempt to reach the portal that failed, until one succeeds; in the sample world, the last probe. */
  readonly failure: { readonly at: number; readonly error: ErrorRecord } | null;
  /** True in the sample world once the live portal has answered. */
  readonly live_available: boolean;
  readonly quota: {
    readonly limit: number;
    readonly remaining: number;
    readonly reset_at: number | null;
  } | null;
  readonly totals: LakeTotals;
  readonly coverage: readonly CoverageSlot[];
  /** Share of the coverage line's span that was observed, 0–1. */
  readonly observed: number;
}

export type PipelineEvent =
  | { readonly kind: 'stage'; readonly report: StageReport }
  | { readonly kind: 'status'; readonly status: LakeStatus }
  | { readonly kind: 'answers'; readonly answers: Answers }
  | { readonly kind: 'error'; readonly error: ErrorRecord };

/** How the page opens a lakehouse. */
export interface OpenOptions {
  /** Base address of the portal, or null for the default one. */
  readonly portal: string | null;
  /** Absolute address of the page's folder, for the boundaries and the sample. */
  readonly base: string;
  /** Whether the switch *Record every minute* is on. */
  readonly recording: boolean;
  /** Null: live, unless the lake is empty and the portal silent. */
  readonly world: World | null;
  /** `2026-11-23T23:50:00Z*60`: a start and a rate for the recorder's clock, so that a test can run an hour in a minute. */
  readonly clock: string | null;
}

/** What the recorder worker does for the page. Every method rejects with a `VelolacError`. */
export interface Recorder {
  /** Opens the lake, then tells: status, kept answers, then the first snapshot's stages. Listener may be called at once. */
  open(options: OpenOptions, listener: (event: PipelineEvent) => void): Promise<void>;
  record(): Promise<void>;
  setRecording(on: boolean): Promise<void>;
  setWorld(world: World): Promise<void>;
  answer(selection: Selection): Promise<Answers>;
  /** All snapshots with rows, oldest first, as `fetched_at`. */
  instants(): Promise<readonly number[]>;
  files(): Promise<readonly LakeFileRow[]>;
  /** Members of a closed hour's ZIP, as files that `download` takes. */
  members(path: string): Promise<readonly LakeFileRow[]>;
  download(path: string): Promise<Uint8Array<ArrayBuffer>>;
  /** The rows of one Gold answer as ZSTD Parquet. */
  exportAnswer(question: GoldQuestion, selection: Selection): Promise<Uint8Array<ArrayBuffer>>;
  deleteDay(day: string): Promise<void>;
  deleteAll(): Promise<void>;
}

export type { GoldQuestion };
