import { gzipSync } from 'fflate';
import { readHeader, readRows, toCsv } from '../bronze/csv.ts';
import { VelolacError } from '../errors.ts';
import type { FileEntry, Outcome, SnapshotRow } from '../lake/journal.ts';
import type { EventDraft, Lake } from '../lake/lake.ts';
import { bronzePath, dayOf, sha256 } from '../lake/names.ts';
import { sourceState, type SourceState } from '../lake/state.ts';
import { lackingIn, SAMPLE_ROWS, tryMapTable, type Accepted, type Mapping } from '../silver/mapping.ts';
import { flatten, type Table } from '../sources/flatten.ts';
import type { Answer } from '../sources/portal.ts';
import { fingerprintOf, schemaOf } from './schema.ts';

/** An answer on its way into the lake, with where it comes from and how its time is known. */
export interface Incoming extends Pick<Answer, 'http_status' | 'body' | 'records' | 'error'> {
  readonly source: string;
  readonly origin: SnapshotRow['origin'];
  readonly fetched_at: number;
  readonly fetched_at_basis: string;
  readonly duration_ms: number | null;
  /** How far the device's clock was behind true time; null where it is right as far as anybody knows. */
  readonly clock_skew_ms?: number | null;
}

/** A snapshot whose Bronze is committed, and how it maps. */
export interface Staged {
  readonly snapshot: Pick<SnapshotRow, 'fetched_at' | 'fetched_at_basis' | 'bytes' | 'bronze_path'>;
  readonly header: readonly string[];
  readonly mapping: Mapping;
  readonly csv: string;
}

export interface StageResult {
  readonly snapshot: SnapshotRow;
  /** The CSV, when Silver can take it. */
  readonly staged: Staged | null;
  /** Why it is no snapshot, or why Silver must wait. */
  readonly error: VelolacError | null;
}

/** Under this share of the stations of the last good snapshot, a snapshot is partial: answers stay on the last good one. */
const WHOLE = 0.5;

/**
 * Bronze: writes the snapshot's CSV, or the answer that is none verbatim, and journals the attempt with it.
 * When this resolves with a path, the snapshot is acknowledged. Rejects with `lake.*` errors.
 */
export async function stage(lake: Lake, incoming: Incoming): Promise<StageResult> {
  const { source, fetched_at } = incoming;
  const own = { ...incoming, fetched_at: ownInstant(sourceState(lake.state, source), fetched_at) };
  return own.records ? stageSnapshot(lake, own) : stageBody(lake, own);
}

/** No two attempts share an instant: a clock that was set back shows the same one twice. */
function ownInstant({ days, last }: Pick<SourceState, 'days' | 'last'>, at: number): number {
  const isTaken = at === last?.fetched_at || days[dayOf(at)]?.some(([instant]) => instant === at);
  return isTaken ? ownInstant({ days, last }, at + 1) : at;
}

/** A snapshot that Bronze holds, mapped; null where nothing maps its schema yet. */
export function restage(state: SourceState, snapshot: Staged['snapshot'], csv: string): Staged | null {
  const header = readHeader(csv);
  const { mapping, error } = mapSnapshot(state, { header, rows: readRows(csv, SAMPLE_ROWS) });
  return error ? null : { snapshot, header, mapping, csv };
}

/** Maps a snapshot by its names and values, and by what was accepted for its schema. */
function mapSnapshot({ schemas }: SourceState, { header, rows }: Pick<Table, 'header' | 'rows'>) {
  const accepted = (schemas[fingerprintOf(header)]?.accepted?.columns ?? {}) as Accepted;
  const { mapping } = tryMapTable(header, rows.slice(0, SAMPLE_ROWS), accepted);
  const missing = lackingIn(mapping.columns);
  const columns = missing.join(', ');
  const error = columns && new VelolacError('silver.schema', `no column maps to ${columns}`, { columns });
  return { mapping, missing, error: error || null };
}

async function stageSnapshot(lake: Lake, incoming: Incoming): Promise<StageResult> {
  const { source, fetched_at, origin } = incoming;
  const table = flatten(incoming.records!);
  const { header, rows } = table;
  const csv = toCsv(table);
  const bytes = new TextEncoder().encode(csv);
  const hash = sha256(bytes);
  const state = sourceState(lake.state, source);
  const { newest, last } = state;
  const { mapping, missing, error } = mapSnapshot(state, table);
  const few = newest !== null && rows.length < newest.stations * WHOLE;
  const schema_fingerprint = fingerprintOf(header);
  const snapshot: SnapshotRow = {
    ...attempt(incoming, error ? 'quarantined' : few ? 'partial' : 'ok', error),
    ...{ bytes: bytes.length, rows: rows.length, schema_fingerprint },
    bronze_path: bronzePath(source, fetched_at, hash, 'csv'),
    content_hash: hash,
    unchanged: hash === last?.content_hash,
  };
  const file = await lake.put(draft(snapshot, 'snapshot', rows.length, bytes.length), bytes);
  const events: EventDraft[] = [{ kind: 'attempt', snapshot, file }];
  if (!(schema_fingerprint in state.schemas)) {
    events.unshift({ kind: 'schema', source, schema: schemaOf(table, mapping, missing, origin) });
  }
  await lake.append(events);
  return { snapshot, staged: error ? null : { snapshot, header, mapping, csv }, error };
}

async function stageBody(lake: Lake, incoming: Incoming): Promise<StageResult> {
  const { body, source, fetched_at, error } = incoming;
  let snapshot = attempt(incoming, error?.code === 'portal.empty' ? 'partial' : 'failed', error);
  let file: FileEntry | null = null;
  if (body && body.length > 0) {
    const path = bronzePath(source, fetched_at, sha256(body), 'body.gz');
    snapshot = { ...snapshot, bytes: body.length, bronze_path: path };
    file = await lake.put(draft(snapshot, 'body', null, 0), gzipSync(body, { mtime: 0 }));
  }
  await lake.append([{ kind: 'attempt', snapshot, file }]);
  return { snapshot, staged: null, error };
}

function attempt(incoming: Incoming, outcome: Outcome, error: VelolacError | null): SnapshotRow {
  const { source, origin, fetched_at, fetched_at_basis, http_status, duration_ms, clock_skew_ms } = incoming;
  return {
    ...{ fetched_at, fetched_at_basis, source, origin, http_status, duration_ms, outcome },
    ...{ bytes: 0, rows: 0, stations: 0, schema_fingerprint: null, bronze_path: null, content_hash: null },
    error_code: error?.code ?? null,
    unchanged: false,
    ...(clock_skew_ms != null && { clock_skew_ms }),
  };
}

function draft(
  { bronze_path, source, fetched_at }: SnapshotRow,
  table: string,
  rows: number | null,
  csv_bytes: number,
) {
  const snapshots = table === 'snapshot' ? 1 : 0;
  return {
    ...{ path: bronze_path!, layer: 'bronze' as const, table, source, rows },
    ...{ snapshots, from: fetched_at, to: fetched_at, csv_bytes },
  };
}
