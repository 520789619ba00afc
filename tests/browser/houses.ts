import { afterEach } from 'vitest';
import { commands } from 'vitest/browser';
import { literals } from '../../src/engine/sql.ts';
import type { ImportReport } from '../../src/lake/journal.ts';
import { Curator } from '../../src/pipeline/curator.ts';
import { Lakehouse } from '../../src/pipeline/lakehouse.ts';
import { References } from '../../src/pipeline/references.ts';
import { stage } from '../../src/pipeline/stage.ts';
import { WorkQueue } from '../../src/pipeline/work.ts';
import { parseRecords } from '../../src/sources/records.ts';

/** When the tests' lakes were filled: no file in them is younger. */
export const today = Date.UTC(2026, 10, 23, 16, 24);

export const references = new References(location.origin);

/** A lakehouse with nothing in it, its curator, and what it takes to fill it. */
export interface TestHouse {
  readonly house: Lakehouse;
  readonly curator: Curator;
  /** Imports files and gives the report of each. */
  readonly bring: (...files: File[]) => Promise<ImportReport[]>;
  /** Records a snapshot as the portal would send it, or only its Bronze: its Silver then waits. */
  readonly record: (at: number, records: readonly object[], as?: 'bronze') => Promise<void>;
}

export async function openHouse(now = () => today): Promise<TestHouse> {
  const house = await Lakehouse.open('live', `velib@${crypto.randomUUID()}`, references, now);
  await house.lake.startTerm();
  const inTurn = <T>(work: () => Promise<T>) => work();
  const curator = new Curator(house, references, new WorkQueue(() => undefined), inTurn, now);
  return {
    house,
    curator,
    bring: (...files) => curator.import(files.map((file) => ({ file, fetched_at: null }))),
    record: async (at, records, as) => {
      const { staged } = await stage(house.lake, {
        ...{ source: house.source, origin: 'live', fetched_at: at, fetched_at_basis: 'clock' },
        ...{ http_status: 200, duration_ms: 1, body: null, error: null },
        records: parseRecords(JSON.stringify(records)),
      });
      if (staged && as !== 'bronze') await house.refinery.refine([staged]);
    },
  };
}

/** Gives a way to open houses whose engines end with the test. */
export function housesOfTest(): () => Promise<TestHouse> {
  const opened: TestHouse[] = [];
  afterEach(async () => {
    for (const { house } of opened.splice(0)) await house.engine.terminate();
  });
  return async () => {
    const one = await openHouse();
    opened.push(one);
    return one;
  };
}

/** A file of ../shared/data; null where that folder is absent. */
export async function sharedFile(path: string): Promise<File | null> {
  const text = await commands.readShared(path);
  if (text === null) return null;
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  return new File([bytes], path.slice(path.lastIndexOf('/') + 1), { lastModified: today });
}

/** Whether ../shared/data is there: without it, tests that need it skip. */
export const hasShared = (await commands.readShared('SOURCES.md')) !== null;

const tables = ['station_status', 'station_information', 'station_attributes', 'rejects'] as const;

export type Hashes = Record<(typeof tables)[number], string>;

/** For each table of Silver, how many rows it has and the hash of them, sorted. */
export async function hashes({ lake, source, engine }: Lakehouse): Promise<Hashes> {
  const result: Partial<Hashes> = {};
  for (const table of tables) {
    const paths = lake.entries(table, source).map(({ path }) => path);
    await engine.registerAll(paths, (path) => lake.read(path));
    const rows = `read_parquet([${literals(paths)}], union_by_name=true, hive_partitioning=false)`;
    const [row] =
      paths.length === 0
        ? []
        : await engine.query<{ hash: string }>(`
      SELECT CAST(count(*) AS VARCHAR) || ' ' || md5(string_agg(hash, '' ORDER BY hash)) AS hash
      FROM (SELECT md5(CAST(row AS VARCHAR)) AS hash FROM (SELECT * EXCLUDE (source) FROM ${rows}) AS row)`);
    result[table] = row?.hash ?? 'none';
  }
  return result as Hashes;
}
