import * as v from 'valibot';
import { toCsv } from '../bronze/csv.ts';
import type { Engine } from '../engine/engine.ts';
import { VelolacError } from '../errors.ts';

/** Station codes by GBFS station_id, both as text. */
export type StationIds = Readonly<Record<string, string>>;

const file = v.pipe(
  v.record(v.pipe(v.string(), v.regex(/^\d+$/)), v.pipe(v.string(), v.nonEmpty())),
  v.check((ids) => Object.keys(ids).length > 0, 'it is empty'),
);

/**
 * `public/station-ids.json` as the page's file holds it.
 * @throws {VelolacError} `unexpected` when the value is no such table.
 */
export function parseStationIds(json: unknown): StationIds {
  const parsed = v.safeParse(file, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const cause = new v.ValiError(parsed.issues);
  throw new VelolacError('unexpected', `station ids: ${cause.message}`, {}, { cause });
}

/** Makes the temporary table `station_ids` that the cast translates by. */
export async function loadStationIds(engine: Pick<Engine, 'load'>, ids: StationIds): Promise<void> {
  const columns = { station_id: 'VARCHAR', station_code: 'VARCHAR' };
  await engine.load('station_ids', columns, toCsv({ header: null, rows: Object.entries(ids) }));
}
