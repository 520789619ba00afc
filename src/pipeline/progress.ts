import { toVelolacError } from '../errors.ts';
import type { PipelineEvent, Stage } from './protocol.ts';

/** What a stage has to show when it is done. */
export interface Done {
  readonly rows: number | null;
  readonly bytes: number | null;
}

/** Runs a stage and tells the page when it begins, how long it took and what it did, or why it failed. */
export async function runStage<T>(
  stage: Stage,
  tell: (event: PipelineEvent) => void,
  work: () => Promise<T>,
  done: (result: T) => Done,
): Promise<T> {
  const report = { stage, ms: null, rows: null, bytes: null, error: null };
  const started = performance.now();
  tell({ kind: 'stage', report: { ...report, status: 'running' } });
  try {
    const result = await work();
    const ms = performance.now() - started;
    tell({ kind: 'stage', report: { ...report, status: 'done', ms, ...done(result) } });
    return result;
  } catch (thrown) {
    const error = toVelolacError(thrown).toRecord();
    tell({ kind: 'stage', report: { ...report, status: 'failed', ms: performance.now() - started, error } });
    throw thrown;
  }
}
