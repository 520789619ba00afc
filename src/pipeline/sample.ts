import { HOUR } from '../lake/names.ts';
import { sourceState } from '../lake/state.ts';
import { parseRecords } from '../sources/records.ts';
import { readSample } from '../sources/sample.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { PipelineEvent } from './protocol.ts';
import type { Incoming } from './stage.ts';
import { bronzeStage, goldStage, silverStage } from './tick.ts';

/** Where the bundled recording lies below the page's address. */
const SAMPLE = 'sample/velib-2024-11-09.bin';

/**
 * Feeds the bundled recording through the pipeline, an hour at a time, into the sample's own lake; where an
 * earlier visit ended in the middle, from there on. The first hour is answered at once, so that there is
 * something to look at while the others come. `onHour` is called after each and says whether to go on.
 */
export async function feedSample(
  house: Lakehouse,
  base: string,
  tell: (event: PipelineEvent) => void,
  onHour: () => boolean,
): Promise<void> {
  const sample = await readSample(new URL(SAMPLE, base).href);
  const last = sourceState(house.lake.state, house.source).last?.fetched_at ?? -Infinity;
  if (sample.times.at(-1)! <= last) return;
  let hour: Incoming[] = [];
  let fed = 0;
  const feed = async (): Promise<boolean> => {
    await silverStage(house, await bronzeStage(house, hour, tell), tell);
    hour = [];
    if (fed === 0) await goldStage(house, tell);
    fed += 1;
    return onHour();
  };
  for (const { fetched_at, body } of sample.polls()) {
    if (fetched_at <= last) continue;
    const before = hour.at(-1)?.fetched_at ?? fetched_at;
    if (Math.floor(before / HOUR) !== Math.floor(fetched_at / HOUR) && !(await feed())) return;
    hour.push({
      ...{ source: house.source, origin: 'sample', fetched_at, fetched_at_basis: 'poll_column' },
      ...{ http_status: null, duration_ms: null, body: null, error: null },
      records: parseRecords(body),
    });
  }
  await feed();
}
