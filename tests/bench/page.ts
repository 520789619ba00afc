import { wrap, type Remote } from 'comlink';
import type { BenchWorker } from './bench.worker.ts';

/** What the bench page gives to the one who drives it. */
export interface BenchPage {
  readonly bench: Remote<BenchWorker>;
}

const worker = new Worker(new URL('./bench.worker.ts', import.meta.url), { type: 'module' });
const face: BenchPage = { bench: wrap<BenchWorker>(worker) };
Object.assign(globalThis, face);
