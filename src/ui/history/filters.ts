import { dayTypes, type AnalysisFilters, type DayType } from '../../pipeline/protocol.ts';
import type { Params } from '../params.ts';

/** What the address says of the filters; what it does not say is null. */
export type Chosen = Omit<AnalysisFilters, 'level'>;

/**
 * Reads `from` and `to` (ISO 8601), `days` (`working,saturday`), `hours` (`7-10`, the end exclusive; `22-2` goes over
 * midnight) and `area` (ids). What cannot be read is left out.
 */
export function parseFilters(params: Params): Chosen {
  const [from, to] = [instant(params.from), instant(params.to)];
  const days = dayTypes.filter((type) => params.days?.split(',').includes(type));
  const areas = [...new Set(params.area?.split(',').filter((id) => id !== ''))];
  return {
    ...(from !== null && to !== null && from >= to ? { from: null, to: null } : { from, to }),
    dayTypes: days.length === 0 || days.length === dayTypes.length ? null : days,
    hours: parseHours(params.hours),
    areas: areas.length === 0 ? null : areas,
  };
}

/** How a span is said in the address, to the minute. */
export function sayInstant(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString().replace(/:\d\d\.\d+Z$/, 'Z');
}

/** The hours of a stretch of the day, from one to another, the end exclusive; null for the whole day. */
export function hoursBetween(first: number, end: number): readonly number[] | null {
  const count = (((end - first) % 24) + 24) % 24;
  if (count === 0) return null;
  return Array.from({ length: count }, (_, step) => (first + step) % 24);
}

/** First hour and end of a stretch of the day. */
export function boundsOf(hours: readonly number[] | null): readonly [first: number, end: number] {
  return hours === null ? [0, 24] : [hours[0] ?? 0, ((hours.at(-1) ?? 23) + 1) % 24 || 24];
}

/** Types of days with one more, or one less; null where that leaves all or none. */
export function toggleDay(chosen: readonly DayType[] | null, type: DayType): readonly DayType[] | null {
  const before = chosen ?? dayTypes;
  const after = dayTypes.filter((one) => before.includes(one) !== (one === type));
  return after.length === 0 || after.length === dayTypes.length ? null : after;
}

/** Whether a filter leaves something out. */
export function isNarrowed({ from, to, dayTypes: days, hours, areas }: Chosen): boolean {
  return [from, to, days, hours, areas].some((value) => value !== null);
}

function instant(text: string | undefined): number | null {
  const at = Date.parse(text ?? '');
  return Number.isNaN(at) ? null : at;
}

function parseHours(text: string | undefined): readonly number[] | null {
  const [, first, end] = /^(\d{1,2})-(\d{1,2})$/.exec(text ?? '') ?? [];
  if (first === undefined || end === undefined || Number(first) > 23 || Number(end) > 24) return null;
  return hoursBetween(Number(first), Number(end));
}
