import type { StationRow } from '../../gold/answers.ts';

export const filters = ['ebikes', 'mechanical', 'docks', 'open', 'favourites'] as const;
export type Filter = (typeof filters)[number];

/** Text without case, accents and ligatures, what is neither letter nor digit as one space. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('œ', 'oe')
    .replaceAll('æ', 'ae')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** What a search looks through. */
export function searchText({ station_code, name, area_name }: StationRow): string {
  return plain(`${station_code} ${name ?? ''} ${area_name ?? ''}`);
}

/** Whether a station has what is wished for: bikes and docks count only where it is open. */
export function passes(
  row: StationRow,
  wanted: ReadonlySet<Filter>,
  favourites: ReadonlySet<string>,
): boolean {
  const open = row.state !== 'closed';
  const has: Readonly<Record<Filter, () => boolean>> = {
    ebikes: () => open && (row.ebikes ?? 0) >= 1,
    mechanical: () => open && (row.mechanical ?? 0) >= 1,
    docks: () => open && (row.docks ?? 0) >= 1,
    open: () => open,
    favourites: () => favourites.has(row.station_code),
  };
  return filters.every((filter) => !wanted.has(filter) || has[filter]());
}
