import { gzipSync } from 'fflate';
import { readHeader, readRows, toCsv } from '../bronze/csv.ts';
import type { VelolacError } from '../errors.ts';
import type { FileEntry, Outcome, Schema, SnapshotRow } from '../lake/journal.ts';
import type { EventDraft, Lake } from '../lake/lake.ts';
import { bronzePath, dayOf, sha256 } from '../lake/names.ts';
import { sourceState, type SchemaState, type SourceState } from '../lake/state.ts';
import { contradictions, stocksOf, type Stocks } from '../silver/contradiction.ts';
import { lackingIn, SAMPLE_ROWS, tryMapTable, type Mapping } from '../silver/mapping.ts';
import { flatten, type Table } from '../sources/flatten.ts';
import type { Answer } from '../sources/portal.ts';
import { acceptedFor, contradicting, schemaAt, schemasFor } from './meaning.ts';
import { schemaOf, waitingError } from './schema.ts';

type TableOf = Pick<Table, 'header' | 'rows'>;

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

/** What stations held in the last good snapshot: new ones are compared with it. */
export interface Before {
  /** Null where nothing is known of it. Never rejects. */
  stocks(): Promise<Stocks | null>;
  /** Hears what stations hold in a snapshot that Bronze has, by its path. */
  note(path: string, stocks: Stocks): void;
}

/** Under this share of the stations of the last good snapshot, a snapshot is partial: answers stay on the last good one. */
const WHOLE = 0.5;

/**
 * Bronze: writes the snapshot's CSV, or the answer that is none verbatim, and journals the attempt with it.
 * When this resolves with a path, the snapshot is acknowledged. Where `before` is given, a snapshot whose values
 * contradict it is quarantined. Rejects with `lake.*` errors.
 */
export async function stage(
  lake: Lake,
  incoming: Incoming,
  before: Before | null = null,
): Promise<StageResult> {
  const { source, fetched_at } = incoming;
  const own = { ...incoming, fetched_at: ownInstant(sourceState(lake.state, source), fetched_at) };
  return own.records ? stageSnapshot(lake, own, before) : stageBody(lake, own);
}

/** No two attempts share an instant: a clock that was set back shows the same one twice. */
function ownInstant({ days, last }: Pick<SourceState, 'days' | 'last'>, at: number): number {
  const isTaken = at === last?.fetched_at || days[dayOf(at)]?.some(([instant]) => instant === at);
  return isTaken ? ownInstant({ days, last }, at + 1) : at;
}

/** A snapshot that Bronze holds, mapped; null where nothing maps its schema yet. */
export function restage(state: SourceState, snapshot: Staged['snapshot'], csv: string): Staged | null {
  const header = readHeader(csv);
  const fingerprint = schemaAt(state, header, snapshot.fetched_at);
  if (isUnsettled(state.schemas[fingerprint])) return null;
  const { mapping, missing } = mapAs(state, fingerprint, { header, rows: readRows(csv, SAMPLE_ROWS) });
  return missing.length > 0 ? null : { snapshot, header, mapping, csv };
}

/** Whether names of a schema hold other columns' values, and nobody has said yet what they hold. */
function isUnsettled(schema: SchemaState | undefined): boolean {
  return schema?.contradicts !== undefined && schema.accepted === null;
}

/** Maps a snapshot by its names and values, and by what was accepted for a schema. */
function mapAs({ schemas }: SourceState, fingerprint: string, { header, rows }: TableOf) {
  const { mapping } = tryMapTable(header, rows.slice(0, SAMPLE_ROWS), acceptedFor(schemas, fingerprint));
  return { fingerprint, mapping, missing: lackingIn(mapping.columns) as readonly string[] };
}

/** Maps a new snapshot as a schema of its header that its values do not contradict; else as one that waits. */
async function mapNew(state: SourceState, table: TableOf, at: number, before: Before | null) {
  const { header, rows } = table;
  const known = await before?.stocks();
  const mapped = (fingerprint: string) => {
    const one = mapAs(state, fingerprint, table);
    const { columns } = one.mapping;
    const stocks = before && stocksOf(rows, columns);
    const isCompared = known && stocks && one.missing.length === 0;
    return { ...one, stocks, wrong: isCompared ? contradictions(known, stocks, header, rows, columns) : [] };
  };
  const [likeliest, ...others] = schemasFor(state.schemas, header);
  const first = mapped(likeliest!);
  if (first.wrong.length === 0 && first.missing.length === 0) return { ...first, contradicts: null };
  for (const other of others) {
    const one = mapped(other);
    if (one.wrong.length === 0 && one.missing.length === 0) return { ...one, contradicts: null };
  }
  if (first.wrong.length === 0) return { ...first, contradicts: null };
  const { fingerprint: contradicts, wrong } = first;
  const fingerprint = contradicting(state.schemas, contradicts, wrong, at);
  return { ...first, fingerprint, missing: wrong, contradicts };
}

async function stageSnapshot(lake: Lake, incoming: Incoming, before: Before | null): Promise<StageResult> {
  const { source, fetched_at, origin } = incoming;
  const table = flatten(incoming.records!);
  const { header, rows } = table;
  const csv = toCsv(table);
  const bytes = new TextEncoder().encode(csv);
  const hash = sha256(bytes);
  const state = sourceState(lake.state, source);
  const { newest, last } = state;
  const mapped = await mapNew(state, table, fetched_at, before);
  const { mapping, missing, stocks, contradicts, fingerprint: schema_fingerprint } = mapped;
  const isNew = !(schema_fingerprint in state.schemas);
  const schema: Schema = state.schemas[schema_fingerprint] ?? {
    ...schemaOf(table, mapping, missing, origin),
    fingerprint: schema_fingerprint,
    ...(contradicts !== null && { contradicts }),
  };
  const error = missing.length > 0 ? waitingError({ ...schema, missing }) : null;
  const few = newest !== null && rows.length < newest.stations * WHOLE;
  const snapshot: SnapshotRow = {
    ...attempt(incoming, error ? 'quarantined' : few ? 'partial' : 'ok', error),
    ...{ bytes: bytes.length, rows: rows.length, schema_fingerprint },
    bronze_path: bronzePath(source, fetched_at, hash, 'csv'),
    content_hash: hash,
    unchanged: hash === last?.content_hash,
  };
  const file = await lake.put(draft(snapshot, 'snapshot', rows.length, bytes.length), bytes);
  const events: EventDraft[] = [{ kind: 'attempt', snapshot, file }];
  if (isNew) events.unshift({ kind: 'schema', source, schema });
  await lake.append(events);
  if (before && stocks && !error) before.note(snapshot.bronze_path!, stocks);
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
