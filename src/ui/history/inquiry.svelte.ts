import type { Analyses, AnalysisFilters, AnalysisLevel, AnalysisWindow } from '../../pipeline/protocol.ts';
import type { Choice } from '../choice.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import type { Route } from '../route.svelte.ts';
import { boundsOf, parseFilters, sayInstant, type Chosen } from './filters.ts';
import { baseOf, holds, parseReach, sayReach, windowOf } from './window.ts';

const MINUTE = 60_000;

/** How long the newest snapshot may lie behind before the view is brought up to date. */
const FRESH = 5 * MINUTE;

/** What History is asked and was told. One question is under way at a time; of those that wait, the newest counts. */
export class Inquiry {
  /**
   * What was told last; `empty` where nothing is recorded, `blank` where nothing is in the window, `failed` where it could
   * not be told.
   */
  answers = $state.raw<Analyses | 'empty' | 'blank' | 'failed' | null>(null);
  asking = $state(false);
  /** What can be looked at: around the moment on show, or where the dates lead; null while there is nothing. */
  window = $state.raw<AnalysisWindow | null>(null);
  /** The newest snapshot, which stays while others come, for a while. */
  #until: number | null = null;
  /** Where the dates have led, and from where: a stretch that is brushed there does not lead further. */
  #moved: { readonly window: AnalysisWindow; readonly from: string } | null = null;
  readonly #lakehouse: Lakehouse;
  readonly #route: Route;
  /** Counts the questions: an answer to one of another world or window is dropped. */
  #era = 0;
  #waiting: { readonly window: AnalysisWindow; readonly filters: AnalysisFilters } | null = null;

  constructor(lakehouse: Lakehouse, route: Route) {
    this.#lakehouse = lakehouse;
    this.#route = route;
  }

  /** Days, as the address has them. */
  readonly reach: number = $derived.by(() => parseReach(this.#route.params.back));

  /** As the address says; without a word, that of the areas which it names. */
  readonly level: AnalysisLevel = $derived.by(() => {
    const { by } = this.#route.params;
    if (by === 'quartier' || by === 'district') return by;
    // A quartier's id is an arrondissement's with two digits more.
    return this.chosen.areas?.some((id) => /^751\d{4}$/.test(id)) ? 'quartier' : 'district';
  });

  /** What the filters leave. */
  get chosen(): Chosen {
    return parseFilters(this.#route.params);
  }

  /** Follows the lake's newest snapshot, the moment on show and the dates; one snapshot more changes nothing. */
  follow(): void {
    const { status, choice } = this.#lakehouse;
    const { first = null, last = null } = status?.totals ?? {};
    // The bundled day is on its way.
    if (last === null) this.answers = status?.world === 'live' ? 'empty' : null;
    const until = this.#until;
    if (last === null || until === null || last < until || last - until >= FRESH) this.#until = last;
    const window = this.#lookAt(choice, first, this.#until);
    const { from, to } = this.window ?? {};
    if (window?.from === from && window?.to === to) return;
    this.window = window;
    if (this.answers === 'blank') this.answers = null;
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
    this.#moved = null;
    this.window = null;
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

  /** Chooses dates, which may lead the window elsewhere. */
  lead(dates: Partial<Pick<Chosen, 'from' | 'to'>>): void {
    this.#moved = null;
    this.choose(dates);
  }

  /** Chooses a stretch that is drawn across a chart; with null all of the window again. */
  brush(stretch: readonly [number, number] | null): void {
    const { from = null, to = null } = this.#moved?.window ?? {};
    this.choose(stretch === null ? { from, to } : { from: stretch[0], to: stretch[1] });
  }

  /** Shows a stretch: the moment of its end, and as far back from there as is wished for. */
  async goTo({ to }: AnalysisWindow): Promise<void> {
    this.choose({ from: null, to: null });
    const newest = to >= (this.#lakehouse.status?.totals.last ?? Infinity);
    await this.#lakehouse.choose(newest ? { kind: 'newest' } : { kind: 'instant', at: to });
  }

  /** Takes an area in, or out again. */
  toggleArea(id: string): void {
    const areas = this.chosen.areas ?? [];
    this.choose({ areas: areas.includes(id) ? areas.filter((one) => one !== id) : [...areas, id] });
  }

  chooseLevel(level: AnalysisLevel): void {
    this.choose({ areas: null });
    this.#route.set({ by: level === 'district' ? null : level });
  }

  chooseReach(days: number): void {
    this.#route.set({ back: sayReach(days) });
  }

  clear(): void {
    this.choose({ from: null, to: null, dayTypes: null, hours: null, areas: null });
  }

  #lookAt(choice: Choice, first: number | null, last: number | null): AnalysisWindow | null {
    if (first === null || last === null) return null;
    const { chosen, reach } = this;
    const lake = { from: Math.min(first, last), to: last };
    const from = JSON.stringify([choice, reach]);
    const isLed = chosen.from !== null || chosen.to !== null;
    const moved = this.#moved;
    if (isLed && moved?.from === from && holds(moved.window, chosen, lake)) return moved.window;
    const base = baseOf(choice, reach, lake);
    const window = windowOf(base, chosen, reach, lake);
    this.#moved = window === base ? null : { window, from };
    return window;
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

  #hasNewest({ from, to }: AnalysisWindow): boolean {
    const last = this.#until ?? NaN;
    return from <= last && last <= to;
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
      if (!isWanted()) continue;
      if (answers !== 'empty') this.answers = this.#keep(answers ?? 'failed');
      // The newest snapshot is there and its Silver is not: it is asked for again as soon as that is.
      else if (!this.#hasNewest(window)) this.answers = 'blank';
    }
    this.asking = false;
  }
}
