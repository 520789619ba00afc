import type { AreaRow, StationRow, StationState } from '../../gold/answers.ts';
import type { Frames } from '../../pipeline/protocol.ts';
import { groupBy } from '../groupBy.ts';

/** One quarter-hour of a day's frames. */
export interface Frame {
  readonly at: number;
  readonly day: Frames;
  /** Its place among the day's frames. */
  readonly index: number;
}

/** Figures of the whole network; null where no station tells them. */
export interface Totals {
  readonly mechanical: number | null;
  readonly ebikes: number | null;
  readonly docks: number | null;
}

/** What is drawn of a moment while the visitor moves through time: no question is asked for it. */
export interface Drawn extends Totals {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly stations: readonly StationRow[];
  /** Quartiers and communes. */
  readonly areas: readonly AreaRow[];
}

/** States by their number in `Frames`, from -2 on. */
const states: readonly StationState[] = [
  ...(['unknown', 'closed', 'closed', 'empty'] as const),
  ...(['few_bikes', 'balanced', 'few_docks', 'full'] as const),
];
const unlisted = -3;

/** A frame with what is known of its stations and areas, none of which changes within days. */
export function draw(
  { at, day, index }: Frame,
  known: ReadonlyMap<string, StationRow>,
  areas: readonly AreaRow[],
): Drawn {
  const stations = day.codes.flatMap((station_code, station) => {
    const cell = index * day.codes.length + station;
    const state = day.state[cell] ?? unlisted;
    if (state === unlisted) return [];
    const {
      name = null,
      lat = null,
      lon = null,
      area_name = null,
      capacity = null,
    } = known.get(station_code) ?? {};
    return {
      ...{ station_code, name, lat, lon, area_name, capacity },
      mechanical: told(day.mechanical[cell]),
      ebikes: told(day.ebikes[cell]),
      docks: told(day.docks[cell]),
      state: states[state + 2] ?? 'unknown',
      stale: state === -1,
      last_reported: null,
    };
  });
  return { at, stations, areas: areasOf(stations, areas), ...totalsOf(stations) };
}

/** Sums over the stations that tell a figure; null where none does. */
function totalsOf(stations: readonly StationRow[]): Totals {
  const sum = (figure: keyof Totals): number | null =>
    stations.reduce<number | null>((total, { [figure]: value }) => {
      return value === null ? total : (total ?? 0) + value;
    }, null);
  return { mechanical: sum('mechanical'), ebikes: sum('ebikes'), docks: sum('docks') };
}

/** The areas with the figures of other stations, in the order they had. */
function areasOf(stations: readonly StationRow[], areas: readonly AreaRow[]): AreaRow[] {
  const byArea = groupBy(stations, ({ area_name }) => area_name);
  return areas.map((area) => {
    const inside = byArea.get(area.area_name) ?? [];
    const { mechanical, ebikes, docks } = totalsOf(inside);
    const share = ebikes === null || mechanical === null ? null : ebikes / (ebikes + mechanical);
    return { ...area, stations: inside.length, mechanical, docks, ebikes: ebikes ?? 0, ebike_share: share };
  });
}

function told(figure: number | undefined): number | null {
  return figure === undefined || figure < 0 ? null : figure;
}
