import { freeOf, type Analyses, type AnalysisQuestion } from '../../pipeline/protocol.ts';
import type { Span } from '../save/table.ts';
import { toInstant } from '../time.ts';
import { boundsOf, type Chosen } from './filters.ts';

const DAY = 86_400_000;

/** The filters that narrow a question's answer: those that it shows all along are null. */
export function filtersOf(question: AnalysisQuestion, { filters }: Analyses): Chosen {
  const free = freeOf[question];
  const { from, to, dayTypes, hours, areas } = filters;
  return {
    ...(free.includes('time') ? { from: null, to: null } : { from, to }),
    dayTypes: free.includes('dayTypes') ? null : dayTypes,
    hours: free.includes('hours') ? null : hours,
    areas: free.includes('areas') ? null : areas,
  };
}

/** The filters that narrow its sentence, which tells of what is picked in the chart where the chart shows all of it. */
export function saidOf(question: AnalysisQuestion, told: Analyses): Chosen {
  const { from, to, areas, hours } = told.filters;
  const isByHour = told[question]?.some((row) => 'city_hour' in row);
  return { ...filtersOf(question, told), from, to, areas, ...(isByHour ? { hours } : {}) };
}

/** What an answer is true of. */
export function spanOf(question: AnalysisQuestion, told: Analyses): Span {
  const { window, newest } = told;
  if (question === 'dispatch') return { from: newest, to: newest };
  const { from, to } = filtersOf(question, told);
  return { from: Math.max(window.from, from ?? -Infinity), to: Math.min(window.to, to ?? Infinity) };
}

/**
 * An answer's rows as a file tells them: instants as ISO 8601 in UTC, days as YYYY-MM-DD, an area's name beside its id,
 * shares 0–1 beside the times that they are of, and in three columns what filters left, as the address says it.
 */
export function toSave(question: AnalysisQuestion, told: Analyses): readonly object[] {
  const names = new Map(told.areas.map(({ id, name }) => [id, name]));
  const { areas, dayTypes, hours } = filtersOf(question, told);
  const filters = {
    filter_areas: areas?.join(' ') ?? '',
    filter_days: dayTypes?.join(' ') ?? '',
    filter_hours: hours === null ? '' : boundsOf(hours).join('-'),
  };
  return rowsOf(question, told).map((row) => {
    const cells = Object.entries(row).flatMap(([name, value]: [string, unknown]): [string, unknown][] => {
      if (name === 'from_ms') return [['from_at', toInstant(Number(value))]];
      if (name === 'last_day') return [[name, toInstant(Number(value) * DAY).slice(0, 10)]];
      if (name !== 'area_id') return [[name, value]];
      return [
        [name, value],
        ['area_name', names.get(String(value)) ?? ''],
      ];
    });
    return { ...Object.fromEntries(cells), ...filters };
  });
}

/** An answer's rows with the shares that its times make. */
function rowsOf(question: AnalysisQuestion, told: Analyses): readonly object[] {
  const share = (part: number, whole: number): number | null => (whole === 0 ? null : part / whole);
  if (question === 'stock_outs') {
    return told.stock_outs.map((row) => ({
      ...row,
      empty_share: share(row.empty_ms, row.serving_ms),
      full_share: share(row.full_ms, row.serving_ms),
    }));
  }
  if (question === 'ebike_share') {
    return told.ebike_share.map((row) => ({
      ...row,
      ebike_share: share(row.ebikes, row.ebikes + row.mechanical),
    }));
  }
  return told[question] ?? [];
}
