import type { Lake } from '../../lake/lake.ts';
import { isOfLayer } from '../../lake/leftovers.ts';
import { Adoption, type Provenance } from './adopt.ts';
import { faultsOf, noRemainder, setAside, setAsideStray, type Remainder } from './setAside.ts';

/** Folders of the layers, below which every file is one that an event tells of. */
const layers = ['bronze', 'silver', 'gold'] as const;

/** Files that were not there for the journal, and what remains to be made again from Bronze. */
export interface Recovered extends Remainder {
  readonly adopted: number;
  /** Files that users brought, to be imported again. */
  readonly imports: readonly string[];
}

/**
 * What a new writer does before it writes. Where the last one was ended in the middle of something, what it left behind
 * is taken in or removed. Only the folders that were written in since the last sweep are listed, and those of Bronze of
 * days whose journal no checkpoint stands for: where lines are damaged, or files tell that lines are gone, the whole
 * lake is listed, and the journal says what was found (`recovered`). `onRecovery` is called before that begins.
 */
export async function recover(
  lake: Lake,
  provenance: Provenance,
  onRecovery: () => void = () => undefined,
): Promise<Recovered> {
  const lines = lake.damaged;
  const near = new Adoption(lake, provenance);
  if (lines === 0) {
    const strays = await straysOf(lake, await recentFolders(lake));
    await near.take(strays.filter(isBronze));
    await lake.sweep(strays.filter((path) => !isBronze(path)));
    if (near.adopted + near.imports.length <= 1) {
      if (lake.state.leftovers.folders.length > 0) await lake.append([{ kind: 'swept' }]);
      return { ...noRemainder(), adopted: near.adopted, imports: near.imports };
    }
  }
  onRecovery();
  const { adopted, imports, ...remainder } = await reconcile(lake, provenance);
  const all = near.adopted + adopted;
  await lake.append([{ kind: 'recovered', lines, adopted: all + imports.length }, { kind: 'swept' }]);
  await lake.checkpoint();
  return { ...remainder, adopted: all, imports };
}

/** Brings journal and files together: what is there and not known, and what is known and not there. */
async function reconcile(lake: Lake, provenance: Provenance): Promise<Recovered> {
  const there = new Set<string>();
  for (const layer of layers) for await (const path of lake.storage.walk(layer)) there.add(path);
  const missing = new Set(Object.keys(lake.state.files).filter((path) => !there.has(path)));
  const strays = [...there].filter((path) => !(path in lake.state.files));
  const adoption = new Adoption(lake, provenance, missing, true);
  await adoption.take(strays.filter(isBronze));
  for (const path of adoption.damaged) await setAsideStray(lake, path);
  await lake.sweep(strays.filter((path) => !isBronze(path)));
  const remainder = await setAside(lake, faultsOf(lake, [...missing], 'missing'));
  return { ...remainder, adopted: adoption.adopted, imports: adoption.imports };
}

/** Files in folders that no event tells of. */
async function straysOf(lake: Lake, folders: Iterable<string>): Promise<string[]> {
  const strays = new Set<string>();
  for (const folder of folders) {
    for await (const path of lake.storage.walk(folder)) if (!(path in lake.state.files)) strays.add(path);
  }
  return [...strays];
}

/** Folders that were written in since the last sweep, and Bronze of the days that no checkpoint stands for. */
async function recentFolders(lake: Lake): Promise<Set<string>> {
  const folders = new Set(lake.state.leftovers.folders.filter(isOfLayer));
  for (const source of await lake.storage.list('bronze')) {
    for (const day of await lake.storage.list(`bronze/${source}`)) {
      if (day >= lake.through) folders.add(`bronze/${source}/${day}`);
    }
  }
  return folders;
}

function isBronze(path: string): boolean {
  return path.startsWith('bronze/');
}
