import type { JournalEvent } from './journal.ts';
import { sha256 } from './names.ts';

/** Hex digits of the SHA-256 that end a line of the journal, and a checkpoint. */
export const LINE_DIGITS = 8;
export const FILE_DIGITS = 64;

const KEY = ',"sum":"';
const END = '"}';
const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The JSON text of an object with the beginning of its own SHA-256 as a last member, `sum`: still JSON. */
export function stamp(json: string, digits: number): string {
  return `${json.slice(0, -1)}${KEY}${sumOf(json, digits)}${END}`;
}

/** The JSON text that a stamp vouches for, null where text and stamp disagree, undefined where there is no stamp. */
export function unstamp(text: string, digits: number): string | null | undefined {
  const end = text.length - END.length;
  const start = end - digits - KEY.length;
  if (start < 0) return undefined;
  const json = `${text.slice(0, start)}}`;
  if (sumOf(json, digits) === text.slice(end - digits, end)) return json;
  return text.startsWith(KEY, start) ? null : undefined;
}

function sumOf(json: string, digits: number): string {
  return sha256(encoder.encode(json)).slice(0, digits);
}

/** What a journal file holds. */
export interface ParsedJournal {
  readonly events: readonly JournalEvent[];
  /** Lines that a writer was ended in the middle of: they were never acknowledged. */
  readonly torn: number;
  /** Lines that were whole once. */
  readonly damaged: number;
  /** Whether the file ends in the middle of a line. */
  readonly open: boolean;
}

/**
 * Reads a journal file. Lines without a checksum count as long as none before them has one: they are of a lake that
 * was written before there were any. A torn line is the file's last, or the next writer's term tells of it.
 * `isStamped`: whether a line before them had one.
 */
export function parseJournal(bytes: Uint8Array, isStamped = false): ParsedJournal {
  const events: JournalEvent[] = [];
  let [torn, damaged, cut] = [0, 0, 0];
  const lines = decoder.decode(bytes).split('\n');
  const open = lines.at(-1) !== '';
  for (const line of lines) {
    if (line === '') continue;
    const stamped = completions(line).find((text) => unstamp(text, LINE_DIGITS) != null);
    const event = stamped ? parse(stamped) : isStamped ? null : parseOld(line);
    if (event) {
      if (follows(event)) torn += cut;
      else damaged += cut;
      cut = 0;
      isStamped ||= stamped !== undefined;
      events.push(event);
    } else if (isCut(line)) cut += 1;
    else damaged += 1;
  }
  return { events, torn: torn + cut, damaged, open: open || cut > 0 };
}

/** A line, and what it was if only its end is missing or its line feed is another character. */
function completions(line: string): string[] {
  return [line, `${line}}`, `${line}${END}`, line.slice(0, -1)];
}

/** Whether a line may be the beginning of one. */
function isCut(line: string): boolean {
  const begins = line.startsWith('{"at":') || '{"at":'.startsWith(line);
  return begins && unstamp(line, LINE_DIGITS) === undefined && parse(line) === null;
}

/** Whether an event is what a new writer writes first, behind a line that the one before was ended in. */
function follows(event: JournalEvent): boolean {
  return event.kind === 'term' && (event.torn === true || event.format === undefined);
}

/** A line of a lake that had no checksums. */
function parseOld(line: string): JournalEvent | null {
  if (unstamp(line, LINE_DIGITS) !== undefined) return null;
  const event = parse(line);
  return event?.kind === 'term' && event.format !== undefined ? null : event;
}

function parse(line: string): JournalEvent | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === 'object' && value !== null && 'kind' in value ? (value as JournalEvent) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Events as the lines of a journal file; behind a torn line they begin with a line feed. */
export function formatEvents(events: readonly JournalEvent[], isTorn = false): Uint8Array<ArrayBuffer> {
  const lines = events.map((event) => `${stamp(JSON.stringify(event), LINE_DIGITS)}\n`);
  return encoder.encode(`${isTorn ? '\n' : ''}${lines.join('')}`);
}
