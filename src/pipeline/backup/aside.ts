import type { Damage } from '../../lake/journal.ts';
import { DAMAGED, type Lake } from '../../lake/lake.ts';
import { sha256Of } from '../../lake/names.ts';
import type { LostFile } from '../protocol.ts';
import { putAside, strayDamage } from '../repair/setAside.ts';
import type { Progress } from '../work.ts';
import type { Contents } from './contents.ts';
import { lossBy } from './loss.ts';
import type { Restoration } from './restore.ts';

/** Bronze that a backup's lake had set aside as damaged. `sha256` is null where nothing that could be read tells it. */
export interface AsideFile {
  readonly damage: Damage & { readonly moved: string };
  readonly sha256: string | null;
}

/** What lies below `damaged/` in a backup. No path of it leads elsewhere: no part of one begins with a dot. */
export function asideIn(
  paths: readonly string[],
  sums: ReadonlyMap<string, string>,
  { damages }: Lake['state'],
): AsideFile[] {
  const aside = paths.filter((path) => /^damaged\/bronze(?:\/[^/.][^/]*)+$/.test(path));
  return aside.map((moved) => {
    const told =
      damages.find((one) => one.moved === moved) ?? strayDamage(moved.slice(DAMAGED.length + 1), moved);
    return { damage: { ...told, moved }, sha256: sums.get(moved) ?? null };
  });
}

/**
 * Sets aside again what a backup's lake had set aside, and tells of it in the journal: so many files, without those that
 * lie here already. Files of the lake under the same paths stay as they are.
 */
export async function restoreAside(
  { house: { lake, source }, inTurn }: Restoration,
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
