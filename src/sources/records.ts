import { LosslessNumber, parse } from 'lossless-json';
import { VelolacError } from '../errors.ts';

/** A value of a portal's JSON; numbers keep the text they were sent as. */
export type JsonValue = string | boolean | null | LosslessNumber | readonly JsonValue[] | JsonObject;
export interface JsonObject {
  readonly [key: string]: JsonValue;
}

/**
 * The records of an `exports/json` body: a bare array of objects. Throws what the body really is:
 * `portal.html`, `portal.cut_json`, `portal.not_json`, `portal.not_records`, `portal.empty`.
 */
export function parseRecords(text: string): readonly JsonObject[] {
  const value = parseJson(text);
  if (!Array.isArray(value) || !value.every(isObject)) {
    throw new VelolacError('portal.not_records', 'the answer is JSON, but no array of records');
  }
  if (value.length === 0) throw new VelolacError('portal.empty', 'the answer is an empty array');
  return value;
}

function parseJson(text: string): unknown {
  const body = text.trim();
  if (body.startsWith('<')) throw new VelolacError('portal.html', 'the answer is HTML');
  try {
    return parse(body);
  } catch (cause) {
    if (isCut(body, cause)) {
      throw new VelolacError('portal.cut_json', 'the answer ends in the middle', {}, { cause });
    }
    throw new VelolacError('portal.not_json', 'the answer is not JSON', {}, { cause });
  }
}

/** Whether JSON goes no further; where it ends as it began, with a bracket of its inside, the parser has missed more. */
function isCut(body: string, cause: unknown): boolean {
  const end = new Map([
    ['[', ']'],
    ['{', '}'],
  ]).get(body.charAt(0));
  if (end === undefined) return false;
  return !body.endsWith(end) || (cause instanceof Error && cause.message.includes('reached end of input'));
}

/** An object of a portal's JSON, as against a value or an array. */
export function isObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof LosslessNumber)
  );
}
