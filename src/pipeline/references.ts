import { toVelolacError, VelolacError } from '../errors.ts';
import { Areas, parseBoundaries } from '../silver/areas.ts';
import type { Mapping } from '../silver/mapping.ts';
import type { StationTables } from '../silver/slice.ts';
import { parseStationIds, type StationIds } from '../silver/stationIds.ts';
import { parseStationNames, type StationNames } from '../silver/stationNames.ts';

/** What the page's folder holds for Silver: fetched when it is first needed, and again after a failure. */
export class References {
  #areas: Promise<Areas> | null = null;
  #stationIds: Promise<StationIds> | null = null;
  #stationNames: Promise<StationNames> | null = null;

  /** `base` is the absolute address of the page's folder. */
  constructor(private readonly base: string) {}

  areas = (): Promise<Areas> => {
    return (this.#areas ??= this.#json('boundaries.json').then(
      (json) => new Areas(parseBoundaries(json)),
      (thrown: unknown) => {
        this.#areas = null;
        throw toVelolacError(thrown);
      },
    ));
  };

  /** What the stations of a mapping are told by: nothing where they are told by their codes. */
  stations = async ({ station }: Pick<Mapping, 'station'>): Promise<StationTables> => {
    switch (station) {
      case 'code':
        return {};
      case 'id':
        return { stationIds: await this.#ids() };
      case 'name':
        return { stationNames: await this.#names() };
    }
  };

  #ids(): Promise<StationIds> {
    return (this.#stationIds ??= this.#json('station-ids.json').then(parseStationIds, (thrown: unknown) => {
      this.#stationIds = null;
      throw toVelolacError(thrown);
    }));
  }

  #names(): Promise<StationNames> {
    return (this.#stationNames ??= this.#json('station-names.json').then(
      parseStationNames,
      (thrown: unknown) => {
        this.#stationNames = null;
        throw toVelolacError(thrown);
      },
    ));
  }

  async #json(name: string): Promise<unknown> {
    const response = await fetch(new URL(name, this.base));
    if (!response.ok) throw new VelolacError('unexpected', `${name}: HTTP ${response.status}`);
    return response.json();
  }
}
