import { vi } from 'vitest';
import { Engine } from '../../../../src/engine/engine.ts';
import { Lake } from '../../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../../src/lake/memory.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { openHeld } from '../../../../src/lake/outgoing.ts';
import { unpackHour } from '../../../../src/bronze/archive.ts';
import { backUp, type BackupWork } from '../../../../src/pipeline/backup/backUp.ts';
import { restore, type Restoration } from '../../../../src/pipeline/backup/restore.ts';
import { compact } from '../../../../src/pipeline/compact.ts';
import type { BackupReport, RestoreReport } from '../../../../src/pipeline/protocol.ts';
import { References } from '../../../../src/pipeline/references.ts';
import { stage } from '../../../../src/pipeline/stage.ts';
import { parseRecords } from '../../../../src/sources/records.ts';

// An engine asks it how much memory there is; none is ever started here.
vi.stubGlobal('navigator', { deviceMemory: 4 });

export const SOURCE = 'velib';
export const NOON = Date.UTC(2026, 10, 23, 12);
export const MINUTE = 60_000;

/** Two stations as the portal tells of them. */
export const stations = (bikes: number) =>
  ['16107', '1001'].map((stationcode) => ({
    ...{ stationcode, name: `Place ${stationcode}`, capacity: 30, numdocksavailable: 30 - bikes },
    ...{ numbikesavailable: bikes, mechanical: bikes, ebike: 0 },
    ...{ is_installed: 'OUI', is_renting: 'OUI', is_returning: 'OUI' },
    coordonnees_geo: { lon: 2.27, lat: 48.86 },
  }));

/** An empty lake in memory, in its first term. */
export async function emptyLake(now = () => NOON + 3 * HOUR): Promise<Lake> {
  const lake = await Lake.open(new MemoryStorage(), now);
  await lake.startTerm();
  return lake;
}

/** Records a snapshot: Bronze and the journal, as far as a unit test goes. */
export async function record(lake: Lake, at: number, bikes: number, source = SOURCE): Promise<void> {
  await stage(lake, {
    ...{ source, origin: 'live', fetched_at: at, fetched_at_basis: 'clock' },
    ...{ http_status: 200, duration_ms: 1, body: null, error: null },
    records: parseRecords(JSON.stringify(stations(bikes))),
  });
}

/** Says of all that waits that its Silver is written, so that hours can be packed. */
export async function settleAll(lake: Lake, source = SOURCE): Promise<void> {
  const waiting = Object.values(lake.state.sources[source]!.waiting);
  const reports = waiting.map(({ fetched_at }) => ({
    ...{ fetched_at, accepted: 2, rejected: {}, discarded: {}, future: 0, bikes: 1 },
  }));
  await lake.append([{ kind: 'commit', source, files: [], replaces: [], reports }]);
}

/** Packs the hours that are over. */
export async function pack(lake: Lake, now: number): Promise<void> {
  await settleAll(lake);
  await compact(lake, SOURCE, now);
}

const inTurn = <T>(work: () => Promise<T>) => work();
export const quiet = { signal: new AbortController().signal, tell: () => undefined };

export function backedUp(
  lake: Lake,
  open: BackupWork['open'] = async (name) => openHeld(name),
): Promise<BackupReport> {
  return backUp({ lake, now: () => NOON, inTurn, open }, quiet);
}

export async function zipOf(lake: Lake): Promise<File> {
  return (await backedUp(lake)).file!;
}

/** Restores a backup; without `tools` nothing is cast. */
export function restoreInto(
  lake: Lake,
  zip: Blob,
  tools: Partial<Pick<Restoration['house'], 'engine' | 'refinery'>> &
    Partial<Pick<Restoration, 'references'>> = {},
): Promise<RestoreReport> {
  const { engine = new Engine(), references = new References('https://velolac.example/') } = tools;
  const { refinery = { refine: async () => [], forget: () => undefined } } = tools;
  const house = { lake, source: SOURCE, engine, refinery };
  return restore({ house, references, now: () => NOON, inTurn }, zip, 'lake.zip', quiet);
}

/** What every snapshot in a lake's Bronze says, by its name. */
export async function bronzeOf(lake: Lake): Promise<Record<string, string>> {
  const decoder = new TextDecoder();
  const texts: Record<string, string> = {};
  for (const { path, table } of Object.values(lake.state.files)) {
    const bytes = await lake.read(path);
    const found =
      table === 'hour' ? unpackHour(bytes) : [{ name: path.slice(path.lastIndexOf('/') + 1), bytes }];
    for (const { name, bytes: csv } of found) texts[name] = decoder.decode(csv);
  }
  return texts;
}
