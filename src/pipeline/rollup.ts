import type { Engine } from '../engine/engine.ts';
import { recipeOf, makeRollups, rollups, type Rollup } from '../gold/rollups.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf, partPath, sha256 } from '../lake/names.ts';
import { readAreaMap, type AreaMap } from './areaMap.ts';
import { groupBy } from './groupBy.ts';
import { sections, type Section } from './sections.ts';

/** What answers a span: rollups where they stand for whole sections of it, Silver elsewhere. */
export interface Chosen {
  readonly station_status: readonly FileEntry[];
  readonly station_day: readonly FileEntry[];
}

/** Chooses what answers a span (milliseconds since the epoch, both ends included). */
export function choose(lake: Lake, source: string, from: number, to: number): Chosen {
  const made = new Rollups(lake, source, null);
  const station_status: FileEntry[] = [];
  const station_day: FileEntry[] = [];
  for (const section of sections(lake, source, from, to)) {
    const inside = section.instants.filter((at) => at >= from && at <= to);
    if (inside.length === 0) continue;
    const rollup = inside.length === section.instants.length ? made.of(section, 'station_day') : undefined;
    if (rollup) station_day.push(rollup);
    else station_status.push(...section.status.filter((file) => file.from! <= to && file.to! >= from));
  }
  return { station_status, station_day };
}

/** A section of which rollups are missing, or no longer true. */
interface Due {
  readonly section: Section;
  readonly wanted: readonly Rollup[];
  /** Its `station_hour`, where that is true. */
  readonly hours: FileEntry | undefined;
}

/** What is compacted and not rolled up, oldest first; all of it where the map of areas is not known. */
export function notRolledUp(lake: Lake, source: string, map: AreaMap | null): Due[] {
  const made = new Rollups(lake, source, map);
  return sections(lake, source).flatMap((section): Due[] => {
    if (section.grain === 'part' || section.instants.length === 0) return [];
    const wanted = rollups.filter((rollup) => !made.of(section, rollup));
    return wanted.length > 0 ? [{ section, wanted, hours: made.of(section, 'station_hour') }] : [];
  });
}

/** Rolls up what is compacted, the newest first, and replaces what is no longer true. Gives how many sections. */
export async function rollUp(lake: Lake, engine: Engine, source: string): Promise<number> {
  const map = await readAreaMap(lake, engine, source);
  const due = notRolledUp(lake, source, map);
  for (const one of due.toReversed()) await write(lake, engine, source, one, map);
  return due.length;
}

/** The paths of the rollups of a span: they go when its Silver does. */
export function rollupsOf(lake: Lake, source: string, from: number, to: number): string[] {
  return entries(lake, source).flatMap((file) => (file.from! <= to && file.to! >= from ? [file.path] : []));
}

async function write(
  lake: Lake,
  engine: Engine,
  source: string,
  { section: { status, instants, grain }, wanted, hours }: Due,
  map: AreaMap,
): Promise<void> {
  const needsSilver = wanted.some((rollup) => rollup !== 'area_hour');
  const inputs = {
    station_status: needsSilver ? status.map(({ path }) => path) : [],
    station_hour: hours ? [hours.path] : [],
    station_information: map.files,
  };
  await engine.registerAll(Object.values(inputs).flat(), (path) => lake.readSound(path));
  const made = await makeRollups(engine, wanted, { ...inputs, instants });
  for (const path of [...inputs.station_status, ...inputs.station_hour]) await engine.unregister(path);
  const [from, to] = [instants[0]!, instants.at(-1)!];
  const files: FileEntry[] = [];
  for (const { rollup, bytes, rows } of made) {
    const path = partPath('gold', rollup, source, from, grain, sha256(bytes));
    const made_of = madeOf(rollup, status, instants, map);
    const facts = { rows, snapshots: instants.length, from, to, csv_bytes: 0, made_of };
    files.push(await lake.put({ path, layer: 'gold', table: rollup, source, ...facts }, bytes));
  }
  const replaces = rollupsOf(lake, source, from, to).filter((path) => {
    const isMade = files.some((file) => file.path === path);
    return !isMade && wanted.some((rollup) => lake.state.files[path]!.table === rollup);
  });
  await lake.append([{ kind: 'commit', source, files, replaces }]);
  await lake.sweep(replaces);
}

/** The rollups that a lake holds, by their days. */
export class Rollups {
  readonly #days: ReadonlyMap<string, readonly FileEntry[]>;

  constructor(
    lake: Lake,
    source: string,
    private readonly map: AreaMap | null,
  ) {
    this.#days = groupBy(entries(lake, source), ({ from }) => dayOf(from!));
  }

  /** The rollup that was made of what a section now holds; no `area_hour` where the map of areas is not known. */
  of({ day, status, instants }: Section, rollup: Rollup): FileEntry | undefined {
    const made = (this.#days.get(day) ?? []).filter(({ table }) => table === rollup);
    if (made.length === 0) return undefined;
    const hash = madeOf(rollup, status, instants, this.map);
    return made.find(({ made_of }) => made_of === hash);
  }
}

function entries(lake: Lake, source: string): FileEntry[] {
  return rollups.flatMap((rollup) => lake.entries(rollup, source));
}

const text = (value: string) => new TextEncoder().encode(value);

const recipes = new Map(rollups.map((rollup) => [rollup, sha256(text(recipeOf(rollup)))]));

/** SHA-256 of the instants of a section, of which every rollup is asked. */
const timesOf = new WeakMap<readonly number[], string>();

/**
 * SHA-256 of all that a rollup follows from: how it is computed, the Silver files, the good snapshots, and for
 * `area_hour` where stations stood then.
 */
export function madeOf(
  rollup: Rollup,
  status: readonly FileEntry[],
  instants: readonly number[],
  map: AreaMap | null,
): string {
  const files = sha256(text(status.map((file) => file.sha256).join('\n')));
  const times = timesOf.get(instants) ?? sha256(new Uint8Array(Float64Array.from(instants).buffer));
  timesOf.set(instants, times);
  const areas = rollup === 'area_hour' && map ? [map.hashOf(instants[0]!, instants.at(-1)!)] : [];
  return sha256(text([recipes.get(rollup), files, times, ...areas].join('\n')));
}
