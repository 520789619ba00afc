import { readdir, readFile } from 'node:fs/promises';

/** The most memory (bytes) that a renderer among our own living processes has had resident, workers and wasm included. */
export async function peakOfRenderers(): Promise<number> {
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
