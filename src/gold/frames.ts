import type { Engine } from '../engine/engine.ts';
import frameCells from './frame_cells.sql?raw';
import type { Question } from './questions.ts';

export const frameCellsQuestion: Question = { sql: frameCells, reads: ['station_frame'] };

/** The quarter-hours of a span, each station's stock at each: the cell of both is at frame × codes.length + station. */
export interface Frames {
  /** Sorted. */
  readonly codes: readonly string[];
  /** Milliseconds since the epoch, ascending: quarter-hours for which a snapshot stands. */
  readonly instants: Float64Array<ArrayBuffer>;
  /** As in `readings.sql`; −2 unknown, −3 not listed. */
  readonly state: Int8Array<ArrayBuffer>;
  /** −1 where not told or not listed. */
  readonly mechanical: Int16Array<ArrayBuffer>;
  readonly ebikes: Int16Array<ArrayBuffer>;
  readonly docks: Int16Array<ArrayBuffer>;
}

const NOT_LISTED = -3;
const NOT_TOLD = -1;

/** Asks for all of `station_frame`, which must be readable; null where it is empty. Must run in `engine.exclusive`. */
export async function askFrames(engine: Engine): Promise<Frames | null> {
  const codes = await engine.query<{ code: string }>(
    'SELECT DISTINCT station_code AS code FROM station_frame ORDER BY station_code',
  );
  const frames = await engine.query<{ at: number }>(
    'SELECT DISTINCT frame_at AS at FROM station_frame ORDER BY frame_at',
  );
  if (frames.length === 0) return null;
  const cells = await engine.columns(frameCells);
  const [frame, station] = [cells['frame']!, cells['station']!];
  const size = frames.length * codes.length;
  const state = new Int8Array(size).fill(NOT_LISTED);
  const stock = (name: string) => {
    const grid = new Int16Array(size).fill(NOT_TOLD);
    cells[name]!.forEach((value, row) => (grid[frame[row]! * codes.length + station[row]!] = value));
    return grid;
  };
  cells['state']!.forEach((value, row) => (state[frame[row]! * codes.length + station[row]!] = value));
  return {
    codes: codes.map(({ code }) => code),
    instants: Float64Array.from(frames, ({ at }) => at),
    ...{ state, mechanical: stock('mechanical'), ebikes: stock('ebikes'), docks: stock('docks') },
  };
}

/** What of it can be given to another thread without a copy. */
export function buffersOf({ instants, state, mechanical, ebikes, docks }: Frames): ArrayBuffer[] {
  return [instants, state, mechanical, ebikes, docks].map(({ buffer }) => buffer);
}
