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
import type { LakeState } from './state.ts';
import type { Storage } from './storage.ts';

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
  /** Lines behind the checkpoint that were whole once. */
  readonly damaged: number;
}

/** The newest sound checkpoint and the journal behind it. Rejects with `lake.newer`. */
export async function fold(storage: Storage): Promise<Folded> {
  const names = await storage.list('journal');
  const numbers = checkpointNumbers(names);
  const checkpoint = await newestSound(storage, numbers);
  const { damaged, torn } = await foldOn(storage, checkpoint);
  const { state } = checkpoint;
  return { state, checkpoint, newest: numbers[0] ?? 0, day: journalDays(names).at(-1) ?? '', torn, damaged };
}

/** Applies what the journal tells behind a checkpoint, up to a place, to the checkpoint's own state. */
export async function foldOn(
  storage: Storage,
  { position, state }: Checkpoint,
  until: Position = { day: '9999', bytes: Infinity },
): Promise<{ damaged: number; torn: boolean }> {
  let [damaged, torn] = [0, false];
  for (const day of journalDays(await storage.list('journal'))) {
    if (day < position.day || day > until.day) continue;
    const bytes = await storage.read(journalPath(day));
    const start = day === position.day ? position.bytes : 0;
    const parsed = parseJournal(bytes.subarray(start, day === until.day ? until.bytes : bytes.length));
    for (const event of parsed.events) {
      if (event.kind === 'term') refuseNewer(event.format ?? 1);
      apply(state, event);
    }
    damaged += parsed.damaged;
    torn = parsed.open;
  }
  return { damaged, torn };
}

async function newestSound(storage: Storage, numbers: readonly number[]): Promise<Checkpoint> {
  for (const number of numbers) {
    const checkpoint = await readCheckpoint(storage, number);
    if (checkpoint) return checkpoint;
  }
  return noCheckpoint();
}

export function journalPath(day: string): string {
  return `journal/${day}.jsonl`;
}

/** The days that have a file in the journal's folder, in order. */
export function journalDays(names: readonly string[]): string[] {
  return names.flatMap((name) => /^(\d{4}-\d\d-\d\d)\.jsonl$/.exec(name)?.[1] ?? []).sort();
}
