import type { Engine } from '../engine/engine.ts';
import { stationAreasStep } from '../gold/history.ts';
import { hourStart } from '../gold/hours.ts';
import { view } from '../gold/tables.ts';
import type { Lake } from '../lake/lake.ts';
import { sha256 } from '../lake/names.ts';

/** A row of `station_areas.sql`: from when until when (ms since the epoch) a station stood in an area. */
interface Stretch {
  readonly station: string;
  readonly area: string;
  readonly from: number;
  readonly until: number;
}

/** In which area each station stood, and when: what `area_hour` follows from beside `station_hour`. */
export class AreaMap {
  readonly #moves: readonly number[];
  readonly #hashes = new Map<string, string>();

  /** Stretches by station and time, and the files that they were read from. */
  constructor(
    private readonly stretches: readonly Stretch[],
    readonly files: readonly string[] = [],
  ) {
    this.#moves = [...new Set(stretches.map(({ from }) => from))];
  }

  /** Reads the map of registered files of `station_information`. Rejects with `engine.*` errors. */
  static read(engine: Pick<Engine, 'query' | 'exclusive'>, files: readonly string[]): Promise<AreaMap> {
    return engine.exclusive(async () => {
      await view(engine, 'station_information', files);
      const stretches = await engine.query<Stretch>(
        `SELECT station_code AS station, quartier_id || ' ' || district_id AS area,
          CAST(epoch_ms(from_at) AS DOUBLE) AS "from", CAST(epoch_ms(until_at) AS DOUBLE) AS until
        FROM (${stationAreasStep.sql}) ORDER BY station_code, from_at`,
      );
      return new AreaMap(stretches, files);
    });
  }

  /**
   * SHA-256 of where stations stood at the beginning of each hour from that of one instant to that of another: the same
   * for all hours between which no station moves.
   */
  hashOf(first: number, last: number): string {
    const [from, to] = [hourStart(first), hourStart(last)];
    const key = [from, to].map((at) => this.#moves.filter((move) => move <= at).length).join();
    const known = this.#hashes.get(key);
    if (known) return known;
    const lines = this.stretches
      .filter((one) => one.from <= to && one.until > from)
      .map((one) => [one.station, one.area, one.from > from ? one.from : ''].join('\t'));
    const hash = sha256(new TextEncoder().encode(lines.join('\n')));
    this.#hashes.set(key, hash);
    return hash;
  }
}

/** The map that was read last of each lake. */
const maps = new WeakMap<Lake, AreaMap>();

/** The map of a source; null where it was not read since its files came. */
export function knownAreaMap(lake: Lake, source: string): AreaMap | null {
  const known = maps.get(lake) ?? null;
  return known?.files.join() === pathsOf(lake, source).join() ? known : null;
}

/** The map of a source, read where it is not known. Rejects with `engine.*` and `lake.*` errors. */
export async function readAreaMap(lake: Lake, engine: Engine, source: string): Promise<AreaMap> {
  const known = knownAreaMap(lake, source);
  if (known) return known;
  const paths = pathsOf(lake, source);
  await engine.registerAll(paths, (path) => lake.read(path));
  const map = await AreaMap.read(engine, paths);
  maps.set(lake, map);
  return map;
}

function pathsOf(lake: Lake, source: string): string[] {
  return lake.entries('station_information', source).map(({ path }) => path);
}
