import { toVelolacError } from '../../errors.ts';
import type { LostFile } from '../protocol.ts';

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
