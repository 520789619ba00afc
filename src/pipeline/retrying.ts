import type { Engine } from '../engine/engine.ts';
import { toVelolacError } from '../errors.ts';
import type { Lake } from '../lake/lake.ts';

/** Reads with one more try: a file may have been compacted away since `work` chose it, here or in another tab. */
export async function retrying<T>(lake: Lake, engine: Engine, work: () => Promise<T>): Promise<T> {
  const read = () => engine.use(work);
  try {
    return await read();
  } catch (thrown) {
    if (toVelolacError(thrown).code !== 'lake.missing_file') throw thrown;
    await lake.refresh();
    return read();
  }
}
