import type { Analyses, AnalysisArea, MovesRow, RebalancingRow } from '../../pipeline/protocol.ts';
import type { Point } from '../charts/curve.ts';
import type { Stretch } from '../charts/timeLines.ts';
import { groupBy } from '../groupBy.ts';
import { fromWallTime, toCityDay } from '../time.ts';
import type { Chosen } from './filters.ts';

/** So many stations of a list are shown at first. */
export const few = 10;

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/** From so many days on, ten months, a chart through time is marked by the month. */
const LONG_D = 300;

/** One step of a figure through time. */
export interface Step {
  readonly from_ms: number;
  readonly observed_ms: number;
}

/** The span of a chart through time: whole steps, so that the middle of each lies in it. */
export function axisOf({ window, step_h }: Pick<Analyses, 'window' | 'step_h'>): Analyses['window'] {
  const step = step_h * HOUR;
  const from = Math.floor(window.from / HOUR) * HOUR;
  return { from, to: from + Math.max(1, Math.ceil((window.to - from) / step)) * step };
}

/** A figure through time at the middle of its steps, with a gap wherever a step is missing. */
export function pointsOf<Row extends Step>(
  rows: readonly Row[],
  step_h: number,
  of: (row: Row) => number | null,
): Point[] {
  const step = step_h * HOUR;
  return rows.flatMap((row, index): Point[] => {
    const before = rows[index - 1];
    const point = { at: row.from_ms + step / 2, value: of(row) };
    const isApart = before !== undefined && row.from_ms - before.from_ms > step;
    return isApart ? [{ at: row.from_ms - step / 2, value: null }, point] : [point];
  });
}

/** The stretches of a window in which nothing was observed; steps that filters leave out are none. */
export function unobserved(rows: readonly Step[], step_h: number, window: Stretch): Stretch[] {
  const stretches: { from: number; to: number }[] = [];
  for (const { from_ms, observed_ms } of rows) {
    const [from, to] = [Math.max(from_ms, window.from), Math.min(from_ms + step_h * HOUR, window.to)];
    const last = stretches.at(-1);
    if (observed_ms > 0 || to <= from) continue;
    if (last?.to === from) last.to = to;
    else stretches.push({ from, to });
  }
  return stretches;
}

/** The stretches of a window that have no step: filters leave them out. */
export function leftOut(rows: readonly Step[], step_h: number, window: Stretch): Stretch[] {
  let end = window.from;
  return [...rows.map(({ from_ms }) => from_ms), window.to].flatMap((begin): Stretch[] => {
    const gap = { from: end, to: begin };
    end = Math.max(end, begin + step_h * HOUR);
    return gap.to > gap.from ? [gap] : [];
  });
}

/** The mean of a figure over what was observed; null where nothing was. */
export function meanOf<Row extends Step>(
  rows: readonly Row[],
  of: (row: Row) => number | null,
): number | null {
  let [sum, time] = [0, 0];
  for (const row of rows) {
    const value = of(row);
    if (value === null) continue;
    sum += value * row.observed_ms;
    time += row.observed_ms;
  }
  return time === 0 ? null : sum / time;
}

/** The rows that a brush leaves of those of the whole window. */
export function within<Row extends Step>(
  rows: readonly Row[],
  { from, to }: { readonly from: number | null; readonly to: number | null },
): readonly Row[] {
  const first = from === null ? -Infinity : Math.floor(from / HOUR) * HOUR;
  return rows.filter((row) => row.from_ms >= first && row.from_ms < (to ?? Infinity));
}

/** The rows of the areas and hours that are chosen, of those that a chart shows all along: its sentence tells of these. */
export function chosenRows<Row extends { readonly area_id?: string; readonly city_hour?: number }>(
  rows: readonly Row[],
  { areas, hours }: Pick<Chosen, 'areas' | 'hours'>,
): readonly Row[] {
  return rows.filter(
    ({ area_id, city_hour }) =>
      (areas === null || area_id === undefined || areas.includes(area_id)) &&
      (hours === null || city_hour === undefined || hours.includes(city_hour)),
  );
}

/** A share by area and hour of the day. */
interface HourShares {
  readonly id: string;
  readonly name: string;
  /** Over all hours, 0–1. */
  readonly share: number;
  /** By hour, 24; null where nothing is known. */
  readonly hours: readonly (number | null)[];
}

interface AreaHour {
  readonly area_id: string;
  readonly city_hour: number;
}

/** Shares of areas, the highest first; areas that have no name are left out. */
export function hourShares<Row extends AreaHour>(
  rows: readonly Row[],
  areas: readonly AnalysisArea[],
  part: (row: Row) => number,
  whole: (row: Row) => number,
): HourShares[] {
  const names = new Map(areas.map(({ id, name }) => [id, name]));
  const sums = new Map<string, { part: number; whole: number; hours: (number | null)[] }>();
  for (const row of rows) {
    const sum = sums.get(row.area_id) ?? { part: 0, whole: 0, hours: Array<number | null>(24).fill(null) };
    sum.part += part(row);
    sum.whole += whole(row);
    sum.hours[row.city_hour] = whole(row) === 0 ? null : part(row) / whole(row);
    sums.set(row.area_id, sum);
  }
  return [...sums]
    .flatMap(([id, { part, whole, hours }]): HourShares[] => {
      const name = names.get(id);
      return name === undefined || name === '' || whole === 0
        ? []
        : [{ id, name, share: part / whole, hours }];
    })
    .sort((a, b) => b.share - a.share);
}

/** Bikes that were moved in an area. */
export interface Moved {
  readonly id: string;
  readonly name: string;
  readonly brought: number;
  readonly taken: number;
  /** Both together, by hour, 24; null where nothing was observed. */
  readonly hours: readonly (number | null)[];
}

/** Areas in which bikes were moved, most first; areas that have no name are left out. */
export function movedIn(rows: readonly RebalancingRow[], areas: readonly AnalysisArea[]): Moved[] {
  const byArea = groupBy(rows, ({ area_id }) => area_id);
  return areas
    .flatMap(({ id, name }): Moved[] => {
      const hours = Array<number | null>(24).fill(null);
      let [brought, taken] = [0, 0];
      for (const row of byArea.get(id) ?? []) {
        brought += row.brought;
        taken += row.taken;
        hours[row.city_hour] = row.brought + row.taken;
      }
      return name === '' || brought + taken === 0 ? [] : [{ id, name, brought, taken, hours }];
    })
    .sort((a, b) => b.brought + b.taken - a.brought - a.taken);
}

/** The hour of the highest figure. */
export function peakHour(hours: readonly (number | null)[]): number {
  return hours.reduce<number>((best, share, hour) => ((share ?? -1) > (hours[best] ?? -1) ? hour : best), 0);
}

/** Which of the five bands a NotSpot index lies in, 0 (up to 5 %) to 4 (above 20 %). */
export function bandOf(index: number): number {
  return Math.min(4, Math.max(0, Math.ceil(index / 0.05 - 1e-9) - 1));
}

/** Share of an hour that is seen for it to be told of: of one seen for less, more is supposed than known. */
const SEEN = 0.5;

/** The hours, by type of day, that were seen for long enough on the days behind them. */
export function wellSeen(rows: readonly MovesRow[]): readonly MovesRow[] {
  return rows.filter(({ observed_ms, hours }) => observed_ms >= SEEN * hours * HOUR);
}

/** The departures of a day's hours as points; null where nothing is known. */
export function departuresOf(rows: readonly MovesRow[]): Point[] {
  const known = new Map(rows.map((row) => [row.city_hour, row.departures]));
  return Array.from({ length: 24 }, (_, hour) => ({ at: hour + 0.5, value: known.get(hour) ?? null }));
}

/** The busiest hour of all day types. */
export function busiest(rows: readonly MovesRow[]): MovesRow | null {
  return rows.reduce<MovesRow | null>(
    (best, row) => (best === null || row.departures > best.departures ? row : best),
    null,
  );
}

/** Where a chart's axis is marked: at beginnings of months, of days, or of hours, in the city. */
interface Ticks {
  readonly unit: 'month' | 'day' | 'hour';
  readonly at: readonly number[];
}

/** The marks of a span, at most eight or so; of months where it is so long that a day needs its year. */
export function ticksOf({ from, to }: Analyses['window']): Ticks {
  const inside = (days: readonly string[]): number[] => {
    const at = days.map((day) => fromWallTime(`${day}T00:00`) ?? NaN);
    return at.filter((time) => time >= from && time <= to);
  };
  const first = Date.parse(toCityDay(from));
  const count = Math.ceil((to - from) / DAY);
  if (count > LONG_D) {
    const months = Math.ceil(count / 30);
    const every = [1, 2, 3, 6, 12].find((step) => months / step <= 8) ?? 12 * Math.ceil(months / 96);
    const begin = new Date(first).getUTCFullYear() * 12 + new Date(first).getUTCMonth();
    const marked = Array.from({ length: months + 1 }, (_, number) => begin + number);
    return { unit: 'month', at: inside(marked.filter((month) => month % every === 0).map(dayOfMonth)) };
  }
  const isWhole = fromWallTime(`${toDay(first)}T00:00`) === from;
  const days = Array.from({ length: count }, (_, day) => first + (isWhole ? day : day + 1) * DAY);
  const every = Math.ceil(count / 8);
  const midnights = inside(days.filter((_, index) => index % every === 0).map(toDay));
  if (midnights.length >= 3) return { unit: 'day', at: midnights };
  const begins = Math.ceil(from / HOUR) * HOUR;
  const hours = Array.from({ length: Math.max(0, Math.floor((to - from) / HOUR)) }, (_, hour) => {
    return begins + hour * HOUR;
  });
  const some = hours.filter((_, index) => hours.length <= 12 || index % 3 === 0);
  const step = Math.ceil(some.length / 8);
  return { unit: 'hour', at: some.filter((_, index) => index % step === 0) };
}

function toDay(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}

/** The first day of a month, counted from year nought on. */
function dayOfMonth(month: number): string {
  return toDay(Date.UTC(Math.floor(month / 12), month % 12));
}
