import { estimateStorage, isPersisted, type Estimate } from '../lake/estimate.ts';
import type { Layer } from '../lake/journal.ts';
import { HOUR } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import { forecast, type Forecast } from './forecast.ts';
import type { Lakehouse } from './lakehouse.ts';

/** What takes room, how much there is, and how long it lasts. Bytes. */
export interface Space extends Estimate {
  /** Files of the lake, of all its sources. */
  readonly layers: Readonly<Record<Layer, number>>;
  /** Whether the browser has promised to keep the lake; null where it cannot be asked. */
  readonly persisted: boolean | null;
  readonly forecast: Forecast | null;
  /** UTC days whose Bronze was dropped: their Silver stays as it is. */
  readonly without_bronze: readonly string[];
  /** UTC days that are old enough to lose their Bronze, and whose Silver does not vouch for it. */
  readonly unverified: readonly string[];
}

/** Measures the space of a lakehouse. */
export async function spaceOf(
  { lake, source }: Pick<Lakehouse, 'lake' | 'source'>,
  unverified: readonly string[],
  now: number,
): Promise<Space> {
  const layers = { bronze: 0, silver: 0, gold: 0, journal: 0 };
  const files = Object.values(lake.state.files);
  for (const { layer, bytes } of files) layers[layer] += bytes;
  for (const { bytes } of await lake.journalFiles()) layers.journal += bytes;
  const { days, without_bronze } = sourceState(lake.state, source);
  const instants = Object.keys(days)
    .sort()
    .flatMap((day) => days[day]!.map(([at]) => at));
  const hours = [...new Set(instants.map((at) => Math.floor(at / HOUR) * HOUR))];
  const own = files.filter((file) => file.source === source);
  return {
    ...(await estimateStorage()),
    layers,
    persisted: await isPersisted(),
    forecast: forecast(own, layers.journal, hours, now),
    without_bronze,
    unverified,
  };
}
