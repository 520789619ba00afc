import { unpackHour } from '../../bronze/archive.ts';
import { toVelolacError } from '../../errors.ts';
import { checkpointNumbers, checkpointPath, readCheckpoint } from '../../lake/checkpoint.ts';
import { foldOn } from '../../lake/fold.ts';
import type { FileEntry, Problem } from '../../lake/journal.ts';
import type { Lake } from '../../lake/lake.ts';
import { parseJournal } from '../../lake/lines.ts';
import { journalDays, journalPath, sha256, sha256Of } from '../../lake/names.ts';
import type { Storage } from '../../lake/storage.ts';
import type { Progress } from '../work.ts';
import { isNamed } from './finds.ts';
import type { Fault } from './setAside.ts';

/** What reading all of a lake found. */
export interface Findings {
  readonly files: number;
  readonly bytes: number;
  /** Lines of the journal that were read. */
  readonly lines: number;
  /** Paths of files that no event tells of. */
  readonly strays: readonly string[];
  readonly faults: readonly Fault[];
  /** Paths of journal files and checkpoints that are not as they were written. */
  readonly journal: readonly string[];
}

/** How many rows a Parquet file has, as its own footer tells. Rejects with `engine.query` where it cannot be read. */
export type CountRows = (path: string, bytes: Uint8Array) => Promise<number>;

/** Files larger than this are read as a stream: users' imports may be of any size. Bytes. */
const LARGE = 67_108_864;

/**
 * Reads every file of the lake and its journal, one after the other, and changes nothing. Damage that was found before
 * and could not be undone is not told again. Rejects with `engine.aborted` when it was stopped.
 */
export async function inspect(
  lake: Lake,
  countRows: CountRows,
  { signal, tell }: Progress,
): Promise<Findings> {
  const entries = Object.values(lake.state.files).sort((a, b) => a.path.localeCompare(b.path));
  const all = entries.reduce((sum, { bytes }) => sum + bytes, 1);
  const faults: Fault[] = [];
  let bytes = 0;
  for (const entry of entries) {
    signal.throwIfAborted();
    tell(entry.path, bytes / all);
    const problem = await problemOf(lake.storage, entry, countRows);
    if (problem && lake.state.files[entry.path]?.sha256 === entry.sha256) faults.push({ entry, problem });
    bytes += entry.bytes;
  }
  const { lines, damaged } = await inspectJournal(lake);
  return { files: entries.length, bytes, lines, faults, journal: damaged, strays: await findStrays(lake) };
}

/** What is wrong with a file; null where nothing is. */
async function problemOf(storage: Storage, entry: FileEntry, countRows: CountRows): Promise<Problem | null> {
  try {
    const blob = await storage.blob(entry.path);
    if (blob.size !== entry.bytes) return 'size';
    if (blob.size > LARGE) return (await sha256Of(blob)) === entry.sha256 ? null : 'content';
    const bytes = new Uint8Array(await blob.arrayBuffer());
    if (sha256(bytes) !== entry.sha256) return 'content';
    if (entry.table === 'hour' && !unpackHour(bytes).every((one) => isNamed(one))) return 'content';
    const hasRows = entry.path.endsWith('.parquet') && entry.rows !== null;
    return hasRows && (await countRows(entry.path, bytes)) !== entry.rows ? 'content' : null;
  } catch (thrown) {
    const { code } = toVelolacError(thrown);
    if (code === 'lake.missing_file') return 'missing';
    if (code === 'engine.query') return 'content';
    throw thrown;
  }
}

/** Reads the journal's days, line by line and as they were sealed, and the checkpoints, against the journal. */
async function inspectJournal(lake: Lake): Promise<{ lines: number; damaged: string[] }> {
  const { storage, state } = lake;
  const names = await storage.list('journal');
  const known = new Set(state.damages.map(({ path }) => path));
  const damaged = new Set<string>();
  const days = new Set([...journalDays(names), ...Object.keys(lake.sealed)]);
  let lines = 0;
  for (const day of days) {
    const path = journalPath(day);
    const bytes = names.includes(`${day}.jsonl`) ? await storage.read(path) : new Uint8Array();
    const parsed = parseJournal(bytes);
    lines += parsed.events.length + parsed.torn + parsed.damaged;
    const sealed = lake.sealed[day];
    const isSealed = !sealed || sha256(bytes.subarray(0, sealed.bytes)) === sealed.sha256;
    if ((parsed.damaged > 0 || !isSealed || bytes.length === 0) && !known.has(path)) damaged.add(path);
  }
  const numbers = checkpointNumbers(names);
  const checkpoints = await Promise.all(numbers.map((number) => readCheckpoint(storage, number)));
  for (const [index, checkpoint] of checkpoints.entries()) {
    if (!checkpoint) damaged.add(checkpointPath(numbers[index]!));
  }
  const [newest, before] = checkpoints;
  if (newest && before && damaged.size === 0 && known.size === 0) {
    await foldOn(storage, before, newest.position);
    if (filesIn(before.state) !== filesIn(newest.state)) damaged.add(checkpointPath(newest.number));
  }
  return { lines, damaged: [...damaged] };
}

function filesIn({ files }: Lake['state']): string {
  return JSON.stringify(
    Object.values(files)
      .map(({ path, sha256: hash }) => `${path} ${hash}`)
      .sort(),
  );
}

/** Files that no event tells of; one that was being written when it was met is looked up once more. */
async function findStrays(lake: Lake): Promise<string[]> {
  const strays: string[] = [];
  for (const layer of ['bronze', 'silver', 'gold']) {
    for await (const path of lake.storage.walk(layer)) if (!(path in lake.state.files)) strays.push(path);
  }
  return strays.filter((path) => !(path in lake.state.files));
}
