import { sha256Of } from '../../lake/names.ts';
import type { Lakehouse } from '../lakehouse.ts';
import type { LostFile } from '../protocol.ts';
import { putAside } from '../repair/setAside.ts';
import type { Progress } from '../work.ts';
import type { Contents } from './contents.ts';
import { lossBy } from './loss.ts';

/**
 * Sets aside again what a backup's lake had set aside, and tells of it in the journal: so many files, without those that
 * lie here already. Files of the lake under the same paths stay as they are.
 */
export async function restoreAside(
  { lake, source }: Pick<Lakehouse, 'lake' | 'source'>,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
  { tree, aside: files }: Pick<Contents, 'tree' | 'aside'>,
  { signal, tell }: Progress,
): Promise<{ readonly aside: number; readonly lost: readonly LostFile[] }> {
  const lost: LostFile[] = [];
  let aside = 0;
  for (const { damage, sha256 } of files) {
    signal.throwIfAborted();
    tell(damage.moved, 1);
    const file = await tree.blob(damage.moved).catch(lossBy);
    const isSound = typeof file !== 'string' && (sha256 === null || (await sha256Of(file)) === sha256);
    if (!isSound) {
      lost.push({ path: damage.moved, reason: file === 'missing' ? file : 'damaged', snapshots: 0 });
      continue;
    }
    aside += await inTurn(async () => {
      const moved = await putAside(lake, damage.path, file);
      if (lake.state.damages.some((one) => one.moved === moved)) return 0;
      const nothing = { files: [], snapshots: [], briefs: [], gaps: [] };
      const damages = [{ ...damage, moved }];
      await lake.append([{ kind: 'restore', source: damage.source ?? source, ...nothing, damages }]);
      return 1;
    });
  }
  return { aside, lost };
}
