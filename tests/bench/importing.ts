import type { ImportReport } from '../../src/lake/journal.ts';
import { Curator, fetchFile } from '../../src/pipeline/curator.ts';
import { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { References } from '../../src/pipeline/references.ts';
import { WorkQueue } from '../../src/pipeline/work.ts';

/** Imports the file at an address into an empty lake, station versions included. Milliseconds, the fetch left out. */
export async function importFrom(
  address: string,
  base: string,
): Promise<{ ms: number; report: ImportReport }> {
  const references = new References(base);
  const house = await Lakehouse.open('live', 'velib', references, Date.now);
  await house.lake.clear();
  const inTurn = <T>(work: () => Promise<T>) => work();
  const curator = new Curator(house, references, new WorkQueue(() => undefined), inTurn, Date.now);
  const file = await fetchFile(address);
  const start = performance.now();
  const [report] = await curator.import([{ file, fetched_at: null }]);
  await house.engine.terminate();
  return { ms: performance.now() - start, report: report! };
}
