import type { StationRow } from '../../gold/answers.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import type { Comparison } from './comparison.svelte.ts';
import { byCode } from './change.ts';
import { draw } from './frame.ts';
import { FrameStore } from './frameStore.ts';
import { DAY, QUARTER, Recorded } from './recorded.ts';

/** Hours that pass in a second of play. */
export const speeds = [1, 3, 12] as const;
export type Speed = (typeof speeds)[number];

/** Which of two moments the slider moves: the one on show, or the earlier one that it is compared with. */
export type Hand = 'shown' | 'before';

/** How long the slider must stay for its moment to be asked about, in milliseconds. */
const REST = 250;

/** Milliseconds between two steps of play: as often as a map of all stations is drawn anew without haste. */
const BEAT = 85;
const CALM_BEAT = 500;

/** Where the visitor is in time. Moving through it draws kept frames; resting anywhere asks for the answers there. */
export class Timeline {
  recorded = $state.raw(new Recorded(null));
  playing = $state(false);
  speed = $state<Speed>(3);
  hand = $state<Hand>('shown');
  /** Milliseconds without a snapshot that the last step passed over. */
  missed = $state(0);

  readonly #lakehouse: Lakehouse;
  readonly #comparison: Comparison;
  readonly #frames: FrameStore;
  /** The place of the hand while it moves. */
  #moving = $state<number | null>(null);
  #rest: ReturnType<typeof setTimeout> | undefined;
  #moves = 0;
  #plays = 0;

  constructor(lakehouse: Lakehouse, comparison: Comparison) {
    this.#lakehouse = lakehouse;
    this.#comparison = comparison;
    this.#frames = new FrameStore((day) => lakehouse.frames(day));
  }

  /** Names and places of stations: a frame tells only what they held. */
  readonly #known: ReadonlyMap<string, StationRow> = $derived.by(() =>
    byCode(this.#lakehouse.answers?.stations ?? []),
  );

  /** The place of the moment on show, at the end of a period; the newest where none was chosen. */
  readonly shown: number = $derived.by(() => {
    if (this.#moving !== null && this.hand === 'shown') return this.#moving;
    const { choice, answers } = this.#lakehouse;
    if (choice.kind === 'newest') return this.recorded.last;
    const at = choice.kind === 'instant' ? choice.at : choice.kind === 'range' ? choice.to : answers?.to;
    return at === undefined ? this.recorded.last : this.recorded.indexOf(at);
  });

  /** The place of the moment that it is compared with; null without a comparison. */
  readonly before: number | null = $derived.by(() => {
    if (this.#moving !== null && this.hand === 'before') return this.#moving;
    const { at } = this.#comparison;
    return at === null ? null : this.recorded.nearest(this.recorded.indexOf(at));
  });

  /** The place that the slider moves. */
  readonly index: number = $derived.by(() =>
    this.hand === 'before' && this.before !== null ? this.before : this.shown,
  );

  /** Whether the newest snapshot is on show, and those that follow it. */
  readonly live: boolean = $derived.by(
    () => this.#lakehouse.choice.kind === 'newest' && (this.#moving === null || this.hand === 'before'),
  );

  /** Reads what is recorded anew: the lake has changed. */
  async refresh(): Promise<void> {
    this.#frames.clear();
    this.recorded = new Recorded(await this.#lakehouse.recorded());
    await this.#comparison.follow(this.recorded);
  }

  /** Reads the frames around the hand ahead of its first move. */
  prepare(): void {
    if (this.recorded.count > 1) void this.#frames.at(this.recorded.at(this.index));
  }

  /** Goes to a place, or to the nearest that has a snapshot. */
  go(index: number): void {
    this.pause();
    this.missed = 0;
    void this.#move(this.recorded.nearest(index));
  }

  /** Goes so many quarter-hours on, or back; over a gap to its other side. */
  step(places: number): void {
    this.pause();
    const { index, missed } = this.recorded.step(this.index, places);
    this.missed = missed * QUARTER;
    void this.#move(index);
  }

  /** Goes to the newest snapshot, and with it from then on. */
  now(): void {
    this.hand = 'shown';
    this.go(this.recorded.last);
  }

  /** Compares with a day before, or with what there is of it; the slider then moves that other moment. */
  async compare(): Promise<void> {
    this.pause();
    const { choice } = this.#lakehouse;
    if (choice.kind === 'preset' || choice.kind === 'range') await this.#lakehouse.choose({ kind: 'newest' });
    const { recorded, shown } = this;
    const dayBefore = recorded.nearest(Math.max(0, shown - DAY));
    const other = dayBefore === shown ? recorded.last : dayBefore;
    this.hand = 'before';
    await this.#comparison.choose(recorded.at(other));
  }

  /** Goes back to one moment. */
  leave(): void {
    this.hand = 'shown';
    this.#comparison.leave();
  }

  /** Goes on by itself up to the newest snapshot; from there, the day before it. */
  async play(calm: boolean): Promise<void> {
    this.hand = 'shown';
    this.playing = true;
    const play = ++this.#plays;
    const { recorded } = this;
    if (this.shown === recorded.last) await this.#move(recorded.nearest(Math.max(0, recorded.last - DAY)));
    const beat = calm ? CALM_BEAT : BEAT;
    let owed = 0;
    for (let from = performance.now(); this.#goesOn(play); from = performance.now()) {
      await new Promise((resolve) => setTimeout(resolve, beat));
      if (!this.#goesOn(play)) return;
      // A page that was hidden does not catch up.
      owed += (Math.min(performance.now() - from, 2 * beat) * this.speed * 4) / 1000;
      const places = Math.floor(owed);
      if (places === 0) continue;
      owed -= places;
      const { index, missed } = this.recorded.step(this.shown, places);
      if (index === this.shown) break;
      if (missed > 0) this.missed = missed * QUARTER;
      await this.#move(index);
    }
    if (this.#goesOn(play)) this.pause();
  }

  /** Stops where it is. */
  pause(): void {
    if (!this.playing) return;
    this.playing = false;
    this.#restSoon();
  }

  /** Whether a play was neither stopped nor begun anew. */
  #goesOn(play: number): boolean {
    return this.playing && play === this.#plays;
  }

  async #move(index: number): Promise<void> {
    const move = ++this.#moves;
    this.#moving = index;
    this.#restSoon();
    const frame = await this.#frames.at(this.recorded.at(index));
    if (move !== this.#moves || frame === null) return;
    const drawn = draw(frame, this.#known, this.#lakehouse.answers?.areas.quartier ?? []);
    if (this.hand === 'before') this.#comparison.draw(drawn);
    else this.#lakehouse.draw(drawn);
  }

  #restSoon(): void {
    clearTimeout(this.#rest);
    if (this.playing || this.#moving === null) return;
    this.#rest = setTimeout(() => void this.#settle(), REST);
  }

  /** Asks about the moment that the hand rests at. */
  async #settle(): Promise<void> {
    const [move, index] = [++this.#moves, this.#moving];
    if (index === null) return;
    const at = this.recorded.at(index);
    if (this.hand === 'before') await this.#comparison.choose(at);
    else if (index === this.recorded.last) await this.#lakehouse.choose({ kind: 'newest' });
    else await this.#lakehouse.choose({ kind: 'instant', at });
    if (move === this.#moves) this.#moving = null;
  }
}
