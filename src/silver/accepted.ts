import * as v from 'valibot';
import { VelolacError } from '../errors.ts';
import { columnNames } from './contract.ts';
import type { Accepted } from './mapping.ts';

const index = v.pipe(v.number(), v.integer(), v.minValue(0));

const place = v.variant('kind', [
  v.object({ kind: v.literal('column'), index }),
  v.object({ kind: v.literal('key'), index, key: v.string() }),
  v.object({ kind: v.literal('part'), index, part: v.picklist([0, 1]) }),
  v.object({ kind: v.literal('sum'), indexes: v.pipe(v.array(index), v.nonEmpty()) }),
]);

const places = v.record(v.picklist(columnNames), place);

/**
 * Accepted places as the journal keeps them.
 * @throws {VelolacError} `unexpected` when the value is none; its cause is the first mismatch.
 */
export function parseAccepted(json: unknown): Accepted {
  const parsed = v.safeParse(places, json, { abortEarly: true });
  if (parsed.success) return parsed.output;
  const cause = new v.ValiError(parsed.issues);
  throw new VelolacError('unexpected', `accepted places: ${cause.message}`, {}, { cause });
}
