import { toVelolacError } from '../../errors.ts';
import type { LostFile } from '../protocol.ts';

/** A file of a backup that could not be taken, in whole or one snapshot of it. */
export interface Missed extends LostFile {
  /** Path of the file. */
  readonly file: string;
  /** Instants of the first and the last snapshot in it. */
  readonly from: number;
  readonly to: number;
}

/**
 * Why a file cannot be taken, by what reading it threw. What is no fault of the file is thrown again: a disk that
 * fails, or a ZIP that was moved while it was read (`import.unreadable`).
 */
export function lossBy(thrown: unknown): Extract<LostFile['reason'], 'missing' | 'damaged'> {
  const { code } = toVelolacError(thrown);
  if (code === 'lake.missing_file') return 'missing';
  if (code.startsWith('import.') && code !== 'import.unreadable') return 'damaged';
  throw thrown;
}
