import { toVelolacError } from '../errors.ts';
import { checkpointNumbers } from './checkpoint.ts';
import type { JournalEvent } from './journal.ts';
import { parseJournal } from './lines.ts';
import { journalDays, journalPath } from './names.ts';
import type { Storage } from './storage.ts';

/** The end of the journal as it was read: behind a whole line of its last file. */
export interface Tail {
  readonly day: string;
  /** Bytes of the day's file up to there. */
  readonly bytes: number;
  /** The last of them: while they stand there, what is before them is what was read. */
  readonly mark: Uint8Array<ArrayBuffer>;
}

/** Bytes of a mark: as many as hold the checksum of a line and what it tells last. */
const MARK = 64;

/** The tail behind a file's bytes, which were read from a place in it on. */
export function tailOf(day: string, read: Uint8Array<ArrayBuffer>, from = 0): Tail {
  return { day, bytes: from + read.length, mark: read.slice(-MARK) };
}

/**
 * What was appended to the journal since. Null where only the whole of it tells: it has another checkpoint than the
 * newest of then, the tail is not where it was, or a line is damaged or not whole.
 */
export async function readOn(
  storage: Storage,
  tail: Tail,
  newest: number,
): Promise<{ readonly events: readonly JournalEvent[]; readonly tail: Tail } | null> {
  const names = await storage.list('journal');
  const days = journalDays(names).filter((day) => day >= tail.day);
  if ((checkpointNumbers(names)[0] ?? 0) !== newest || days[0] !== tail.day) return null;
  const events: JournalEvent[] = [];
  let end = tail;
  for (const day of days) {
    const { bytes, mark } = day === tail.day ? tail : tailOf(day, new Uint8Array());
    const from = bytes - mark.length;
    const read = await storage.read(journalPath(day), from).catch(gone);
    if (!read || !mark.every((byte, index) => byte === read[index])) return null;
    const parsed = parseJournal(read.subarray(mark.length), true);
    if (parsed.damaged + parsed.torn > 0 || parsed.open) return null;
    events.push(...parsed.events);
    end = tailOf(day, read, from);
  }
  return { events, tail: end };
}

function gone(thrown: unknown): null {
  if (toVelolacError(thrown).code === 'lake.missing_file') return null;
  throw thrown;
}
