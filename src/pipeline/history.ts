import type { Engine } from '../engine/engine.ts';
import { askFrames, type Frames } from '../gold/frames.ts';
import {
  loadHistory,
  type HistoryInputs,
  type HistoryRollup,
  type HistoryTable,
  type SectionEnds,
} from '../gold/history.ts';
import { MAX_GAP_S } from '../gold/questions.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY } from '../lake/names.ts';
import { knownAreaMap, readAreaMap } from './areaMap.ts';
import { groupBy } from './groupBy.ts';
import { retrying } from './retrying.ts';
import { Rollups } from './rollup.ts';
import { sections, type Section } from './sections.ts';
import { goodSnapshots } from './status.ts';

/** A span of the past, milliseconds since the epoch, both ends included; of one station only where it is named. */
export interface HistorySpan {
  readonly from: number;
  readonly to: number;
  readonly station?: string;
}

/** A table of a span, and what it is read from as the lake stood at one moment. */
interface Past {
  readonly table: HistoryTable;
  readonly inputs: HistoryInputs;
}

const MAX_GAP = MAX_GAP_S * 1000;

/** What is read as one: the rollups that were made of it, else its Silver. */
type Read = Pick<Section, 'status' | 'instants'> & { readonly made: readonly FileEntry[] };

/** The rollups that a section's rows of a table come from; `area_hour` is summed of `station_hour` where it is missing. */
const rollupsFor: Readonly<Record<HistoryTable, readonly HistoryRollup[]>> = {
  station_interval: ['station_interval'],
  station_hour: ['station_hour', 'station_edge'],
  station_frame: ['station_frame'],
};

/** Reads what the lake tells of the past: rollups of what is compacted, Silver of the rest. */
export class History {
  constructor(
    private readonly lake: Lake,
    private readonly source: string,
    private readonly engine: Engine,
  ) {}

  /**
   * Makes a table readable in the engine under its name, and `station_information` beside it, while `work` runs:
   * `station_interval` has the runs that touch the span, `station_hour` its hours, the first and the last one whole,
   * `station_frame` its quarter-hours; no row where nothing was recorded. What is the last snapshot of all up to the
   * span's end stands until then, at most `MAX_GAP_S`. Nothing else goes through the engine's temporary tables meanwhile.
   * `work` may be done twice (`Engine.use`). Rejects with `engine.*` and `lake.*` errors.
   */
  read<T>(table: HistoryTable, span: HistorySpan, work: (engine: Engine) => Promise<T>): Promise<T> {
    const { lake, engine } = this;
    return retrying(lake, engine, async () => {
      if (table === 'station_hour') await readAreaMap(lake, engine, this.source);
      const past = this.plan(table, span);
      const { hours } = await this.open([past]);
      const [answer] = await Promise.all([this.load(past, hours, work), hours]);
      return answer;
    });
  }

  /**
   * What `read` would read as the lake stands now: what is planned together is of one state of it. The sums by area of
   * `station_hour` are read only where the map of areas is known.
   */
  plan(table: HistoryTable, span: HistorySpan): Past {
    return { table, inputs: this.#inputs(table, span) };
  }

  /**
   * Gives the engine what was planned. Whole hours are most of it, and come while it is at work: `hours` tells when they are
   * there. Must run in `Engine.use`.
   */
  async open(pasts: readonly Past[]): Promise<{ readonly hours: Promise<void> }> {
    const begin = pasts.flatMap(({ inputs: { station_status, station_information, rollups } }) => {
      const { station_interval, station_edge, station_frame } = rollups;
      return [
        ...station_status,
        ...station_information,
        station_interval,
        station_edge,
        station_frame,
      ].flat();
    });
    const hours = pasts.flatMap(({ inputs: { rollups } }) => [...rollups.station_hour, ...rollups.area_hour]);
    const register = (paths: readonly string[]) =>
      this.engine.registerAll([...new Set(paths)], (path) => this.lake.read(path));
    await register(begin);
    return { hours: register([...begin, ...hours]) };
  }

  /** As `read`, of a table that was planned and opened. */
  load<T>({ table, inputs }: Past, hours: Promise<void>, work: (engine: Engine) => Promise<T>): Promise<T> {
    const { engine } = this;
    return engine.exclusive(async () => {
      await loadHistory(engine, table, inputs, hours);
      return work(engine);
    });
  }

  /** The quarter-hours of a UTC day (YYYY-MM-DD), from 00:00 on; null where nothing was recorded. */
  frames(day: string): Promise<Frames | null> {
    const from = Date.parse(day);
    return this.read('station_frame', { from, to: from + DAY - 1 }, askFrames);
  }

  #inputs(table: HistoryTable, { from, to, station }: HistorySpan): HistoryInputs {
    const { lake, source } = this;
    const inputs = {
      station_status: [] as string[],
      instants: [] as number[],
      sections: [] as SectionEnds[],
      snapshots: [] as number[],
      unsummed: [] as string[],
    };
    const rollups: Record<HistoryRollup, string[]> = {
      ...{ station_interval: [], station_edge: [], station_hour: [], area_hour: [], station_frame: [] },
    };
    for (const { status, instants, made } of this.#read(table, from - MAX_GAP, to)) {
      const ends = this.#endsOf(instants, to);
      if (!ends || ends.until < from) continue;
      inputs.sections.push(ends);
      inputs.snapshots.push(...instants);
      const isSummed = made.some(({ table }) => table === 'area_hour');
      for (const { table, path } of made) {
        rollups[table as HistoryRollup].push(path);
        if (table === 'station_hour' && !isSummed) inputs.unsummed.push(path);
      }
      if (made.length > 0) continue;
      inputs.station_status.push(...status.map(({ path }) => path));
      inputs.instants.push(...instants);
    }
    const station_information = lake.entries('station_information', source).map(({ path }) => path);
    return { ...inputs, rollups, station_information, from, to, station: station ?? null };
  }

  /** The sections of a span with their rollups, or with none from the first on of a day that has not all of them. */
  #read(table: HistoryTable, from: number, to: number): Read[] {
    const { lake, source } = this;
    const made = new Rollups(lake, source, knownAreaMap(lake, source));
    const all = sections(lake, source, from, to).map((section) => {
      const files = rollupsFor[table].flatMap((rollup) => made.of(section, rollup) ?? []);
      if (files.length < rollupsFor[table].length) return { ...section, made: [] };
      const summed = table === 'station_hour' ? made.of(section, 'area_hour') : undefined;
      return { ...section, made: files.concat(summed ?? []) };
    });
    return [...groupBy(all, ({ day }) => day).values()].flatMap((inDay): Read[] => {
      const missing = inDay.findIndex((section) => section.made.length === 0);
      if (missing < 0) return inDay;
      const rest = inDay.slice(missing);
      const status = rest.flatMap((section) => section.status);
      const instants = rest.flatMap((section) => section.instants);
      return [...inDay.slice(0, missing), { status, instants, made: [] }];
    });
  }

  /** How long a section's last snapshot stood, the next one tells, whatever section that is of, or the span's end. */
  #endsOf(instants: readonly number[], to: number): SectionEnds | null {
    const [first, last] = [instants[0], instants.at(-1)];
    if (first === undefined || last === undefined) return null;
    const [next] = goodSnapshots(this.lake, this.source, last + 1, last + MAX_GAP)[0] ?? [];
    return { first, last, until: Math.min(next ?? last + MAX_GAP, Math.max(last, to)) };
  }
}
