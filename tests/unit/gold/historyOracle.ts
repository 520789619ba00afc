import type { SectionEnds } from '../../../src/gold/history.ts';
import type { Reading } from './lake.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MAX_GAP = 10 * MINUTE;

type Figures = readonly [
  mechanical: number | null,
  ebikes: number | null,
  bikes: number | null,
  docks: number | null,
  capacity: number | null,
];

/** What a station told in a frame, and for how long that stood. */
interface Stay {
  readonly station: string;
  readonly from: number;
  readonly to: number;
  readonly state: number | null;
  readonly figures: Figures;
}

export type Line = Readonly<Record<string, string | number | null>>;

/** What `history.ts` should tell of readings, worked out reading by reading. `good` are the frames, in order. */
export class HistoryOracle {
  readonly #stays: readonly Stay[];

  /** `to`: when the last frame of all stood no longer, if no gap came before. `sectionOf` an instant: its beginning. */
  constructor(
    readings: readonly Reading[],
    private readonly good: readonly number[],
    to: number,
    private readonly sectionOf: (at: number) => number = (at) => Math.floor(at / DAY) * DAY,
  ) {
    this.#stays = readings
      .flatMap((reading): Stay[] => {
        const at = reading.at.getTime();
        const index = good.indexOf(at);
        if (index < 0) return [];
        const until = Math.min(good[index + 1] ?? Math.max(at, to), at + MAX_GAP);
        const { mechanical = 6, ebikes = 4, docks = 10, capacity = 20 } = reading;
        const { bikes = (mechanical ?? 0) + (ebikes ?? 0) } = reading;
        const figures: Figures = [mechanical, ebikes, bikes, docks, capacity];
        return [{ station: reading.station, from: at, to: until, state: stateOf(reading, figures), figures }];
      })
      .sort((a, b) => (a.station === b.station ? a.from - b.from : a.station < b.station ? -1 : 1));
  }

  sections(): SectionEnds[] {
    return [...new Set(this.good.map(this.sectionOf))].map((section) => {
      const inside = this.good.filter((at) => this.sectionOf(at) === section);
      const last = inside.at(-1)!;
      const next = this.good.find((at) => at > last);
      const until = Math.min(next ?? Infinity, last + MAX_GAP);
      return { first: inside[0]!, last, until };
    });
  }

  /** How long frames stood that another followed without a gap, by the hour of that one. */
  pairs(): Line[] {
    const { good } = this;
    const isLater = (at: number) => good.some((before) => before < at && before >= at - MAX_GAP);
    const hourOf = (at: number) => Math.floor(at / HOUR) * HOUR;
    return [...new Set(good.filter(isLater).map(hourOf))].map((hour) => {
      const later = good.filter((at) => hourOf(at) === hour && isLater(at));
      return {
        hour_at: hour,
        ms: later.reduce((sum, at) => sum + at - Math.max(...good.filter((one) => one < at)), 0),
      };
    });
  }

  intervals(): Line[] {
    const lines: Line[] = [];
    for (const [index, stay] of this.#stays.entries()) {
      const before = this.#stays[index - 1];
      const goesOn =
        before?.station === stay.station &&
        before.to === stay.from &&
        this.sectionOf(before.from) === this.sectionOf(stay.from) &&
        JSON.stringify([before.state, before.figures]) === JSON.stringify([stay.state, stay.figures]);
      if (goesOn) lines[lines.length - 1] = { ...lines.at(-1)!, to_at: stay.to };
      else lines.push(intervalLine(stay));
    }
    return lines;
  }

  frames(): Line[] {
    return this.#stays.flatMap((stay): Line[] => {
      const frame = Math.ceil(stay.from / (15 * MINUTE)) * 15 * MINUTE;
      if (frame !== stay.from && frame >= stay.to) return [];
      const [mechanical, ebikes, , docks] = stay.figures;
      return [{ frame_at: frame, station_code: stay.station, state: stay.state, mechanical, ebikes, docks }];
    });
  }

  /** Sums a station and hour; hours of nothing at all are left out. */
  hours(): Line[] {
    const sums = new Map<string, Record<string, string | number>>();
    const add = (stay: Stay, at: number, figures: Readonly<Record<string, number>>) => {
      const hour = Math.floor(at / HOUR) * HOUR;
      const key = `${stay.station} ${hour}`;
      const sum = sums.get(key) ?? { station_code: stay.station, hour_at: hour, ...nothing };
      for (const [name, value] of Object.entries(figures)) sum[name] = Number(sum[name]) + value;
      sums.set(key, sum);
    };
    for (const stay of this.#stays) {
      for (let at = stay.from; at < stay.to;) {
        const end = Math.min(stay.to, (Math.floor(at / HOUR) + 1) * HOUR);
        add(stay, at, timesOf(stay, end - at));
        at = end;
      }
    }
    for (const [stay, moved] of this.#moves()) add(stay, stay.from, moved);
    return [...sums.values()].filter((sum) => Object.keys(nothing).some((name) => sum[name] !== 0));
  }

  /** The instants of a section at which a station's bikes are not what it told before, its first ones among them. */
  #news(section: number): number[] {
    return this.#stays.flatMap((stay, index) => {
      if (this.sectionOf(stay.from) !== section) return [];
      const before = this.#stays[index - 1];
      const isFirst = before?.station !== stay.station || this.sectionOf(before.from) !== section;
      return isFirst || before.figures[2] !== stay.figures[2] ? [stay.from] : [];
    });
  }

  #moves(): [Stay, Readonly<Record<string, number>>][] {
    const changes = this.#stays.flatMap((stay, index) => {
      const before = this.#stays[index - 1];
      if (before?.station !== stay.station || before.to !== stay.from) return [];
      const [now, then] = [stay.figures[2], before.figures[2]];
      const change = now === null || then === null ? 0 : now - then;
      const isSeam = this.sectionOf(before.from) !== this.sectionOf(stay.from);
      return change === 0 ? [] : [{ stay, before, change, isSeam }];
    });
    const intervals = this.intervals();
    /** When the network had changed before, as far as the section tells. */
    const changedBefore = ({ stay, isSeam, before }: (typeof changes)[number]): number => {
      const section = this.sectionOf(before.from);
      if (!isSeam) return Math.max(...this.#news(section).filter((at) => at < stay.from));
      const last = intervals.filter(({ from_at, to_at }) => {
        return to_at === stay.from && this.sectionOf(Number(from_at)) === section;
      });
      return Math.max(...last.map(({ from_at }) => Number(from_at)));
    };
    const jumps = changes.map((one) => {
      return { ...one, jump: one.stay.from - changedBefore(one) > MAX_GAP ? 0 : one.change };
    });
    return jumps.map(({ stay, change, jump, isSeam }) => {
      const near = jumps.filter((one) => {
        const sameDay = Math.floor(one.stay.from / DAY) === Math.floor(stay.from / DAY);
        const sameSection = isSeam ? sameDay : this.sectionOf(one.stay.from) === this.sectionOf(stay.from);
        return one.stay.station === stay.station && sameSection && one.isSeam === isSeam;
      });
      const gains = near
        .filter(({ stay: { from } }) => from >= stay.from && from <= stay.from + 270_000)
        .map(({ stay: { from: end } }) =>
          near
            .filter(({ stay: { from } }) => from <= end && from >= end - 270_000)
            .reduce((sum, one) => sum + one.jump, 0),
        );
      const isBrought = jump > 0 && Math.max(...gains) >= 8;
      const isTaken = jump < 0 && Math.min(...gains) <= -8;
      return [
        stay,
        {
          departures: Math.max(0, -change),
          arrivals: Math.max(0, change),
          brought: isBrought ? change : 0,
          taken: isTaken ? -change : 0,
        },
      ];
    });
  }
}

const stateNames = ['closed_ms', 'empty_ms', 'few_bikes_ms', 'balanced_ms', 'few_docks_ms', 'full_ms'];
const figureNames = ['mechanical', 'ebikes', 'bikes', 'docks', 'capacity'];
const nothing: Readonly<Record<string, number>> = Object.fromEntries(
  [
    ...['observed_ms', 'stale_ms', ...stateNames, 'unknown_ms', 'service_ms'],
    ...figureNames.flatMap((name) => [name, `${name}_ms`]),
    ...['out_of_order', 'service_capacity_ms', 'departures', 'arrivals', 'brought', 'taken'],
  ].map((name) => [name, 0]),
);

function timesOf({ state, figures }: Stay, ms: number): Record<string, number> {
  const [, , bikes, docks, capacity] = figures;
  const name = state === null ? 'unknown_ms' : state === -1 ? 'stale_ms' : stateNames[state]!;
  const serves = state !== null && state > 0;
  const missing = serves && capacity !== null ? Math.max(0, capacity - bikes! - docks!) : 0;
  return {
    observed_ms: ms,
    [name]: ms,
    service_ms: serves && bikes! >= 2 && docks! >= 2 ? ms : 0,
    ...Object.fromEntries(
      figureNames.flatMap((figure, index) => {
        const value = figures[index] ?? null;
        return [
          [figure, (value ?? 0) * ms],
          [`${figure}_ms`, value === null ? 0 : ms],
        ];
      }),
    ),
    out_of_order: missing * ms,
    service_capacity_ms: serves && capacity !== null ? ms : 0,
  };
}

function stateOf(reading: Reading, [, , bikes, docks, capacity]: Figures): number | null {
  const { installed = true, renting = true, returning = true, reported = reading.at } = reading;
  if (reported !== null && reported.getTime() < reading.at.getTime() - DAY) return -1;
  if ([installed, renting, returning].includes(false) || capacity === 0) return 0;
  if (bikes === null || docks === null) return null;
  if (bikes === 0) return 1;
  if (docks === 0) return 5;
  if (bikes <= 2) return 2;
  return docks <= 2 ? 4 : 3;
}

function intervalLine({ station, from, to, state, figures }: Stay): Line {
  const [mechanical, ebikes, bikes, docks, capacity] = figures;
  return {
    ...{ station_code: station, from_at: from, to_at: to, state },
    ...{ mechanical, ebikes, bikes, docks, capacity },
  };
}
