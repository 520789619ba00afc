import type { Position } from './distance.ts';
import { fieldsOf, type Field } from './fields.ts';
import { textAt, type Columns, type Place, type TextRow } from './place.ts';
import { numberOf } from './values.ts';

/** Degrees that are only a latitude, and only a longitude, in metropolitan France. */
const FRANCE = { lat: [41, 52], lon: [-6, 10] } as const;

/** Île-de-France, in degrees: no place in it stays in it when latitude and longitude are swapped. */
export const REGION = { lat: [48.1, 49.3], lon: [1.4, 3.6] } as const;

/** Share of positions that must lie in France: feeds have told 0.0, 0.0. */
const MOST = 0.9;

/** Whether every value says that latitude and longitude stand in each other's place. */
export function areSwapped(lat: Place, lon: Place, rows: readonly TextRow[]): boolean {
  const texts = (place: Place) => rows.map(textAt(place));
  return shareIn(texts(lat), FRANCE.lon) === 1 && shareIn(texts(lon), FRANCE.lat) === 1;
}

/** Both halves of a position that stands in one column of any name; null where no column's values are one. */
export function findPosition(
  header: readonly string[],
  rows: readonly TextRow[],
): { readonly lat: Place; readonly lon: Place } | null {
  const inside = fieldsOf(header, rows).filter(({ place }) => place.kind === 'key' || place.kind === 'part');
  const lies = (degrees: keyof typeof FRANCE) => (field: Field) =>
    shareIn(field.texts, FRANCE[degrees]) >= MOST;
  for (const lat of inside.filter(lies('lat'))) {
    const lon = inside.filter(lies('lon')).find((field) => indexOf(field) === indexOf(lat));
    if (lon) return { lat: lat.place, lon: lon.place };
  }
  return null;
}

function indexOf({ place }: Field): number | null {
  return place.kind === 'sum' ? null : place.index;
}

/** Share of the texts that are such degrees; 0 where there are none. */
function shareIn(texts: readonly (string | null)[], [least, most]: readonly [number, number]): number {
  const degrees = texts.filter((text) => text !== null).map(numberOf);
  const within = degrees.filter((degree) => degree >= least && degree <= most);
  return degrees.length === 0 ? 0 : within.length / degrees.length;
}

/** A reader of a row's position, as the cast reads it; null where it tells none. */
export function positionAt({ lat, lon }: Columns): (row: TextRow) => Position | null {
  if (!lat || !lon) return () => null;
  const degrees = (place: Place) => {
    const text = textAt(place);
    return (row: TextRow) => numberOf(text(row) ?? '') || NaN;
  };
  const [latOf, lonOf] = [degrees(lat), degrees(lon)];
  return (row) => {
    const [a, b] = [latOf(row), lonOf(row)];
    if (Number.isNaN(a + b)) return null;
    return isWithin(b, REGION.lat) && isWithin(a, REGION.lon) ? { lat: b, lon: a } : { lat: a, lon: b };
  };
}

const isWithin = (degrees: number, [least, most]: readonly [number, number]) =>
  degrees >= least && degrees <= most;

/** Whether most of the positions that rows tell lie outside the region: those of another city. */
export function areElsewhere(rows: readonly TextRow[], columns: Columns): boolean {
  const told = rows.map(positionAt(columns)).filter((position) => position !== null);
  const inside = told.filter(({ lat, lon }) => isWithin(lat, REGION.lat) && isWithin(lon, REGION.lon));
  return inside.length * 2 < told.length;
}
