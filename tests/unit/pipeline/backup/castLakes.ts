import type { Engine } from '../../../../src/engine/engine.ts';
import { parquetRows } from '../../../../src/engine/sql.ts';
import type { Lake } from '../../../../src/lake/lake.ts';
import { HOUR } from '../../../../src/lake/names.ts';
import { compact } from '../../../../src/pipeline/compact.ts';
import { Importer } from '../../../../src/pipeline/importer.ts';
import { rebuild } from '../../../../src/pipeline/rebuild.ts';
import { Keeper } from '../../../../src/pipeline/repair/keeper.ts';
import type { Lakehouse } from '../../../../src/pipeline/lakehouse.ts';
import { References } from '../../../../src/pipeline/references.ts';
import { Refinery } from '../../../../src/pipeline/refine.ts';
import { stage } from '../../../../src/pipeline/stage.ts';
import type { Areas } from '../../../../src/silver/areas.ts';
import { parseRecords } from '../../../../src/sources/records.ts';
import { NodeEngine } from '../../silver/engine.ts';
import { emptyLake, MINUTE, NOON, quiet, restoreInto, SOURCE, stations } from './lakes.ts';

/** The page's engine in Node, as far as Silver and compaction ask of it. */
async function startEngine(): Promise<Engine> {
  const node = await NodeEngine.start();
  const held = new Set<string>();
  const register = node.register.bind(node);
  const forget = node.unregister.bind(node);
  const more = {
    use: <T>(work: () => Promise<T>) => work(),
    register: async (name: string, bytes: Uint8Array) => {
      if (held.has(name)) await forget(name);
      held.add(name);
      await register(name, bytes);
    },
    registerAll: async (names: readonly string[], load: (name: string) => Promise<Uint8Array>) => {
      for (const name of names) await more.register(name, await load(name));
    },
    unregister: async (name: string) => {
      if (held.delete(name)) await forget(name);
    },
  };
  return Object.assign(node, more) as unknown as Engine;
}

/** One for all: to start it takes longer than any test. */
export const engine = await startEngine();

const nowhere = { areaOf: () => null } as unknown as Areas;
const references = new References('https://velolac.example/');
references.areas = async () => nowhere;

/** What `restoreInto` casts Silver with. */
export const toolsOf = (lake: Lake) => ({
  engine,
  references,
  refinery: new Refinery(lake, engine, SOURCE, references),
});

/** Restores with an engine. */
export const castInto = (lake: Lake, zip: Blob) => restoreInto(lake, zip, toolsOf(lake));

/** A lake that recorded minutes from noon on, with their Silver; compacted as it would be so long after. */
export async function castLake(minutes: readonly number[], after: number): Promise<Lake> {
  const lake = await emptyLake(() => NOON + 3 * HOUR);
  const { refinery } = toolsOf(lake);
  for (const minute of minutes) {
    const { staged } = await stage(lake, {
      ...{ source: SOURCE, origin: 'live', fetched_at: NOON + minute * MINUTE, fetched_at_basis: 'clock' },
      ...{ http_status: 200, duration_ms: 1, body: null, error: null },
      records: parseRecords(JSON.stringify(stations(minute % 30))),
    });
    await refinery.refine([staged!]);
  }
  await compact(lake, SOURCE, NOON + after);
  return lake;
}

/** Rows of Silver, with what their stations are: all that answers stand on. */
export async function rowsOf(lake: Lake): Promise<object[]> {
  const paths = (table: string) => lake.entries(table, SOURCE).map(({ path }) => path);
  const [status, attributes] = [paths('station_status'), paths('station_attributes')];
  if (status.length === 0) return [];
  await engine.registerAll([...status, ...attributes], (path) => lake.read(path));
  const sets =
    attributes.length === 0 ? '' : `LEFT JOIN ${parquetRows(attributes)} AS a USING (attributes_id)`;
  return engine.query(
    `SELECT epoch_ms(s.fetched_at) AS at, station_code, num_bikes_available AS bikes,
      ${sets === '' ? 'NULL' : 'a.name'} AS name
    FROM ${parquetRows(status)} AS s ${sets} ORDER BY 1, 2`,
  );
}

/** What verifies a lake and repairs it. */
export function keeperOf(lake: Lake): Keeper {
  const house = { ...toolsOf(lake), lake, world: 'live', source: SOURCE } as unknown as Lakehouse;
  return new Keeper(
    house,
    references,
    (work) => work(),
    () => NOON,
  );
}

/** Writes all Silver anew. */
export function rebuildAll(lake: Lake): Promise<void> {
  const importer = new Importer(lake, SOURCE, references, () => NOON);
  return rebuild({ lake, source: SOURCE, references, importer, basis: 'clock', day: null }, quiet);
}
