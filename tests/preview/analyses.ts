import type { Analyses, AnalysisFilters, AnalysisWindow } from '../../src/pipeline/protocol.ts';

const HOUR = 3_600_000;
const names = ['Paris 1er', 'Paris 11e', 'Paris 18e', 'Montreuil', 'Saint-Denis'];
const station = (code: string, name: string, area_name: string) => ({ station_code: code, name, area_name });

/** Answers of a made-up city: waves by the hour of the day, a gap of three hours in each day. */
export function analysesOf(window: AnalysisWindow, filters: AnalysisFilters): Analyses {
  const first = Math.floor(window.from / HOUR) * HOUR;
  const hours = Array.from(
    { length: Math.ceil((window.to - first) / HOUR) },
    (_, step) => first + step * HOUR,
  );
  const wave = (at: number): number => Math.sin(((at / HOUR) % 24) * (Math.PI / 12));
  const seen = (at: number): boolean => (at / HOUR) % 24 > 3;
  const areas = names.map((name, index) => ({ id: String(75101 + index), name, stations: 12 + index }));
  const grid = areas.flatMap(({ id }, index) =>
    Array.from({ length: 24 }, (_, city_hour) => ({
      area_id: id,
      city_hour,
      part: (index + 1 + (city_hour % 9)) / 20,
    })),
  );
  const through = <Row extends object>(row: (at: number) => Row) =>
    hours.map((at) => ({ from_ms: at, observed_ms: seen(at) ? HOUR : 0, ...row(at) }));
  const known = (at: number, value: number): number | null => (seen(at) ? value : null);
  return {
    ...{ window, newest: window.to, filters, areas, step_h: 1, days: 2, observed: 0.875 },
    network_curve: through((at) => ({
      mechanical: known(at, 8200 - 900 * wave(at)),
      ebikes: known(at, 5400 - 700 * wave(at)),
      docks: known(at, 30_800 + 1600 * wave(at)),
    })),
    notspot: through((at) => ({
      empty_share: known(at, 0.12 + 0.05 * wave(at)),
      full_share: known(at, 0.04),
      service_share: known(at, 0.7),
    })),
    out_of_service: through((at) => ({
      ...{ stations: known(at, 42), silent: known(at, 11), docks: known(at, 1310 + 20 * wave(at)) },
    })),
    stock_outs: grid.map(({ area_id, city_hour, part }) => ({
      ...{ area_id, city_hour, empty_ms: part * HOUR, full_ms: (part / 3) * HOUR, serving_ms: HOUR },
    })),
    ebike_share: grid.map(({ area_id, city_hour, part }) => ({
      ...{ area_id, city_hour, ebikes: part * HOUR, mechanical: (1 - part) * HOUR },
    })),
    movements: Array.from({ length: 24 }, (_, city_hour) => ({
      ...{ day_type: 'working' as const, city_hour, observed_ms: HOUR, hours: 1 },
      ...{ departures: 4000 + 3000 * wave(city_hour * HOUR), arrivals: 4100 },
    })),
    service_level: areas.map(({ id }, index) => ({
      ...{ area_id: id, service_share: 0.6 + index / 12, serving_ms: HOUR },
    })),
    rebalancing: grid.map(({ area_id, city_hour, part }) => ({
      ...{ area_id, city_hour, brought: Math.round(8 * part), taken: city_hour < 6 ? 8 : 0 },
    })),
    imbalance: areas.map(({ id }, index) => ({
      ...{ area_id: id, morning: index / 10 - 0.2, evening: 0.2 - index / 10 },
      ...{ morning_moves: 900, evening_moves: 1100 },
    })),
    station_ranks: areas.map(({ id, name }, index) => ({
      ...station(id, `Station ${index + 1}`, name),
      ...{ service_share: index / 5, empty_share: 0.6 - index / 10, full_share: index / 50, departures: 80 },
      ...{ serving_ms: HOUR, worst: index + 1, best: areas.length - index },
    })),
    stuck_bikes: [],
    dispatch: areas.map(({ id, name }, index) => ({
      ...station(id, `Station ${index + 1}`, name),
      ...{ action: index < 3 ? ('bring' as const) : ('take' as const), rank: (index % 3) + 1, state: 1 },
      ...{ bikes: index < 3 ? index : 24, docks: index < 3 ? 24 : index - 3, change: -4.2, amount: 12 },
      ...{ near_bikes: index * 2, near_docks: index, near_stations: index },
    })),
  };
}
