import type { Gap, JournalEvent } from './journal.ts';
import { HOUR } from './names.ts';

/** The longest pace that a recorder can be set to, in milliseconds. */
const LONGEST_PACE = 900_000;

/** Adds a stretch without a snapshot; one that touches the last, for one reason, widens it. */
export function addGap(gaps: Gap[], { from, to, reason }: Extract<JournalEvent, { kind: 'gap' }>): void {
  const last = gaps.at(-1);
  if (last?.[2] === reason && last[0] <= from && from <= last[1]) last[1] = Math.max(last[1], to);
  else gaps.push([from, to, reason]);
}

/** A snapshot ends what was said of times after it: by a clock that has been set back since. */
export function endGaps(gaps: Gap[], at: number): void {
  while (gaps.length > 0 && gaps.at(-1)![0] >= at) gaps.pop();
  const last = gaps.at(-1);
  if (last && last[1] > at) last[1] = at;
}

/** What is left of gaps in which there are snapshots now; not what is shorter than the longest pace, or within an hour of them. */
export function fillGaps(gaps: Gap[], instants: readonly number[]): void {
  const hours = new Map<number, [from: number, to: number]>();
  for (const at of instants) {
    const hour = Math.floor(at / HOUR);
    const [from, to] = hours.get(hour) ?? [at, at];
    hours.set(hour, [Math.min(from, at), Math.max(to, at)]);
  }
  for (const [from, to] of hours.values()) fillGap(gaps, from, to);
}

function fillGap(gaps: Gap[], from: number, to: number): void {
  const left = gaps.flatMap((gap): Gap[] => {
    const [start, end, reason] = gap;
    if (end <= from || start >= to) return [gap];
    const pieces: Gap[] = [
      [start, from, reason],
      [to, end, reason],
    ];
    return pieces.filter(([a, b]) => b - a >= LONGEST_PACE);
  });
  gaps.splice(0, gaps.length, ...left);
}
