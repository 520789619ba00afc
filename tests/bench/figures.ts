import type { SeriesFigures } from './series.ts';

/** Milliseconds of the runs of one statement or question, cold and warm. */
export interface Timings {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

/** A question or a scan on all sides that ran it. */
export interface Compared {
  readonly name: string;
  /** Which ratio to native is wanted: plain scans within 3, what groups within 5. */
  readonly within: 3 | 5;
  readonly bronze: Timings | null;
  readonly silver: Timings;
  readonly native: Timings;
  /** Whether Bronze and Silver gave the same answer; null where only one was asked. */
  readonly same: boolean | null;
}

/** One tick of the product page. Milliseconds. */
export interface Tick {
  /** From the portal's answer to the answers on the screen. */
  readonly total: number;
  /** Reading the answer and parsing it: the rest of the fetch stage. */
  readonly parse: number;
  readonly bronze: number;
  readonly silver: number;
  readonly gold: number;
  /** From the answers' arrival in the page to their charts on the screen. */
  readonly paint: number;
  /** The longest task of the main thread over 50 ms, 0 for none. */
  readonly longtask: number;
}

export interface TickFigures {
  readonly days: number;
  readonly rows: number;
  readonly silverBytes: number;
  readonly ticks: readonly Tick[];
}

/** A file that the page asks for before its first answer. */
export interface LoadedPart {
  readonly part: string;
  readonly raw: number;
  readonly gzip: number;
  readonly brotli: number;
}

export interface VisitFigures {
  readonly parts: readonly LoadedPart[];
  /** From the navigation to answers on the screen: a first visit, and reloads without network or host. */
  readonly firstMs: number;
  readonly offlineMs: readonly number[];
}

/** All that the bench measured. */
export interface Figures {
  readonly machine: string;
  readonly series: SeriesFigures;
  readonly compared: readonly Compared[];
  /** All answers at once, as the page asks for them. */
  readonly all: Timings;
  readonly ticks: readonly TickFigures[];
  readonly visits: VisitFigures;
}
