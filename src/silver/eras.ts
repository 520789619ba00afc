/** Which clock a time without an offset was read from. */
export type Clock = 'utc' | 'paris';

/** A schema that stations were published in, by the city or by someone who recorded it. */
export interface EraFacts {
  /** The key of its name in `ui/messages`, too. */
  readonly id: string;
  /** Of its times without an offset. */
  readonly clock: Clock;
  /** Of the times in its files' names. */
  readonly file_clock: Clock;
}

/**
 * The eras, the oldest first. Clocks: 2014's feed told seconds since the epoch and offsets, so that what is naive
 * in files made of it is UTC, as with GBFS; the portal of 2019 cut its times to UTC days, and later wrote Paris time,
 * as its scrapers did; CityBikes (api.citybik.es) tells seconds since the epoch and UTC; the portals of other cities are
 * in France; the pipeline of 2025 cut
 * `+00:00` off; people who name columns themselves live by Paris’s clock; what we export is UTC.
 */
export const eras = [
  { id: 'jcdecaux', clock: 'utc', file_clock: 'paris' },
  { id: 'smovengo', clock: 'utc', file_clock: 'paris' },
  { id: 'labels', clock: 'paris', file_clock: 'paris' },
  { id: 'v2', clock: 'paris', file_clock: 'paris' },
  { id: 'gbfs', clock: 'utc', file_clock: 'paris' },
  { id: 'citybikes', clock: 'utc', file_clock: 'utc' },
  { id: 'cities', clock: 'paris', file_clock: 'paris' },
  { id: 'pipeline', clock: 'utc', file_clock: 'utc' },
  { id: 'own', clock: 'paris', file_clock: 'paris' },
  { id: 'velolac', clock: 'utc', file_clock: 'utc' },
] as const satisfies readonly EraFacts[];

export type Era = (typeof eras)[number]['id'];
