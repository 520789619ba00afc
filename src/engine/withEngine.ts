import { Engine } from './engine.ts';

/** Milliseconds for a call of work that nobody waits for. */
const LONG = 600_000;

/**
 * Runs work on an engine of its own, whose memory is given back at the end. The work is done again once, from its
 * beginning, when that engine is lost under it. Ends at once when `signal` is aborted, and rejects with its reason.
 */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const engine = new Engine(undefined, LONG);
  const end = () => void engine.terminate();
  signal?.addEventListener('abort', end);
  try {
    return await engine.use(() => {
      signal?.throwIfAborted();
      return work(engine);
    });
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', end);
    await engine.terminate();
  }
}
