import type { Analyses, AnalysisFilters, AnalysisLevel, AnalysisWindow } from '../../pipeline/protocol.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import type { Route } from '../route.svelte.ts';
import { boundsOf, parseFilters, sayInstant, type Chosen } from './filters.ts';

const MINUTE = 60_000;
const DAY = 1440 * MINUTE;

/** How many days back the view may look, where so much was recorded. */
export const reaches = [7, 31, 92, 366] as const;

/** How long the newest snapshot may lie behind before the view is brought up to date. */
const FRESH = 5 * MINUTE;

/** What History is asked and was told. One question is under way at a time; of those that wait, the newest counts. */
export class Inquiry {
  /** What was told last; `empty` where nothing is recorded, `failed` where it could not be told. */
  answers = $state.raw<Analyses | 'empty' | 'failed' | null>(null);
  asking = $state(false);
  reach = $state<number>(31);
  level = $state<AnalysisLevel>('district');
  /** The end of the window, which stays while snapshots come, for a while. */
  #until = $state<number | null>(null);
  readonly #lakehouse: Lakehouse;
  readonly #route: Route;
  /** Counts the questions: an answer to one of another world or window is dropped. */
  #era = 0;
  #waiting: { readonly window: AnalysisWindow; readonly filters: AnalysisFilters } | null = null;

  constructor(lakehouse: Lakehouse, route: Route) {
    this.#lakehouse = lakehouse;
    this.#route = route;
    // A quartier's id is an arrondissement's with two digits more.
    if (this.chosen.areas?.some((id) => /^751\d{4}$/.test(id))) this.level = 'quartier';
  }

  /** What the filters leave. */
  get chosen(): Chosen {
    return parseFilters(this.#route.params);
  }

  /** All that can be looked at: as far back as is wished for, and where the filters begin; null while there is nothing. */
  get window(): AnalysisWindow | null {
    const { first = null } = this.#lakehouse.status?.totals ?? {};
    const to = this.#until;
    if (first === null || to === null) return null;
    const from = Math.max(first, Math.min(to - this.reach * DAY, this.chosen.from ?? Infinity));
    return { from: Math.min(from, to), to };
  }

  /** Follows the lake's newest snapshot; one that is not much newer changes nothing. */
  follow(): void {
    const { status } = this.#lakehouse;
    const last = status?.totals.last ?? null;
    // The bundled day is on its way.
    if (last === null) this.answers = status?.world === 'live' ? 'empty' : null;
    const until = this.#until;
    if (last === null || until === null || last < until || last - until >= FRESH) this.#until = last;
  }

  /** Asks what the filters leave of the window. */
  ask(): void {
    const { window } = this;
    if (window === null) return;
    this.#waiting = { window, filters: { level: this.level, ...this.chosen } };
    if (!this.asking) void this.#run();
  }

  /** Forgets what another world told. */
  forget(): void {
    this.#era += 1;
    this.#until = null;
    this.answers = null;
  }

  /** Narrows, or widens with null. */
  choose(change: Partial<Chosen>): void {
    const { from, to, dayTypes, hours, areas } = { ...this.chosen, ...change };
    this.#route.set({
      ...{ from: sayInstant(from), to: sayInstant(to) },
      days: dayTypes?.join(',') ?? null,
      hours: hours === null ? null : boundsOf(hours).join('-'),
      area: areas === null || areas.length === 0 ? null : areas.join(','),
    });
  }

  /** Takes an area in, or out again. */
  toggleArea(id: string): void {
    const areas = this.chosen.areas ?? [];
    this.choose({ areas: areas.includes(id) ? areas.filter((one) => one !== id) : [...areas, id] });
  }

  chooseLevel(level: AnalysisLevel): void {
    this.level = level;
    this.choose({ areas: null });
  }

  clear(): void {
    this.choose({ from: null, to: null, dayTypes: null, hours: null, areas: null });
  }

  /** Answers that say the same as before stay what they were: their charts need not be drawn anew. */
  #keep(answers: Analyses | 'failed'): Analyses | 'failed' {
    const { answers: before } = this;
    if (typeof answers === 'string' || before === null || typeof before === 'string') return answers;
    const known = (question: keyof Analyses) =>
      JSON.stringify(before[question]) === JSON.stringify(answers[question])
        ? before[question]
        : answers[question];
    const keys = Object.keys(answers) as (keyof Analyses)[];
    return Object.fromEntries(keys.map((key) => [key, known(key)])) as unknown as Analyses;
  }

  async #run(): Promise<void> {
    this.asking = true;
    while (this.#waiting !== null) {
      const { window, filters } = this.#waiting;
      const era = this.#era;
      this.#waiting = null;
      // The level decides what the rows are about: with another one under way they would be read wrongly.
      const isWanted = () => era === this.#era && filters.level === this.level;
      const answers = await this.#lakehouse.analyses(window, filters, (early) => {
        if (isWanted() && (this.answers === null || typeof this.answers === 'string')) this.answers = early;
      });
      // A snapshot is there and its Silver is not: it is asked for again as soon as that is.
      if (isWanted() && answers !== 'empty') this.answers = this.#keep(answers ?? 'failed');
    }
    this.asking = false;
  }
}
