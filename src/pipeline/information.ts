import { Engine } from '../engine/engine.ts';
import type { FileEntry } from '../lake/journal.ts';
import type { Lake } from '../lake/lake.ts';
import { dayOf } from '../lake/names.ts';
import type { Areas } from '../silver/areas.ts';
import { informationPart, runsOf } from '../silver/information.ts';
import { StationVersions } from '../silver/versions.ts';
import { Draft } from './draft.ts';
import { groupBy } from './groupBy.ts';

/**
 * Decides every version of every station anew, from what Silver holds: after snapshots came out of the order of
 * time. The days that are over are read first, while the recorder goes on; `inTurn` then runs the rest and the
 * commit with nothing beside it.
 */
export async function rewriteInformation(
  lake: Lake,
  source: string,
  areas: Areas,
  inTurn: <T>(work: () => Promise<T>) => Promise<T>,
): Promise<void> {
  const engine = new Engine();
  const versions = new StationVersions([], {}, (lon, lat, code) => areas.areaOf(lon, lat, code));
  const opened: ReturnType<StationVersions['observe']>['opened'] = [];
  const misnamed: string[] = [];
  const observe = async (files: readonly FileEntry[]) => {
    const attributes = lake.entries('station_attributes', source).map(({ path }) => path);
    const status = files.map(({ path }) => path);
    await engine.registerAll([...attributes, ...status], (path) => lake.read(path));
    const found = versions.observe(await runsOf(engine, status, attributes));
    opened.push(...found.opened);
    misnamed.push(...found.misnamed);
    for (const path of status) await engine.unregister(path);
  };
  try {
    const done = new Set<string>();
    const days = [...byDay(lake, source)];
    for (const [day, files] of days.slice(0, -1)) {
      await observe(files);
      done.add(day);
    }
    await inTurn(async () => {
      for (const [day, files] of byDay(lake, source)) {
        if (!done.has(day)) await observe(files);
      }
      const draft = new Draft(lake, source);
      const old = lake.entries('station_information', source);
      const [from, to] = [
        Math.min(...opened.map((one) => one.valid_from)),
        Math.max(...opened.map((one) => one.valid_from)),
      ];
      const part = await informationPart(engine, source, opened);
      await draft.put('station_information', part, { from, to, snapshots: 0, csv_bytes: 0 });
      const files = draft.written;
      const kept = new Set(files.map(({ path }) => path));
      const replaces = old.map(({ path }) => path).filter((path) => !kept.has(path));
      await lake.append([
        { kind: 'commit', source, files, replaces, pending: versions.pending, information: true, misnamed },
      ]);
      await lake.sweep(replaces);
    });
  } finally {
    await engine.terminate();
  }
}

function byDay(lake: Lake, source: string): Map<string, FileEntry[]> {
  return groupBy(lake.entries('station_status', source), ({ from }) => dayOf(from!));
}
