import { VelolacError } from '../../errors.ts';

/** What a file's content turned out to be, whatever its name says. */
export type Envelope =
  /** A bare array of records: v2.0 and v2.1 exports. Also one record a line (JSON Lines). */
  | 'records'
  /** `{total_count, results: […]}`, v2.0's `{records: [{record: {fields}}]}`, or any object that holds one array of records. */
  | 'records_page'
  /** v1 `{nhits, records: [{fields, record_timestamp}]}`. */
  | 'v1_search'
  /** v1 `[{datasetid, recordid, fields, record_timestamp}]`. */
  | 'v1_export'
  | 'geojson'
  | 'gbfs_status'
  | 'gbfs_information'
  /** An object whose values are the records. */
  | 'keyed_records'
  | 'csv'
  | 'parquet';

/** A stretch of a table, every value as the text it was sent as; null is null. */
export interface Slice {
  readonly rows: readonly (readonly (string | null)[])[];
  /** Lines that have another number of fields than the header, as they came. */
  readonly malformed: readonly string[];
}

/** The most rows in a slice. */
export const SLICE_ROWS = 50_000;

/** One table found in a file: the file's own, or that of one member of an archive. */
export interface OpenTable {
  /** The name of the file or of the member, without folders. */
  readonly name: string;
  readonly envelope: Envelope;
  /** The source's names in order; a name may be empty or stand twice. */
  readonly header: readonly string[];
  /** The feed's own time in milliseconds since the epoch (GBFS `last_updated`), where it tells one. */
  readonly feed_time: number | null;
  /**
   * The rows in the file's order, in slices of at most 50 000 rows. May be called again, for another pass.
   * Rejects with `import.*`, at the latest after the last slice: damage in an archive may show only there, so
   * nothing counts before the end.
   */
  slices(): AsyncIterable<Slice>;
}

/** A member of an archive that gives no table. */
export interface Unreadable {
  readonly name: string;
  /** `import.*` */
  readonly error: VelolacError;
}

/** What was found; `'error' in found` tells which. */
export type Found = OpenTable | Unreadable;

/** More columns than this are no table of stations: the widest real one has 25. */
const MAX_COLUMNS = 1000;

/** Throws `import.too_wide`. */
export function refuseWide(header: readonly string[]): void {
  if (header.length <= MAX_COLUMNS) return;
  throw new VelolacError('import.too_wide', `${header.length} columns`, { columns: header.length });
}
