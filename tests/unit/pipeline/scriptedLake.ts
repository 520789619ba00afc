import { packHour, unpackHour, type Member } from '../../../src/bronze/archive.ts';
import type { FileEntry } from '../../../src/lake/journal.ts';
import { Lake } from '../../../src/lake/lake.ts';
import { MemoryStorage } from '../../../src/lake/memory.ts';
import { bronzeHour, HOUR, instantOf, partPath, sha256 } from '../../../src/lake/names.ts';
import type { Storage } from '../../../src/lake/storage.ts';
import { recover } from '../../../src/pipeline/repair/recover.ts';
import { stage } from '../../../src/pipeline/stage.ts';
import { parseRecords } from '../../../src/sources/records.ts';

export const MINUTE = 60_000;
export const start = Date.UTC(2026, 10, 23, 22, 57);
export const source = 'velib';
export const live = { origin: 'live', fetched_at_basis: 'clock' } as const;

/** A snapshot that was acknowledged: its path and its bytes. */
export type Acknowledged = Map<string, string>;

/** What the recorder does to a lake, without the engine: snapshots, their Silver in stand-ins, compaction, new terms. */
export class ScriptedLake {
  now = start;
  lake!: Lake;
  readonly acknowledged: Acknowledged = new Map();

  constructor(private readonly storage: Storage) {}

  /** Becomes the writer, as a tab does. */
  async begin(): Promise<void> {
    this.lake = await Lake.open(this.storage, () => this.now);
    await this.lake.startTerm();
    await this.lake.seal();
    await recover(this.lake, live);
  }

  async tick(at: number): Promise<void> {
    this.now = at;
    const records = ['16107', '1001'].map((stationcode, index) => ({
      ...{ stationcode, name: `Place ${index}`, capacity: 20, is_installed: 'OUI', is_renting: 'OUI' },
      ...{ is_returning: 'OUI', numbikesavailable: (at / MINUTE) % 20, numdocksavailable: index },
    }));
    const { staged } = await stage(this.lake, {
      ...{ source, fetched_at: at, http_status: 200, duration_ms: 1, body: null, error: null, ...live },
      records: parseRecords(JSON.stringify(records)),
    });
    this.acknowledged.set(staged!.snapshot.bronze_path!, staged!.csv);
    await this.#silver(at);
  }

  /** Packs the open snapshots of the hours that are over, and their Silver. */
  async compact(): Promise<void> {
    const { lake } = this;
    const open = lake
      .entries('snapshot', source)
      .filter(({ from }) => Math.floor(from! / HOUR) < Math.floor(this.now / HOUR));
    for (const hour of new Set(open.map(({ from }) => Math.floor(from! / HOUR)))) {
      const parts = open.filter(({ from }) => Math.floor(from! / HOUR) === hour);
      const bytes = await packHour(this.#members(parts));
      await this.#replace(`${bronzeHour(source, hour * HOUR)}.zip`, 'hour', parts, bytes);
      const silver = lake
        .entries('station_status', source)
        .filter(({ from }) => Math.floor(from! / HOUR) === hour);
      const path = partPath('silver', 'station_status', source, hour * HOUR, 'hour', sha256(bytes));
      await this.#replace(path, 'station_status', silver, parquet(hour));
    }
    await lake.seal();
  }

  /** An answer, in a stand-in. */
  async gold(): Promise<void> {
    const bytes = parquet(this.now);
    const path = partPath('gold', 'top_areas', source, this.now, 'part', sha256(bytes));
    const draft = { ...facts([this.now]), path, layer: 'gold' as const, table: 'top_areas', source };
    const file = await this.lake.put(draft, bytes);
    await this.lake.append([{ kind: 'commit', source, files: [file], replaces: [] }]);
  }

  async #silver(at: number): Promise<void> {
    const { lake } = this;
    const bytes = parquet(at);
    const path = partPath('silver', 'station_status', source, at, 'part', sha256(bytes));
    const file = await lake.put(
      { ...facts([at]), path, layer: 'silver', table: 'station_status', source },
      bytes,
    );
    const report = { fetched_at: at, accepted: 2, rejected: {}, discarded: {}, future: 0, bikes: 1 };
    await lake.append([{ kind: 'commit', source, files: [file], replaces: [], reports: [report] }]);
  }

  async #replace(path: string, table: string, parts: readonly FileEntry[], bytes: Uint8Array): Promise<void> {
    const { lake } = this;
    const { layer } = parts[0]!;
    const times = parts.map(({ from }) => from!);
    const file = await lake.put({ ...facts(times), path, layer, table, source }, bytes);
    const replaces = parts.map((part) => part.path);
    await lake.append([{ kind: 'commit', source, files: [file], replaces }]);
    await lake.sweep(replaces);
  }

  async *#members(parts: readonly FileEntry[]): AsyncGenerator<Member> {
    for (const { path } of parts) yield { name: baseName(path), bytes: await this.lake.readSound(path) };
  }
}

/** The whole script: two hours, two writers, a day that is over. */
export async function run(script: ScriptedLake): Promise<void> {
  await script.begin();
  for (let minute = 0; minute < 5; minute += 1) await script.tick(start + minute * MINUTE);
  await script.compact();
  await script.begin();
  for (let minute = 62; minute < 65; minute += 1) await script.tick(start + minute * MINUTE);
  await script.compact();
  await script.tick(start + 66 * MINUTE);
}

/** Everything that is not as it should be: what a lake holds against what was acknowledged. */
export async function complaints(lake: Lake, acknowledged: Acknowledged): Promise<string[]> {
  const found: string[] = [];
  const held = new Map<string, string[]>();
  const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  for (const { path, table, ...entry } of Object.values(lake.state.files)) {
    const bytes = await lake.storage.read(path).catch(() => null);
    if (!bytes) found.push(`${path} is missing`);
    else if (bytes.length !== entry.bytes || sha256(bytes) !== entry.sha256)
      found.push(`${path} is not as committed`);
    else if (table === 'snapshot') held.set(path, [...(held.get(path) ?? []), text(bytes)]);
    else if (table === 'hour') {
      for (const { name, bytes: csv } of unpackHour(bytes)) {
        const own = `${path.replace(/(-\d+)?\.zip$/, '')}/${name}`;
        held.set(own, [...(held.get(own) ?? []), text(csv)]);
      }
    }
  }
  for (const [path, csv] of acknowledged) {
    const copies = held.get(path) ?? [];
    if (copies.length !== 1 || copies[0] !== csv) found.push(`${path} is there ${copies.length} times`);
  }
  const instants = Object.values(lake.state.sources[source]?.days ?? {}).flatMap((day) =>
    day.map(([at]) => at),
  );
  const heldInstants = [...held.keys()].map((path) => instantOf(path)!).sort((a, b) => a - b);
  if (JSON.stringify(instants) !== JSON.stringify(heldInstants)) {
    found.push(`snapshots ${instants.join()}, Bronze of ${heldInstants.join()}`);
  }
  for (const layer of ['bronze', 'silver', 'gold']) {
    for await (const path of lake.storage.walk(layer))
      if (!(path in lake.state.files)) found.push(`${path} is a stray`);
  }
  return found;
}

/** A stand-in for a Parquet file: its ends are all that the lake looks at. */
function parquet(seed: number): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(`PAR1 ${seed} PAR1`);
}

function facts(times: readonly number[]) {
  const [from, to] = [Math.min(...times), Math.max(...times)];
  return { rows: 2 * times.length, snapshots: times.length, from, to, csv_bytes: 1 };
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

export async function copyOf(storage: MemoryStorage): Promise<MemoryStorage> {
  const copy = new MemoryStorage();
  for (const top of ['bronze', 'silver', 'gold', 'journal', 'damaged']) {
    for await (const path of storage.walk(top)) await copy.write(path, await storage.read(path));
  }
  return copy;
}
