import type { ErrorCode } from '../errors.ts';

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
}

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

/** What happened, in order. `term` is the writer's fencing token: events of an older term than one seen do not count. */
export type JournalEvent = { readonly at: number; readonly term: number } & (
  | { readonly kind: 'term' }
  | { readonly kind: 'attempt'; readonly snapshot: SnapshotRow; readonly file: FileEntry | null }
  | {
      readonly kind: 'commit';
      readonly source: string;
      readonly files: readonly FileEntry[];
      readonly replaces: readonly string[];
      readonly reports?: readonly SilverReport[];
      /** Station attributes seen but not yet long enough to open a version (`silver/versions.ts`). */
      readonly pending?: unknown;
      /** Codes of stations whose prefix names another arrondissement than their position. */
      readonly misnamed?: readonly string[];
    }
  | {
      readonly kind: 'drop';
      readonly source: string;
      readonly day: string;
      readonly paths: readonly string[];
      readonly reason: 'user' | 'retention';
    }
);

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/**
 * The events of a journal file, and how many lines of it could not be read: a line is torn when the writer was
 * ended in the middle of it, and the next writer goes on behind it in a line of its own.
 */
export function parseJournal(bytes: Uint8Array): { events: JournalEvent[]; torn: number } {
  const events: JournalEvent[] = [];
  let torn = 0;
  for (const line of decoder.decode(bytes).split('\n')) {
    if (line === '') continue;
    const event = parseLine(line);
    if (event) events.push(event);
    else torn += 1;
  }
  return { events, torn };
}

function parseLine(line: string): JournalEvent | null {
  try {
    return JSON.parse(line) as JournalEvent;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Events as the lines of a journal file. */
export function formatEvents(events: readonly JournalEvent[]): Uint8Array<ArrayBuffer> {
  return encoder.encode(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}
