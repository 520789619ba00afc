import { expose } from 'comlink';
import { GoldRuns, type QuestionRuns, type Side, type Stretch } from './goldRuns.ts';
import { prepareLake, type PreparedLake } from './prepare.ts';
import { importFrom } from './importing.ts';
import { prepareMonth } from './month.ts';
import { feedSeries, type SeriesFigures } from './series.ts';
import type { ImportReport } from '../../src/lake/journal.ts';
import type { GoldQuestion } from '../../src/gold/questions.ts';

/** A file of the lake, with its bytes as Base64, so that the driver can have it. */
export interface KeptFile {
  readonly path: string;
  readonly base64: string;
}

/** What the bench page's worker does for its driver: all that touches OPFS or the engine. */
export class BenchWorker {
  #runs: GoldRuns | null = null;

  /** Takes the recording through the pipeline into an empty lake. `times` are the polls', in order. */
  async series(portal: string, boundaries: string, times: readonly number[]): Promise<SeriesFigures> {
    const { figures, lake, bronze } = await feedSeries(portal, boundaries, times);
    this.#runs = await GoldRuns.of(lake, bronze);
    return figures;
  }

  /** Asks one question again and again: so many times in new engines, then as often in the last of them. */
  ask(side: Side, question: GoldQuestion, runs: number): Promise<QuestionRuns> {
    return this.#fed.ask(side, question, runs);
  }

  /** Asks for all answers at once in the same way. */
  askAll(side: 'silver' | 'rollups', stretch: Stretch, runs: number): Promise<QuestionRuns> {
    return this.#fed.askAll(side, stretch, runs);
  }

  /** Runs a statement over Silver in the same way. */
  scan(sql: string, runs: number): Promise<QuestionRuns> {
    return this.#fed.scan(sql, runs);
  }

  /** The files of Silver and the rollups. */
  silver(): KeptFile[] {
    return this.#fed.files().map(({ path, bytes }) => ({ path, base64: toBase64(bytes) }));
  }

  /** The instants that the questions are asked over. */
  instants(): readonly number[] {
    return this.#fed.instants;
  }

  /** Imports the file at an address into an empty lake. `base` is the page's folder. */
  bring(address: string, base: string): Promise<{ ms: number; report: ImportReport }> {
    return importFrom(address, base);
  }

  /** Writes a lake of so many days, for the product page to open. */
  prepare(lake: PreparedLake): Promise<void> {
    return prepareLake(lake);
  }

  /** Writes such a lake with every rollup, for the past to be looked at. */
  prepareMonth(lake: PreparedLake): Promise<void> {
    return prepareMonth(lake);
  }

  get #fed(): GoldRuns {
    if (!this.#runs) throw new Error('feed the series first');
    return this.#runs;
  }
}

function toBase64(bytes: Uint8Array): string {
  const step = 0x8000;
  const parts = Array.from({ length: Math.ceil(bytes.length / step) }, (_, index) =>
    String.fromCharCode(...bytes.subarray(index * step, (index + 1) * step)),
  );
  return btoa(parts.join(''));
}

expose(new BenchWorker());
