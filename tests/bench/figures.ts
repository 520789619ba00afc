import type { SeriesFigures } from './series.ts';

/** Milliseconds of the runs of one statement or question, cold and warm. */
export interface Timings {
  readonly cold: readonly number[];
  readonly warm: readonly number[];
}

/** One of the Gold questions over all snapshots, on all sides. */
export interface Asked {
  readonly name: string;
  readonly bronze: Timings;
  /** Silver alone: every row is read. */
  readonly silver: Timings;
  /** As the page asks: rollups stand for whole days. */
  readonly rollups: Timings;
  readonly native: { readonly silver: Timings; readonly rollups: Timings };
  /** Whether all three gave the same answer. */
  readonly same: boolean;
}

/** A scan of Silver, and natively. */
export interface Scanned {
  readonly name: string;
  /** Which ratio to native is wanted: plain scans within 3, what groups within 5. */
  readonly within: 3 | 5;
  readonly silver: Timings;
  readonly native: Timings;
}

/** All answers at once over a stretch, from Silver alone and as the page asks. */
export interface AskedAll {
  readonly name: string;
  readonly silver: Timings;
  readonly rollups: Timings;
  readonly same: boolean;
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
  /** With a map drawn by the processor, else with a list in its place. */
  readonly mapped: boolean;
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

/** The ten-day series brought as one file. */
export interface ImportFigures {
  readonly ms: number;
  readonly rows: number;
  readonly accepted: number;
  /** Bytes that the renderer process has had resident at most. */
  readonly peak: number;
}

/** The page while its visitor moves through time. Milliseconds. */
export interface Moved {
  /** From a press of an arrow key on the time slider to the figures of that moment. */
  readonly stepMs: readonly number[];
  /** The longest task of the main thread over 50 ms while a day is played, 0 for none. */
  readonly playMs: number;
}

/** A month at a snapshot a minute, looked at. Milliseconds. */
export interface PastFigures {
  readonly days: number;
  /** Of Silver, which the rollups stand for. */
  readonly rows: number;
  /** From the navigation to an address of History to all that it shows: the page and the engine start, too. */
  readonly startMs: readonly number[];
  /** From the press of *History* to its first charts, in a page whose engine has answered other questions. */
  readonly firstMs: readonly number[];
  /** To all that it shows. */
  readonly openMs: readonly number[];
  /** From other filters to the charts of what they leave. */
  readonly brushMs: readonly number[];
  /** With a map drawn by the processor, and with none. */
  readonly drawn: Moved;
  readonly mapless: Moved;
  /** Bytes that the renderer process has had resident at most. */
  readonly peak: number;
}

/** All that the bench measured. */
export interface Figures {
  readonly machine: string;
  readonly series: SeriesFigures;
  readonly asked: readonly Asked[];
  readonly scanned: readonly Scanned[];
  readonly all: readonly AskedAll[];
  readonly ticks: readonly TickFigures[];
  readonly visits: VisitFigures;
  readonly brought: ImportFigures;
  readonly past: PastFigures;
}
