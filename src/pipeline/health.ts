import { parquetRows } from '../engine/sql.ts';
import { sourceState } from '../lake/state.ts';
import { AUTOMATIC_FROM } from '../silver/proposal.ts';
import type { Drift } from './drift.ts';
import type { Lakehouse } from './lakehouse.ts';
import type { Health, RejectExample } from './protocol.ts';
import { quarantines } from './quarantine.ts';
import { schemaHistory } from './schema.ts';

/** How many rows that could not be trusted are shown of each reason, of how many of the newest files. */
const EXAMPLES = 20;
const FILES = 20;

/** What the Health view shows of a lake. */
export async function healthOf(house: Lakehouse, drift: Drift): Promise<Health> {
  const { lake, source } = house;
  const { schemas, imports } = sourceState(lake.state, source);
  const waiting = quarantines(lake.state, source);
  return {
    schemas: schemaHistory(schemas, new Map(waiting.map((one) => [one.fingerprint, one.rows]))),
    drift: await drift.entries(),
    aside: drift.aside(),
    imports: imports.map(({ report }) => report).reverse(),
    rejects: await rejects(house),
    automatic_from: AUTOMATIC_FROM,
  };
}

async function rejects({ lake, source, engine }: Lakehouse): Promise<readonly RejectExample[]> {
  const paths = lake
    .entries('rejects', source)
    .slice(-FILES)
    .map(({ path }) => path);
  if (paths.length === 0) return [];
  return engine.use(async () => {
    await engine.registerAll(paths, (path) => lake.read(path));
    return engine.query<RejectExample>(
      `SELECT epoch_ms(fetched_at) AS fetched_at, reason, station_code, row_text FROM (
        SELECT *, row_number() OVER (
          PARTITION BY reason ORDER BY fetched_at DESC, station_code, row_text
        ) AS example FROM ${parquetRows(paths)}
      ) WHERE example <= ${EXAMPLES} ORDER BY fetched_at DESC, reason, station_code, row_text`,
    );
  });
}
