import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportFigures } from './figures.ts';
import { peakOfRenderers } from './memory.ts';
import { openBench, run, visit, type World } from './world.ts';

const series = new URL(
  '../../../shared/data/velib/v21-export-2024/series_2024-10-31_to_2024-11-09.csv.gz',
  import.meta.url,
);

/** The ten-day series as the one file that it is, brought into an empty lake. */
export async function measureImport(world: World): Promise<ImportFigures> {
  await copyFile(fileURLToPath(series), join(world.folder, 'made', 'series.csv.gz'));
  return visit(world, async (visitor) => {
    const { page, site } = visitor;
    await openBench(visitor);
    const { ms, report } = await run(
      page,
      'bring',
      `${site.address}made/series.csv.gz`,
      `${site.address}page/`,
    );
    const [table] = report.tables;
    return { ms, rows: table!.rows, accepted: table!.accepted, peak: await peakOfRenderers() };
  });
}
