import { describe, expect, it } from 'vitest';
import { toVelolacError } from '../../../src/errors.ts';
import { parseRecords } from '../../../src/sources/records.ts';

const whole = String.raw`[{"name":"Caf\u00e9 \"l'Été\"","at":{"lon":-2.36e0,"lat":48.85},"list":[1,[2]],"is":true,"no":null}, {}]`;

/** What a text is told to be. */
function codeOf(text: string): string {
  try {
    parseRecords(text);
    return 'records';
  } catch (thrown) {
    return toVelolacError(thrown).code;
  }
}

describe('an answer', () => {
  it('is cut wherever it ends too early, after a closing bracket, too', () => {
    const cuts = Array.from({ length: whole.length - 1 }, (_, at) => whole.slice(0, at + 1));
    expect(cuts.filter((cut) => codeOf(cut) !== 'portal.cut_json')).toEqual([]);
    expect(codeOf(whole)).toBe('records');
  });

  it.each([
    ['', 'portal.not_json'],
    ['nope', 'portal.not_json'],
    ['[{"a":1]', 'portal.not_json'],
    ['<!doctype html>', 'portal.html'],
    ['{"message":"ok"}', 'portal.not_records'],
    ['[]', 'portal.empty'],
  ])('%s is %s', (text, code) => {
    expect(codeOf(text)).toBe(code);
  });
});
