import type { ErrorRecord } from '../../errors.ts';
import type { StationHabits, StationHistory } from '../../pipeline/protocol.ts';
import type { Lakehouse } from '../lakehouse.svelte.ts';
import type { Stations } from '../stations/stations.svelte.ts';
import { Asking } from './asking.svelte.ts';
import { firstSpan, type Span } from './spans.ts';

/** A moment that changes again within so many milliseconds is passed by: it is on its way to another. */
const SETTLED = 200;
const QUARTER = 900_000;

interface HistoryKey {
  readonly subject: string;
  readonly span: Span;
}

/** What is told of one station's past, up to the moment that the page shows. */
export class Past {
  readonly #lakehouse: Lakehouse;
  readonly #stations: Stations;
  readonly #histories = new Asking<HistoryKey, StationHistory | null>();
  readonly #habits = new Asking<string, StationHabits | null>();
  /** Counts the wishes to ask once more. */
  #tries = $state(0);
  /** The station and the moment that were asked for last. */
  #asked: { readonly subject: string; readonly to: number } | null = null;
  #habitsAsked: string | null = null;

  constructor(lakehouse: Lakehouse, stations: Stations) {
    this.#lakehouse = lakehouse;
    this.#stations = stations;
  }

  /** The station in its world. */
  readonly #subject: string = $derived.by(() => {
    return `${this.#lakehouse.status?.world} ${this.#stations.selected}`;
  });

  /** The moment that the page shows. */
  readonly #to: number | null = $derived.by(() => this.#lakehouse.answers?.to ?? null);
  readonly #quarter: number | null = $derived(this.#to === null ? null : Math.floor(this.#to / QUARTER));
  readonly #first: number | null = $derived.by(() => this.#lakehouse.status?.totals.first ?? null);

  /** How far back is looked: as it was chosen, for whichever station. */
  readonly span: Span = $derived.by(() => {
    const last = this.#lakehouse.status?.totals.last ?? 0;
    return this.#stations.span ?? firstSpan(last - (this.#first ?? last));
  });

  /** Undefined while it is not known, null where nothing was recorded. */
  readonly history: StationHistory | null | undefined = $derived.by(() => {
    const { answer } = this.#histories;
    return answer?.key.subject === this.#subject ? answer.value : undefined;
  });

  /** The span that `history` is of; the chosen one while nothing is known. */
  readonly told: Span = $derived.by(() => {
    const { answer } = this.#histories;
    return answer?.key.subject === this.#subject ? answer.key.span : this.span;
  });

  /** As `history`. */
  readonly habits: StationHabits | null | undefined = $derived.by(() => {
    const { answer } = this.#habits;
    return answer?.key === this.#subject ? answer.value : undefined;
  });

  /** True while what is shown is of another span than the one chosen. */
  readonly isChanging: boolean = $derived.by(() => {
    return this.told !== this.span;
  });

  get failure(): ErrorRecord | null {
    return this.#histories.failure ?? this.#habits.failure;
  }

  choose(span: Span): void {
    this.#stations.span = span;
  }

  again(): void {
    this.#tries += 1;
  }

  /** Asks for the history; for an effect: again whenever the station, the span, the moment or the lake have changed. */
  follow(): (() => void) | undefined {
    void [this.#tries, this.#lakehouse.answers];
    const [code, subject, span, to] = [this.#stations.selected, this.#subject, this.span, this.#to];
    if (code === null || to === null) return undefined;
    const isPassing = this.#asked?.subject === subject && this.#asked.to !== to;
    return after(isPassing ? SETTLED : 0, () => {
      this.#asked = { subject, to };
      const question = (): Promise<StationHistory | null> =>
        this.#lakehouse.stationHistory(code, to - span, to);
      this.#histories.ask({ subject, span }, question);
    });
  }

  /** As `follow`, for the habits, which change by the quarter-hour. */
  followHabits(): (() => void) | undefined {
    void [this.#tries, this.#first];
    const [code, subject, quarter] = [this.#stations.selected, this.#subject, this.#quarter];
    if (code === null || quarter === null) return undefined;
    const isPassing = this.#habitsAsked === subject;
    return after(isPassing ? SETTLED : 0, () => {
      const to = this.#to;
      if (to === null) return;
      this.#habitsAsked = subject;
      this.#habits.ask(subject, () => this.#lakehouse.stationHabits(code, to));
    });
  }
}

/** Does something later, unless the answer is called first. */
function after(ms: number, work: () => void): () => void {
  const timer = setTimeout(work, ms);
  return () => clearTimeout(timer);
}
