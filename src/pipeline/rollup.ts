import type { Engine } from '../engine/engine.ts';
import { recipeOf, makeRollups, rollups, type Rollup } from '../gold/rollups.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf, partPath, sha256 } from '../lake/names.ts';
import { groupBy } from './groupBy.ts';
import { sections, type Section } from './sections.ts';

/** What answers a span: rollups where they stand for whole sections of it, Silver elsewhere. */
export interface Chosen {
  readonly station_status: readonly FileEntry[];
  readonly station_day: readonly FileEntry[];
}

/** Chooses what answers a span (milliseconds since the epoch, both ends included). */
export function choose(lake: Lake, source: string, from: number, to: number): Chosen {
  const made = new Rollups(lake, source);
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
}

/** What is compacted and not rolled up, oldest first. */
export function notRolledUp(lake: Lake, source: string): Due[] {
  const made = new Rollups(lake, source);
  return sections(lake, source).flatMap((section): Due[] => {
    if (section.grain === 'part' || section.instants.length === 0) return [];
    const wanted = rollups.filter((rollup) => !made.of(section, rollup));
    return wanted.length > 0 ? [{ section, wanted }] : [];
  });
}

/** Rolls up what `notRolledUp` found, the newest first, and replaces what is no longer true. Gives how many sections. */
export async function rollUp(
  lake: Lake,
  engine: Engine,
  source: string,
  due: readonly Due[],
): Promise<number> {
  for (const { section, wanted } of due.toReversed()) await write(lake, engine, source, section, wanted);
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
  section: Section,
  wanted: readonly Rollup[],
): Promise<void> {
  const { status, instants, grain } = section;
  const paths = status.map(({ path }) => path);
  for (const path of paths) await engine.register(path, await lake.readSound(path));
  const made = await makeRollups(engine, wanted, paths, instants);
  for (const path of paths) await engine.unregister(path);
  const [from, to] = [instants[0]!, instants.at(-1)!];
  const files: FileEntry[] = [];
  for (const { rollup, bytes, rows } of made) {
    const path = partPath('gold', rollup, source, from, grain, sha256(bytes));
    const made_of = madeOf(rollup, status, instants);
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

  constructor(lake: Lake, source: string) {
    this.#days = groupBy(entries(lake, source), ({ from }) => dayOf(from!));
  }

  /** The rollup that was made of what a section now holds. */
  of({ day, status, instants }: Section, rollup: Rollup): FileEntry | undefined {
    const made = (this.#days.get(day) ?? []).filter(({ table }) => table === rollup);
    if (made.length === 0) return undefined;
    const hash = madeOf(rollup, status, instants);
    return made.find(({ made_of }) => made_of === hash);
  }
}

function entries(lake: Lake, source: string): FileEntry[] {
  return rollups.flatMap((rollup) => lake.entries(rollup, source));
}

const text = (value: string) => new TextEncoder().encode(value);

const recipes = new Map(rollups.map((rollup) => [rollup, sha256(text(recipeOf(rollup)))]));

/** SHA-256 of all that a rollup follows from: how it is computed, the Silver files, the good snapshots. */
export function madeOf(rollup: Rollup, status: readonly FileEntry[], instants: readonly number[]): string {
  const files = sha256(text(status.map((file) => file.sha256).join('\n')));
  const times = sha256(new Uint8Array(Float64Array.from(instants).buffer));
  return sha256(text([recipes.get(rollup), files, times].join('\n')));
}
