import { Engine } from './engine.ts';

/** Milliseconds for a call of work that nobody waits for. */
const LONG = 600_000;

/** Bytes through an engine beyond which its memory, which only grows, is given back rather than kept for other work. */
const LITTLE = 64 * 2 ** 20;

/** Milliseconds for which an engine waits for other work: between the files of an import there is less. */
const IDLE = 5000;

let spare: { readonly engine: Engine; readonly timer: ReturnType<typeof setTimeout> } | null = null;

/**
 * Runs work on an engine of its own, whose memory is given back at the end, at once or when no other work comes: to
 * start one takes longer than most work. The work is done again once, from its beginning, when that engine is lost
 * under it. Ends at once when `signal` is aborted, and rejects with its reason.
 */
export async function withEngine<T>(work: (engine: Engine) => Promise<T>, signal?: AbortSignal): Promise<T> {
  const engine = takeSpare() ?? new Engine(undefined, LONG);
  const end = () => void engine.terminate();
  signal?.addEventListener('abort', end);
  let done = false;
  try {
    const result = await engine.use(() => {
      signal?.throwIfAborted();
      return work(engine);
    });
    done = true;
    return result;
  } catch (thrown) {
    signal?.throwIfAborted();
    throw thrown;
  } finally {
    signal?.removeEventListener('abort', end);
    if (done && engine.moved < LITTLE) await keep(engine);
    else await engine.terminate();
  }
}

function takeSpare(): Engine | null {
  const taken = spare;
  spare = null;
  clearTimeout(taken?.timer);
  return taken?.engine ?? null;
}

/** Keeps an engine for other work, with nothing in it; one that cannot be emptied, or is one too many, ends. */
async function keep(engine: Engine): Promise<void> {
  const isEmpty = await engine.empty().then(
    () => true,
    () => false,
  );
  if (!isEmpty || spare) return engine.terminate();
  const timer = setTimeout(() => void takeSpare()?.terminate(), IDLE);
  spare = { engine, timer };
}
