import type { Engine } from '../engine/engine.ts';
import { toVelolacError } from '../errors.ts';
import type { Lake } from '../lake/lake.ts';

/** Reads with one more try: another tab may have compacted a file away since the journal was read. */
export async function retrying<T>(lake: Lake, engine: Engine, work: () => Promise<T>): Promise<T> {
  const read = () => engine.use(work);
  try {
    return await read();
  } catch (thrown) {
    if (toVelolacError(thrown).code !== 'lake.missing_file' || !lake.storage.persistent) throw thrown;
    await lake.refresh();
    return read();
  }
}
