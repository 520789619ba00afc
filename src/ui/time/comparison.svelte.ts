import type { AreaLevel, Answers, StationRow } from '../../gold/answers.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import { areaChanges, byCode, changeOf, type AreaChange, type Measure } from './change.ts';
import type { Drawn, Totals } from './frame.ts';
import type { Recorded } from './recorded.ts';

/** The moment on show against another one, *before*. */
export class Comparison {
  /** The other moment, milliseconds since the epoch; null without a comparison. */
  at = $state<number | null>(null);
  measure = $state<Measure>('bikes');
  /** The answers about the other moment, once they are there. */
  answers = $state.raw<Answers | null>(null);
  /** What stands for them while the visitor moves through time; null at rest. */
  #drawn = $state.raw<Drawn | null>(null);
  /** The moment in the record that they are asked of. */
  #told: number | null = null;
  #question = 0;
  readonly #lakehouse: Lakehouse;

  constructor(lakehouse: Lakehouse) {
    this.#lakehouse = lakehouse;
  }

  /** Stations of the other moment, by code; null without one. */
  readonly stations: ReadonlyMap<string, StationRow> | null = $derived.by(() => {
    const rows = this.#drawn?.stations ?? this.answers?.stations;
    return rows === undefined ? null : byCode(rows);
  });

  /** The network at the other moment; null without one. */
  readonly totals: Totals | null = $derived.by(() => this.#drawn ?? this.answers?.health ?? null);

  /** Whether its moment moves, and the answers are still those of another. */
  get drawn(): boolean {
    return this.#drawn !== null;
  }

  /** What a station gained in the measure, or below zero lost; null without a comparison, or where it is not known. */
  changeOf(row: StationRow): number | null {
    return changeOf(this.stations?.get(row.station_code), row, this.measure);
  }

  /** Areas that gained or lost, most gained first; null without a comparison. */
  areas(level: AreaLevel): readonly AreaChange[] | null {
    const [before, after] = [this.answers, this.#lakehouse.answers];
    if (before === null || after === null) return null;
    return areaChanges(before.areas, after.areas, level, this.measure);
  }

  /** Compares with a moment: with the snapshot that is newest then, or at another moment that stands for it. */
  async choose(at: number, told = at): Promise<void> {
    this.at = at;
    this.#told = told;
    const question = ++this.#question;
    const answers = await this.#lakehouse.answersAt(told);
    if (question !== this.#question) return;
    this.#drawn = null;
    this.answers = answers;
  }

  /** Compares with a moment once it is in the record. */
  async seek(at: number, recorded: Recorded): Promise<void> {
    this.#forget();
    this.at = at;
    await this.follow(recorded);
  }

  /** Shows a moment that the visitor passes on the way through time. */
  draw(drawn: Drawn): void {
    this.#question += 1;
    this.#drawn = drawn;
  }

  /** Shows the other moment, and compares it with the one that was on show. */
  async swap(): Promise<void> {
    const [at, { answers: shown, choice }] = [this.#told, this.#lakehouse];
    if (at === null || this.answers === null || shown === null) return;
    await this.#lakehouse.choose({ kind: 'instant', at });
    this.at = choice.kind === 'instant' ? choice.at : shown.to;
    this.answers = shown;
    this.#told = this.at;
  }

  /** Asks about the snapshot of its moment, or about the nearest there is, once that is another than it was. */
  async follow(recorded: Recorded): Promise<void> {
    const { at } = this;
    if (at === null) return;
    if (recorded.count === 0) {
      this.#forget();
      return;
    }
    const told = recorded.covers(at) ? at : recorded.at(recorded.nearest(recorded.indexOf(at)));
    if (told !== this.#told || this.answers === null) await this.choose(at, told);
  }

  leave(): void {
    this.#forget();
    this.at = null;
  }

  #forget(): void {
    this.#question += 1;
    this.answers = null;
    this.#told = null;
    this.#drawn = null;
  }
}
