import type { Engine } from '../engine/engine.ts';

/** What Silver asks of the engine. */
export type SilverEngine = Pick<Engine, 'load' | 'query' | 'parquet' | 'exclusive'>;

/** A Parquet file before it is in the lake; null where it would have no row. */
export interface Part {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly rows: number;
}
