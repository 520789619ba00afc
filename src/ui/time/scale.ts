import { DAY, QUARTER, type Recorded } from './recorded.ts';

/** A gap that is longer than a day, and than this share of what is recorded, becomes a short break. */
const LONG = 1 / 50;

/** Pixels of a break, and of the shortest stretch: room for a finger, and for a year under it. */
const BREAK = 12;
const LEAST = 24;

/** A run of quarter-hours without a long gap. */
interface Run {
  /** Its first and its last place with a snapshot. */
  readonly from: number;
  readonly to: number;
}

/** A run on the line. */
export interface Stretch extends Run {
  /** The place that it begins at, before the first snapshot where the run is the newest and shorter than a day. */
  readonly start: number;
  /** 0–1 along the line. */
  readonly left: number;
  readonly right: number;
}

/** A long gap on the line. */
interface Break {
  /** 0–1 along the line. */
  readonly left: number;
  readonly right: number;
  /** Milliseconds without a snapshot. */
  readonly length: number;
}

/**
 * Where the places of the record lie on the line, in proportion within each stretch. Each place is the middle of the
 * width that it takes: fractions lie between two places.
 */
export class Scale {
  readonly stretches: readonly Stretch[];
  /** Places and where they lie, between which the scale is straight. */
  readonly #knots: readonly (readonly [place: number, x: number])[];

  /** `width` is the line's, in pixels. */
  constructor(recorded: Recorded, width: number) {
    const runs = runsOf(recorded);
    const start = ({ from, to }: Run, index: number): number =>
      Math.min(from, index === runs.length - 1 ? to + 1 - DAY : from) - 0.5;
    const lengths = runs.map((run, index) => run.to + 0.5 - start(run, index));
    const all = lengths.reduce((sum, length) => sum + length, 0);
    const gap = Math.min(BREAK / width, 0.4 / (runs.length - 1));
    const least = Math.min(LEAST / width, 0.3 / runs.length);
    const free = 1 - (runs.length - 1) * gap - runs.length * least;
    let next = 0;
    this.stretches = runs.map((run, index) => {
      const left = next;
      const right = left + least + (free * lengths[index]!) / all;
      next = right + gap;
      return { ...run, start: start(run, index), left, right };
    });
    this.#knots = this.stretches.flatMap(({ start, to, left, right }) => [
      [start, left],
      [to + 0.5, right],
    ]);
  }

  /** The long gaps, between two stretches each. */
  get breaks(): readonly Break[] {
    return this.stretches.slice(1).map(({ from, left }, index) => {
      const before = this.stretches[index]!;
      return { left: before.right, right: left, length: (from - before.to - 1) * QUARTER };
    });
  }

  /** Where a place lies, 0–1; at the end that it lies beyond. */
  xOf(place: number): number {
    return straight(this.#knots, place);
  }

  /** The place that lies there, 0–1. */
  placeAt(x: number): number {
    return straight(
      this.#knots.map(([place, at]) => [at, place]),
      x,
    );
  }
}

/** The runs of a record, the oldest first. */
function runsOf(recorded: Recorded): readonly Run[] {
  const runs = split(recorded, DAY);
  const all = runs.reduce((sum, { from, to }) => sum + to + 1 - from, 0);
  return all * LONG > DAY ? split(recorded, all * LONG) : runs;
}

/** The record in runs without a gap of more than so many places. */
function split(recorded: Recorded, longest: number): readonly Run[] {
  const runs: { from: number; to: number }[] = [];
  for (let index = 0; index < recorded.count; index += 1) {
    if (recorded.bikes(index) === null) continue;
    const run = runs.at(-1);
    if (run !== undefined && index - run.to - 1 <= longest) run.to = index;
    else runs.push({ from: index, to: index });
  }
  return runs;
}

/** What belongs to a value on a line through some points, the values in order; the end's beyond them. */
function straight(points: readonly (readonly [number, number])[], value: number): number {
  const next = points.findIndex(([at]) => at >= value);
  const [end, to] = points.at(next) ?? [0, 0];
  if (next <= 0) return to;
  const [start, from] = points[next - 1]!;
  return from + ((to - from) * (value - start)) / (end - start);
}
