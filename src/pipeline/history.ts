import type { Engine } from '../engine/engine.ts';
import { askFrames, type Frames } from '../gold/frames.ts';
import {
  loadHistory,
  type DayEnds,
  type HistoryInputs,
  type HistoryRollup,
  type HistoryTable,
} from '../gold/history.ts';
import { MAX_GAP_S } from '../gold/questions.ts';
import type { Lake } from '../lake/lake.ts';
import { DAY } from '../lake/names.ts';
import { retrying } from './retrying.ts';
import { goodSnapshots } from './status.ts';

/** A span of the past, milliseconds since the epoch, both ends included; of one station only where it is named. */
export interface HistorySpan {
  readonly from: number;
  readonly to: number;
  readonly station?: string;
}

const MAX_GAP = MAX_GAP_S * 1000;

/** Reads what the lake tells of the past: rollups of days that are over, Silver of the others. */
export class History {
  constructor(
    private readonly lake: Lake,
    private readonly source: string,
    private readonly engine: Engine,
  ) {}

  /**
   * Makes a table readable in the engine under its name, and `station_information` beside it, while `work` runs:
   * `station_interval` has the runs that touch the span, `station_hour` its hours, the first and the last one whole,
   * `station_frame` its quarter-hours; no row where nothing was recorded. The lake's newest snapshot stands until the
   * span's end, at most `MAX_GAP_S`. Nothing else goes through the engine's temporary tables meanwhile. `work` may be
   * done twice (`Engine.use`). Rejects with `engine.*` and `lake.*` errors.
   */
  read<T>(table: HistoryTable, span: HistorySpan, work: (engine: Engine) => Promise<T>): Promise<T> {
    const { lake, engine } = this;
    return retrying(lake, engine, async () => {
      const inputs = this.#inputs(span);
      const { station_status, station_information, rollups } = inputs;
      const paths = [...station_status, ...station_information, ...Object.values(rollups).flat()];
      await engine.registerAll(paths, (path) => lake.read(path));
      return engine.exclusive(async () => {
        await loadHistory(engine, table, inputs);
        return work(engine);
      });
    });
  }

  /** The quarter-hours of a UTC day (YYYY-MM-DD), from 00:00 on; null where nothing was recorded. */
  frames(day: string): Promise<Frames | null> {
    const from = Date.parse(day);
    return this.read('station_frame', { from, to: from + DAY - 1 }, askFrames);
  }

  #inputs({ from, to, station }: HistorySpan): HistoryInputs {
    const { lake, source } = this;
    const paths = (table: string) => lake.entries(table, source).map(({ path }) => path);
    const ends = this.#days(from, to);
    const [first, last] = [dayStart(ends[0]?.first ?? 0), dayStart(ends.at(-1)?.last ?? 0) + DAY];
    const instants = goodSnapshots(lake, source, first, last - 1).map(([at]) => at);
    const status = lake.entries('station_status', source);
    const station_status = status.filter((file) => file.from! < last && file.to! >= first);
    const rollups: Record<HistoryRollup, string[]> = {
      ...{ station_interval: [], station_edge: [], station_hour: [], station_frame: [] },
    };
    return {
      ...{ from, to, station: station ?? null, instants, days: ends, rollups },
      station_status: station_status.map(({ path }) => path),
      station_information: paths('station_information'),
    };
  }

  /** The UTC days that tell of a span, oldest first: the last snapshot of a day may stand into the one after. */
  #days(from: number, to: number): DayEnds[] {
    const [first, last] = [dayStart(from - MAX_GAP), dayStart(to) + DAY];
    const instants = goodSnapshots(this.lake, this.source, first, last + MAX_GAP).map(([at]) => at);
    return instants.flatMap((at, index): DayEnds[] => {
      const next = instants[index + 1] ?? Math.max(at, to);
      if (at >= last || (index + 1 < instants.length && dayStart(next) === dayStart(at))) return [];
      const start = dayStart(at);
      const earliest = instants.find((one) => one >= start)!;
      return [{ first: earliest, last: at, until: Math.min(next, at + MAX_GAP) }];
    });
  }
}

/** 00:00 UTC of an instant's day. */
function dayStart(at: number): number {
  return Math.floor(at / DAY) * DAY;
}
