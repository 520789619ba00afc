import type { Analyses } from '../../pipeline/protocol.ts';
import type { Format } from '../format.ts';
import type { history } from '../messages/en.history.ts';
import { boundsOf, type Chosen } from './filters.ts';

/** What filters leave, in words: areas that are told of, the stretch of time, types of days, hours. Empty where they leave all. */
export function filterWords(
  { areas, from, to, dayTypes, hours }: Chosen,
  told: Pick<Analyses, 'areas' | 'window'>,
  m: typeof history.filters,
  f: Format,
): string[] {
  const names = new Map(told.areas.map(({ id, name }) => [id, name]));
  return [
    ...(areas ?? []).flatMap((id) => names.get(id) ?? []),
    ...(from === null && to === null ? [] : [f.period(from ?? told.window.from, to ?? told.window.to)]),
    ...(dayTypes ?? []).map((type) => m.dayTypes[type].toLocaleLowerCase(f.lang)),
    ...(hours === null ? [] : [boundsOf(hours).map(m.hour).join('–')]),
  ];
}
