import { VelolacError } from '../errors.ts';
import { askAnalyses, loadAreas, loadLatest, loadStations, type AnalysisMemory } from '../gold/analyses.ts';
import type { Analyses, AnalysisFilters, AnalysisWindow } from '../gold/analysisRows.ts';
import { readAreaMap } from './areaMap.ts';
import type { Lakehouse } from './lakehouse.ts';
import { retrying } from './retrying.ts';
import { goodSnapshots } from './status.ts';

const MINUTE = 60_000;

/** Takes answers of areas alone. */
type Early = (answers: Analyses) => void;

/** Answers the questions of the view History: a window is read once, then small tables answer. */
export class Analyst {
  /** What the tables were made of, and by which worker of the engine. */
  #loaded: string | null = null;
  #generation = -1;
  #memory: AnalysisMemory = new Map();
  #turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly house: Lakehouse) {}

  /**
   * Everything about a window of time, from its first snapshot on, through filters; null where Silver has none in it.
   * Where the window must be read first, `early` gets what its areas tell before its stations are asked. One question at
   * a time. Rejects with `engine.*` and `lake.*` errors.
   */
  ask(window: AnalysisWindow, filters: AnalysisFilters, early: Early): Promise<Analyses | null> {
    const answer = this.#turn.then(() => this.#answer(window, filters, early));
    this.#turn = Promise.allSettled([answer]);
    return answer;
  }

  #answer(asked: AnalysisWindow, filters: AnalysisFilters, early: Early): Promise<Analyses | null> {
    const { lake, source, engine } = this.house;
    return retrying(lake, engine, async () => {
      await readAreaMap(lake, engine, source);
      // Snapshots come while this is read: nothing asks the lake how it stands after this moment.
      const snapshots = goodSnapshots(lake, source, asked.from, asked.to);
      const [from, newest] = [snapshots[0]?.[0], snapshots.at(-1)?.[0]];
      if (from === undefined || newest === undefined) return null;
      // Before its first snapshot there is nothing to show.
      const window = { from, to: asked.to };
      const made = JSON.stringify([window, this.#files(window)]);
      const ask = (of: 'areas' | 'all') => askAnalyses(engine, window, newest, filters, this.#memory, of);
      if (made !== this.#loaded || engine.generation !== this.#generation)
        await this.#load(window, newest, () => ask('areas'), early);
      this.#loaded = made;
      return engine.exclusive(() => {
        if (engine.generation === this.#generation) return ask('all');
        throw new VelolacError('engine.died', 'another worker has taken the place of the one that was told');
      });
    });
  }

  async #load(
    window: AnalysisWindow,
    newest: number,
    areas: () => Promise<Analyses>,
    early: Early,
  ): Promise<void> {
    const { history } = this.house;
    const hours = history.plan('station_hour', window);
    // The newest snapshot stands for a moment at least.
    const latest = history.plan('station_interval', { from: newest, to: newest + MINUTE });
    this.#loaded = null;
    this.#memory.clear();
    const opened = await history.open([hours, latest]);
    const loaded = history.load(hours, opened.hours, async (engine) => {
      this.#generation = engine.generation;
      await loadAreas(engine, window, newest);
      const told = await areas();
      const stations = loadStations(engine, window);
      // They are sent while the engine is at work.
      early(told);
      await stations;
    });
    await Promise.all([loaded, opened.hours]);
    await history.load(latest, opened.hours, (engine) => loadLatest(engine, newest));
  }

  /** The Silver behind a window: a late import changes it, and so does a new snapshot at its end. */
  #files({ from, to }: AnalysisWindow): readonly string[] {
    const { lake, source } = this.house;
    const status = lake.entries('station_status', source);
    return status.flatMap((file) => (file.from! <= to && file.to! >= from ? [file.path] : []));
  }
}
