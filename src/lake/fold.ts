import {
  checkpointNumbers,
  noCheckpoint,
  readCheckpoint,
  type Checkpoint,
  type Position,
} from './checkpoint.ts';
import { parseJournal } from './lines.ts';
import { refuseNewer } from './migrations.ts';
import { apply } from './apply.ts';
import type { JournalEvent } from './journal.ts';
import { journalDays, journalPath } from './names.ts';
import type { LakeState } from './state.ts';
import type { Storage } from './storage.ts';
import { tailOf, type Tail } from './tail.ts';

/** The journal, read. */
export interface Folded {
  readonly state: LakeState;
  /** The checkpoint that it began with. */
  readonly checkpoint: Checkpoint;
  /** The number of the newest checkpoint, sound or not; 0 where there is none. */
  readonly newest: number;
  /** The last day that has a journal file. */
  readonly day: string;
  /** Whether the last file ends in the middle of a line. */
  readonly torn: boolean;
  /** Where it ends; null where that is in the middle of a line, or nowhere. */
  readonly tail: Tail | null;
  /** Lines behind the checkpoint that were whole once. */
  readonly damaged: number;
  /** Whether the last event that counts is a deletion of everything, which was cut short. */
  readonly isCleared: boolean;
}

/** The newest sound checkpoint and the journal behind it. Rejects with `lake.newer`. */
export async function fold(storage: Storage): Promise<Folded> {
  const names = await storage.list('journal');
  const numbers = checkpointNumbers(names);
  const checkpoint = await newestSound(storage, numbers);
  const end = await foldOn(storage, checkpoint);
  const { state } = checkpoint;
  return { state, checkpoint, newest: numbers[0] ?? 0, day: journalDays(names).at(-1) ?? '', ...end };
}

/** Applies what the journal tells behind a checkpoint, up to a place, to the checkpoint's own state. */
export async function foldOn(
  storage: Storage,
  { position, state }: Checkpoint,
  until: Position = { day: '9999', bytes: Infinity },
): Promise<Pick<Folded, 'torn' | 'tail' | 'damaged' | 'isCleared'>> {
  let [damaged, torn] = [0, false];
  let tail: Tail | null = null;
  let last: JournalEvent | undefined;
  for (const day of journalDays(await storage.list('journal'))) {
    if (day < position.day || day > until.day) continue;
    const bytes = await storage.read(journalPath(day));
    const start = day === position.day ? position.bytes : 0;
    const parsed = parseJournal(bytes.subarray(start, day === until.day ? until.bytes : bytes.length));
    replay(state, parsed.events);
    last = parsed.events.findLast(({ term }) => term === state.term) ?? last;
    damaged += parsed.damaged;
    torn = parsed.open;
    tail = torn ? null : tailOf(day, bytes);
  }
  return { damaged, torn, tail, isCleared: last?.kind === 'clear' && last.term === state.term };
}

/** Applies events that were read, in order. Throws `lake.newer`. */
export function replay(state: LakeState, events: readonly JournalEvent[]): void {
  for (const event of events) {
    if (event.kind === 'term') refuseNewer(event.format ?? 1);
    apply(state, event);
  }
}

async function newestSound(storage: Storage, numbers: readonly number[]): Promise<Checkpoint> {
  for (const number of numbers) {
    const checkpoint = await readCheckpoint(storage, number);
    if (checkpoint) return checkpoint;
  }
  return noCheckpoint();
}
