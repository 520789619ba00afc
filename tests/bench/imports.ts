import { copyFile, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportFigures } from './figures.ts';
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

/** The most memory (bytes) that a renderer among our own processes has had resident, workers and wasm included. */
async function peakOfRenderers(): Promise<number> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const told = await Promise.all(pids.map(processOf));
  const known = new Map(told.flatMap((one) => (one ? [[one.pid, one]] : [])));
  const isOurs = (pid: string): boolean => {
    const parent = known.get(pid)?.parent;
    return parent !== undefined && (parent === String(process.pid) || isOurs(parent));
  };
  const renderers = [...known.values()].filter(({ pid, renders }) => renders && isOurs(pid));
  return Math.max(0, ...renderers.map(({ peak }) => peak));
}

async function processOf(pid: string) {
  try {
    const [status, command] = await Promise.all([
      readFile(`/proc/${pid}/status`, 'utf8'),
      readFile(`/proc/${pid}/cmdline`, 'utf8'),
    ]);
    const field = (name: string) => new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1];
    const peak = Number(field('VmHWM') ?? 0) * 1024;
    return { pid, parent: field('PPid'), peak, renders: command.includes('--type=renderer') };
  } catch {
    // It ended between the listing and the reading.
    return null;
  }
}
