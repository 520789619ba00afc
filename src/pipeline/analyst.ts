import { askAnalyses, loadAreas, loadLatest, loadStations, type AnalysisMemory } from '../gold/analyses.ts';
import type { Analyses, AnalysisFilters, AnalysisWindow } from '../gold/analysisRows.ts';
import type { Lakehouse } from './lakehouse.ts';
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

  async #answer(asked: AnalysisWindow, filters: AnalysisFilters, early: Early): Promise<Analyses | null> {
    const { lake, source, engine } = this.house;
    const snapshots = goodSnapshots(lake, source, asked.from, asked.to);
    const [from, newest] = [snapshots[0]?.[0], snapshots.at(-1)?.[0]];
    if (from === undefined || newest === undefined) return null;
    // Before its first snapshot there is nothing to show.
    const window = { from, to: asked.to };
    const files = this.#files(window);
    // Silver of the first snapshot is on its way.
    if (files.length === 0) return null;
    const made = JSON.stringify([window, files]);
    for (let tries = 0; ; tries += 1) {
      const ask = (of: 'areas' | 'all') => askAnalyses(engine, window, newest, filters, this.#memory, of);
      if (made !== this.#loaded || tries > 0)
        await this.#load(window, newest, async () => early(await ask('areas')));
      this.#loaded = made;
      const answers = await engine.use(() =>
        engine.exclusive(async () => {
          // Another worker may have taken the place of the one that was told.
          if (tries < 2 && engine.generation !== this.#generation) return null;
          return ask('all');
        }),
      );
      if (answers) return answers;
    }
  }

  async #load(window: AnalysisWindow, newest: number, areas: () => Promise<void>): Promise<void> {
    const { history } = this.house;
    this.#loaded = null;
    this.#memory.clear();
    await history.read('station_hour', window, async (engine) => {
      this.#generation = engine.generation;
      await loadAreas(engine, window, newest);
      await areas();
      await loadStations(engine, window);
    });
    // The newest snapshot stands for a moment at least.
    const moment = { from: newest, to: newest + MINUTE };
    await history.read('station_interval', moment, (engine) => loadLatest(engine, newest));
  }

  /** The Silver behind a window: a late import changes it, and so does a new snapshot at its end. */
  #files({ from, to }: AnalysisWindow): readonly string[] {
    const { lake, source } = this.house;
    const status = lake.entries('station_status', source);
    return status.flatMap((file) => (file.from! <= to && file.to! >= from ? [file.path] : []));
  }
}
