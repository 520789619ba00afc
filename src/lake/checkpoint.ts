import { toVelolacError } from '../errors.ts';
import { FILE_DIGITS, stamp, unstamp } from './lines.ts';
import { migrate, refuseNewer } from './migrations.ts';
import { emptyState, type LakeState } from './state.ts';
import type { Storage } from './storage.ts';

/** A place in the journal: a day's file, and how many bytes of it. */
export interface Position {
  readonly day: string;
  /** Infinity for all of the file. */
  readonly bytes: number;
}

/** What a journal file was when it was folded in: its first `bytes` never change again. */
export interface Sealed {
  readonly bytes: number;
  readonly sha256: string;
}

/** The lake up to a place in its journal. */
export interface Checkpoint {
  readonly number: number;
  readonly position: Position;
  /** Of each UTC day whose journal is folded in; days that were before there were checksums are absent. */
  readonly sealed: Readonly<Record<string, Sealed>>;
  readonly state: LakeState;
}

/** As it is written. `through` is of form 1, and meant all of a day's file. */
interface Stored {
  readonly format?: number;
  readonly position?: Position;
  readonly sealed?: Checkpoint['sealed'];
  readonly through?: string;
  readonly state: LakeState;
}

export function checkpointPath(number: number): string {
  return `journal/checkpoint-${number}.json`;
}

/** The numbers of the checkpoints among the names of the journal's folder, the newest first. */
export function checkpointNumbers(names: readonly string[]): number[] {
  const numbers = names.flatMap((name) => /^checkpoint-(\d+)\.json$/.exec(name)?.[1] ?? []).map(Number);
  return numbers.sort((a, b) => b - a);
}

/** The beginning of all: no checkpoint at all. */
export function noCheckpoint(): Checkpoint {
  return { number: 0, position: { day: '', bytes: 0 }, sealed: {}, state: emptyState() };
}

export function formatCheckpoint({ position, sealed, state }: Checkpoint): Uint8Array<ArrayBuffer> {
  const stored: Stored = { format: state.format, position, sealed, state };
  return new TextEncoder().encode(stamp(JSON.stringify(stored), FILE_DIGITS));
}

/** A checkpoint, or null where it is damaged or gone. Rejects with `lake.newer`. */
export async function readCheckpoint(storage: Storage, number: number): Promise<Checkpoint | null> {
  const text = await storage.read(checkpointPath(number)).then(
    (bytes) => new TextDecoder().decode(bytes),
    (thrown: unknown) => {
      if (toVelolacError(thrown).code === 'lake.missing_file') return null;
      throw thrown;
    },
  );
  if (text === null) return null;
  const json = unstamp(text, FILE_DIGITS);
  const stored = json === null ? null : parse(json ?? text);
  if (!stored) return null;
  const { format = 1, through, state } = stored;
  refuseNewer(format);
  if (through !== undefined && json === undefined) {
    const position = { day: through, bytes: Infinity };
    return { number, position, sealed: {}, state: migrate(state, 1) };
  }
  const { position, sealed } = stored;
  if (!position || !sealed || json === undefined) return null;
  return { number, position, sealed, state: migrate(state, format) };
}

function parse(text: string): Stored | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'state' in value ? (value as Stored) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}
