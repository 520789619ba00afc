import type { Mapping } from './mapping.ts';
import { present, textAt, type TextRow } from './place.ts';
import { positionAt } from './position.ts';
import type { StationNames } from './stationNames.ts';
import { readTime } from './values.ts';

/**
 * Rows with two columns more: the code of the station that a row's name means, and why it means none. `around` is
 * about when they were seen, in ms since the epoch, where no column of theirs tells it.
 */
export function withCodes(
  rows: readonly TextRow[],
  { columns, poll }: Pick<Mapping, 'columns' | 'poll'>,
  names: StationNames,
  around: number | null,
): TextRow[] {
  const nameOf = textAt(columns.name!);
  const positionOf = positionAt(columns);
  return rows.map((row) => {
    const name = nameOf(row);
    const time = () => (poll ? (readTime(present(row[poll.index]) ?? '')?.ms ?? null) : around);
    return [...row, ...(name === null ? noName : names.find(name, positionOf(row), time))];
  });
}

const noName = [null, 'no_station_code'] as const;
