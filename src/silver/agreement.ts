import type { Column, ColumnName, Kind } from './contract.ts';
import { flagTexts, isKind, numberOf, readTime } from './values.ts';

export type Cell = string | number | boolean | null;

/** What a column held before and what a field holds now, station by station, are to each other. */
export interface Agreement {
  /** Share of stations for which the field has a value of the column's kind. */
  readonly type: number;
  /** Share of these values between the least and the greatest from before; null where the kind has no order. */
  readonly range: number | null;
  /** Share of stations whose value is the one from before; for times, that or a later one. */
  readonly same: number;
  /** How much nearer the stations' values are to those from before than chance would have them: 0–1. */
  readonly likeness: number;
}

/** Counts that change by the minute: here being near counts, elsewhere only being equal. */
const moving = new Set<ColumnName>([
  'num_bikes_available',
  'num_mechanical_available',
  'num_ebikes_available',
  'num_docks_available',
]);

/** Degrees within which a position is the same one: half of the last digit when rounded to three decimals. */
const NEAR = 0.0005;

const HOUR = 3_600_000;

/** By how much a time may go back: the portal's caches differ by an hour, Paris and UTC by two. */
const BACK = 3 * HOUR;

const trueTexts: readonly string[] = flagTexts.true;

/** The shortest text that tells a time: a day, or seconds since the epoch. */
const TIME_LENGTH = 10;

/** A text as a value of a kind; null where it is none. Of texts, letter case and accents do not count. */
export function valueOf(text: string | null, kind: Kind): Cell {
  if (text === null) return null;
  if (kind === 'text') return folded(text);
  if (kind === 'time') return text.length < TIME_LENGTH ? null : (readTime(text)?.ms ?? null);
  if (!isKind(kind, text)) return null;
  return kind === 'flag' ? trueTexts.includes(text.toLowerCase()) : numberOf(text);
}

function folded(text: string): string {
  const letters = /[^ -~]/.test(text) ? text.normalize('NFD').replace(/\p{M}/gu, '') : text;
  return letters.toLowerCase();
}

/** Compares the values of the same stations; `now` is cast to the column's kind. */
export function compare({ name, kind }: Column, before: readonly Cell[], now: readonly Cell[]): Agreement {
  const known = before.reduce<number>((sum, was) => (was === null ? sum : sum + 1), 0);
  const pairs: Pair[] = [];
  for (const [i, was] of before.entries()) {
    const is = now[i] ?? null;
    if (was !== null && is !== null) pairs.push({ was, is });
  }
  const none = { type: known === 0 ? 0 : pairs.length / known, range: null, same: 0, likeness: 0 };
  if (pairs.length === 0) return none;
  const covered = none.type;
  const share = (test: (pair: Pair) => boolean) => matches(pairs, test) / known;
  const equal = share(({ was, is }) => was === is);
  switch (kind) {
    case 'text':
    case 'flag':
      return { ...none, same: equal, likeness: covered * kappa(pairs) };
    case 'count': {
      const likeness = covered * (moving.has(name) ? linearKappa(pairs) : kappa(pairs));
      return { ...none, range: within(pairs), same: equal, likeness };
    }
    case 'latitude':
    case 'longitude': {
      const near = share(({ was, is }) => Math.abs(Number(was) - Number(is)) <= NEAR);
      return { ...none, range: within(pairs), same: near, likeness: near };
    }
    case 'time': {
      const forward = share(({ was, is }) => Number(is) >= Number(was) - BACK);
      const distinct = Math.min(1, count(pairs, 'is').size / count(pairs, 'was').size);
      const likeness = (forward * distinct + covered * linearKappa(staleness(pairs))) / 2;
      return { ...none, range: forward, same: forward, likeness };
    }
  }
}

type Value = string | number | boolean;

interface Pair {
  readonly was: Value;
  readonly is: Value;
}

function matches(pairs: readonly Pair[], test: (pair: Pair) => boolean): number {
  let matching = 0;
  for (const pair of pairs) if (test(pair)) matching += 1;
  return matching;
}

function within(pairs: readonly Pair[]): number {
  const was = pairs.map((pair) => Number(pair.was));
  const [least, greatest] = [Math.min(...was), Math.max(...was)];
  return matches(pairs, ({ is }) => Number(is) >= least && Number(is) <= greatest) / pairs.length;
}

function count(pairs: readonly Pair[], side: keyof Pair): Map<Value, number> {
  const counts = new Map<Value, number>();
  for (const pair of pairs) counts.set(pair[side], (counts.get(pair[side]) ?? 0) + 1);
  return counts;
}

/** Cohen's kappa: how much more often two values are equal than by chance; 0 where chance alone makes them so. */
function kappa(pairs: readonly Pair[]): number {
  const observed = matches(pairs, ({ was, is }) => was === is) / pairs.length;
  if (observed === 0) return 0;
  const [was, is] = [count(pairs, 'was'), count(pairs, 'is')];
  const chance = [...was].reduce((sum, [value, n]) => sum + n * (is.get(value) ?? 0), 0) / pairs.length ** 2;
  return chance === 1 ? 0 : Math.max(0, (observed - chance) / (1 - chance));
}

/** Cohen's kappa with linear weights: how much nearer two numbers are than by chance. */
function linearKappa(pairs: readonly Pair[]): number {
  const apart = (a: Value, b: Value) => Math.abs(Number(a) - Number(b));
  const observed = pairs.reduce((sum, { was, is }) => sum + apart(was, is), 0) / pairs.length;
  const is = [...count(pairs, 'is')];
  let chance = 0;
  for (const [a, n] of count(pairs, 'was')) for (const [b, m] of is) chance += n * m * apart(a, b);
  return chance === 0 ? 0 : Math.max(0, 1 - (observed * pairs.length ** 2) / chance);
}

/**
 * For how long a station has been silent, in doublings of two hours: 0 for all that report, and about as many
 * tomorrow as today for those that went silent in 2018. Measured from the time that a tenth of the stations
 * reach, because some report from the future.
 */
function staleness(pairs: readonly Pair[]): Pair[] {
  const tenth = Math.floor(pairs.length / 10);
  const latest = (side: keyof Pair) => pairs.map((pair) => Number(pair[side])).sort((a, b) => b - a)[tenth]!;
  const [was, is] = [latest('was'), latest('is')];
  const doublings = (age: number) => Math.round(Math.log2(Math.max(1, age / (2 * HOUR))));
  return pairs.map((pair) => ({
    was: doublings(was - Number(pair.was)),
    is: doublings(is - Number(pair.is)),
  }));
}
