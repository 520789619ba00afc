import { fieldsOf, type Field } from './fields.ts';
import { textAt, type Place, type TextRow } from './place.ts';
import { numberOf } from './values.ts';

/** Degrees that are only a latitude, and only a longitude, in metropolitan France. */
const FRANCE = { lat: [41, 52], lon: [-6, 10] } as const;

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
