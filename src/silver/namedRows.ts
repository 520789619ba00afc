import { box } from './cast.ts';
import type { Position } from './distance.ts';
import type { Mapping } from './mapping.ts';
import { present, textAt, type Columns, type Place, type TextRow } from './place.ts';
import type { StationNames } from './stationNames.ts';
import { numberOf, readTime } from './values.ts';

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

/** A reader of a row's position, as the cast reads it; null where it tells none. */
function positionAt({ lat, lon }: Columns): (row: TextRow) => Position | null {
  if (!lat || !lon) return () => null;
  const degrees = (place: Place) => {
    const text = textAt(place);
    return (row: TextRow) => numberOf(text(row) ?? '') || NaN;
  };
  const [latOf, lonOf] = [degrees(lat), degrees(lon)];
  return (row) => {
    const [a, b] = [latOf(row), lonOf(row)];
    if (Number.isNaN(a + b)) return null;
    return isWithin(b, box.lat) && isWithin(a, box.lon) ? { lat: b, lon: a } : { lat: a, lon: b };
  };
}

const isWithin = (degrees: number, [least, most]: readonly [number, number]) =>
  degrees >= least && degrees <= most;
