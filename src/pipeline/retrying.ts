import type { Engine } from '../engine/engine.ts';
import { toVelolacError, type ErrorCode } from '../errors.ts';
import type { Lake } from '../lake/lake.ts';

/** What reading lacks that another tab may have written elsewhere. */
const lacking: readonly ErrorCode[] = ['lake.missing_file', 'lake.no_snapshot'];

/** Reads with one more try: a file may have been compacted away since `work` chose it, here or in another tab. */
export async function retrying<T>(lake: Lake, engine: Engine, work: () => Promise<T>): Promise<T> {
  const read = () => engine.use(work);
  try {
    return await read();
  } catch (thrown) {
    if (!lacking.includes(toVelolacError(thrown).code)) throw thrown;
    await lake.refresh();
    return read();
  }
}
