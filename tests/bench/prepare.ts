import type { Rollup } from '../../src/gold/rollups.ts';
import { OpfsStorage } from '../../src/lake/opfs.ts';
import type { FileEntry, SnapshotRow } from '../../src/lake/journal.ts';
import { bronzeHour, DAY, dayOf, HOUR, partPath, sha256 } from '../../src/lake/names.ts';
import type { AreaMap } from '../../src/pipeline/areaMap.ts';
import { madeOf } from '../../src/pipeline/rollup.ts';
import { emptyState, sourceState, type LakeState } from '../../src/lake/state.ts';

const MINUTE = 60_000;

/** Files that a lake is made of, by address, and what is in them. One snapshot a minute. */
export interface PreparedLake {
  readonly source: string;
  /** Days in the lake, today with it. */
  readonly days: number;
  /** 00:00 UTC of the day that is open. */
  readonly today: number;
  /** One day's Silver: stands for each day that is over. */
  readonly day: string;
  /** The rollup of that day. */
  readonly rollup: string;
  /** Silver of today's hours that are over, from 00 on. */
  readonly hours: readonly string[];
  readonly information: string;
  /** Stations and bytes of CSV of a snapshot. */
  readonly stations: number;
  readonly csvBytes: number;
}

/** A rollup's file. */
export interface MadeRollup {
  readonly rollup: Rollup;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Makes the rollups of a UTC day that is over, or of an hour of today, told by where it begins. */
export type RollUps = (grain: 'day' | 'hour', begins: number) => Promise<readonly MadeRollup[]>;

/**
 * Writes the lake that so many days of recording leave behind: Silver, rollups, and a checkpoint with every snapshot
 * and file. Days that are over hold the same bytes of Silver under their own names, and the ZIPs of Bronze are entries
 * without bytes: no tick opens either. Unless other `rollUps` are given, no rollup but `station_day` is there; `map` is
 * that of `lake.information`.
 */
export async function prepareLake(
  lake: PreparedLake,
  rollUps = sameDay(lake),
  map: AreaMap | null = null,
): Promise<void> {
  const storage = await OpfsStorage.open('velolac/live');
  for (const folder of ['bronze', 'silver', 'gold', 'journal']) await storage.remove(folder);
  const state: LakeState = { ...emptyState(), term: 1 };
  const add = async (
    bytes: Uint8Array<ArrayBuffer>,
    draft: Omit<FileEntry, 'path' | 'bytes' | 'sha256'>,
    grain: Grain,
  ) => {
    const hash = sha256(bytes);
    const path = partPath(draft.layer as Layer, draft.table, lake.source, draft.from!, grain, hash);
    await storage.write(path, bytes);
    return (state.files[path] = { ...draft, path, bytes: bytes.length, sha256: hash });
  };
  const silver = (table: string, from: number, minutes: number) => ({
    ...{ layer: 'silver' as const, table, source: lake.source, snapshots: minutes, from },
    rows: minutes * lake.stations,
    to: from + (minutes - 1) * MINUTE,
    csv_bytes: minutes * lake.csvBytes,
  });
  const addRollups = async (status: FileEntry, instants: readonly number[], grain: 'day' | 'hour') => {
    for (const { rollup, bytes } of await rollUps(grain, status.from!)) {
      const facts = silver(rollup, status.from!, status.snapshots);
      const made_of = madeOf(rollup, [status], instants, map);
      await add(bytes, { ...facts, layer: 'gold', rows: null, csv_bytes: 0, made_of }, grain);
    }
  };
  const first = lake.today - (lake.days - 1) * DAY;
  for (let day = first; day < lake.today; day += DAY) {
    const status = await add(await fetchBytes(lake.day), silver('station_status', day, 1440), 'day');
    await addRollups(status, addBronze(state, lake, day, 24), 'day');
  }
  const instants = addBronze(state, lake, lake.today, lake.hours.length);
  for (const [hour, address] of lake.hours.entries()) {
    const begins = lake.today + hour * HOUR;
    const status = await add(await fetchBytes(address), silver('station_status', begins, 60), 'hour');
    await addRollups(status, instants.slice(hour * 60, (hour + 1) * 60), 'hour');
  }
  await add(
    await fetchBytes(lake.information),
    { ...silver('station_information', first, 1), csv_bytes: 0 },
    'part',
  );
  sourceState(state, lake.source).pending = {};
  const checkpoint = JSON.stringify({ through: dayOf(lake.today - DAY), state });
  await storage.write('journal/checkpoint-1.json', new TextEncoder().encode(checkpoint));
}

/** The one day's `station_day` for every day. */
function sameDay({ rollup }: PreparedLake): RollUps {
  return async (grain) =>
    grain === 'day' ? [{ rollup: 'station_day', bytes: await fetchBytes(rollup) }] : [];
}

type Layer = Parameters<typeof partPath>[0];
type Grain = Parameters<typeof partPath>[4];

/** What the journal knows of a day's Bronze: its snapshots, minute by minute, and the ZIPs of its hours. Gives the minutes. */
function addBronze(
  state: LakeState,
  { source, stations, csvBytes }: PreparedLake,
  day: number,
  hours: number,
): number[] {
  const known = sourceState(state, source);
  const minutes = Array.from({ length: hours * 60 }, (_, minute) => day + minute * MINUTE);
  known.days[dayOf(day)] = minutes.map((at) => [at, 'ok', stations, csvBytes, 20_000]);
  for (let from = day; from < day + hours * HOUR; from += HOUR) {
    const path = `${bronzeHour(source, from)}.zip`;
    const bytes = Math.round((60 * csvBytes) / 10);
    state.files[path] = {
      ...{ path, layer: 'bronze', table: 'hour', source, rows: 60 * stations, snapshots: 60, bytes },
      ...{ from, to: from + HOUR - MINUTE, csv_bytes: 60 * csvBytes, sha256: sha256(new Uint8Array([0])) },
    };
  }
  const newest = snapshotRow(source, minutes.at(-1)!, stations, csvBytes);
  known.newest = newest;
  known.last = newest;
  return minutes;
}

function snapshotRow(source: string, at: number, stations: number, bytes: number): SnapshotRow {
  return {
    ...{ fetched_at: at, fetched_at_basis: 'clock', source, origin: 'live', outcome: 'ok' },
    ...{ http_status: 200, duration_ms: 100, bytes, rows: stations, stations, schema_fingerprint: null },
    ...{ error_code: null, bronze_path: null, content_hash: null, unchanged: false },
  };
}

export async function fetchBytes(address: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${address}: HTTP ${response.status}`);
  return new Uint8Array(await response.arrayBuffer());
}
