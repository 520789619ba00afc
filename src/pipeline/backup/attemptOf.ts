import { readHeader, readRows } from '../../bronze/csv.ts';
import type { Schema, SnapshotRow } from '../../lake/journal.ts';
import { instantOf, sha256 } from '../../lake/names.ts';
import { lackingIn, SAMPLE_ROWS, tryMapTable } from '../../silver/mapping.ts';
import { fingerprintOf, schemaOf } from '../schema.ts';

/** What a snapshot's CSV tells of the attempt that brought it, where the journal has lost that. */
export function attemptOf(source: string, path: string, bytes: Uint8Array): SnapshotRow {
  const csv = new TextDecoder().decode(bytes);
  const rows = readRows(csv).length;
  return {
    ...{ fetched_at: instantOf(path)!, fetched_at_basis: 'clock', source, origin: 'live' },
    ...{ http_status: null, duration_ms: null, bytes: bytes.length, rows, stations: rows },
    schema_fingerprint: fingerprintOf(readHeader(csv)),
    outcome: schemaIn(csv).missing.length > 0 ? 'quarantined' : 'ok',
    ...{ error_code: null, bronze_path: path, content_hash: sha256(bytes), unchanged: false },
  };
}

/** The schema of a snapshot's CSV. */
export function schemaIn(csv: string): Schema {
  const table = { header: readHeader(csv), rows: readRows(csv, SAMPLE_ROWS) };
  const { mapping } = tryMapTable(table.header, table.rows, {});
  return schemaOf(table, mapping, lackingIn(mapping.columns), 'live');
}
