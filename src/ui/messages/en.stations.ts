import type { StationSign } from '../stations/sign.ts';
import type { Filter } from '../stations/search.ts';
import type { Order } from '../stations/order.ts';

/** Sentences of the list of stations in English. Parameters arrive formatted. */
export const stations = {
  title: 'List of stations',
  search: 'Search by name, area or number',
  searchAll: (count: string) => `Search ${count} stations`,
  clear: 'Clear the search',
  filters: 'Show only',
  filter: {
    ebikes: 'E-bikes',
    mechanical: 'Mechanical',
    docks: 'Free docks',
    open: 'Open',
    favourites: 'Favourites',
  } satisfies Record<Filter, string>,
  meaning: {
    ebikes: 'open, with an e-bike or more',
    mechanical: 'open, with a mechanical bike or more',
    docks: 'open, with a free dock or more',
    open: 'in service',
    favourites: 'those that you starred',
  } satisfies Record<Filter, string>,
  sort: 'Sort by',
  order: {
    name: 'Name',
    distance: 'Distance from me',
    ebikes: 'Most e-bikes',
    mechanical: 'Most mechanical bikes',
    docks: 'Most free docks',
    fill: 'Fullest',
    change: 'Greatest change',
  } satisfies Record<Order, string>,
  found: (n: number, count: string, all: string) =>
    n === 1 ? `1 station of ${all}` : `${count} stations of ${all}`,
  all: (n: number, count: string) => (n === 1 ? '1 station' : `${count} stations`),
  none: 'No station is like that.',
  noFavourite: 'No favourite yet: press the star of a station to keep it here.',
  widen: 'Show all stations',
  noPosition: 'Your device does not tell where you are: it may want your permission.',
  row: (mechanical: string, ebikes: string, docks: string) =>
    `${mechanical} mechanical, ${ebikes} electric, ${docks} ${docks === '1' ? 'free dock' : 'free docks'}`,
  of: (capacity: string) => `of ${capacity}`,
  state: {
    empty: 'empty',
    few_bikes: '1–2 bikes',
    balanced: 'bikes and docks',
    few_docks: '1–2 docks',
    full: 'full',
    closed: 'closed',
    stale: 'silent for a day',
    unknown: 'figures missing',
  } satisfies Record<StationSign, string>,
  station: 'Station',
  area: 'Area',
  left: (n: number, count: string) => (n === 1 ? 'and 1 more' : `and ${count} more`),
  star: (name: string) => `Favourite: ${name}`,
};
