import { gunzipSync } from 'fflate';
import { unpackHour, type Member } from '../../bronze/archive.ts';
import type { FileEntry, SnapshotRow } from '../../lake/journal.ts';
import { instantOf, openFolder, sha256, type BronzeName } from '../../lake/names.ts';
import { attemptOf } from '../backup/attemptOf.ts';

/** A snapshot as a file of Bronze holds it. */
export interface FoundSnapshot {
  readonly row: SnapshotRow;
  readonly csv: string;
}

/** A file of Bronze that tells by itself what it is. */
export interface Found {
  readonly entry: FileEntry;
  readonly snapshots: readonly FoundSnapshot[];
}

/** What a file of Bronze holds; null where its content is not what its name says. */
export function read(
  path: string,
  { source, table }: BronzeName,
  bytes: Uint8Array<ArrayBuffer>,
): Found | null {
  if (table === 'body') return readBody(path, source, bytes);
  const members = table === 'hour' ? soundMembers(path, bytes) : [{ name: path, bytes }];
  if (!members || members.length === 0 || !members.every((one) => isNamed(one))) return null;
  const snapshots = members.map(({ name, bytes: csv }): FoundSnapshot => {
    const own = table === 'hour' ? `${openFolder(path)}/${name}` : path;
    return { row: attemptOf(source, own, csv), csv: new TextDecoder().decode(csv) };
  });
  return {
    entry: entryOf(
      path,
      table,
      source,
      bytes,
      snapshots.map(({ row }) => row),
    ),
    snapshots,
  };
}

/** Whether a snapshot is what its name says: the beginning of its hash. */
export function isNamed({ name, bytes }: Member): boolean {
  return instantOf(name) !== null && name.endsWith(`_${sha256(bytes).slice(0, 6)}.csv`);
}

/** An entry for a file of Bronze that holds these snapshots. */
export function entryOf(
  path: string,
  table: string,
  source: string,
  bytes: Uint8Array,
  rows: readonly Pick<SnapshotRow, 'fetched_at' | 'rows' | 'bytes'>[],
): FileEntry {
  const times = rows.map(({ fetched_at }) => fetched_at);
  const total = (key: 'rows' | 'bytes') => rows.reduce((sum, row) => sum + row[key], 0);
  return {
    ...{ path, layer: 'bronze', table, source, bytes: bytes.length, sha256: sha256(bytes) },
    ...{ rows: total('rows'), snapshots: rows.length, csv_bytes: total('bytes') },
    ...{ from: Math.min(...times), to: Math.max(...times) },
  };
}

function readBody(path: string, source: string, bytes: Uint8Array<ArrayBuffer>): Found | null {
  const at = instantOf(path);
  const body = unpacked(() => gunzipSync(bytes));
  if (at === null || !body || !path.endsWith(`_${sha256(body).slice(0, 6)}.body.gz`)) return null;
  const row: SnapshotRow = {
    ...{ fetched_at: at, fetched_at_basis: 'clock', source, origin: 'live', http_status: null },
    ...{ duration_ms: null, bytes: body.length, rows: 0, stations: 0, schema_fingerprint: null },
    ...{ outcome: 'failed', error_code: null, bronze_path: path, content_hash: null, unchanged: false },
  };
  const facts = { rows: null, snapshots: 0, from: at, to: at, csv_bytes: 0 };
  const entry: FileEntry = {
    ...{ path, layer: 'bronze', table: 'body', source, bytes: bytes.length, sha256: sha256(bytes), ...facts },
  };
  return { entry, snapshots: [{ row, csv: '' }] };
}

function soundMembers(path: string, bytes: Uint8Array): Member[] | null {
  return path.endsWith('.zip') ? unpacked(() => unpackHour(bytes)) : null;
}

/** What a packed file holds, or null where it cannot be unpacked: the library tells damage by throwing. */
function unpacked<T>(unpack: () => T): T | null {
  try {
    return unpack();
  } catch {
    return null;
  }
}
