import { estimateStorage, isPersisted } from '../lake/estimate.ts';
import { HOUR } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import { forecast, type Keeping } from './forecast.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { Space } from './protocol.ts';

/** Measures the space of a lakehouse. */
export async function spaceOf(
  { lake, source }: Pick<Lakehouse, 'lake' | 'source'>,
  keeping: Keeping,
  now: number,
  interval: number,
): Promise<Space> {
  const layers = { bronze: 0, silver: 0, gold: 0, journal: 0 };
  const files = Object.values(lake.state.files);
  for (const { layer, bytes } of files) layers[layer] += bytes;
  for (const { bytes } of await lake.journalFiles()) layers.journal += bytes;
  const { backupSize } = await import('./backup/size.ts');
  const kept = Object.values(layers).reduce((sum, bytes) => sum + bytes, 0);
  const { days, without_bronze } = sourceState(lake.state, source);
  const instants = Object.keys(days)
    .sort()
    .flatMap((day) => days[day]!.map(([at]) => at));
  const hours = [...new Set(instants.map((at) => Math.floor(at / HOUR) * HOUR))];
  const own = files.filter((file) => file.source === source);
  return {
    ...(await estimateStorage(kept)),
    layers,
    persisted: await isPersisted(),
    forecast: forecast(own, layers.journal, hours, keeping, now, interval),
    without_bronze,
    unverified: keeping.unverified,
    backup: await backupSize(lake),
  };
}
